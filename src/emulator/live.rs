//! One sandbox with its world and its journal, and how parts of it are made anew.

use std::sync::Arc;

use parking_lot::{Mutex, RwLock};

use super::adopt::Guests;
use super::beginning::{Beginning, Roots, Wish};
use super::modes::Aspect;
use super::shared::Shared;
use super::{Backwards, Moved, Origin, Shift, Unmoved};
use crate::domain::{Assumptions, Ending, Ticket, TicketId};
use crate::journal::{Bounds, Feed, Journal, Noted, What};
use crate::rules::{Board, Scenario};
use crate::sandbox::{Clock, Sandbox, Tickets};
use crate::world::World;

/// A sandbox from its making to its end, whatever is reset meanwhile.
#[derive(Debug)]
pub struct Tenant {
    origin: Option<Origin>,
    bounds: Bounds,
    live: RwLock<Arc<Live>>,
    /// Held while another one is made, which may take longer than a call has.
    changing: Mutex<()>,
    shared: Shared,
    pub(super) guests: Mutex<Guests>,
}

/// What a call works on from its beginning to its end. A reset puts another one in its place, so a
/// call ends in the world it began in.
#[derive(Clone, Debug)]
pub struct Live {
    pub sandbox: Sandbox,
    pub world: Arc<World>,
    pub journal: Arc<Journal>,
    pub feed: Arc<Feed>,
    pub rules: Arc<Board>,
    /// What the rules belong to, where they came with expectations.
    pub scenario: Option<Arc<Scenario>>,
    /// What it began with: what a reset of parts goes back to.
    pub beginning: Arc<Beginning>,
    pub(super) roots: Roots,
}

impl Tenant {
    pub(super) fn new(id: &str, origin: Option<Origin>, roots: Roots, bounds: Bounds, shared: Shared) -> Self {
        let beginning = Arc::clone(&roots.whole);
        let sandbox = Sandbox::new(id, beginning.seed, &beginning.clock);
        let live = Live {
            rules: beginning.board(&sandbox.id, sandbox.clock.now()),
            sandbox,
            world: Arc::clone(&beginning.world),
            journal: Arc::new(Journal::new(bounds)),
            feed: Arc::new(Feed::below(Arc::clone(&shared.feed), id.into())),
            scenario: beginning.scenario.clone(),
            beginning,
            roots,
        };
        Self {
            origin,
            bounds,
            live: RwLock::new(Arc::new(live)),
            changing: Mutex::default(),
            shared,
            guests: Mutex::default(),
        }
    }

    /// What is left of it when it is taken away: its journal.
    pub(super) fn emptied(&self) -> Self {
        let live = self.live();
        let left = Self::new(&self.id(), self.origin.clone(), live.roots.clone(), self.bounds, self.shared.clone());
        left.exchange(|empty| {
            empty.journal = Arc::clone(&live.journal);
            empty.world = Arc::clone(&live.world);
            empty.rules = Arc::clone(&live.rules);
        });
        left
    }

    pub fn id(&self) -> Arc<str> {
        Arc::clone(&self.live.read().sandbox.id)
    }

    /// Who it was made for, as far as that was said.
    pub fn origin(&self) -> Option<&Origin> {
        self.origin.as_ref()
    }

    /// The sandbox as it is now.
    pub fn live(&self) -> Arc<Live> {
        Arc::clone(&self.live.read())
    }

    /// Makes the parts anew. All of them together end a scenario that was begun meanwhile, and begin the
    /// chance again, so that what follows is what followed the first time.
    pub fn reset(&self, aspects: &[Aspect]) {
        let everything = Aspect::ALL.iter().all(|aspect| aspects.contains(aspect));
        self.exchange(|live| {
            if everything {
                live.beginning = Arc::clone(&live.roots.whole);
                live.begin_anew(self.bounds);
            } else {
                live.renew_all(aspects, self.bounds);
            }
        });
        self.live().tell(What::Reset { what: aspects.iter().map(|aspect| aspect.name()).collect() });
    }

    /// Begins the scenario: the whole sandbox is made anew with its seed, its clock and its rules. It lasts
    /// until [`Self::end`] or a whole [`Self::reset`].
    pub fn play(&self, scenario: Scenario) {
        let name = Some(Box::from(scenario.name.as_str()));
        self.exchange(|live| {
            let wish = Wish { scenario: Some(scenario.into()), ..Wish::default() };
            live.beginning = Arc::new(wish.over(&live.roots.bare));
            live.begin_anew(self.bounds);
        });
        self.live().tell(What::Scenario { name });
    }

    /// Ends the scenario and takes back what it brought: seed, clock, world and rules are as the sandbox
    /// would have begun without one. Where there is none, that is only the rules.
    pub fn end(&self) -> Option<Arc<Scenario>> {
        let mut ended = None;
        self.exchange(|live| {
            ended = live.scenario.clone();
            live.beginning = Arc::clone(&live.roots.bare);
            if ended.is_some() {
                live.sandbox.reseed(live.beginning.seed);
                live.renew_all(&[Aspect::Clock, Aspect::World], self.bounds);
            }
            live.renew(Aspect::Scenario, self.bounds);
        });
        self.live().tell(What::Scenario { name: None });
        ended
    }

