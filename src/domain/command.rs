//! What can be done to a ticket.

use super::{Draft, Refusal, TargetHint, TicketId};

/// One thing to do to one ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    Issue(Issue),
    /// `minutes: None` extends by the minutes the ticket was issued for.
    Extend {
        minutes: Option<u32>,
        expected: TargetHint,
    },
    /// Sets the uses that are left.
    SetUses {
        uses: u32,
    },
    Revoke,
    Inspect,
    /// `gate` is what the world says of the target at this moment: embedding switched off, say.
    Visit {
        asked: TargetHint,
        gate: Option<Refusal>,
    },
}

/// A ticket to be made. Everything in the draft has been checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    pub id: TicketId,
    pub serial: u64,
    pub draft: Draft,
}
