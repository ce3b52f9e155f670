//! Causes that lie in the time of a signature.

use super::{Finding, RefusedCase};
use crate::cloud::Check;
use crate::domain::{Refusal, Timestamp, format_rfc3339};

const HOUR: i64 = 3600;

/// Where a time lies that is east of UTC; the vendors are at home eight hours ahead of it.
const AT_HOME: i64 = 8;

/// Zones reach from twelve hours behind UTC to fourteen ahead of it.
const WIDEST_ZONE: i64 = 14;

/// A time beyond this is no number of seconds: it would lie in the year 5138.
const FIRST_MILLISECONDS: i64 = 100_000_000_000;

const MAKE_UTC: &str = "Make the time of the signature from UTC: `datetime.now(timezone.utc)` in Python, \
                        `new Date().toISOString()` in JavaScript, `Instant.now()` in Java, `time.Now().UTC()` in Go.";

/// Seconds that a signature may be off, whichever side is narrower.
fn narrowest_window(case: &RefusedCase<'_>) -> i64 {
    let ends = case.vendor.gateway.checks.iter().find_map(|check| match check {
        Check::Fresh { past, future } => Some((*past).min(*future)),
        _ => None,
    });
    ends.unwrap_or(0)
}

/// The time of the signature and the one that it was judged by.
fn both_times(case: &RefusedCase<'_>) -> Option<(i64, i64)> {
    if !matches!(case.refusal, Refusal::TimestampExpired {}) {
        return None;
    }
    Some((case.facts.call.claim.unix?, case.facts.told.trail.judged_at?.unix_seconds()))
}

/// Milliseconds where seconds belong.
pub(super) fn milliseconds(case: &RefusedCase<'_>) -> Option<Finding> {
    // The date beside it may be looked at first, and fits no such time either.
    if !matches!(case.refusal, Refusal::TimestampExpired {} | Refusal::AuthorizationMalformed { piece: "Date" }) {
        return None;
    }
    let (signed, judged) = (case.facts.call.claim.unix?, case.facts.told.trail.judged_at?.unix_seconds());
    let is_near = (signed / 1000).abs_diff(judged) <= (24 * HOUR).unsigned_abs();
    (signed >= FIRST_MILLISECONDS && is_near).then(|| {
        Finding::new(
            format!("The time of the signature was sent in milliseconds: {signed}."),
            "Send whole seconds since 1970: divide by 1000, and sign with that number.",
        )
    })
}

/// A local time taken for UTC, or UTC for a local time.
pub(super) fn whole_hours(case: &RefusedCase<'_>) -> Option<Finding> {
    let (signed, judged) = both_times(case)?;
    // A client may send any number.
    let off = signed.checked_sub(judged).filter(|off| off.unsigned_abs() < (24 * HOUR).unsigned_abs())?;
    let hours = (off + off.signum() * HOUR / 2) / HOUR;
    let rest = (off - hours * HOUR).abs();
    if hours == 0 || hours.abs() > WIDEST_ZONE || rest > narrowest_window(case).min(HOUR / 4) {
        return None;
    }
    let (count, side) = (hours.abs(), if hours > 0 { "ahead" } else { "behind" });
    let wrong = match hours {
        AT_HOME => "Beijing time was written as if it were UTC".to_owned(),
        -8 => "a time that was UTC already was turned from Beijing time into UTC".to_owned(),
        1.. => format!("the local time of a zone {count} h ahead of UTC was written as if it were UTC"),
        _ => format!("the local time of a zone {count} h behind UTC was written as if it were UTC"),
    };
    Some(Finding::new(format!("The time of the signature is {count} h {side}: {wrong}."), MAKE_UTC))
}

/// A good time by the wall, where the emulator judges by the clock of the sandbox.
pub(super) fn other_clock(case: &RefusedCase<'_>) -> Option<Finding> {
    let (signed, judged) = both_times(case)?;
    let (window, wall) = (narrowest_window(case), case.facts.told.received_us / 1_000_000);
    let window = window.unsigned_abs();
    let is_of_the_wall = signed.abs_diff(wall) <= window && judged.abs_diff(wall) > window;
    is_of_the_wall.then(|| {
        let shown = format_rfc3339(Timestamp::from_unix(judged));
        Finding::new(
            format!(
                "The client signed by the wall clock, and the emulator judges by the sandbox's, which says {shown}."
            ),
            "Start the emulator with --auth-clock wall, which is the default, or give the client the sandbox's clock.",
        )
    })
}

/// A time of another form than the one that is wanted.
pub(super) fn unwritten_time(case: &RefusedCase<'_>) -> Option<Finding> {
    if !matches!(case.refusal, Refusal::TimestampFormat {}) {
        return None;
    }
    let sent = case.facts.call.claim.timestamp.as_deref()?;
    let wrong = if sent.parse::<i64>().is_ok() {
        "was sent as a number"
    } else if sent.contains('.') {
        "was sent with a fraction of a second"
    } else if sent.rfind(['+', '-']).is_some_and(|place| place > "2026-01-05".len()) {
        "was sent with an offset from UTC"
    } else if sent.contains('T') && !sent.ends_with('Z') {
        "was sent without the `Z` for UTC"
    } else {
        return None;
    };
    Some(Finding::new(
        format!("The time of the signature {wrong}: {sent}."),
        "Write it in UTC and to the second, as 2026-01-05T00:00:00Z.",
    ))
}
