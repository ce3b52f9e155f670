//! The tickets of one sandbox, and the locks that give the last use one winner.
//!
//! What may happen to a ticket is `domain::decide`'s; here is only which ticket it happens to, under
//! the lock of its own entry.

mod held;
mod holdings;
mod look;

use std::sync::Arc;

use super::map::Map;
use super::sync::{Entry, Mutex};
use super::tag;
use held::{Held, find_held};
pub use holdings::Holdings;
pub use look::{TicketPage, TicketPlace, Transition};

use crate::domain::{
    Change, Command, Current, Ending, Family, IdForm, Issue, Order, Refusal, Renewal, Target, TargetHint, Terms,
    Ticket, TicketDraft, TicketId, TicketStatus, Timestamp, User, after_refusal, decide,
};

/// The tickets of one sandbox.
#[derive(Debug)]
pub struct Tickets {
    /// The tag that every id here begins with, hidden.
    tag: u32,
    /// Each in its own memory, so that a map which grows moves little.
    by_id: Map<Bits, Box<Ticket>>,
    /// The newest ticket of each holder, for vendors that renew or replace it.
    newest: Map<Arc<Holder>, TicketId>,
    /// The last serial of each family, of which there are few.
    serials: Mutex<Vec<(Family, u64)>>,
    /// Held while tickets are counted against a limit, which only some worlds have.
    counting: Mutex<()>,
}

/// The bits of an id, which find a ticket: how the id is written is the ticket's.
type Bits = [u8; 16];

/// The holder of a ticket: target and user.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Holder {
    family: Family,
    target: Target,
    user: Option<User>,
}

impl Tickets {
    /// No tickets yet, for the sandbox of this id.
    pub fn new(sandbox: &str) -> Self {
        Self {
            tag: tag::of_sandbox(sandbox),
            by_id: Map::default(),
            newest: Map::default(),
            serials: Mutex::default(),
            counting: Mutex::default(),
        }
    }

    /// Tickets that were ever issued here; all of them are kept.
    pub fn issued(&self) -> u64 {
        self.serials.lock().iter().map(|(_, last)| last).sum()
    }

    /// Ends a ticket at `now` by order; `None`: there is no such ticket.
    pub fn end_ticket(&self, id: TicketId, ending: Ending, now: Timestamp) -> Option<(Change, Ticket)> {
        let mut ticket = self.find_mut(id)?;
        let before = Some(ticket.state_at(now));
        ending.end_ticket(&mut ticket, now);
        Some((Change { before, after: ticket.state_at(now) }, Ticket::clone(&ticket)))
    }

    /// Carries the order out, and notes in `changes` what that did to tickets. `mint` draws the bits of one new id.
    ///
    /// The tickets come back as they are afterwards; an order that leaves none to speak of gives none.
    ///
    /// # Errors
    ///
    /// Those of [`decide`], and [`Refusal::TooManyTickets`].
    pub fn apply_order(
        &self,
        family: Family,
        order: &Order,
        now: Timestamp,
        terms: &Terms,
        mint: &dyn Fn() -> u128,
        changes: &mut Vec<Change>,
    ) -> Result<Vec<Ticket>, Refusal> {
        let act = &mut Act { now, terms, mint, changes };
        match order {
            Order::Issue { draft, count } => self.issue_many(draft, *count, act),
            Order::Act { ticket, command, reach } => {
                let foreign = reach.as_ref().and_then(|reach| reach.refuse_ticket(&self.find_ticket(family, ticket)?));
                foreign.map_or(Ok(()), Err)?;
                self.change_ticket(family, ticket, command, act).map(|ticket| vec![ticket])
            }
            Order::Clear { targets } => {
                self.clear_targets(family, targets, act);
                Ok(Vec::new())
            }
        }
    }

    /// Does `command` to the ticket of this text, if it is one of the family, and notes in `changes` what that did.
    ///
    /// # Errors
    ///
    /// Those of [`decide`].
    pub fn act_on(
        &self,
        family: Family,
        text: &str,
        command: &Command,
        now: Timestamp,
        terms: &Terms,
        changes: &mut Vec<Change>,
    ) -> Result<Ticket, Refusal> {
        self.change_ticket(family, text, command, &mut Act { now, terms, mint: &|| 0, changes })
    }

    fn change_ticket(
        &self,
        family: Family,
        text: &str,
        command: &Command,
        act: &mut Act<'_>,
    ) -> Result<Ticket, Refusal> {
        let held = TicketId::parse(text).and_then(|id| self.find_mut(id));
        match held {
            Some(mut entry) if entry.family == family => {
                let next = decide(Current::Held(&entry), command, act.now, act.terms);
                let left = match &next {
                    Ok(ticket) => Some(ticket.clone()),
                    Err(_) => after_refusal(&entry, command, act.now, act.terms),
                };
                if let Some(left) = left {
                    act.note_change(Some(&entry), &left);
                    **entry = left;
                }
                next
            }
            _ => decide(Current::Absent(text), command, act.now, act.terms),
        }
    }

    /// The result that [`Tickets::act_on`] would give, without doing it.
    pub fn preview_command(
        &self,
        family: Family,
        text: &str,
        command: &Command,
        now: Timestamp,
        terms: &Terms,
    ) -> Result<Ticket, Refusal> {
        match self.find_ticket(family, text) {
            Some(ticket) => decide(Current::Held(&ticket), command, now, terms),
            None => decide(Current::Absent(text), command, now, terms),
        }
    }

    pub fn by_id(&self, id: TicketId) -> Option<Ticket> {
        self.by_id.get(&id.to_bytes()).filter(|ticket| ticket.id == id).map(|ticket| Ticket::clone(&ticket))
    }

