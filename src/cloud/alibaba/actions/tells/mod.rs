//! Answers of the reading actions, one file for each family of things.

pub mod data;
pub mod modules;
pub mod people;
pub mod readers;
pub mod rights;
pub mod services;
pub mod smart_q;
pub mod visits;
pub mod works;
pub mod workspaces;

use crate::cloud::telling::{
    AnswerPart, Constant, ListMember, ListPages, Need, Operand, ThingCondition, ThingTest, ValueForm, boolean, int,
    text,
};
use crate::domain::Refusal;

/// A field is the parameter, where that was sent.
pub const fn by_param(paths: &'static [&'static str], param: &'static str) -> ThingCondition {
    by_param_as(paths, ValueForm::Text, param)
}

const fn by_param_as(paths: &'static [&'static str], form: ValueForm, param: &'static str) -> ThingCondition {
    ThingCondition { paths, form, test: ThingTest::Is, with: Operand::Param(param) }
}

/// The parameter is a part of one of the fields.
const fn keyword(paths: &'static [&'static str], param: &'static str) -> ThingCondition {
    ThingCondition { paths, form: ValueForm::Text, test: ThingTest::Contains, with: Operand::Param(param) }
}

/// A field is one of the comma list in the parameter.
const fn one_of(paths: &'static [&'static str], param: &'static str) -> ThingCondition {
    ThingCondition { paths, form: ValueForm::Text, test: ThingTest::OneOf, with: Operand::Param(param) }
}

/// A field is a field of the thing around.
pub const fn of_outer(paths: &'static [&'static str], outer: &'static str) -> ThingCondition {
    ThingCondition { paths, form: ValueForm::Text, test: ThingTest::Is, with: Operand::Outer(outer) }
}

/// A field is this word.
pub const fn word(paths: &'static [&'static str], form: ValueForm, word: &'static str) -> ThingCondition {
    ThingCondition { paths, form, test: ThingTest::Is, with: Operand::Word(word) }
}

pub const fn need(
    param: &'static str,
    kind: &'static str,
    by: &'static [&'static str],
    unknown: fn(String) -> Refusal,
) -> Need {
    Need { param, kind, by, among: &[], unknown }
}

pub const WORK: Need = need("WorksId", "works", &["id"], |work| Refusal::WorkUnknown { work });
pub const USER: Need = need("UserId", "users", &["id"], |user| Refusal::UserUntold { user });
pub const WORKSPACE: Need =
    need("WorkspaceId", "workspaces", &["id"], |workspace| Refusal::WorkspaceUnknown { workspace });

/// The role of an administrator of the organization.
pub const ADMINISTRATOR: i64 = 111_111_111;

/// A role, of the organization or of a workspace.
const ROLE_MODEL: AnswerPart = AnswerPart::Object(&[
    ("RoleId", int("id")),
    ("RoleName", text("name")),
    ("IsSystemRole", boolean("system")),
    ("AuthConfigList", AnswerPart::Constant(Constant::None)),
]);

/// Lists whose pages are counted by `PageNum`.
static PAGES: ListPages = paging(
    "PageNum",
    &[
        ("Data", ListMember::Items),
        ("PageNum", ListMember::Number),
        ("PageSize", ListMember::Size),
        ("TotalNum", ListMember::Total),
        ("TotalPages", ListMember::Pages),
    ],
);

/// Lists whose pages are counted by `PageNo`.
static NUMBERED_PAGES: ListPages = paging(
    "PageNo",
    &[
        ("Data", ListMember::Items),
        ("PageNo", ListMember::Number),
        ("PageSize", ListMember::Size),
        ("TotalNum", ListMember::Total),
        ("TotalPages", ListMember::Pages),
    ],
);

const fn paging(number: &'static str, members: &'static [(&'static str, ListMember)]) -> ListPages {
    ListPages { number, size: "PageSize", default: 10, all: None, members, order: None }
}

/// The six spellings of a works type.
pub mod spelling {
    type WorkWords = &'static [(&'static str, &'static str)];

    /// Lists of works, and QueryWorks.
    pub const IN_LISTS: WorkWords = &[
        ("dashboard", "PAGE"),
        ("workbook", "REPORT"),
        ("screen", "SCREEN"),
        ("retrieval", "dashboardOfflineQuery"),
        ("analysis", "ANALYSIS"),
        ("data-entry", "DATAFORM"),
        ("portal", "DATAPRODUCT"),
    ];
    /// The list of a workspace writes one of them otherwise.
    pub const IN_WORKSPACE: WorkWords = &[
        ("dashboard", "PAGE"),
        ("workbook", "REPORT"),
        ("screen", "SCREEN"),
        ("retrieval", "dashboardOfflineQuery"),
        ("analysis", "Analysis"),
        ("data-entry", "DATAFORM"),
        ("portal", "DATAPRODUCT"),
    ];
    pub const IN_LINEAGE: WorkWords = &[
        ("dashboard", "DASHBOARD"),
        ("workbook", "REPORT"),
        ("screen", "SCREEN"),
        ("retrieval", "dashboardOfflineQuery"),
        ("analysis", "ANALYSIS"),
    ];
    pub const IN_COLLECTIONS: WorkWords = &[
        ("dashboard", "PAGE"),
        ("workbook", "REPORT"),
        ("retrieval", "dashboardOfflineQuery"),
        ("data-entry", "dataForm"),
        ("portal", "DATAPRODUCT"),
    ];
    pub const IN_SHARES: WorkWords = &[
        ("dashboard", "dashboard"),
        ("workbook", "report"),
        ("screen", "SCREEN"),
        ("retrieval", "dashboardOfflineQuery"),
        ("analysis", "ANALYSIS"),
        ("data-entry", "DATAFORM"),
        ("portal", "dataProduct"),
    ];
    pub const IN_RIGHTS: WorkWords = &[
        ("dashboard", "dashboard"),
        ("workbook", "report"),
        ("screen", "screen"),
        ("retrieval", "dashboardOfflineQuery"),
        ("analysis", "ANALYSIS"),
        ("data-entry", "dataForm"),
    ];
    pub const IN_EMBEDDING: WorkWords = &[
        ("dashboard", "page"),
        ("workbook", "report"),
        ("screen", "screen"),
        ("retrieval", "dashboardOfflineQuery"),
        ("analysis", "ANALYSIS"),
        ("data-entry", "dataForm"),
    ];
}
