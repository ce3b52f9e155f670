//! DelayTicketExpireTime: more time for a ticket that has not expired.

use serde_json::Value;

use super::{BOTH, TICKET, TICKETS, required};
use crate::domain::{AfterEnd, Ask, Assumptions, Command, Evidence, ExtendFrom, Refusal, TargetHint, Terms};
use crate::vendor::alibaba::assumptions::{DELAY_BASE, DELAY_CAP, EXTEND_USED_UP};
use crate::vendor::catalog::{Action, Bounds, Kind, Rule};
use crate::vendor::params::Args;

pub static ACTION: Action = Action {
    name: "DelayTicketExpireTime",
    versions: BOTH,
    about: "Extends a ticket by so many minutes.",
    family: TICKETS,
    params: &[
        TICKET,
        required(
            "ExpireTime",
            "expireTime",
            Kind::Int,
            Rule::Minutes(Bounds::Fixed(0, 240)),
            "minutes to add, 0 to 240",
        ),
    ],
    terms,
    parse,
    render: |_| Value::Bool(true),
    evidence: Evidence::Documented,
    source: "vendor page of the action (2022-01-01)",
};

/// The terms of an extension, the same for tickets and tokens.
pub fn terms(assumptions: &Assumptions) -> Terms {
    Terms {
        extend_from: if assumptions.is(&DELAY_BASE, "now") { ExtendFrom::Now } else { ExtendFrom::OldExpiry },
        max_ahead_minutes: assumptions.is(&DELAY_CAP, "240").then_some(240),
        extend_used_up: if assumptions.is(&EXTEND_USED_UP, "refuse") { AfterEnd::Refuse } else { AfterEnd::Accept },
        after_expiry: AfterEnd::Refuse,
        ..Terms::default()
    }
}

fn parse(args: &Args<'_>, _: &Assumptions) -> Result<Ask, Refusal> {
    let minutes = args.int("ExpireTime").and_then(|minutes| u32::try_from(minutes).ok());
    let command = Command::Extend { minutes, expected: TargetHint::default() };
    Ok(Ask::Act { ticket: args.owned("Ticket").unwrap_or_default(), command })
}
