//! BuildSignatureUrl of version 2021-03-25: the address of a page that opens without a login until it expires.

use super::account::{ACCOUNT_NAME, ACCOUNT_TYPE_2021, USER_ID};
use super::embed_tokens::{EXPIRE_MIN, ask_for_user};
use super::{DEFAULT_MINUTES, LINKS, OLDER, WORKS_ID, optional_row};
use crate::cloud::alibaba::assumptions::{
    SIGNATURE_URL_HOST, SIGNATURE_URL_MINUTES, SIGNATURE_URL_PATH, SignatureUrlHostChoice, SignatureUrlMinutesChoice,
    SignatureUrlPathChoice,
};
use crate::cloud::alibaba::{NAME, visit};
use crate::cloud::catalog::{
    Action, ActionResult, Does, ParamKind, ParamRow, ParamRule, Reasons, Rendered, TicketWork, to_rendered,
};
use crate::cloud::params::Args;
use crate::domain::{Ask, Assumptions, Evidence, Extras, IssueAsk, Refusal, Renewal, Terms};

pub static ACTION: Action = Action {
    name: "BuildSignatureUrl",
    versions: OLDER,
    about: "Builds the signed address of a work's page, which opens without a login until it expires.",
    params: &[
        WORKS_ID,
        USER_ID,
        ACCOUNT_NAME,
        ACCOUNT_TYPE_2021,
        EXPIRE_MIN,
        optional_row("Watermark", "watermark", ParamKind::Text, ParamRule::Any, "watermark of the page"),
        WITH_HOST,
    ],
    does: Does::Tickets(TicketWork { family: LINKS, terms: |_| Terms::default(), parse, render }),
    reasons: Reasons::new(),
    evidence: Evidence::Seen,
    source: "request class of the classic Python SDK 1.8.5; an address in public code; no page tells of it",
};

const WITH_HOST: ParamRow = optional_row(
    "WithHost",
    "withHost",
    ParamKind::Text,
    ParamRule::Any,
    "`true`: a whole address, `false`: path and query alone",
);

fn parse(args: &Args<'_>, assumptions: &Assumptions) -> Result<Ask, Refusal> {
    let minutes = match assumptions.of(&SIGNATURE_URL_MINUTES) {
        SignatureUrlMinutesChoice::Minutes240 => DEFAULT_MINUTES,
        SignatureUrlMinutesChoice::Minutes120 => 120,
    };
    Ok(Ask::Issue(Box::new(IssueAsk {
        family: LINKS,
        // A second address leaves the first one alone.
        renewal: Renewal::Independent,
        extras: Extras { watermark: args.owned_text("Watermark"), ..Extras::default() },
        ..ask_for_user(args, assumptions, minutes)?
    })))
}

fn render(done: &ActionResult<'_>) -> Rendered {
    let address = done.tickets.first().and_then(|ticket| {
        let kind = match done.assumptions.of(&SIGNATURE_URL_PATH) {
            SignatureUrlPathChoice::ByKind => done.world.page_content(NAME, &ticket.target)?.kind,
            SignatureUrlPathChoice::Screen => "screen",
        };
        Some(host_for(done) + &visit::link_of_kind(ticket, kind)?)
    });
    to_rendered(&address)
}

/// The beginning of the address: where the call came to, as the page is there and not at the vendor's.
fn host_for(done: &ActionResult<'_>) -> String {
    let is_wanted = match done.args.text("WithHost") {
        Some(text) if text.eq_ignore_ascii_case("true") => true,
        Some(text) if text.eq_ignore_ascii_case("false") => false,
        _ => done.assumptions.holds(&SIGNATURE_URL_HOST, SignatureUrlHostChoice::With),
    };
    if is_wanted { done.raw.base_url() } else { String::new() }
}
