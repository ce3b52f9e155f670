//! The world clock: reading it and moving it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::asked::AdminRequest;
use super::{AdminError, Answer, json_reply};
use crate::domain::{Timestamp, format_rfc3339};
use crate::emulator::{Backwards, ClockReading, Moved, Shift, Transition, Unmoved};
use crate::time;

/// The reading of the clock.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ClockView {
    /// RFC 3339, in UTC.
    now: String,
    /// `running` or `frozen`.
    mode: &'static str,
    /// Ahead of the wall clock by so many seconds.
    offset_seconds: i64,
}

/// The clock after it was moved, or as it would be.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct MovedView {
    #[serde(flatten)]
    clock: ClockView,
    /// Tickets that changed their status, in the order of time; at most a thousand of them.
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
    /// Whether to tell what the move would do, and not to make it.
    #[serde(default)]
    dry_run: bool,
}

pub(super) fn show_clock(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    Ok(json_reply(200, &ClockView::from_reading(asked.epoch().state.clock.reading())).into())
}

pub(super) fn move_clock(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    let wish: Move = asked.parse_body()?;
    let backwards = if wish.allow_backwards { Backwards::Allowed } else { Backwards::Refused };
    let shift = wish.to_shift()?;
    let moved = match wish.dry_run {
        true => asked.epoch().preview_clock(shift, backwards),
        false => asked.sandbox.shift_clock(shift, backwards),
    };
    let moved = moved.map_err(refuse_move)?;
    Ok(json_reply(200, &MovedView::from_moved(&moved)).into())
}

impl Move {
    fn to_shift(&self) -> Result<Shift, AdminError> {
        let one_of = || {
            let message = "the body must have exactly one of advance, set, freeze and resume";
            AdminError::new(400, "bad_body", message, "for instance {\"advance\":\"241m\"}")
        };
        match (&self.advance, &self.set, self.freeze, self.resume) {
            (Some(text), None, None, None) => parse_advance(text).map(Shift::Advance),
            (None, Some(text), None, None) => parse_instant(text).map(Shift::Set),
            (None, None, Some(true), None) => Ok(Shift::Freeze),
            (None, None, None, Some(true)) => Ok(Shift::Resume),
            _ => Err(one_of()),
        }
    }
}

/// The seconds of a duration.
fn parse_advance(text: &str) -> Result<i64, AdminError> {
    time::parse_seconds(text).map_err(|bad| AdminError::new(400, "bad_duration", bad.message, bad.help))
}

/// An instant of a body.
fn parse_instant(text: &str) -> Result<Timestamp, AdminError> {
    time::parse_instant(text).map_err(|bad| AdminError::new(400, "bad_time", bad.message, bad.help))
}

fn refuse_move(error: Unmoved) -> AdminError {
    match error {
        Unmoved::Backwards { now, target } => {
            let message =
                format!("the clock is at {} and would go back to {}", format_rfc3339(now), format_rfc3339(target));
            AdminError::new(409, "backwards", message, "say \"allow_backwards\":true if that is meant")
        }
        Unmoved::OutOfRange { target } => {
            let message = format!("{} seconds after 1970 are out of the clock's range", target.unix_seconds());
            AdminError::new(400, "out_of_range", message, "stay between the years 1970 and 9998")
        }
    }
}

impl ClockView {
    pub fn from_reading(reading: ClockReading) -> Self {
        let mode = if reading.frozen { "frozen" } else { "running" };
        Self { now: format_rfc3339(reading.now), mode, offset_seconds: reading.offset_seconds }
    }
}

impl MovedView {
    fn from_moved(moved: &Moved) -> Self {
        let view = |transition: &Transition| TransitionView {
            ticket: transition.ticket.to_string(),
            vendor: transition.family.vendor(),
            became: transition.became.name(),
            at: format_rfc3339(transition.at),
        };
        Self {
            clock: ClockView::from_reading(moved.reading),
            transitions: moved.transitions.iter().take(MOST).map(view).collect(),
            total: moved.transitions.len(),
        }
    }
}
