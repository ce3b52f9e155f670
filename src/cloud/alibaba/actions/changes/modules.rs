//! Embed modules of assistants, and which dashboards one may ask.

use serde_json::{Value, json};

use super::parts::{subject_id, unfit};
use crate::cloud::alibaba::actions::tells::need;
use crate::cloud::telling::{AnswerPart, AnswerType, Need};
use crate::cloud::writing::{Edit, FieldValue, FieldWrite, WriteAnswer, WriteStep, Writing, sent, set};
use crate::domain::{Reason, Refusal};
use crate::world::things::Thing;

const COPILOT: Need = need("CopilotId", "copilot_modules", &["id"], |_| unfit("CopilotId"));
const AI_PRO: Need = need("AiProId", "ai_pro_modules", &["id"], |_| unfit("AiProId"));
const DASHBOARDS: Need = need("DashboardIds", "works", &["id"], |work| Refusal::WorkUnknown { work });

/// The list of the page has no code for a module that is not there, so it is a wrong parameter.
pub static MODIFY_COPILOT: Writing = Writing {
    needs: &[COPILOT],
    steps: &[
        WriteStep::Check(Reason::ParamUnfit, |edit| {
            let is_sent = edit.look().args.get("DataRange").is_some();
            (is_sent && data_range(edit).is_none()).then_some(unfit("DataRange"))
        }),
        WriteStep::Set(&[sent("module_name", "ModuleName"), sent("agent_name", "AgentName")]),
        WriteStep::Do(|edit| {
            let (module, range) = (subject_id(edit), data_range(edit).unwrap_or_default());
            edit.update("copilot_modules", &module, |module| take_over(module, &range));
        }),
    ],
    answer: WriteAnswer::Done,
};

/// Switches that no action tells of are kept too. Without an id there is nothing to change.
pub static MODIFY_AI_PRO: Writing = Writing {
    needs: &[AI_PRO],
    steps: &[
        WriteStep::Check(Reason::ParamUnfit, |edit| {
            edit.look().args.get("AiProId").is_none().then_some(unfit("AiProId"))
        }),
        WriteStep::Set(&[
            sent("show_name", "ShowName"),
            sent("agent_name", "AgentName"),
            sent("config", "Config"),
            int_of("chat_history_status", "ChatHistoryStatus"),
            int_of("memory_enabled", "MemoryEnabled"),
            int_of("upload_enabled", "UploadEnabled"),
        ]),
    ],
    answer: WriteAnswer::Done,
};

/// The answer is a list of texts that nobody describes; the dashboards that were named are taken for it.
pub static SWITCH_DASHBOARDS: Writing = Writing {
    needs: &[],
    steps: &[
        WriteStep::SetEach(DASHBOARDS, &[]),
        WriteStep::Do(|edit| {
            let (dashboards, on) = (edit.pieces("DashboardIds"), edit.look().args.int("Status") == Some(1));
            for dashboard in &dashboards {
                edit.update("works", dashboard, |work| drop(work.insert("nl2sql".to_owned(), json!(on))));
            }
            edit.keep("dashboards", json!(dashboards));
        }),
    ],
    answer: WriteAnswer::Kept(AnswerPart::Computed(AnswerType::List, |_, kept| kept.get("dashboards").cloned())),
};

const fn int_of(field: &'static str, param: &'static str) -> FieldWrite {
    set(field, FieldValue::SentInt(param))
}

fn data_range(edit: &Edit<'_>) -> Option<Thing> {
    serde_json::from_str(&edit.sent("DataRange")).ok()
}

/// All of a kind counts before some of it.
fn take_over(module: &mut Thing, range: &Thing) {
    for (all, some, field) in [("allCube", "llmCubes", "cubes"), ("allTheme", "themes", "themes")] {
        if range.get(all) == Some(&Value::Bool(true)) {
            module.insert(field.to_owned(), json!([]));
        } else if let Some(Value::Array(ids)) = range.get(some) {
            module.insert(field.to_owned(), json!(ids));
        }
    }
}
