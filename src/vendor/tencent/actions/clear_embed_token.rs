//! ClearEmbedToken: the end of every token of a page, a dashboard or a project.

use super::{FAMILY, VERSIONS, absent, row};
use crate::domain::{Ask, Assumptions, Evidence, PageAsk, Refusal, Terms, View};
use crate::vendor::catalog::{Action, Kind, ParamRow, Reasons, Rule, rendered};
use crate::vendor::params::Args;

/// The three fields that the service model calls required.
const fn needed(name: &'static str, rule: Rule, about: &'static str) -> ParamRow {
    ParamRow { required: true, ..row(name, Kind::Text, rule, about) }
}

pub static ACTION: Action = Action {
    name: "ClearEmbedToken",
    versions: VERSIONS,
    about: "Ends all tokens of a page, a dashboard or a project; for administrators.",
    family: FAMILY,
    params: &[
        needed("ProjectId", Rule::Any, "project id, as text"),
        needed("UserCorpId", Rule::Any, "corporation of the project"),
        needed("Scope", Rule::Word(&["page", "panel", "project"]), "`page`, `panel` or `project`"),
        row("PageId", Kind::Text, Rule::Any, "page id, as text; needed for `page`"),
    ],
    terms: |_| Terms::default(),
    parse,
    render: |_| rendered(&true),
    reasons: Reasons::new(),
    evidence: Evidence::Documented,
    source: "CLI service model 3.1.189.1",
};

fn parse(args: &Args<'_>, assumptions: &Assumptions) -> Result<Ask, Refusal> {
    let text = |name: &'static str| args.owned(name).ok_or_else(|| absent(name, assumptions));
    let view = match args.text("Scope") {
        Some("page") => View::Page,
        Some("project") => View::Chat,
        _ => View::Board,
    };
    let page = match view {
        View::Page => Some(text("PageId")?),
        View::Board | View::Chat => None,
    };
    let subject = PageAsk { project: text("ProjectId")?, page, view };
    Ok(Ask::Clear { organization: text("UserCorpId")?, subject })
}
