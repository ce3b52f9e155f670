//! What happens to a sandbox, for its journal and for whoever listens.

use super::{Backwards, Live, Reading, Shift, Unmoved};
use crate::domain::Ticket;
use crate::journal::{Noted, What};
use crate::sandbox::Transition;
use crate::sandbox::clock::wall_us;

/// What came of moving a clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    pub reading: Reading,
    /// In the order of time.
    pub transitions: Vec<Transition>,
}

impl Live {
    /// Moves the clock, and tells which tickets that ended or revived.
    ///
    /// # Errors
    ///
    /// [`Unmoved`]; nothing has changed then.
    pub fn shift(&self, shift: Shift, backwards: Backwards) -> Result<Moved, Unmoved> {
        let (before, reading) = self.sandbox.clock.shift(shift, backwards)?;
        let transitions = self.sandbox.tickets.transitions(before.now, reading.now);
        self.note(Noted::Clock { from: before.now, to: reading.now, frozen: reading.frozen });
        self.feed.tell(reading.now, What::Clock { frozen: reading.frozen });
        let ended = transitions.iter().map(|&Transition { ticket, family, became, .. }| What::Ticket {
            ticket,
            family,
            became,
        });
        self.feed.tell_all(reading.now, ended);
        Ok(Moved { reading, transitions })
    }

    /// Notes in the journal what was done to the sandbox, or came to it and is no call.
    pub fn note(&self, what: Noted) {
        self.journal.note(self.sandbox.clock.now(), wall_us(), what);
    }

    /// Tells listeners what was done to the sandbox now, and notes it.
    pub(super) fn tell(&self, what: What) {
        match &what {
            What::Scenario { name } => self.note(Noted::Scenario { name: name.clone() }),
            What::Assumptions { changed } => self.note(Noted::Assumptions { changed: changed.clone() }),
            What::Reset { what } => self.note(Noted::Reset { what: what.clone() }),
            What::Call { .. } | What::Ticket { .. } | What::Clock { .. } | What::Rule { .. } => {}
        }
        self.feed.tell(self.sandbox.clock.now(), what);
    }

    /// Tells listeners what became of the ticket.
    pub fn tell_ticket(&self, ticket: &Ticket) {
        let now = self.sandbox.clock.now();
        let what = What::Ticket { ticket: ticket.id, family: ticket.family, became: ticket.status(now) };
        self.feed.tell(now, what);
    }
}
