//! What the reading actions tell of the world, one file for each family of things.

pub mod data;
pub mod people;
pub mod works;
pub mod workspaces;

use crate::cloud::telling::{Filter, Form, From, Need, Node, PageMember, Paging, Source, Test, With};
use crate::domain::Refusal;

const fn text(path: &'static str) -> Node {
    Node::Leaf(path, Form::Text)
}

const fn int(path: &'static str) -> Node {
    Node::Leaf(path, Form::Int)
}

const fn boolean(path: &'static str) -> Node {
    Node::Leaf(path, Form::Bool)
}

const fn leaf(path: &'static str, form: Form) -> Node {
    Node::Leaf(path, form)
}

/// Everything of a kind.
const fn all(kind: &'static str, filters: &'static [Filter]) -> Source {
    Source { from: From::All(kind), filters }
}

/// What is listed in a field.
const fn listed(field: &'static str) -> Source {
    Source { from: From::Field(field), filters: &[] }
}

/// A field is the parameter, where that was sent.
const fn asked(paths: &'static [&'static str], param: &'static str) -> Filter {
    asked_as(paths, Form::Text, param)
}

const fn asked_as(paths: &'static [&'static str], form: Form, param: &'static str) -> Filter {
    Filter { paths, form, test: Test::Is, with: With::Param(param) }
}

/// The parameter is a part of one of the fields.
const fn keyword(paths: &'static [&'static str], param: &'static str) -> Filter {
    Filter { paths, form: Form::Text, test: Test::Contains, with: With::Param(param) }
}

/// A field is one of the comma list in the parameter.
const fn one_of(paths: &'static [&'static str], param: &'static str) -> Filter {
    Filter { paths, form: Form::Text, test: Test::OneOf, with: With::Param(param) }
}

/// A field is a field of the thing around.
const fn of_outer(paths: &'static [&'static str], outer: &'static str) -> Filter {
    Filter { paths, form: Form::Text, test: Test::Is, with: With::Outer(outer) }
}

/// A field is this word.
const fn word(paths: &'static [&'static str], form: Form, word: &'static str) -> Filter {
    Filter { paths, form, test: Test::Is, with: With::Word(word) }
}

const fn need(
    param: &'static str,
    kind: &'static str,
    by: &'static [&'static str],
    unknown: fn(String) -> Refusal,
) -> Need {
    Need { param, kind, by, among: &[], unknown }
}

const WORK: Need = need("WorksId", "works", &["id"], |work| Refusal::WorkUnknown { work });
const USER: Need = need("UserId", "users", &["id"], |user| Refusal::UserUnknown { user });
const WORKSPACE: Need = need("WorkspaceId", "workspaces", &["id"], |workspace| Refusal::WorkspaceUnknown { workspace });

/// Lists whose pages are counted by `PageNum`.
static PAGES: Paging = paging(
    "PageNum",
    &[
        ("Data", PageMember::Items),
        ("PageNum", PageMember::Number),
        ("PageSize", PageMember::Size),
        ("TotalNum", PageMember::Total),
        ("TotalPages", PageMember::Pages),
    ],
);

/// Those that count by `PageNo`.
static NUMBERED_PAGES: Paging = paging(
    "PageNo",
    &[
        ("Data", PageMember::Items),
        ("PageNo", PageMember::Number),
        ("PageSize", PageMember::Size),
        ("TotalNum", PageMember::Total),
        ("TotalPages", PageMember::Pages),
    ],
);

const fn paging(number: &'static str, members: &'static [(&'static str, PageMember)]) -> Paging {
    Paging { number, size: "PageSize", default: 10, all: None, members }
}

/// The six spellings of a works type.
mod spelling {
    type Words = &'static [(&'static str, &'static str)];

    /// Lists of works, and QueryWorks.
    pub const IN_LISTS: Words = &[
        ("dashboard", "PAGE"),
        ("workbook", "REPORT"),
        ("screen", "SCREEN"),
        ("retrieval", "dashboardOfflineQuery"),
        ("analysis", "ANALYSIS"),
        ("data-entry", "DATAFORM"),
    ];
    /// The list of a workspace writes one of them otherwise.
    pub const IN_WORKSPACE: Words = &[
        ("dashboard", "PAGE"),
        ("workbook", "REPORT"),
        ("screen", "SCREEN"),
        ("retrieval", "dashboardOfflineQuery"),
        ("analysis", "Analysis"),
        ("data-entry", "DATAFORM"),
    ];
    pub const IN_LINEAGE: Words = &[
        ("dashboard", "DASHBOARD"),
        ("workbook", "REPORT"),
        ("screen", "SCREEN"),
        ("retrieval", "dashboardOfflineQuery"),
        ("analysis", "ANALYSIS"),
    ];
    pub const IN_COLLECTIONS: Words = &[
        ("dashboard", "PAGE"),
        ("workbook", "REPORT"),
        ("retrieval", "dashboardOfflineQuery"),
        ("data-entry", "dataForm"),
    ];
    pub const IN_SHARES: Words = &[
        ("dashboard", "dashboard"),
        ("workbook", "report"),
        ("screen", "SCREEN"),
        ("retrieval", "dashboardOfflineQuery"),
        ("analysis", "ANALYSIS"),
        ("data-entry", "DATAFORM"),
    ];
    pub const IN_EMBEDDING: Words = &[
        ("dashboard", "page"),
        ("workbook", "report"),
        ("screen", "screen"),
        ("retrieval", "dashboardOfflineQuery"),
        ("analysis", "ANALYSIS"),
        ("data-entry", "dataForm"),
    ];
}