    /// The ticket, locked.
    fn find_mut(&self, id: TicketId) -> Option<Held<'_>> {
        find_held(&self.by_id, &id.to_bytes()).filter(|ticket| ticket.id == id)
    }

    /// The ticket of this text, if it is one of the family.
    pub fn find_ticket(&self, family: Family, text: &str) -> Option<Ticket> {
        self.by_id(TicketId::parse(text)?).filter(|ticket| ticket.family == family)
    }

    fn issue_many(&self, draft: &TicketDraft, count: u32, act: &mut Act<'_>) -> Result<Vec<Ticket>, Refusal> {
        let counted = draft.limits.live_per_user.map(|limit| (limit, self.counting.lock()));
        match draft.renewal {
            Renewal::Independent => {
                if let Some((limit, _)) = &counted {
                    self.under_limit(draft, *limit, act.now)?;
                }
                let mut tickets = Vec::with_capacity(count as usize);
                for _ in 0..count {
                    tickets.push(self.insert_new(draft, act)?);
                }
                Ok(tickets)
            }
            Renewal::Replace | Renewal::Accumulate => {
                let limit = counted.as_ref().map(|(limit, _)| *limit);
                self.renew_or_insert(draft, limit, act).map(|ticket| vec![ticket])
            }
        }
    }

    fn insert_new(&self, draft: &TicketDraft, act: &mut Act<'_>) -> Result<Ticket, Refusal> {
        let serial = self.next_serial(draft.family);
        loop {
            let issue = Command::Issue(Issue { id: self.draw_id(draft.form, act.mint), serial, draft: draft.clone() });
            let ticket = decide(Current::Absent(""), &issue, act.now, act.terms)?;
            // Chance that was loaded may have been set back, and a ticket that is there must not become a new one.
            if self.by_id.insert_new(ticket.id.to_bytes(), Box::new(ticket.clone())) {
                act.note_change(None, &ticket);
                return Ok(ticket);
            }
        }
    }

    /// Renews or replaces the holder's newest ticket. The holder's entry stays locked meanwhile, so
    /// two calls at once cannot both make a first ticket.
    fn renew_or_insert(&self, draft: &TicketDraft, limit: Option<u32>, act: &mut Act<'_>) -> Result<Ticket, Refusal> {
        let holder = Holder { family: draft.family, target: draft.target.clone(), user: draft.user.clone() };
        self.newest.with_entry(Arc::new(holder), |newest| self.renew_newest(newest, draft, limit, act))
    }

    fn renew_newest(
        &self,
        newest: Entry<'_, Arc<Holder>, TicketId>,
        draft: &TicketDraft,
        limit: Option<u32>,
        act: &mut Act<'_>,
    ) -> Result<Ticket, Refusal> {
        let old = match &newest {
            Entry::Occupied(id) => self.by_id(*id.get()),
            Entry::Vacant(_) => None,
        };
        let renewable = old.as_ref().filter(|ticket| !ticket.revoked && act.now < ticket.expires_at);
        if let Some(ticket) = renewable.filter(|_| draft.renewal == Renewal::Accumulate) {
            let renewal = Command::Issue(Issue { id: ticket.id, serial: ticket.serial, draft: draft.clone() });
            return self.change_ticket(draft.family, &ticket.id.to_string(), &renewal, act);
        }
        if let Some(limit) = limit {
            self.under_limit(draft, limit, act.now)?;
        }
        if let Some(ticket) = renewable {
            // It may have been ended in between; then there is nothing left to end.
            let _ended = self.change_ticket(draft.family, &ticket.id.to_string(), &Command::Revoke, act);
        }
        let ticket = self.insert_new(draft, act)?;
        newest.insert(ticket.id);
        Ok(ticket)
    }

    fn under_limit(&self, draft: &TicketDraft, limit: u32, now: Timestamp) -> Result<(), Refusal> {
        let held = |ticket: &Ticket| {
            ticket.family == draft.family && ticket.user == draft.user && ticket.status_at(now) == TicketStatus::Live
        };
        let live = self.by_id.iter().filter(|ticket| held(ticket)).count();
        if live < limit as usize { Ok(()) } else { Err(Refusal::TooManyTickets { limit: u64::from(limit) }) }
    }

    fn draw_id(&self, form: IdForm, mint: &dyn Fn() -> u128) -> TicketId {
        let bits = match form {
            IdForm::Uuid => uuid::Builder::from_random_bytes(mint().to_be_bytes()).into_uuid().as_u128(),
            IdForm::Hex => mint(),
        };
        TicketId::new(tag::put_tag(self.tag, bits), form)
    }

    fn next_serial(&self, family: Family) -> u64 {
        let mut serials = self.serials.lock();
        let place = serials.iter().position(|(known, _)| *known == family).unwrap_or(serials.len());
        if place == serials.len() {
            serials.push((family, 0));
        }
        serials[place].1 += 1;
        serials[place].1
    }

    fn clear_targets(&self, family: Family, targets: &TargetHint, act: &mut Act<'_>) {
        for mut ticket in self.by_id.iter_mut() {
            if ticket.family == family && ticket.target.fits_hint(targets) && !ticket.revoked {
                let before = ticket.state_at(act.now);
                ticket.revoked = true;
                ticket.updated_at = act.now;
                act.changes.push(Change { before: Some(before), after: ticket.state_at(act.now) });
            }
        }
    }
}

/// The context of the steps of one call.
struct Act<'a> {
    now: Timestamp,
    terms: &'a Terms,
    mint: &'a dyn Fn() -> u128,
    changes: &'a mut Vec<Change>,
}

impl Act<'_> {
    fn note_change(&mut self, before: Option<&Ticket>, after: &Ticket) {
        self.changes
            .push(Change { before: before.map(|ticket| ticket.state_at(self.now)), after: after.state_at(self.now) });
    }
}
