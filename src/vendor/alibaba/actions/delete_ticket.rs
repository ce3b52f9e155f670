//! DeleteTicket: the end of a ticket.

use serde_json::Value;

use super::{BOTH, TICKET, TICKETS};
use crate::domain::{Ask, Command, Evidence, Terms};
use crate::vendor::catalog::Action;

pub static ACTION: Action = Action {
    name: "DeleteTicket",
    versions: BOTH,
    about: "Ends a ticket; afterwards it does not exist.",
    family: TICKETS,
    params: &[TICKET],
    terms: |_| Terms::default(),
    parse: |args, _| Ok(Ask::Act { ticket: args.owned("Ticket").unwrap_or_default(), command: Command::Revoke }),
    render: |_| Value::Bool(true),
    evidence: Evidence::Documented,
    source: "newest SDK model; vendor page of the action",
};
