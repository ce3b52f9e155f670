//! Notes and events of a sandbox.

use super::{Backwards, ClockReading, Epoch, Shift, Unmoved};
use crate::domain::Ticket;
use crate::journal::{EventDetail, Noted};
use crate::sandbox::Transition;
use crate::sandbox::clock::wall_us;

/// The result of moving a clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    pub reading: ClockReading,
    /// In the order of time.
    pub transitions: Vec<Transition>,
}

impl Epoch {
    /// Moves the clock, and tells which tickets that ended or revived.
    ///
    /// # Errors
    ///
    /// [`Unmoved`]; nothing has changed then.
    pub fn shift_clock(&self, shift: Shift, backwards: Backwards) -> Result<Moved, Unmoved> {
        let (before, reading) = self.state.clock.shift(shift, backwards)?;
        let transitions = self.state.tickets.transitions_between(before.now, reading.now);
        self.write_note(Noted::Clock { from: before.now, to: reading.now, frozen: reading.frozen });
        self.feed.publish(reading.now, EventDetail::Clock { frozen: reading.frozen });
        let ended = transitions.iter().map(|&Transition { ticket, family, became, .. }| EventDetail::Ticket {
            ticket,
            family,
            became,
        });
        self.feed.tell_all(reading.now, ended);
        Ok(Moved { reading, transitions })
    }

    /// What [`Self::shift_clock`] would do now. Nothing changes, and nobody is told.
    ///
    /// # Errors
    ///
    /// [`Unmoved`].
    pub fn preview_clock(&self, shift: Shift, backwards: Backwards) -> Result<Moved, Unmoved> {
        let (before, reading) = self.state.clock.preview(shift, backwards)?;
        Ok(Moved { reading, transitions: self.state.tickets.transitions_between(before.now, reading.now) })
    }

    /// Notes in the journal what was done to the sandbox, or came to it and is no call.
    pub fn write_note(&self, what: Noted) {
        self.journal.write_note(self.state.clock.now(), wall_us(), what);
    }

    /// Tells listeners what was done to the sandbox now, and notes it.
    pub(super) fn publish_event(&self, what: EventDetail) {
        match &what {
            EventDetail::Scenario { name } => self.write_note(Noted::Scenario { name: name.clone() }),
            EventDetail::Assumptions { changed } => self.write_note(Noted::Assumptions { changed: changed.clone() }),
            EventDetail::Reset { what } => self.write_note(Noted::Reset { what: what.clone() }),
            EventDetail::Call { .. }
            | EventDetail::Ticket { .. }
            | EventDetail::Clock { .. }
            | EventDetail::Other { .. }
            | EventDetail::Rule { .. } => {}
        }
        self.feed.publish(self.state.clock.now(), what);
    }

    /// Tells listeners what became of the ticket.
    pub fn tell_ticket(&self, ticket: &Ticket) {
        let now = self.state.clock.now();
        let what = EventDetail::Ticket { ticket: ticket.id, family: ticket.family, became: ticket.status_at(now) };
        self.feed.publish(now, what);
    }
}
