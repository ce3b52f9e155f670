//! UpdateTicketNum: another number of uses for a ticket.

use serde_json::Value;

use super::{BOTH, TICKET, TICKETS, required};
use crate::domain::{Ask, Assumptions, Command, Evidence, Refusal, Terms, Uses};
use crate::vendor::alibaba::assumptions::UPDATE_TICKET_NUM;
use crate::vendor::catalog::{Action, Bounds, Kind, Rule};
use crate::vendor::params::Args;

pub static ACTION: Action = Action {
    name: "UpdateTicketNum",
    versions: BOTH,
    about: "Sets how often a ticket can still be used.",
    family: TICKETS,
    params: &[
        TICKET,
        required("TicketNum", "ticketNum", Kind::Int, Rule::Uses(Bounds::Fixed(1, 99_998)), "visits, 1 to 99998"),
    ],
    terms: |_| Terms::default(),
    parse,
    render: |_| Value::Bool(true),
    evidence: Evidence::Documented,
    source: "vendor page of the action (2021-03-25); newest SDK model",
};

fn parse(args: &Args<'_>, assumptions: &Assumptions) -> Result<Ask, Refusal> {
    let uses = args.int("TicketNum").and_then(|uses| u32::try_from(uses).ok()).unwrap_or(1);
    let uses = if assumptions.is(&UPDATE_TICKET_NUM, "maximum") { Uses::Total(uses) } else { Uses::Left(uses) };
    Ok(Ask::Act { ticket: args.owned("Ticket").unwrap_or_default(), command: Command::SetUses(uses) })
}
