//! One sandbox with its world and its journal, and how parts of it are made anew.

use std::sync::Arc;

use parking_lot::{Mutex, RwLock};

use super::adopt::Guests;
use super::beginning::{Beginning, Roots, SandboxOptions};
use super::load::Share;
use super::modes::Aspect;
use super::shared::SharedParts;
use super::{Backwards, Moved, Origin, Shift, Unmoved};
use crate::domain::{Assumptions, Ending, Ticket, TicketId};
use crate::journal::{Bounds, EventDetail, Feed, Journal, Noted};
use crate::redact::{Lease, Redactor};
use crate::rules::{RuleSet, Scenario};
use crate::sandbox::{Clock, SandboxState, Tickets};
use crate::world::World;

/// A sandbox from its making to its end, whatever is reset meanwhile.
#[derive(Debug)]
pub struct Sandbox {
    origin: Option<Origin>,
    bounds: Bounds,
    epoch: RwLock<Arc<Epoch>>,
    /// Share while another one is made, which may take longer than a call has.
    changing: Mutex<()>,
    shared: SharedParts,
    pub(super) guests: Mutex<Guests>,
    /// Its place among all sandboxes, until it is taken away.
    held: Mutex<Option<Share>>,
}

/// The world and state that a call works on from its beginning to its end. A reset puts another one in its place, so a
/// call ends in the world it began in.
#[derive(Clone, Debug)]
pub struct Epoch {
    pub state: SandboxState,
    pub world: Arc<World>,
    pub journal: Arc<Journal>,
    pub feed: Arc<Feed>,
    pub rules: Arc<RuleSet>,
    /// The scenario of the rules, where they came with expectations.
    pub scenario: Option<Arc<Scenario>>,
    /// The beginning that a reset of parts goes back to.
    pub beginning: Arc<Beginning>,
    pub(super) roots: Roots,
    /// What is secret in the world, for everybody who shows something.
    secrets: Arc<Lease>,
}

impl Sandbox {
    pub(super) fn new(id: &str, origin: Option<Origin>, roots: Roots, bounds: Bounds, shared: SharedParts) -> Self {
        let beginning = Arc::clone(&roots.whole);
        let state = SandboxState::new(id, beginning.seed, &beginning.clock);
        let secrets = Arc::new(shared.secrets.lease_world(&beginning.world));
        let epoch = Epoch {
            rules: beginning.make_rules(&state.id, state.clock.now()),
            state,
            world: Arc::clone(&beginning.world),
            journal: Arc::new(Journal::new(bounds)),
            feed: Arc::new(Feed::below(Arc::clone(&shared.feed), id.into())),
            scenario: beginning.scenario.clone(),
            beginning,
            roots,
            secrets,
        };
        Self {
            origin,
            bounds,
            epoch: RwLock::new(Arc::new(epoch)),
            changing: Mutex::default(),
            shared,
            guests: Mutex::default(),
            held: Mutex::default(),
        }
    }

    /// The same, which counts among all sandboxes.
    pub(super) fn holding(self, held: Share) -> Self {
        *self.held.lock() = Some(held);
        self
    }

    /// Ends what others may wait for: its events, and its place among all sandboxes.
    pub(super) fn leave_place(&self) {
        drop(self.held.lock().take());
        self.epoch().feed.end();
    }

    /// The rest of a deleted sandbox: its journal, with the world and the rules that reading it needs.
    pub(super) fn journal_only(&self) -> Self {
        let epoch = self.epoch();
        let left = Self::new(&self.id(), self.origin.clone(), epoch.roots.clone(), self.bounds, self.shared.clone());
        left.exchange_epoch(|empty| {
            empty.journal = Arc::clone(&epoch.journal);
            empty.world = Arc::clone(&epoch.world);
            empty.rules = Arc::clone(&epoch.rules);
        });
        left
    }

    pub fn id(&self) -> Arc<str> {
        Arc::clone(&self.epoch.read().state.id)
    }

    /// The test that it was made for, where that was said.
    pub fn origin(&self) -> Option<&Origin> {
        self.origin.as_ref()
    }

