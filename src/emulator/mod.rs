//! The emulator: its sandboxes, which of them a key or a ticket belongs to, and how it was set up.

mod adopt;
mod beginning;
mod guard;
mod load;
mod mint;
mod modes;
mod notes;
mod origin;
mod refused;
mod sandbox;
mod sandboxes;
mod shared;
mod unseen;

use std::sync::Arc;

use dashmap::DashMap;
use parking_lot::Mutex;

use crate::domain::{Assumptions, TicketId, Timestamp};
pub use crate::journal::Bounds;
use crate::journal::Feed;
use crate::redact::Redactor;
use crate::rules::{Rule, RuleStats};
pub use crate::sandbox::clock::ClockError;
pub use crate::sandbox::clock::{Backwards, ClockReading, Shift, Stopwatch, Unmoved, wall_now, wall_us};
pub use crate::sandbox::{ClockSpec, TicketPage, TicketPlace, Transition};
use crate::sandbox::{clock, tag};
use crate::trust::Identity;
use crate::world::{Unsupported, World};
pub use adopt::{Adopted, AdoptedKey, Import};
use beginning::Roots;
pub use beginning::{Beginning, SandboxOptions, Scene};
pub use guard::Guard;
pub use load::{Gauge, Load, Share};
pub use mint::{Minted, MintedKey, Unminted};
pub use modes::{Aspect, AuthClock, AuthMode, Mode, RateClock, RateLimits};
pub use notes::Moved;
pub use origin::{BadOrigin, Origin};
pub use refused::RefusedHosts;
pub use sandbox::{Epoch, Sandbox};
pub use sandboxes::{JournalOf, Sandboxes};
use shared::SharedParts;
pub use unseen::{Stray, StrayCounts};

/// The id of the sandbox that is always there.
pub const DEFAULT: &str = "default";

/// The settings of an emulator.
#[derive(Debug, Default)]
pub struct Settings {
    /// The world of the scenario when left out, else the demo world.
    pub world: Option<World>,
    pub auth: AuthMode,
    pub auth_clock: AuthClock,
    /// The clock of the scenario when left out, else one that runs with the wall clock.
    pub clock: Option<ClockSpec>,
    /// The seed of the scenario when left out, else 1.
    pub seed: Option<u64>,
    pub rate_limits: RateLimits,
    pub rate_clock: RateClock,
    /// The answer of actions that are not served; the world's choice when left out.
    pub unsupported: Option<Unsupported>,
    /// Of the journal of each sandbox.
    pub journal: Bounds,
    pub guard: Guard,
    /// Rules that are in force in the default sandbox from the beginning.
    pub rules: Vec<Rule>,
    /// Its rules come before those.
    pub scenario: Option<Scene>,
    /// Answers to open questions, laid over those of the world.
    pub assume: Assumptions,
    /// The identity that clients of TLS are shown; `None`: there is no TLS.
    pub trust: Option<Arc<Identity>>,
    /// Further hosts, each with its vendor, in lower case.
    pub vendor_hosts: Vec<(&'static str, String)>,
    /// Whether clients may take this for their proxy.
    pub proxy: bool,
}

impl Settings {
    /// Everything but the world as the flags of the command line have it by default.
    pub fn new(world: World) -> Self {
        Self { world: Some(world), ..Self::default() }
    }

