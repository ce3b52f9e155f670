//! What belongs to one isolated world and changes: tickets, nonces, rate windows, clock, chance.
//!
//! Nothing here knows a vendor or a world file. `emulator` puts a sandbox and its world side by side.

pub mod clock;
mod entropy;
mod nonces;
mod rates;
mod sessions;
mod tickets;

pub use clock::{Clock, ClockSpec};
pub use entropy::{Entropy, Purpose};
pub use nonces::Nonces;
pub use rates::Rates;
pub use sessions::Sessions;
pub use tickets::Tickets;

/// The changing things of one isolated world.
#[derive(Debug)]
pub struct Sandbox {
    pub id: String,
    pub seed: u64,
    pub clock: Clock,
    pub entropy: Entropy,
    pub tickets: Tickets,
    pub nonces: Nonces,
    pub rates: Rates,
    pub sessions: Sessions,
}

impl Sandbox {
    /// An empty sandbox. Everything it will ever answer depends on its id, the seed and its calls.
    pub fn new(id: &str, seed: u64, clock: &ClockSpec) -> Self {
        Self {
            id: id.to_owned(),
            seed,
            clock: Clock::new(clock),
            entropy: Entropy::new(seed, id),
            tickets: Tickets::default(),
            nonces: Nonces::default(),
            rates: Rates::default(),
            sessions: Sessions::new(seed, id),
        }
    }
}
