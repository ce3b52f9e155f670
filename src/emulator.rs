//! The emulator: its sandboxes, which of them a key or a ticket belongs to, and how it was set up.

use std::sync::Arc;

use parking_lot::RwLock;

use crate::domain::Timestamp;
pub use crate::sandbox::ClockSpec;
pub use crate::sandbox::clock::wall;
use crate::sandbox::{Sandbox, clock};
use crate::world::World;

/// The id of the sandbox that is always there.
pub const DEFAULT: &str = "default";

/// How an emulator is set up.
#[derive(Debug)]
pub struct Settings {
    pub world: World,
    pub auth: AuthMode,
    pub auth_clock: AuthClock,
    pub clock: ClockSpec,
    pub seed: u64,
    pub rate_limits: RateLimits,
}

/// How much of a caller's proof is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AuthMode {
    /// Everything the vendor checks.
    #[default]
    Strict,
    /// The fields must be there; nothing in them is verified.
    Presence,
    /// Nothing is looked at.
    Off,
}

/// Against which clock the times of signatures are judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AuthClock {
    #[default]
    Wall,
    World,
    /// Any time will do.
    Off,
}

/// Whether the vendors' rate limits are in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RateLimits {
    #[default]
    Off,
    Vendor,
}

/// One running emulator. It is shared by reference; everything in it is safe to use at once.
#[derive(Debug)]
pub struct Emulator {
    pub auth: AuthMode,
    pub auth_clock: AuthClock,
    pub rate_limits: RateLimits,
    default: Tenant,
}

/// One sandbox with its world. A reset swaps the whole, so a call ends in the world it began in.
#[derive(Debug)]
struct Tenant {
    live: RwLock<Arc<Live>>,
}

/// What a call works on from its beginning to its end.
#[derive(Debug)]
pub struct Live {
    pub sandbox: Sandbox,
    pub world: World,
}

impl Emulator {
    pub fn new(settings: Settings) -> Self {
        let Settings { world, auth, auth_clock, clock, seed, rate_limits } = settings;
        let live = Live { sandbox: Sandbox::new(DEFAULT, seed, &clock), world };
        Self { auth, auth_clock, rate_limits, default: Tenant { live: RwLock::new(Arc::new(live)) } }
    }

    /// The sandbox that a call with this key is for. An unknown key belongs to the default one, which
    /// is where it is refused.
    pub fn live_of_key(&self, _vendor: &str, _key: &str) -> Arc<Live> {
        self.default.live.read().clone()
    }

    /// The sandbox that gave the ticket out. An unknown ticket belongs to the default one.
    pub fn live_of_ticket(&self, _ticket: &str) -> Arc<Live> {
        self.default.live.read().clone()
    }

    /// The time by which signatures in `live` are judged; `None`: any time will do.
    pub fn auth_time(&self, live: &Live) -> Option<Timestamp> {
        match self.auth_clock {
            AuthClock::Wall => Some(clock::wall()),
            AuthClock::World => Some(live.sandbox.clock.now()),
            AuthClock::Off => None,
        }
    }
}
