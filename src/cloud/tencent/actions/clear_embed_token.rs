//! ClearEmbedToken: the end of every token of a page, a dashboard or a project.

use super::{FAMILY, VERSIONS, refuse_absent};
use crate::cloud::catalog::{Action, Does, ParamKind, ParamRow, ParamRule, Reasons, TicketWork, to_rendered};
use crate::cloud::params::Args;
use crate::cloud::table::param;
use crate::domain::{Ask, Assumptions, Evidence, PageAsk, Refusal, Terms, View};

/// The three fields that the service model calls required.
const fn required_row(name: &'static str, rule: ParamRule, about: &'static str) -> ParamRow {
    ParamRow { required: true, ..param(name, ParamKind::Text, rule, about) }
}

pub static ACTION: Action = Action {
    name: "ClearEmbedToken",
    versions: VERSIONS,
    about: "Ends all tokens of a page, a dashboard or a project; for administrators.",
    params: &[
        required_row("ProjectId", ParamRule::Any, "project id, as text"),
        required_row("UserCorpId", ParamRule::Any, "corporation of the project"),
        required_row("Scope", ParamRule::Word(&["page", "panel", "project"]), "`page`, `panel` or `project`"),
        param("PageId", ParamKind::Text, ParamRule::Any, "page id, as text; needed for `page`"),
    ],
    does: Does::Tickets(TicketWork {
        family: FAMILY,
        terms: |_| Terms::default(),
        parse,
        render: |_| to_rendered(&true),
    }),
    reasons: Reasons::new(),
    evidence: Evidence::Documented,
    source: "CLI service model 3.1.189.1",
};

fn parse(args: &Args<'_>, assumptions: &Assumptions) -> Result<Ask, Refusal> {
    let text = |name: &'static str| args.owned_text(name).ok_or_else(|| refuse_absent(name, assumptions));
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