    /// The sandbox as it is now.
    pub fn epoch(&self) -> Arc<Epoch> {
        Arc::clone(&self.epoch.read())
    }

    /// Makes the parts anew. All of them together end a scenario that was begun meanwhile, and begin the
    /// chance again, so that what follows is what followed the first time.
    pub fn reset_aspects(&self, aspects: &[Aspect]) {
        let everything = Aspect::ALL.iter().all(|aspect| aspects.contains(aspect));
        self.exchange_epoch(|epoch| {
            if everything {
                epoch.beginning = Arc::clone(&epoch.roots.whole);
                epoch.begin_anew(self.bounds);
            } else {
                epoch.renew_named(aspects, self.bounds);
            }
        });
        self.epoch().publish_event(EventDetail::Reset { what: aspects.iter().map(|aspect| aspect.name()).collect() });
    }

    /// Begins the scenario: the whole sandbox is made anew with its seed, its clock and its rules. It lasts
    /// until [`Self::end_scenario`] or a whole [`Self::reset_aspects`].
    pub fn play_scenario(&self, scenario: Scenario) {
        // Listeners and the journal get it, and an author may have put anything there.
        let redactor = Redactor::of_everybody(Arc::clone(&self.shared.secrets)).with_world(&self.epoch().world);
        let name = Some(redactor.redact_text(&scenario.name).into());
        self.exchange_epoch(|epoch| {
            let wish = SandboxOptions { scenario: Some(scenario.into()), ..SandboxOptions::default() };
            epoch.beginning = Arc::new(wish.overlay(&epoch.roots.bare));
            epoch.begin_anew(self.bounds);
        });
        self.epoch().publish_event(EventDetail::Scenario { name });
    }

    /// Ends the scenario and takes back what it brought: seed, clock, world and rules are as the sandbox
    /// would have begun without one. Where there is none, that is only the rules.
    pub fn end_scenario(&self) -> Option<Arc<Scenario>> {
        let mut ended = None;
        self.exchange_epoch(|epoch| {
            ended = epoch.scenario.clone();
            epoch.beginning = Arc::clone(&epoch.roots.bare);
            if ended.is_some() {
                epoch.state.reseed(epoch.beginning.seed);
                epoch.renew_named(&[Aspect::Clock, Aspect::World], self.bounds);
            }
            epoch.renew_aspect(Aspect::Scenario, self.bounds);
        });
        self.epoch().publish_event(EventDetail::Scenario { name: None });
        ended
    }

    /// Takes other roots, and makes anew what is another with them; everything, where the sandbox does not
    /// stand on the old ones any more. Tells what that was.
    pub(super) fn replace_roots(&self, roots: Roots) -> Vec<Aspect> {
        let mut changed = Vec::new();
        self.exchange_epoch(|epoch| {
            changed = roots.whole.changed_aspects(&epoch.roots.whole);
            if changed.is_empty() {
                return;
            }
            if !Arc::ptr_eq(&epoch.beginning, &epoch.roots.whole) {
                changed = Aspect::ALL.to_vec();
            }
            epoch.roots = roots;
            epoch.beginning = Arc::clone(&epoch.roots.whole);
            if changed == Aspect::ALL {
                epoch.begin_anew(self.bounds);
            } else {
                epoch.renew_named(&changed, self.bounds);
            }
        });
        changed
    }

    /// Puts something else in the place of parts of the sandbox. Gives what `change` gives.
    pub fn exchange_epoch<T>(&self, change: impl FnOnce(&mut Epoch) -> T) -> T {
        let (old, is_large, given) = {
            let _alone = self.changing.lock();
            let before = self.epoch();
            let mut next = Epoch::clone(&before);
            let given = change(&mut next);
            if !before.world.has_same_keys(&next.world) {
                next.secrets = Arc::new(self.shared.secrets.lease_world(&next.world));
            }
            let is_large = !before.shares_what_is_large(&next);
            (std::mem::replace(&mut *self.epoch.write(), Arc::new(next)), is_large, given)
        };
        if is_large {
            self.shared.reaper.reap(old);
        }
        given
    }

