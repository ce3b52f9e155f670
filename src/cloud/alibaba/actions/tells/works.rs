//! Works: their lists, embedding, lineage, shares and who may read them.

use serde_json::{Value, json};

use super::{NUMBERED_PAGES, PAGES, WORK, WORKSPACE, by_param, by_param_as, keyword, need, of_outer, spelling, word};
use crate::cloud::telling::{
    AnswerPart, AnswerType, Look, Need, Telling, ThingCondition, ValueForm, all, boolean, int, items_of, leaf, text,
};
use crate::domain::Refusal;
use crate::world::things::Thing;

const ON: ThingCondition = word(&["embedding"], ValueForm::Bool, "true");

/// Embedding on, by the two names of its parameter.
const FLAGGED: ThingCondition = by_param_as(&["embedding"], ValueForm::Flag, "ThirdPartAuthFlag");
const STATUS: ThingCondition = by_param(&["status"], "Status");

pub(super) static DIRECTORY: AnswerPart = AnswerPart::Object(&[
    ("Id", text("id")),
    ("Name", text("name")),
    ("PathId", text("path_id")),
    ("PathName", text("path_name")),
]);

macro_rules! work {
    ($spelling:expr $(, $more:expr)*) => {
        AnswerPart::Object(&[
            ("WorksId", text("id")),
            ("WorkName", text("name")),
            ("WorkType", leaf("type", ValueForm::Words($spelling))),
            ("Status", int("status")),
            ("Auth3rdFlag", leaf("embedding", ValueForm::Flag)),
            ("Description", text("description")),
            ("WorkspaceId", text("workspace")),
            ("WorkspaceName", text("workspace.name")),
            ("OwnerId", text("owner")),
            ("OwnerName", text("owner.account")),
            ("ModifyName", text("modified_by.account")),
            ("GmtCreate", leaf("created", ValueForm::MillisText)),
            ("GmtModify", leaf("modified", ValueForm::MillisText)),
            ("SecurityLevel", text("security_level")),
            ("PublicFlag", boolean("public")),
            ("PublicInvalidTime", leaf("public_until", ValueForm::Millis)),
            ("Directory", AnswerPart::Inside("directory", &DIRECTORY)),
            $($more,)*
        ])
    };
}

static IN_ORGANIZATION: AnswerPart = work!(spelling::IN_LISTS);
static IN_WORKSPACE: AnswerPart = work!(spelling::IN_WORKSPACE);

pub static BY_ORGANIZATION: Telling = Telling {
    needs: &[],
    answer: AnswerPart::Page(
        &PAGES,
        all("works", &[by_param_as(&["type"], ValueForm::Words(spelling::IN_LISTS), "WorksType"), STATUS, FLAGGED]),
        &IN_ORGANIZATION,
    ),
};

pub static BY_WORKSPACE: Telling = Telling {
    needs: &[WORKSPACE],
    answer: AnswerPart::Page(
        &PAGES,
        all(
            "works",
            &[
                by_param(&["workspace"], "WorkspaceId"),
                by_param_as(&["type"], ValueForm::Words(spelling::IN_WORKSPACE), "WorksType"),
                STATUS,
                FLAGGED,
            ],
        ),
        &IN_WORKSPACE,
    ),
};

pub static ONE: Telling = Telling {
    needs: &[WORK],
    answer: work!(spelling::IN_LISTS, ("GlobalParamVoList", AnswerPart::Computed(AnswerType::List, global_parameters))),
};

/// The global parameters of a work, of which a world knows the names.
fn global_parameters(_: &Look<'_>, work: &Thing) -> Option<Value> {
    let names = work.get("parameters")?.as_array()?;
    let parameter =
        |name: &Value| json!({ "ParamName": name, "ParamAlias": name, "DataType": "string", "Required": false });
    Some(names.iter().map(parameter).collect())
}

const WORK_OF_LINEAGE: Need = need("WorksId", "works", &["id"], |work| Refusal::LineageUnknown { work });

pub static LINEAGE: Telling = Telling {
    needs: &[WORK_OF_LINEAGE],
    answer: AnswerPart::Each(all("components", &[of_outer(&["work"], "id")]), &COMPONENT),
};

static COMPONENT: AnswerPart = AnswerPart::Object(&[
    ("ComponentId", text("id")),
    ("ComponentName", text("name")),
    ("ComponentType", int("type")),
    ("ComponentTypeName", text("type_name")),
    ("DatasetId", text("dataset")),
    ("QueryParams", AnswerPart::Each(items_of("query_params"), &QUERY_PARAM)),
]);

static QUERY_PARAM: AnswerPart = AnswerPart::Object(&[
    ("Uid", text("uid")),
    ("Caption", text("caption")),
    ("DataType", text("data_type")),
    ("IsMeasure", boolean("measure")),
]);

// --- embedding -----------------------------------------------------------------------------------------------------

pub static EMBEDDING: Telling = Telling { needs: &[WORK], answer: boolean("embedding") };

const fn embedded(kind: &'static str) -> ThingCondition {
    word(&["type"], ValueForm::Text, kind)
}

pub static EMBEDDING_COUNTS: Telling = Telling {
    needs: &[],
    answer: AnswerPart::Object(&[
        (
            "Detail",
            AnswerPart::Object(&[
                ("Page", AnswerPart::Count(all("works", &[ON, embedded("dashboard")]))),
                ("Report", AnswerPart::Count(all("works", &[ON, embedded("workbook")]))),
                ("DashboardOfflineQuery", AnswerPart::Count(all("works", &[ON, embedded("retrieval")]))),
            ]),
        ),
        ("EmbeddedCount", AnswerPart::Count(all("works", &[ON]))),
        ("MaxCount", AnswerPart::First(all("organization", &[]), &QUOTA)),
    ]),
};

static QUOTA: AnswerPart = int("embed_quota");

pub static EMBEDDED: Telling = Telling {
    needs: &[],
    answer: AnswerPart::Page(
        &NUMBERED_PAGES,
        all(
            "works",
            &[
                ON,
                by_param(&["workspace"], "WsId"),
                by_param_as(&["type"], ValueForm::Words(spelling::IN_EMBEDDING), "WorksType"),
                keyword(&["name"], "Keyword"),
            ],
        ),
        &EMBEDDED_WORK,
    ),
};

static EMBEDDED_WORK: AnswerPart = AnswerPart::Object(&[
    ("WorksId", text("id")),
    ("WorksName", text("name")),
    ("WorksType", leaf("type", ValueForm::Words(spelling::IN_EMBEDDING))),
    ("WorkspaceId", text("workspace")),
    ("EmbedTime", leaf("embedded_at", ValueForm::Wall)),
]);