    fn to_roots(&self) -> Roots {
        let usual = Beginning::of_world(self.world.clone().unwrap_or_else(World::demo));
        let wish = SandboxOptions {
            name: None,
            origin: None,
            world: self.world.clone(),
            seed: self.seed,
            clock: self.clock,
            rules: self.rules.clone(),
            scenario: self.scenario.clone(),
            assume: self.assume.clone(),
        };
        wish.derive_roots(&usual)
    }
}

/// One running emulator. It is shared by reference; everything in it is safe to use at once.
#[derive(Debug)]
pub struct Emulator {
    pub auth: AuthMode,
    pub auth_clock: AuthClock,
    pub rate_limits: RateLimits,
    pub rate_clock: RateClock,
    /// The answer of actions that are not served; `None`: the world's choice.
    pub unsupported: Option<Unsupported>,
    pub journal: Bounds,
    pub guard: Guard,
    /// The identity that clients of TLS are shown; `None`: there is no TLS.
    pub trust: Option<Arc<Identity>>,
    /// Further hosts, each with its vendor, in lower case.
    pub vendor_hosts: Vec<(&'static str, String)>,
    /// Whether clients may take this for their proxy.
    pub proxy: bool,
    pub refused_hosts: RefusedHosts,
    default: Arc<Sandbox>,
    default_tag: u32,
    /// What of the bounds is taken.
    pub load: Load,
    /// Counts of what came and was no call.
    pub strays: StrayCounts,
    shared: SharedParts,
    sandboxes: Arc<Sandboxes>,
    /// By the keys that were minted for them.
    by_key: DashMap<Box<str>, Arc<Sandbox>>,
    /// By what their tickets begin with; two may share a tag.
    by_tag: DashMap<u32, Vec<Arc<Sandbox>>>,
    /// Share while a sandbox is made or taken away, so that the maps above agree.
    minting: Mutex<mint::Counter>,
}

impl Emulator {
    pub fn new(settings: Settings) -> Self {
        let (roots, shared) = (settings.to_roots(), SharedParts::default());
        let Settings {
            auth,
            auth_clock,
            rate_limits,
            rate_clock,
            unsupported,
            journal,
            guard,
            trust,
            vendor_hosts,
            proxy,
            ..
        } = settings;
        let default = Arc::new(Sandbox::new(DEFAULT, None, roots, journal, shared.clone()));
        Self {
            auth,
            auth_clock,
            rate_limits,
            rate_clock,
            unsupported,
            journal,
            guard,
            trust,
            vendor_hosts,
            proxy,
            refused_hosts: RefusedHosts::default(),
            load: Load::default(),
            strays: StrayCounts::default(),
            sandboxes: Arc::new(Sandboxes::new(Arc::clone(&default))),
            default,
            default_tag: tag::of_sandbox(DEFAULT),
            shared,
            by_key: DashMap::new(),
            by_tag: DashMap::new(),
            minting: Mutex::default(),
        }
    }

    /// Takes the settings for the default sandbox as if it began with them, and tells what was made anew in
    /// it: the world, the clock, or the scenario with its counters and the journal where they are others,
    /// and everything where the seed is another one or a scenario was put or ended meanwhile. The same
    /// settings change nothing.
    pub fn reload_settings(&self, settings: &Settings) -> Vec<Aspect> {
        self.default.replace_roots(settings.to_roots())
    }

    /// The sandbox of this id.
    pub fn find_sandbox(&self, id: &str) -> Option<Arc<Sandbox>> {
        if id == DEFAULT {
            return Some(Arc::clone(&self.default));
        }
        self.sandboxes.others.get(id).map(|sandbox| Arc::clone(&sandbox))
    }

    /// The sandbox that is always there.
    pub fn default_sandbox(&self) -> &Arc<Sandbox> {
        &self.default
    }

    /// Every sandbox, the default one first and the others by their ids.
    pub fn all_sandboxes(&self) -> Vec<Arc<Sandbox>> {
        self.sandboxes.all()
    }

    /// The events of all sandboxes, from here on.
    pub fn feed(&self) -> Arc<Feed> {
        self.shared.feed.start_keeping();
        Arc::clone(&self.shared.feed)
    }

    /// The sandboxes by themselves, for whoever waits for something to happen in them.
    pub fn sandboxes(&self) -> Arc<Sandboxes> {
        Arc::clone(&self.sandboxes)
    }

