//! Projects.

use crate::cloud::telling::{AnswerPart, Need, all, int, text};
use crate::cloud::tencent::actions::tells::{OF_PROJECT, need_project};
use crate::cloud::writing::{FieldValue, FieldWrite, IdShape, WriteAnswer, WriteStep, Writing, sent, set};
use crate::world::things::Thing;

const KIND: &str = "projects";

const PROJECT: Need = need_project("Id");

/// The dashboard that comes first for somebody (`DefaultPanelType`) is not kept: no action tells it.
const SETTINGS: [FieldWrite; 6] = [
    sent("name", "Name"),
    sent("color_code", "ColorCode"),
    sent("logo", "Logo"),
    sent("mark", "Mark"),
    set("apply", FieldValue::SentBool("IsApply")),
    sent("managed_by", "ManagePlatform"),
];

/// A new project without a word on it lets everybody ask to be let in, as one of a world file does.
const NEW: [FieldWrite; 5] = [
    set("id", FieldValue::NewId(IdShape::Number)),
    set("corporation", FieldValue::Owner),
    set("apply", FieldValue::Bool(true)),
    set("owner", FieldValue::Caller),
    set("created", FieldValue::Now),
];

const CHANGES: [FieldWrite; 4] = [
    sent("seed", "Seed"),
    sent("panel_scope", "PanelScope"),
    set("modified", FieldValue::Now),
    set("modified_by", FieldValue::Caller),
];

/// A project that a call makes has no page; no action makes one. Where it can be edited is not told either.
pub static CREATE: Writing = Writing {
    needs: &[],
    steps: &[WriteStep::Do(|edit| {
        let project = edit.with_fields(Thing::default(), KIND, &NEW, "");
        let project = edit.with_fields(project, KIND, &SETTINGS, "");
        edit.put_subject(KIND, project);
    })],
    answer: WriteAnswer::Part(AnswerPart::Object(&[("Id", int("id")), ("EditUrl", text("edit_url"))])),
};

/// Fields that a call leaves out stay.
pub static MODIFY: Writing = Writing {
    needs: &[PROJECT],
    steps: &[WriteStep::Do(|edit| {
        let project = edit.with_fields(edit.subject().clone(), KIND, &SETTINGS, "");
        let project = edit.with_fields(project, KIND, &CHANGES, "");
        edit.put_subject(KIND, project);
    })],
    answer: WriteAnswer::Nothing,
};

/// The seed and the dashboard are not looked at: nothing says what they would have to be. Members and data sources of the
/// project and the rules on its tables end with it; its pages cannot be asked for without it.
pub static DELETE: Writing = Writing {
    needs: &[PROJECT],
    steps: &[
        WriteStep::EndAll(all("members", &[OF_PROJECT])),
        WriteStep::EndAll(all("datasources", &[OF_PROJECT])),
        WriteStep::EndAll(all("table_permissions", &[OF_PROJECT])),
        WriteStep::End,
    ],
    answer: WriteAnswer::Nothing,
};
