//! The world clock: reading it and moving it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::asked::Asked;
use super::{Answer, Problem, data};
use crate::domain::{Timestamp, rfc3339};
use crate::emulator::{Backwards, Moved, Reading, Shift, Transition, Unmoved};
use crate::time;

/// What the clock shows.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ClockView {
    /// RFC 3339, in UTC.
    now: String,
    /// `running` or `frozen`.
    mode: &'static str,
    /// Ahead of the wall clock by so many seconds.
    offset_seconds: i64,
}

/// The clock after it was moved.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct MovedView {
    #[serde(flatten)]
    clock: ClockView,
    /// What became of tickets, in the order of time; at most a thousand of them.
    transitions: Vec<TransitionView>,
    /// How many tickets became something else, listed or not.
    total: usize,
}

/// Transitions that are listed. `GET /tickets` has every ticket as it is then.
const MOST: usize = 1000;

#[derive(Debug, Serialize, JsonSchema)]
struct TransitionView {
    ticket: String,
    vendor: &'static str,
    /// `expired`; or what it is again after a move backwards.
    became: &'static str,
    /// RFC 3339, in UTC.
    at: String,
}

/// Exactly one of `advance`, `set`, `freeze` and `resume`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Move {
    /// A duration: `241m`, `10 days`, `1h30m`.
    advance: Option<String>,
    /// An RFC 3339 time.
    set: Option<String>,
    freeze: Option<bool>,
    resume: Option<bool>,
    /// Whether the clock may go backwards.
    #[serde(default)]
    allow_backwards: bool,
}

pub(super) fn read(asked: &Asked<'_>) -> Result<Answer, Problem> {
    Ok(data(200, &ClockView::of(asked.live().sandbox.clock.reading())).into())
}

pub(super) fn shift(asked: &Asked<'_>) -> Result<Answer, Problem> {
    let wish: Move = asked.body()?;
    let backwards = if wish.allow_backwards { Backwards::Allowed } else { Backwards::Refused };
    let moved = asked.tenant.shift(wish.shift()?, backwards).map_err(unmoved)?;
    Ok(data(200, &MovedView::of(&moved)).into())
}

impl Move {
    fn shift(&self) -> Result<Shift, Problem> {
        let one_of = || {
            let message = "the body must have exactly one of advance, set, freeze and resume";
            Problem::new(400, "bad_body", message, "for instance {\"advance\":\"241m\"}")
        };
        match (&self.advance, &self.set, self.freeze, self.resume) {
            (Some(text), None, None, None) => advance(text).map(Shift::Advance),
            (None, Some(text), None, None) => instant(text).map(Shift::Set),
            (None, None, Some(true), None) => Ok(Shift::Freeze),
            (None, None, None, Some(true)) => Ok(Shift::Resume),
            _ => Err(one_of()),
        }
    }
}

/// The seconds of a duration.
fn advance(text: &str) -> Result<i64, Problem> {
    time::seconds(text).map_err(|bad| Problem::new(400, "bad_duration", bad.message, bad.help))
}

/// An instant of a body.
fn instant(text: &str) -> Result<Timestamp, Problem> {
    time::instant(text).map_err(|bad| Problem::new(400, "bad_time", bad.message, bad.help))
}

fn unmoved(error: Unmoved) -> Problem {
    match error {
        Unmoved::Backwards { now, target } => {
            let message = format!("the clock stands at {} and would go back to {}", rfc3339(now), rfc3339(target));
            Problem::new(409, "backwards", message, "say \"allow_backwards\":true if that is meant")
        }
        Unmoved::OutOfRange { target } => {
            let message = format!("{} seconds after 1970 are out of the clock's range", target.unix());
            Problem::new(400, "out_of_range", message, "stay between the years 1970 and 9998")
        }
    }
}

impl ClockView {
    pub fn of(reading: Reading) -> Self {
        let mode = if reading.frozen { "frozen" } else { "running" };
        Self { now: rfc3339(reading.now), mode, offset_seconds: reading.offset_seconds }
    }
}

impl MovedView {
    fn of(moved: &Moved) -> Self {
        let view = |transition: &Transition| TransitionView {
            ticket: transition.ticket.to_string(),
            vendor: transition.family.vendor(),
            became: transition.became.name(),
            at: rfc3339(transition.at),
        };
        Self {
            clock: ClockView::of(moved.reading),
            transitions: moved.transitions.iter().take(MOST).map(view).collect(),
            total: moved.transitions.len(),
        }
    }
}
