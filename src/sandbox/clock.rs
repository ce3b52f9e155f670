//! The one room where time is read: the wall clock, and the world clock that can be moved.

use std::str::FromStr;
use std::time::{SystemTime, UNIX_EPOCH};

use parking_lot::RwLock;

use crate::domain::Timestamp;

/// How a world clock begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClockSpec {
    pub frozen: bool,
    /// Where it begins; `None`: at the wall clock's time.
    pub start: Option<Timestamp>,
}

/// What is wrong with the text of a [`ClockSpec`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClockError {
    #[error("unknown clock \"{text}\": expected `running` or `frozen`, with `@` and an RFC 3339 time behind it or not")]
    Mode { text: String },
    #[error("\"{text}\" is no RFC 3339 time ({cause}); write it like 2026-01-05T00:00:00Z")]
    Time { text: String, cause: String },
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
        let start = start.map(at).transpose()?;
        Ok(Self { frozen, start })
    }
}

fn at(text: &str) -> Result<Timestamp, ClockError> {
    let parsed: Result<jiff::Timestamp, _> = text.parse();
    parsed
        .map(|at| Timestamp::from_unix(at.as_second()))
        .map_err(|cause| ClockError::Time { text: text.to_owned(), cause: cause.to_string() })
}

/// The clock of one world. Tickets, rate windows and printed times follow it.
#[derive(Debug)]
pub struct Clock(RwLock<State>);

#[derive(Clone, Copy, Debug)]
enum State {
    Frozen(Timestamp),
    /// Ahead of the wall clock by so many seconds.
    Running(i64),
}

impl Clock {
    pub fn new(spec: &ClockSpec) -> Self {
        let start = spec.start.unwrap_or_else(wall);
        let state = if spec.frozen { State::Frozen(start) } else { State::Running(start.seconds_since(wall())) };
        Self(RwLock::new(state))
    }

    /// The second it is in this world.
    pub fn now(&self) -> Timestamp {
        match *self.0.read() {
            State::Frozen(at) => at,
            State::Running(ahead) => Timestamp::from_unix(wall().unix().saturating_add(ahead)),
        }
    }
}

/// The second it is outside.
#[expect(clippy::disallowed_methods, reason = "this is the one room where time is read")]
pub fn wall() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_unix(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frozen_clock_stands_where_it_was_put() {
        let spec: ClockSpec = "frozen@2026-01-05T08:00:00+08:00".parse().unwrap();
        assert_eq!(Clock::new(&spec).now().unix(), 1_767_571_200);
    }

    #[test]
    fn a_bad_spec_names_what_was_written() {
        let mode = "frosen@2026-01-05T00:00:00Z".parse::<ClockSpec>().unwrap_err();
        assert!(mode.to_string().starts_with("unknown clock \"frosen@2026-01-05T00:00:00Z\""), "{mode}");
        let time = "frozen@yesterday".parse::<ClockSpec>().unwrap_err();
        assert!(time.to_string().starts_with("\"yesterday\" is no RFC 3339 time"), "{time}");
    }
}
