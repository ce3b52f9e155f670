//! ApplyEmbedInterval: more time for a token that is still valid.

use serde_json::json;

use super::{FAMILY, INTENTION, SCOPE, VERSIONS, read_intention, refuse_absent, view_of};
use crate::cloud::catalog::{
    Action, ActionResult, Does, ParamKind, ParamRule, Reasons, Rendered, TicketWork, to_rendered,
};
use crate::cloud::params::Args;
use crate::cloud::table::param;
use crate::cloud::tencent::assumptions::{EXTEND_EXPIRED, EXTEND_FROM, ExtendExpiredChoice, ExtendFromChoice};
use crate::domain::{
    AfterEnd, Ask, Assumptions, Command, Evidence, ExtendFrom, Refusal, TargetHint, Terms, TicketStatus, View,
};

pub static ACTION: Action = Action {
    name: "ApplyEmbedInterval",
    versions: VERSIONS,
    about: "Extends a token by the minutes it was created for.",
    params: &[
        param("ProjectId", ParamKind::Nat, ParamRule::Any, "project of the token; compared when given"),
        param("PageId", ParamKind::Nat, ParamRule::Any, "page of the token; 0 for a dashboard; compared when given"),
        param("BIToken", ParamKind::Text, ParamRule::Any, "the token; needed"),
        param("ExtraParam", ParamKind::Text, ParamRule::Any, "spare text"),
        INTENTION,
        SCOPE,
    ],
    does: Does::Tickets(TicketWork { family: FAMILY, terms: renewal_terms, parse, render }),
    reasons: Reasons::new(),
    evidence: Evidence::Documented,
    source: "vendor page of the action, 2026-03-19; CLI service model 3.1.189.1",
};

fn renewal_terms(assumptions: &Assumptions) -> Terms {
    Terms {
        extend_from: if assumptions.holds(&EXTEND_FROM, ExtendFromChoice::Expiry) {
            ExtendFrom::OldExpiry
        } else {
            ExtendFrom::Now
        },
        after_expiry: match assumptions.of(&EXTEND_EXPIRED) {
            ExtendExpiredChoice::Refuse => AfterEnd::Refuse,
            ExtendExpiredChoice::Revive => AfterEnd::Accept,
            ExtendExpiredChoice::Decline => AfterEnd::Decline,
        },
        ..Terms::default()
    }
}

fn parse(args: &Args<'_>, assumptions: &Assumptions) -> Result<Ask, Refusal> {
    let ticket = args.owned_text("BIToken").ok_or_else(|| refuse_absent("BIToken", assumptions))?;
    let (said_intention, scope) = (args.text("Intention"), args.text("Scope"));
    let page = args.nat("PageId").filter(|page| *page > 0);
    let said = match (said_intention, scope) {
        // An intention to embed alone leaves open whether the page or the dashboard is meant.
        (None | Some(super::EMBED), None) => None,
        _ => {
            let intention = read_intention(said_intention, scope, assumptions);
            Some(view_of(intention, scope, page.is_some()).ok_or(Refusal::ParamConflict { name: "Scope" })?)
        }
    };
    // A page number says something only of a token for a page; a dashboard's is 0, the chat's absent.
    let names_page = page.is_some() && said.is_none_or(|view| view == View::Page);
    let expected = TargetHint {
        project: args.nat("ProjectId"),
        page: names_page.then_some(page),
        view: said,
        ..TargetHint::default()
    };
    Ok(Ask::Act { ticket, command: Command::Extend { minutes: None, expected } })
}

/// A token that had already ended is answered with success and without effect.
/// `Result`: whether the token lives after all.
fn render(done: &ActionResult<'_>) -> Rendered {
    let extended = done.tickets.first().is_some_and(|ticket| ticket.status_at(done.now) != TicketStatus::Expired);
    to_rendered(&json!({ "Result": extended }))
}
