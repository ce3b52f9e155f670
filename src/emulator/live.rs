//! One sandbox with its world and its journal, and how parts of it are made anew.

use std::sync::Arc;

use parking_lot::{Mutex, RwLock};

use super::adopt::Guests;
use super::{Backwards, Reading, Shift, Unmoved};
use crate::domain::{Ticket, TicketId, Timestamp};
use crate::journal::{Bounds, Feed, Journal, What};
use crate::rules::{Board, Rule, Scenario};
use crate::sandbox::{Clock, ClockSpec, Sandbox, Tickets, Transition};
use crate::world::World;

/// A sandbox from its making to its end, whatever is reset meanwhile.
#[derive(Debug)]
pub struct Tenant {
    bounds: Bounds,
    live: RwLock<Arc<Live>>,
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
    /// What a reset goes back to.
    pub origin: Arc<Origin>,
}

/// What a sandbox began with.
#[derive(Clone, Debug)]
pub struct Origin {
    pub world: Arc<World>,
    pub seed: u64,
    pub clock: ClockSpec,
    pub rules: Vec<Rule>,
    pub scenario: Option<Arc<Scenario>>,
}

impl Origin {
    /// The rules as they are before the first call, put in place at `now`.
    fn board(&self, now: Timestamp) -> Arc<Board> {
        Arc::new(Board::new(self.rules.clone(), self.seed, now))
    }
}

/// A part of a sandbox that can be made anew by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aspect {
    Tickets,
    Clock,
    /// The rules as they were at the beginning, and their counters.
    Rules,
    /// The same, and the expectations that came with them.
    Scenario,
    Journal,
    Nonces,
    Rates,
    World,
}

impl Aspect {
    pub const ALL: &'static [Self] = &[
        Self::Tickets,
        Self::Clock,
        Self::Rules,
        Self::Scenario,
        Self::Journal,
        Self::Nonces,
        Self::Rates,
        Self::World,
    ];

    /// The word of the admin API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tickets => "tickets",
            Self::Clock => "clock",
            Self::Rules => "rules",
            Self::Scenario => "scenario",
            Self::Journal => "journal",
            Self::Nonces => "nonces",
            Self::Rates => "rates",
            Self::World => "world",
        }
    }
}

/// What came of moving a clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    pub reading: Reading,
    /// In the order of time.
    pub transitions: Vec<Transition>,
}

impl Tenant {
    pub(super) fn new(id: &str, origin: Origin, bounds: Bounds) -> Self {
        let sandbox = Sandbox::new(id, origin.seed, &origin.clock);
        let live = Live {
            rules: origin.board(sandbox.clock.now()),
            sandbox,
            world: Arc::clone(&origin.world),
            journal: Arc::new(Journal::new(bounds)),
            feed: Arc::default(),
            scenario: origin.scenario.clone(),
            origin: Arc::new(origin),
        };
        Self { bounds, live: RwLock::new(Arc::new(live)), guests: Mutex::default() }
    }

    pub fn id(&self) -> Arc<str> {
        Arc::clone(&self.live.read().sandbox.id)
    }

    /// The sandbox as it is now.
    pub fn live(&self) -> Arc<Live> {
        Arc::clone(&self.live.read())
    }

    /// Makes the parts anew. All of them together also begin the chance again, so that what follows is
    /// what followed the first time.
    pub fn reset(&self, aspects: &[Aspect]) {
        let everything = Aspect::ALL.iter().all(|aspect| aspects.contains(aspect));
        self.exchange(|live| {
            if everything {
                live.begin_anew(self.bounds);
            } else {
                // In the order of the list: the time of rules begins by the new clock.
                let named = Aspect::ALL.iter().filter(|aspect| aspects.contains(aspect));
                named.for_each(|aspect| live.renew(*aspect, self.bounds));
            }
        });
        let live = self.live();
        let what = aspects.iter().map(|aspect| aspect.name()).collect();
        live.feed.tell(live.sandbox.clock.now(), What::Reset { what });
    }

    /// Begins the scenario: the whole sandbox is made anew with its seed, its clock and its rules, and a
    /// reset begins it again. `None`: without rules and expectations from here on; the rest stays.
    pub fn play(&self, scenario: Option<Scenario>) {
        self.begin(None, scenario);
    }

    /// The same in another world, from which a reset begins as well.
    pub fn rebuild(&self, world: World, scenario: Option<Scenario>) {
        self.begin(Some(world), scenario);
    }