    /// Takes other roots, and makes anew what is another with them; everything, where the sandbox does not
    /// stand on the old ones any more. Tells what that was.
    pub(super) fn replant(&self, roots: Roots) -> Vec<Aspect> {
        let mut changed = Vec::new();
        self.exchange(|live| {
            changed = roots.whole.changed(&live.roots.whole);
            if changed.is_empty() {
                return;
            }
            if !Arc::ptr_eq(&live.beginning, &live.roots.whole) {
                changed = Aspect::ALL.to_vec();
            }
            live.roots = roots;
            live.beginning = Arc::clone(&live.roots.whole);
            if changed == Aspect::ALL {
                live.begin_anew(self.bounds);
            } else {
                live.renew_all(&changed, self.bounds);
            }
        });
        changed
    }

    /// Puts something else in the place of parts of the sandbox.
    pub fn exchange(&self, change: impl FnOnce(&mut Live)) {
        let (old, is_large) = {
            let _alone = self.changing.lock();
            let before = self.live();
            let mut next = Live::clone(&before);
            change(&mut next);
            let is_large = !before.shares_what_is_large(&next);
            (std::mem::replace(&mut *self.live.write(), Arc::new(next)), is_large)
        };
        if is_large {
            self.shared.reaper.reap(old);
        }
    }

    /// Takes other answers to open questions for the calls that come from now on, until the world is reset.
    pub fn assume(&self, answers: &Assumptions) {
        self.exchange(|live| live.world = Arc::new(live.world.assuming(answers)));
        self.live().tell(What::Assumptions { changed: answers.chosen().to_vec() });
    }

    /// Moves the clock, and tells which tickets that ended or revived.
    ///
    /// # Errors
    ///
    /// [`Unmoved`]; nothing has changed then.
    pub fn shift(&self, shift: Shift, backwards: Backwards) -> Result<Moved, Unmoved> {
        self.live().shift(shift, backwards)
    }

    /// Puts the board that `change` makes of the present one in its place.
    ///
    /// # Errors
    ///
    /// What `change` says; the board is as it was then.
    pub fn change_rules<E>(&self, change: impl FnOnce(&Live) -> Result<Board, E>) -> Result<(), E> {
        let mut outcome = Ok(());
        self.exchange(|live| match change(live) {
            Ok(board) => {
                live.note(Noted::Rules { count: board.rules().len() });
                live.rules = Arc::new(board);
            }
            Err(error) => outcome = Err(error),
        });
        outcome
    }

    /// Ends a ticket by order; `None` when there is no such ticket.
    pub fn end_ticket(&self, id: TicketId, ending: Ending) -> Option<Ticket> {
        let live = self.live();
        let (_, ticket) = live.sandbox.tickets.end(id, ending, live.sandbox.clock.now())?;
        live.tell_ticket(&ticket);
        Some(ticket)
    }
}

impl Live {
    /// Everything as it was in the beginning, the chance as well.
    fn begin_anew(&mut self, bounds: Bounds) {
        // What was loaded may have come from another sandbox with another seed.
        self.sandbox = Sandbox::new(&self.sandbox.id, self.beginning.seed, &self.beginning.clock);
        Aspect::ALL.iter().for_each(|aspect| self.renew(*aspect, bounds));
    }

    /// In the order of the list: the time of rules begins by the new clock.
    fn renew_all(&mut self, aspects: &[Aspect], bounds: Bounds) {
        let named = Aspect::ALL.iter().filter(|aspect| aspects.contains(aspect));
        named.for_each(|aspect| self.renew(*aspect, bounds));
    }

    /// Whether everything that can grow large is the same in both.
    fn shares_what_is_large(&self, other: &Self) -> bool {
        let (one, two) = (&self.sandbox, &other.sandbox);
        Arc::ptr_eq(&one.tickets, &two.tickets)
            && Arc::ptr_eq(&one.nonces, &two.nonces)
            && Arc::ptr_eq(&one.rates, &two.rates)
            && Arc::ptr_eq(&self.journal, &other.journal)
            && Arc::ptr_eq(&self.world, &other.world)
    }

    fn renew(&mut self, aspect: Aspect, bounds: Bounds) {
        match aspect {
            Aspect::Tickets => self.sandbox.tickets = Arc::new(Tickets::new(&self.sandbox.stem)),
            Aspect::Clock => self.sandbox.clock = Arc::new(Clock::new(&self.beginning.clock)),
            Aspect::Rules => self.rules = self.beginning.board(&self.sandbox.id, self.sandbox.clock.now()),
            Aspect::Scenario => {
                self.scenario.clone_from(&self.beginning.scenario);
                self.rules = self.beginning.board(&self.sandbox.id, self.sandbox.clock.now());
            }
            Aspect::Journal => self.journal = Arc::new(Journal::new(bounds)),
            Aspect::Nonces => self.sandbox.nonces = Arc::default(),
            Aspect::Rates => self.sandbox.rates = Arc::default(),
            Aspect::World => self.world = Arc::clone(&self.beginning.world),
        }
    }
}
