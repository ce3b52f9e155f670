//! Lengths and points of time as people write them: the one reader of each.

use std::time::Duration;

use jiff::{SignedDuration, Span, SpanRelativeTo};

use crate::domain::Timestamp;

/// The error for a text that should be a time, and how to write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadTime {
    pub message: String,
    pub help: String,
}

const CLOCK_RANGE: &str = "the clock goes from 1970 to the end of 9998";
const DURATIONS: &str = "write it like 300ms, 90s, 10m, 1h30m, 1 day 2h or PT5M";

/// A duration, which may be negative: `10m`, `1 day 2h`, ISO 8601. A day has 24 hours.
///
/// # Errors
///
/// It is none, or it has months or years, which differ in length.
pub fn parse_signed_duration(text: &str) -> Result<SignedDuration, BadTime> {
    let bad = |_| BadTime { message: format!("invalid duration \"{text}\""), help: DURATIONS.to_owned() };
    let span: Span = text.trim().parse().map_err(bad)?;
    span.to_duration(SpanRelativeTo::days_are_24_hours()).map_err(bad)
}

/// A duration that is not negative and at most `longest`.
///
/// # Errors
///
/// It is none of these.
pub fn parse_duration(text: &str, longest: Duration) -> Result<Duration, BadTime> {
    let negative = |_| BadTime { message: format!("\"{text}\" is less than nothing"), help: DURATIONS.to_owned() };
    let read = Duration::try_from(parse_signed_duration(text)?).map_err(negative)?;
    if read > longest {
        let most = SignedDuration::try_from(longest).unwrap_or(SignedDuration::MAX);
        return Err(BadTime { message: format!("\"{text}\" is too long"), help: format!("at most {most:#}") });
    }
    Ok(read)
}

/// A duration in whole seconds, which is what the clocks of worlds count. It may be negative.
///
/// # Errors
///
/// It is none, has a fraction of a second, or is longer than the clock's range.
pub fn parse_seconds(text: &str) -> Result<i64, BadTime> {
    let read = parse_signed_duration(text)?;
    if read.as_secs().saturating_abs() > Timestamp::LATEST.unix_seconds() {
        let message = format!("\"{text}\" is longer than the clock's range");
        return Err(BadTime { message, help: CLOCK_RANGE.to_owned() });
    }
    if read.subsec_nanos() != 0 {
        let message = format!("\"{text}\" is not a whole number of seconds, which is what the clock counts");
        return Err(BadTime { message, help: DURATIONS.to_owned() });
    }
    Ok(read.as_secs())
}

/// The beginning of a clock in RFC 3339: an instant of the clock's range, so that whatever happens then can be saved.
///
/// # Errors
///
/// It is none of these.
pub fn parse_start(text: &str) -> Result<Timestamp, BadTime> {
    let start = parse_instant(text)?;
    if (Timestamp::EARLIEST..=Timestamp::LATEST).contains(&start) {
        return Ok(start);
    }
    Err(BadTime { message: format!("\"{text}\" is out of the clock's range"), help: CLOCK_RANGE.to_owned() })
}

/// An instant in RFC 3339; what is behind its second is left out.
///
/// # Errors
///
/// It is none.
pub fn parse_instant(text: &str) -> Result<Timestamp, BadTime> {
    let parsed: Result<jiff::Timestamp, _> = text.parse();
    parsed.map(|at| Timestamp::from_unix(at.as_second())).map_err(|cause| BadTime {
        message: format!("invalid RFC 3339 time \"{text}\" ({cause})"),
        help: "write it like 2026-01-05T08:00:00+08:00 or 2026-01-05T00:00:00Z".to_owned(),
    })
}
