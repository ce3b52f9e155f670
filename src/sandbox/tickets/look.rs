//! Looking through all tickets: one lock of the map is held at a time, so calls meanwhile wait for a few of them at
//! most.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::Tickets;
use crate::domain::{Family, Ticket, TicketId, TicketStatus, Timestamp};

/// Where a ticket stands among all, by its age.
pub type TicketPlace = (Timestamp, u64, TicketId);

/// A page of a list of tickets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketPage {
    /// Newest first.
    pub tickets: Vec<Ticket>,
    /// How many there are that fit, on this page or not.
    pub total: usize,
    /// The place below which the next page begins; `None`: that was all.
    pub next: Option<TicketPlace>,
}

/// A change of status that time alone made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transition {
    pub ticket: TicketId,
    pub family: Family,
    pub became: TicketStatus,
    pub at: Timestamp,
}

impl Tickets {
    /// Every ticket there is, the ended ones as well, in no order.
    pub fn all_tickets(&self) -> Vec<Ticket> {
        let mut all = Vec::new();
        self.for_each(|ticket| all.push(ticket.clone()));
        all
    }

    /// Looks at every ticket there is, in no order. Calls that change one of a few hundred others meanwhile wait.
    pub fn for_each(&self, mut look: impl FnMut(&Ticket)) {
        self.by_id.iter().for_each(|ticket| look(&ticket));
    }

    pub fn count(&self) -> usize {
        self.by_id.len()
    }

    /// The changes of status between `before` and `after`, in the order of time.
    ///
    /// One lock of the map is held at a time and nothing is copied but what changed, so calls meanwhile
    /// wait for a part of the tickets at most.
    pub fn transitions_between(&self, before: Timestamp, after: Timestamp) -> Vec<Transition> {
        let (from, to) = (before.min(after), before.max(after));
        let changed = self.by_id.iter().filter(|ticket| from < ticket.expires_at && ticket.expires_at <= to);
        let changed = changed.filter(|ticket| ticket.status_at(before) != ticket.status_at(after));
        let mut transitions: Vec<Transition> = changed
            .map(|ticket| Transition {
                ticket: ticket.id,
                family: ticket.family,
                became: ticket.status_at(after),
                at: ticket.expires_at,
            })
            .collect();
        transitions.sort_unstable_by_key(|transition| (transition.at, transition.ticket));
        transitions
    }

    /// The newest tickets that fit and stand below `below`, `limit` of them at most.
    pub fn page_below(&self, fits: impl Fn(&Ticket) -> bool, below: Option<TicketPlace>, limit: usize) -> TicketPage {
        let mut total = 0;
        // The oldest of those that are kept is on top; one more than wanted tells whether there are others.
        let mut kept: BinaryHeap<Reverse<TicketPlace>> = BinaryHeap::new();
        self.for_each(|ticket| {
            if !fits(ticket) {
                return;
            }
            total += 1;
            let place = (ticket.issued_at, ticket.serial, ticket.id);
            if below.is_none_or(|below| place < below) {
                kept.push(Reverse(place));
                if kept.len() > limit.saturating_add(1) {
                    kept.pop();
                }
            }
        });
        let mut places: Vec<TicketPlace> = kept.into_iter().map(|Reverse(place)| place).collect();
        places.sort_unstable_by_key(|place| Reverse(*place));
        let has_more = places.len() > limit;
        places.truncate(limit);
        let next = places.last().copied().filter(|_| has_more);
        TicketPage { tickets: places.into_iter().filter_map(|(.., id)| self.by_id(id)).collect(), total, next }
    }
}
