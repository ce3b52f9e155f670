//! The tickets of a sandbox as plain values, and tickets made of them.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::{Holder, Tickets};
use crate::domain::{Family, Ticket, TicketId};

/// All tickets of a sandbox, with what the next ones depend on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holdings {
    /// In the order of families and serials.
    pub tickets: Vec<Ticket>,
    /// The tickets that are the newest of their holders, in the order of ids.
    pub newest: Vec<TicketId>,
    /// The last serial of each family that has one.
    pub serials: Vec<(Family, u64)>,
}

impl Tickets {
    /// The tickets of the sandbox of this id, which hold everything that `holdings` tells of.
    pub fn from_holdings(sandbox: &str, holdings: Holdings) -> Self {
        let tickets = Self::new(sandbox);
        for ticket in holdings.tickets {
            tickets.by_id.insert(ticket.id.to_bytes(), Box::new(ticket));
        }
        for id in holdings.newest {
            if let Some(ticket) = tickets.by_id(id) {
                let Ticket { family, target, user, .. } = ticket;
                tickets.newest.insert(Arc::new(Holder { family, target, user }), id);
            }
        }
        let by_family: HashMap<Family, u64> = holdings.serials.into_iter().collect();
        tickets.serials.lock().extend(by_family);
        tickets
    }

    /// The holdings now.
    ///
    /// Tickets are read before the index and the serials: those never fall behind a ticket, so a ticket
    /// that is made meanwhile is left out, and no serial is given twice.
    pub fn to_holdings(&self) -> Holdings {
        let order = |ticket: &Ticket| (ticket.family.vendor(), ticket.family.kind(), ticket.serial, ticket.id);
        let mut tickets = self.all_tickets();
        tickets.sort_unstable_by_key(order);
        let mut newest: Vec<TicketId> = self.newest.iter().map(|entry| *entry.value()).collect();
        newest.sort_unstable();
        let known: std::collections::HashSet<TicketId> = tickets.iter().map(|ticket| ticket.id).collect();
        newest.retain(|id| known.contains(id));
        let serials = self.serials.lock().clone().into_iter();
        let by_name: BTreeMap<_, _> =
            serials.map(|(family, last)| ((family.vendor(), family.kind()), (family, last))).collect();
        Holdings { tickets, newest, serials: by_name.into_values().collect() }
    }
}
