//! The changing state of one isolated world: tickets, nonces, rate windows, clock, chance.
//!
//! Nothing here knows a vendor or a world file. `emulator` puts this state and a world into an `Epoch`.

pub mod clock;
mod entropy;
mod map;
mod nonces;
mod rates;
mod sessions;
mod state;
mod sync;
pub mod tag;
mod tickets;

use std::sync::Arc;

pub use clock::{Clock, ClockSpec};
pub use entropy::{Entropy, Position, Purpose, ShownNumbers};
pub use nonces::{Nonce, Nonces};
pub use rates::{Rates, SavedWindow};
pub use sessions::Sessions;
pub use state::SavedState;
pub use tickets::{Holdings, TicketPage, TicketPlace, Tickets, Transition};

/// Locks of one map. A few are enough for the calls of one sandbox, and ten thousand sandboxes fit into
/// memory only when none of them has one for every core.
const SHARDS: usize = 8;

/// The changing things of one isolated world. Cloning shares them; each can be exchanged alone.
#[derive(Clone, Debug)]
pub struct SandboxState {
    pub id: Arc<str>,
    /// The id that chance, tickets and sessions come from: its own, unless the state of another sandbox
    /// was loaded into it.
    pub stem: Arc<str>,
    pub seed: u64,
    pub clock: Arc<Clock>,
    pub entropy: Arc<Entropy>,
    pub tickets: Arc<Tickets>,
    pub nonces: Arc<Nonces>,
    pub rates: Arc<Rates>,
    pub sessions: Arc<Sessions>,
}

impl SandboxState {
    /// The state of a new sandbox. Everything it will ever answer depends on its id, the seed and its calls.
    pub fn new(id: &str, seed: u64, clock: &ClockSpec) -> Self {
        Self {
            id: Arc::from(id),
            stem: Arc::from(id),
            seed,
            clock: Arc::new(Clock::new(clock)),
            entropy: Arc::new(Entropy::new(seed, id)),
            tickets: Arc::new(Tickets::new(id)),
            nonces: Arc::default(),
            rates: Arc::default(),
            sessions: Arc::new(Sessions::new(seed, id)),
        }
    }
    /// Lets chance follow the seed from here on. The same seed goes on where it stands, so that no id of a
    /// ticket comes twice.
    pub fn reseed(&mut self, seed: u64) {
        if seed != self.seed {
            self.seed = seed;
            self.entropy = Arc::new(Entropy::new(seed, &self.stem));
            self.sessions = Arc::new(Sessions::new(seed, &self.stem));
        }
    }
}
