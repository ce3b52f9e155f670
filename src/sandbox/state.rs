//! The state of a sandbox as plain values, and a state made of them.

use std::sync::Arc;

use super::entropy::Position;
use super::nonces::Nonce;
use super::rates::SavedWindow;
use super::tickets::Holdings;
use super::{Clock, ClockSpec, Entropy, Nonces, Rates, SandboxState, Sessions, Tickets};

/// The state of a sandbox at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedState {
    /// See [`SandboxState::stem`].
    pub stem: Box<str>,
    pub seed: u64,
    /// Where the clock goes on from.
    pub clock: ClockSpec,
    pub holdings: Holdings,
    pub positions: Vec<Position>,
    pub nonces: Vec<Nonce>,
    pub rates: Vec<SavedWindow>,
}

impl SandboxState {
    /// The state now. Calls that run meanwhile may be in one part of it and not in another; what is read
    /// in which order sees to it that ids and serials are never given out twice.
    pub fn save_state(&self) -> SavedState {
        let reading = self.clock.reading();
        let holdings = self.tickets.to_holdings();
        SavedState {
            stem: Box::from(&*self.stem),
            seed: self.seed,
            clock: ClockSpec { frozen: reading.frozen, start: Some(reading.now) },
            holdings,
            positions: self.entropy.positions(),
            nonces: self.nonces.all_taken(),
            rates: self.rates.all_windows(),
        }
    }

    /// The state of the sandbox of this id that goes on from the saved one.
    pub fn of_state(id: &str, state: SavedState) -> Self {
        Self {
            id: Arc::from(id),
            seed: state.seed,
            clock: Arc::new(Clock::new(&state.clock)),
            entropy: Arc::new(Entropy::at_positions(state.seed, &state.stem, state.positions)),
            tickets: Arc::new(Tickets::from_holdings(&state.stem, state.holdings)),
            nonces: Arc::new(Nonces::from_list(state.nonces)),
            rates: Arc::new(Rates::from_windows(state.rates)),
            sessions: Arc::new(Sessions::new(state.seed, &state.stem)),
            stem: Arc::from(state.stem),
        }
    }
}