    /// How the rules of a sandbox stand. Those that the default one began with and that name sandboxes are counted
    /// over all of them, deleted ones included.
    pub fn rule_stats(&self, epoch: &Epoch) -> Vec<RuleStats> {
        if &*epoch.state.id != DEFAULT {
            return epoch.rules.all_stats();
        }
        let named = epoch.beginning.rules.iter().filter(|rule| rule.names_sandboxes());
        let summed = |rule: &Rule| {
            let (eligible, hits) = rule.total_tally();
            RuleStats { rule: Arc::new(rule.clone()), eligible, hits }
        };
        let named: Vec<RuleStats> = named.map(summed).collect();
        let is_summed = |rule: &Rule| named.iter().any(|standing| standing.rule.id() == rule.id());
        let own = epoch.rules.all_stats().into_iter().filter(|standing| !is_summed(&standing.rule));
        own.chain(named.iter().cloned()).collect()
    }

    /// Covers the admin token, and the secrets of all sandboxes: a client that confuses them brings what is secret in
    /// one to another.
    pub fn base_redactor(&self) -> Redactor {
        Redactor::of_everybody(Arc::clone(&self.shared.secrets)).with_token(self.guard.token.as_deref())
    }

    /// The same for a text of a client's that is logged or quoted before it is known which sandbox it is for.
    pub fn make_redactor(&self) -> Redactor {
        self.redactor_of(&self.default.epoch())
    }

    /// The same for a sandbox that is known, whose secrets are covered within Base64 as well.
    pub fn redactor_of(&self, epoch: &Epoch) -> Redactor {
        self.base_redactor().with_world(&epoch.world)
    }

    /// The sandbox that a call with this key is for. An unknown key belongs to the default one, which
    /// is where it is refused.
    pub fn epoch_of_key(&self, key: &str) -> Arc<Epoch> {
        let minted = self.by_key.get(key);
        minted.map_or_else(|| self.default.epoch(), |sandbox| sandbox.epoch())
    }

    /// The sandbox of the key, if it is still the one of this id.
    pub fn sandbox_of_key(&self, key: &str, id: &str) -> Option<Arc<Sandbox>> {
        let minted = self.by_key.get(key);
        let sandbox = minted.map_or_else(|| Arc::clone(&self.default), |sandbox| Arc::clone(&sandbox));
        Some(sandbox).filter(|sandbox| *sandbox.id() == *id)
    }

    /// The sandbox that gave the ticket out, else one that has it because it was loaded there. An unknown
    /// ticket belongs to the sandbox whose tag it carries, or to the default one.
    pub fn epoch_of_ticket(&self, ticket: &str) -> Arc<Epoch> {
        let found = TicketId::parse(ticket).and_then(|id| self.holder_of_ticket(id));
        found.unwrap_or_else(|| self.default.epoch())
    }

    fn holder_of_ticket(&self, id: TicketId) -> Option<Arc<Epoch>> {
        let tag = tag::of_ticket(id);
        let sharing = self.by_tag.get(&tag)?;
        // Those that have the tag by their own name stand first.
        let own = (tag == self.default_tag).then_some(&self.default);
        let lives = || own.into_iter().chain(sharing.iter()).map(|sandbox| sandbox.epoch());
        let holds = |epoch: &Arc<Epoch>| epoch.state.tickets.by_id(id).is_some();
        lives().find(holds).or_else(|| lives().next())
    }

    /// The time by which signatures in `live` are judged; `None`: any time will do.
    pub fn auth_time(&self, epoch: &Epoch) -> Option<Timestamp> {
        match self.auth_clock {
            AuthClock::Wall => Some(clock::wall_now()),
            AuthClock::World => Some(epoch.state.clock.now()),
            AuthClock::Off => None,
        }
    }

    /// The time by which the calls of a second are counted.
    pub fn rate_time(&self, epoch: &Epoch) -> Timestamp {
        match self.rate_clock {
            RateClock::Wall => clock::wall_now(),
            RateClock::World => epoch.state.clock.now(),
        }
    }
}
