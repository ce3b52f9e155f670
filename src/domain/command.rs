//! Commands on a ticket.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Refusal, TargetHint, Ticket, TicketDraft, TicketId, Timestamp};

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
    /// This many from now on.
    Left(u32),
    /// This many in all, used ones included.
    Total(u32),
}

/// A ticket to be made. Everything in the draft has been checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    pub id: TicketId,
    pub serial: u64,
    pub draft: TicketDraft,
}

/// A way to end a ticket by order, whatever its state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// It expires now.
    Expire,
    /// Its last use is taken.
    UseUp,
    Revoke,
}

impl Ending {
    /// Ends the ticket at `now`.
    pub fn end_ticket(self, ticket: &mut Ticket, now: Timestamp) {
        match self {
            Self::Expire => ticket.expires_at = ticket.expires_at.min(now),
            Self::UseUp => {
                // The most may have been set below what is used already.
                let most = ticket.max_uses.unwrap_or(ticket.used).max(ticket.used);
                (ticket.used, ticket.max_uses) = (most, Some(most));
            }
            Self::Revoke => ticket.revoked = true,
        }
        ticket.updated_at = now;
    }
}
