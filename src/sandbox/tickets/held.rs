//! One ticket, locked while it is looked at and changed.

use super::{Bits, Map};
use crate::domain::Ticket;

/// A ticket under the lock of its own entry.
#[cfg(not(feature = "planted-race"))]
pub(super) type Held<'a> = crate::sandbox::sync::RefMut<'a, Bits, Box<Ticket>>;
#[cfg(feature = "planted-race")]
pub(super) type Held<'a> = planted::Copied<'a>;

/// The ticket of these bits, if it is there.
#[cfg(not(feature = "planted-race"))]
pub(super) fn find_held<'a>(tickets: &'a Map<Bits, Box<Ticket>>, bits: &Bits) -> Option<Held<'a>> {
    tickets.get_mut(bits)
}
#[cfg(feature = "planted-race")]
pub(super) use planted::copy_ticket as find_held;

/// The mistake that the tests of the count have to find: a ticket is read, decided upon without its lock, and written
/// back. No other build has it.
#[cfg(feature = "planted-race")]
mod planted {
    use std::ops::{Deref, DerefMut};

    use super::{Bits, Map, Ticket};

    pub struct Copied<'a> {
        tickets: &'a Map<Bits, Box<Ticket>>,
        bits: Bits,
        ticket: Box<Ticket>,
        is_changed: bool,
    }

    pub fn copy_ticket<'a>(tickets: &'a Map<Bits, Box<Ticket>>, bits: &Bits) -> Option<Copied<'a>> {
        let ticket = tickets.get(bits)?.clone();
        // Over sockets two calls seldom meet just here; this lets the other one run.
        #[cfg(not(feature = "shuttle"))]
        std::thread::yield_now();
        Some(Copied { tickets, bits: *bits, ticket, is_changed: false })
    }

    impl Deref for Copied<'_> {
        type Target = Box<Ticket>;

        fn deref(&self) -> &Box<Ticket> {
            &self.ticket
        }
    }

    impl DerefMut for Copied<'_> {
        fn deref_mut(&mut self) -> &mut Box<Ticket> {
            self.is_changed = true;
            &mut self.ticket
        }
    }

    impl Drop for Copied<'_> {
        fn drop(&mut self) {
            if self.is_changed
                && let Some(mut entry) = self.tickets.get_mut(&self.bits)
            {
                entry.clone_from(&self.ticket);
            }
        }
    }
}
