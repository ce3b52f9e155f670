//! How somebody other than the vendor ends a ticket.

use super::{Ticket, Timestamp};

/// A way to end a ticket by order, whatever its state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// As if its time had come.
    Expire,
    /// As if its last use had been taken.
    UseUp,
    Revoke,
}

impl Ending {
    /// Ends the ticket at `now`.
    pub fn end(self, ticket: &mut Ticket, now: Timestamp) {
        match self {
            Self::Expire => ticket.expires_at = ticket.expires_at.min(now),
            Self::UseUp => {
                let most = ticket.max_uses.unwrap_or(ticket.used);
                (ticket.used, ticket.max_uses) = (most, Some(most));
            }
            Self::Revoke => ticket.revoked = true,
        }
        ticket.updated_at = now;
    }
}
