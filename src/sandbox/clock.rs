//! The one room where time is read: the wall clock, and the world clock that can be moved.

use std::str::FromStr;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use parking_lot::RwLock;

use crate::domain::Timestamp;
use crate::time::{BadTime, parse_start};

/// The beginning of a world clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClockSpec {
    pub frozen: bool,
    /// Where it begins; `None`: at the wall clock's time.
    pub start: Option<Timestamp>,
}

/// The error for an invalid [`ClockSpec`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClockError {
    #[error("unknown clock \"{text}\": expected `running` or `frozen`, with `@` and an RFC 3339 time behind it or not")]
    Mode { text: String },
    #[error("{message}; {help}")]
    Time { message: String, help: String },
}

impl FromStr for ClockSpec {
    type Err = ClockError;

    fn from_str(text: &str) -> Result<Self, ClockError> {
        let (mode, start) = text.split_once('@').map_or((text, None), |(mode, start)| (mode, Some(start)));
        let frozen = match mode {
            "running" => false,
            "frozen" => true,
            _ => return Err(ClockError::Mode { text: text.to_owned() }),
        };
        let start = start.map(parse_start).transpose();
        let start = start.map_err(|BadTime { message, help }| ClockError::Time { message, help })?;
        Ok(Self { frozen, start })
    }
}

/// The clock of one world. Tickets, rate windows and printed times follow it.
#[derive(Debug)]
pub struct Clock(RwLock<ClockState>);

#[derive(Clone, Copy, Debug)]
enum ClockState {
    Frozen(Timestamp),
    /// Ahead of the wall clock by so many seconds.
    Running(i64),
}

impl Clock {
    pub fn new(spec: &ClockSpec) -> Self {
        let state = match spec.start {
            // Not counted from two looks at the wall clock, between which a second may end.
            None if !spec.frozen => ClockState::Running(0),
            None => ClockState::Frozen(wall_now()),
            Some(start) if spec.frozen => ClockState::Frozen(start),
            Some(start) => ClockState::Running(start.seconds_since(wall_now())),
        };
        Self(RwLock::new(state))
    }

    /// The second it is in this world.
    pub fn now(&self) -> Timestamp {
        self.0.read().now()
    }

    /// The same, and whether the wall clock shows another second, or will.
    pub fn now_and_parted(&self) -> (Timestamp, bool) {
        let state = *self.0.read();
        (state.now(), !matches!(state, ClockState::Running(0)))
    }

    pub fn reading(&self) -> ClockReading {
        self.0.read().reading()
    }

    /// Moves the clock, and tells where it stood and where it stands.
    ///
    /// # Errors
    ///
    /// [`Unmoved`]; the clock is as it was then.
    pub fn shift(&self, shift: Shift, backwards: Backwards) -> Result<(ClockReading, ClockReading), Unmoved> {
        let mut state = self.0.write();
        let (before, moved) = state.plan_shift(shift, backwards)?;
        *state = moved.state;
        Ok((before, moved.reading))
    }

    /// The same as [`Self::shift`] would tell now, and the clock stays as it is.
    ///
    /// # Errors
    ///
    /// [`Unmoved`].
    pub fn preview(&self, shift: Shift, backwards: Backwards) -> Result<(ClockReading, ClockReading), Unmoved> {
        let (before, moved) = self.0.read().plan_shift(shift, backwards)?;
        Ok((before, moved.reading))
    }
}

/// A clock after a move.
struct ClockPlan {
    state: ClockState,
    reading: ClockReading,
}

impl ClockState {
    /// Where the clock stands, and what it is after the move.
    fn plan_shift(self, shift: Shift, backwards: Backwards) -> Result<(ClockReading, ClockPlan), Unmoved> {
        let before = self.reading();
        let target = match shift {
            Shift::Advance(seconds) => Timestamp::from_unix(before.now.unix_seconds().saturating_add(seconds)),
            Shift::Set(at) => at,
            Shift::Freeze | Shift::Resume => before.now,
        };
        if target < before.now && backwards == Backwards::Refused {
            return Err(Unmoved::Backwards { now: before.now, target });
        }
        if !(Timestamp::EARLIEST..=Timestamp::LATEST).contains(&target) {
            return Err(Unmoved::OutOfRange { target });
        }
        let frozen = match shift {
            Shift::Freeze => true,
            Shift::Resume => false,
            Shift::Advance(_) | Shift::Set(_) => before.frozen,
        };
        let state = match (self, shift) {
            _ if frozen => ClockState::Frozen(target),
            (ClockState::Running(ahead), Shift::Advance(seconds)) => ClockState::Running(ahead.saturating_add(seconds)),
            (ClockState::Running(ahead), Shift::Resume) => ClockState::Running(ahead),
            _ => ClockState::Running(target.seconds_since(wall_now())),
        };
        let reading = ClockReading { now: target, ..state.reading() };
        Ok((before, ClockPlan { state, reading }))
    }

    fn now(&self) -> Timestamp {
        match *self {
            Self::Frozen(at) => at,
            Self::Running(ahead) => Timestamp::from_unix(wall_now().unix_seconds().saturating_add(ahead)),
        }
    }

    fn reading(&self) -> ClockReading {
        let now = self.now();
        let frozen = matches!(self, Self::Frozen(_));
        ClockReading { now, frozen, offset_seconds: now.seconds_since(wall_now()) }
    }
}

/// The reading of a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockReading {
    pub now: Timestamp,
    pub frozen: bool,
    /// Ahead of the wall clock by so many seconds.
    pub offset_seconds: i64,
}

/// A move of a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shift {
    /// By so many seconds.
    Advance(i64),
    Set(Timestamp),
    Freeze,
    Resume,
}

/// Whether a clock may be moved backwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Backwards {
    #[default]
    Refused,
    Allowed,
}

/// Why a clock was not moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unmoved {
    #[error("the clock would go back from second {} to {} since 1970", .now.unix_seconds(), .target.unix_seconds())]
    Backwards { now: Timestamp, target: Timestamp },
    #[error("{} seconds after 1970 are out of the clock's range", .target.unix_seconds())]
    OutOfRange { target: Timestamp },
}

/// Measures how long something takes.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    #[expect(clippy::disallowed_methods, reason = "this is the one room where time is read")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Microseconds since the start.
    pub fn elapsed_us(self) -> u64 {
        u64::try_from(self.0.elapsed().as_micros()).unwrap_or(u64::MAX)
    }
}

/// The time it is outside, in microseconds since 1970.
#[expect(clippy::disallowed_methods, reason = "this is the one room where time is read")]
pub fn wall_us() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
}

/// The second it is outside.
#[expect(clippy::disallowed_methods, reason = "this is the one room where time is read")]
pub fn wall_now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_unix(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}