    fn begin(&self, world: Option<World>, scenario: Option<Scenario>) {
        let name = scenario.as_ref().map(|scenario| Box::from(scenario.name.as_str()));
        let begins = scenario.is_some() || world.is_some();
        self.exchange(|live| {
            let mut origin = Origin::clone(&live.origin);
            if let Some(world) = world {
                origin.world = Arc::new(world);
            }
            if let Some(scenario) = &scenario {
                origin.seed = scenario.seed.unwrap_or(origin.seed);
                origin.clock = scenario.clock.unwrap_or(origin.clock);
            }
            origin.rules = scenario.as_ref().map_or_else(Vec::new, |scenario| scenario.rules.clone());
            origin.scenario = scenario.map(Arc::new);
            live.origin = Arc::new(origin);
            if begins {
                live.begin_anew(self.bounds);
            } else {
                live.renew(Aspect::Scenario, self.bounds);
            }
        });
        let live = self.live();
        live.feed.tell(live.sandbox.clock.now(), What::Scenario { name });
    }

    /// Puts something else in the place of parts of the sandbox.
    pub fn exchange(&self, change: impl FnOnce(&mut Live)) {
        let old = {
            let mut live = self.live.write();
            let mut next = Live::clone(&live);
            change(&mut next);
            std::mem::replace(&mut *live, Arc::new(next))
        };
        // Taking a million tickets apart takes time, which nobody has to wait for.
        std::thread::spawn(move || drop(old));
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
            Ok(board) => live.rules = Arc::new(board),
            Err(error) => outcome = Err(error),
        });
        outcome
    }

    /// Ends a ticket as if its time had come; `None` when there is no such ticket.
    pub fn expire(&self, id: TicketId) -> Option<Ticket> {
        self.by_hand(|live| live.sandbox.tickets.expire(id, live.sandbox.clock.now()))
    }

    /// Revokes a ticket; `None` when there is no such ticket.
    pub fn revoke(&self, id: TicketId) -> Option<Ticket> {
        self.by_hand(|live| live.sandbox.tickets.revoke(id, live.sandbox.clock.now()))
    }

    fn by_hand(&self, act: impl FnOnce(&Live) -> Option<Ticket>) -> Option<Ticket> {
        let live = self.live();
        let ticket = act(&live)?;
        live.tell_ticket(&ticket);
        Some(ticket)
    }
}

impl Live {
    /// Everything as it was in the beginning, the chance as well.
    fn begin_anew(&mut self, bounds: Bounds) {
        // What was loaded may have come from another sandbox with another seed.
        self.sandbox = Sandbox::new(&self.sandbox.id, self.origin.seed, &self.origin.clock);
        Aspect::ALL.iter().for_each(|aspect| self.renew(*aspect, bounds));
    }

    fn renew(&mut self, aspect: Aspect, bounds: Bounds) {
        match aspect {
            Aspect::Tickets => self.sandbox.tickets = Arc::new(Tickets::new(&self.sandbox.stem)),
            Aspect::Clock => self.sandbox.clock = Arc::new(Clock::new(&self.origin.clock)),
            Aspect::Rules => self.rules = self.origin.board(self.sandbox.clock.now()),
            Aspect::Scenario => {
                self.scenario.clone_from(&self.origin.scenario);
                self.rules = self.origin.board(self.sandbox.clock.now());
            }
            Aspect::Journal => self.journal = Arc::new(Journal::new(bounds)),
            Aspect::Nonces => self.sandbox.nonces = Arc::default(),
            Aspect::Rates => self.sandbox.rates = Arc::default(),
            Aspect::World => self.world = Arc::clone(&self.origin.world),
        }
    }

    /// Moves the clock, and tells which tickets that ended or revived.
    ///
    /// # Errors
    ///
    /// [`Unmoved`]; nothing has changed then.
    pub fn shift(&self, shift: Shift, backwards: Backwards) -> Result<Moved, Unmoved> {
        let (before, reading) = self.sandbox.clock.shift(shift, backwards)?;
        let transitions = self.sandbox.tickets.transitions(before.now, reading.now);
        self.feed.tell(reading.now, What::Clock { frozen: reading.frozen });
        for Transition { ticket, family, became, .. } in &transitions {
            self.feed.tell(reading.now, What::Ticket { ticket: *ticket, family: *family, became: *became });
        }
        Ok(Moved { reading, transitions })
    }

    /// Tells listeners what became of the ticket.
    pub fn tell_ticket(&self, ticket: &Ticket) {
        let now = self.sandbox.clock.now();
        let what = What::Ticket { ticket: ticket.id, family: ticket.family, became: ticket.status(now) };
        self.feed.tell(now, what);
    }
}
