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
    SetUses(Uses),
    Revoke,
    Inspect,
    /// `gate` is what the world says of the target at this moment: embedding switched off, say.
    Visit {
        asked: TargetHint,
        gate: Option<Refusal>,
    },
}

/// A number of uses, counted from one of two ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uses {
    /// So many from now on.
    Left(u32),
    /// So many in all, with those that are gone.
    Total(u32),
}

/// A ticket to be made. Everything in the draft has been checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    pub id: TicketId,
    pub serial: u64,
    pub draft: Draft,
}
