//! QueryTicketInfo: what a ticket opens, for whom, how often and until when.

use serde_json::{Value, json};

use super::{BOTH, TICKET, TICKETS, wall_text};
use crate::domain::{Ask, Assumptions, Command, Evidence, Refusal, Target, Terms};
use crate::vendor::catalog::{Action, Done};
use crate::vendor::params::Args;

pub static ACTION: Action = Action {
    name: "QueryTicketInfo",
    versions: BOTH,
    about: "Tells everything about a ticket that has not expired.",
    family: TICKETS,
    params: &[TICKET],
    terms: |_| Terms::default(),
    parse,
    render,
    evidence: Evidence::Documented,
    source: "newest SDK model; vendor page of the action",
};

fn parse(args: &Args<'_>, _: &Assumptions) -> Result<Ask, Refusal> {
    Ok(Ask::Act { ticket: args.owned("Ticket").unwrap_or_default(), command: Command::Inspect })
}

fn render(done: &Done<'_>) -> Value {
    let Some(ticket) = done.tickets.first() else { return Value::Null };
    let (work, component) = match &ticket.target {
        Target::Work { work, component } => (&**work, component.as_deref().unwrap_or("")),
        Target::Page { .. } => ("", ""),
    };
    let extras = ticket.extras.as_deref();
    let extra = |text: Option<&String>| text.cloned().unwrap_or_default();
    json!({
        "AccessTicket": ticket.id.to_string(),
        "OrganizationId": ticket.user.as_ref().map_or("", |user| &user.organization),
        "UserId": ticket.user.as_ref().map_or("", |user| &user.id),
        "WorksId": work,
        "CmptId": component,
        "MaxTicketNum": ticket.max_uses,
        "UsedTicketNum": ticket.used,
        "RegisterTime": wall_text(ticket.issued_at, done.assumptions),
        "InvalidTime": wall_text(ticket.expires_at, done.assumptions),
        "GlobalParam": extra(extras.and_then(|extras| extras.global_param.as_ref())),
        "WatermarkParam": extra(extras.and_then(|extras| extras.watermark.as_ref())),
    })
}