    /// Takes other answers to open questions for the calls that come from now on, until the world is reset.
    pub fn assume_answers(&self, answers: &Assumptions) {
        self.exchange_epoch(|epoch| epoch.world = Arc::new(epoch.world.with_answers(answers)));
        self.epoch().publish_event(EventDetail::Assumptions { changed: answers.own_choices().to_vec() });
    }

    /// Moves the clock, and tells which tickets that ended or revived.
    ///
    /// # Errors
    ///
    /// [`Unmoved`]; nothing has changed then.
    pub fn shift_clock(&self, shift: Shift, backwards: Backwards) -> Result<Moved, Unmoved> {
        self.epoch().shift_clock(shift, backwards)
    }

    /// Puts the rule set that `change` makes of the present one in its place.
    ///
    /// # Errors
    ///
    /// What `change` says; the rules are as they were then.
    pub fn change_rules<E>(&self, change: impl FnOnce(&Epoch) -> Result<RuleSet, E>) -> Result<(), E> {
        self.exchange_epoch(|epoch| {
            let board = change(epoch)?;
            epoch.write_note(Noted::Rules { count: board.all_stats().len() });
            epoch.rules = Arc::new(board);
            Ok(())
        })
    }

    /// Puts the world that `change` makes of the present one in its place, while nobody else changes the sandbox.
    ///
    /// # Errors
    ///
    /// What `change` says; the world is as it was then.
    pub fn change_world<T, E>(&self, change: impl FnOnce(&Arc<World>) -> Result<(World, T), E>) -> Result<T, E> {
        self.exchange_epoch(|epoch| {
            let (world, told) = change(&epoch.world)?;
            epoch.world = Arc::new(world);
            Ok(told)
        })
    }

    /// Ends a ticket by order; `None` when there is no such ticket.
    pub fn end_ticket(&self, id: TicketId, ending: Ending) -> Option<Ticket> {
        let epoch = self.epoch();
        let (_, ticket) = epoch.state.tickets.end_ticket(id, ending, epoch.state.clock.now())?;
        epoch.tell_ticket(&ticket);
        Some(ticket)
    }
}

impl Epoch {
    /// Everything as it was in the beginning, the chance as well.
    fn begin_anew(&mut self, bounds: Bounds) {
        // What was loaded may have come from another sandbox with another seed.
        self.state = SandboxState::new(&self.state.id, self.beginning.seed, &self.beginning.clock);
        Aspect::ALL.iter().for_each(|aspect| self.renew_aspect(*aspect, bounds));
    }

    /// In the order of the list: the time of rules begins by the new clock.
    fn renew_named(&mut self, aspects: &[Aspect], bounds: Bounds) {
        let named = Aspect::ALL.iter().filter(|aspect| aspects.contains(aspect));
        named.for_each(|aspect| self.renew_aspect(*aspect, bounds));
    }

    /// Whether everything that can grow large is the same in both.
    fn shares_what_is_large(&self, other: &Self) -> bool {
        let (one, two) = (&self.state, &other.state);
        Arc::ptr_eq(&one.tickets, &two.tickets)
            && Arc::ptr_eq(&one.nonces, &two.nonces)
            && Arc::ptr_eq(&one.rates, &two.rates)
            && Arc::ptr_eq(&self.journal, &other.journal)
            && self.world.is_part_of(&other.world)
    }

    fn renew_aspect(&mut self, aspect: Aspect, bounds: Bounds) {
        match aspect {
            Aspect::Tickets => self.state.tickets = Arc::new(Tickets::new(&self.state.stem)),
            Aspect::Clock => self.state.clock = Arc::new(Clock::new(&self.beginning.clock)),
            Aspect::Rules => self.rules = self.beginning.make_rules(&self.state.id, self.state.clock.now()),
            Aspect::Scenario => {
                self.scenario.clone_from(&self.beginning.scenario);
                self.rules = self.beginning.make_rules(&self.state.id, self.state.clock.now());
            }
            Aspect::Journal => self.journal = Arc::new(Journal::new(bounds)),
            Aspect::Nonces => self.state.nonces = Arc::default(),
            Aspect::Rates => self.state.rates = Arc::default(),
            Aspect::World => self.world = Arc::clone(&self.beginning.world),
        }
    }
}
