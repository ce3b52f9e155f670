//! The world clock in a test's hand.

use std::sync::Arc;
use std::time::Duration;

use crate::domain::Timestamp;
use crate::emulator::{Backwards, Moved, Sandbox, Shift, Unmoved};

/// The clock of one sandbox. Tickets end by it; the time of a signature is judged by another one unless
/// [`Builder::auth_clock`](super::Builder::auth_clock) says otherwise.
///
/// ```
/// use std::time::Duration;
/// use ticketbooth::emulator::Emulator;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let booth = Emulator::builder().start_blocking()?;
/// let clock = booth.clock();
/// clock.freeze()?;
/// let before = clock.now();
/// clock.advance(Duration::from_secs(60))?;
/// assert_eq!(clock.now().seconds_since(before), 60);
/// assert!(clock.set(before).is_err(), "it goes back only when told so");
/// clock.set_back(before)?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct WorldClock(Arc<Sandbox>);

impl WorldClock {
    pub(super) fn new(sandbox: Arc<Sandbox>) -> Self {
        Self(sandbox)
    }

    /// The second it is in this world.
    pub fn now(&self) -> Timestamp {
        self.0.epoch().state.clock.now()
    }

    pub fn is_frozen(&self) -> bool {
        self.0.epoch().state.clock.reading().frozen
    }

    /// Moves it forward by so many whole seconds, and tells which tickets that ended.
    ///
    /// # Errors
    ///
    /// [`Unmoved`]; nothing has changed then.
    pub fn advance(&self, by: Duration) -> Result<Moved, Unmoved> {
        self.shift_clock(Shift::Advance(i64::try_from(by.as_secs()).unwrap_or(i64::MAX)), Backwards::Refused)
    }

    /// Sets it to a later time.
    ///
    /// # Errors
    ///
    /// [`Unmoved`]; nothing has changed then.
    pub fn set(&self, at: Timestamp) -> Result<Moved, Unmoved> {
        self.shift_clock(Shift::Set(at), Backwards::Refused)
    }

    /// Sets it to any time, also to an earlier one.
    ///
    /// # Errors
    ///
    /// [`Unmoved`]; nothing has changed then.
    pub fn set_back(&self, at: Timestamp) -> Result<Moved, Unmoved> {
        self.shift_clock(Shift::Set(at), Backwards::Allowed)
    }

    /// Lets it stand.
    ///
    /// # Errors
    ///
    /// [`Unmoved`]; nothing has changed then.
    pub fn freeze(&self) -> Result<Moved, Unmoved> {
        self.shift_clock(Shift::Freeze, Backwards::Refused)
    }

    /// Lets it run on from where it stands.
    ///
    /// # Errors
    ///
    /// [`Unmoved`]; nothing has changed then.
    pub fn resume(&self) -> Result<Moved, Unmoved> {
        self.shift_clock(Shift::Resume, Backwards::Refused)
    }

    fn shift_clock(&self, shift: Shift, backwards: Backwards) -> Result<Moved, Unmoved> {
        self.0.shift_clock(shift, backwards)
    }
}
