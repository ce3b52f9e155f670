//! Data services: queries of data sets that are called as APIs.

use serde_json::Value;

use super::{by_param, keyword, paging};
use crate::cloud::telling::{
    AnswerPart, AnswerType, Constant, ListMember, ListPages, Look, Telling, ValueForm, all, boolean, items_of, leaf,
    text,
};
use crate::world::things::Thing;

/// The page is asked for by `PageNo` and told as `PageNum`.
static PAGES: ListPages = paging(
    "PageNo",
    &[
        ("Data", ListMember::Items),
        ("PageNum", ListMember::Number),
        ("PageSize", ListMember::Size),
        ("TotalNum", ListMember::Total),
        ("TotalPages", ListMember::Pages),
    ],
);

pub static LIST: Telling = Telling {
    needs: &[],
    answer: AnswerPart::Page(
        &PAGES,
        all("data_services", &[keyword(&["name"], "Name"), by_param(&["owner"], "UserId")]),
        &SERVICE,
    ),
};

static SERVICE: AnswerPart = AnswerPart::Object(&[
    ("Sid", text("id")),
    ("Name", text("name")),
    ("Desc", text("description")),
    ("CubeId", text("dataset")),
    ("CubeName", text("dataset.name")),
    ("WorkspaceId", text("dataset.workspace")),
    ("WorkspaceName", text("dataset.workspace.name")),
    ("OwnerId", text("owner")),
    ("OwnerName", text("owner.account")),
    ("CreatorId", text("owner")),
    ("CreatorName", text("owner.account")),
    ("ModifierId", text("owner")),
    ("ModifierName", text("owner.account")),
    ("GmtCreate", leaf("created", ValueForm::Wall)),
    ("GmtModified", leaf("modified", ValueForm::Wall)),
    ("Content", CONTENT),
]);

/// A world has no filters of a service.
const CONTENT: AnswerPart = AnswerPart::Object(&[
    ("CubeId", text("dataset")),
    ("CubeName", text("dataset.name")),
    ("Detail", boolean("detail")),
    (
        "Filter",
        AnswerPart::Object(&[
            ("Type", AnswerPart::Constant(Constant::Text("basic"))),
            ("LogicalOperator", AnswerPart::Constant(Constant::Text("and"))),
            ("Filters", AnswerPart::Constant(Constant::None)),
        ]),
    ),
    ("ReturnFields", AnswerPart::Each(items_of("fields"), &RETURN_FIELD)),
]);

static RETURN_FIELD: AnswerPart = AnswerPart::Object(&[
    ("Alias", text("name")),
    ("Aggregator", AnswerPart::Computed(AnswerType::Text, |_, field| is_measure(field).then(|| "SUM".into()))),
    ("Orderby", AnswerPart::Constant(Constant::Text("no"))),
    (
        "Field",
        AnswerPart::Object(&[
            ("Fid", text("uid")),
            ("Name", text("name")),
            ("Caption", text("caption")),
            ("Column", text("name")),
            ("DataType", leaf("data_type", ValueForm::Words(DATA_TYPES))),
            ("Type", AnswerPart::Computed(AnswerType::Text, kind_of_field)),
        ]),
    ),
]);

/// One of them is written otherwise than in a data set.
const DATA_TYPES: &[(&str, &str)] = &[
    ("string", "string"),
    ("date", "date"),
    ("datetime", "datetime"),
    ("time", "time"),
    ("number", "number"),
    ("boolean", "boolean"),
    ("geographical", "geographic"),
    ("url", "url"),
];

fn is_measure(field: &Thing) -> bool {
    field.get("measure") == Some(&true.into())
}

fn kind_of_field(_: &Look<'_>, field: &Thing) -> Option<Value> {
    Some(if is_measure(field) { "Measure" } else { "Dimension" }.into())
}
