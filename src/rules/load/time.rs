//! Durations as people write them, and their bounds.

use std::time::Duration;

use crate::document::{Flaws, Place, quote_text};
use crate::reply::Pace;
use crate::rules::file::DuringFile;
use crate::rules::file::{DelayFile, DrawnFile, DripFile};
use crate::rules::rule::{Delay, RuleWindow};
use crate::time::{self, BadTime};

/// The longest an answer is held back.
pub(in crate::rules) const MAX_DELAY: Duration = Duration::from_secs(600);

/// The longest pause between two pieces of a body.
const MAX_PAUSE: Duration = Duration::from_secs(60);

/// The widest scatter: beyond it, nearly every delay is nothing or the longest.
const MAX_SIGMA: f64 = 5.0;

/// The value, with what is wrong with its text noted.
pub(in crate::rules) fn note_flaw<T>(read: Result<T, BadTime>, place: &Place<'_>, flaws: &mut Flaws) -> Option<T> {
    read.map_err(|bad| flaws.at_value(place, bad.message, Some(bad.help))).ok()
}

fn bounded_duration(text: &str, longest: Duration, place: &Place<'_>, flaws: &mut Flaws) -> Option<Duration> {
    note_flaw(time::parse_duration(text, longest), place, flaws)
}

/// A duration in whole seconds that is not negative.
pub(super) fn whole_seconds(text: &str, place: &Place<'_>, flaws: &mut Flaws) -> Option<i64> {
    let read = note_flaw(time::parse_seconds(text), place, flaws)?;
    if read < 0 {
        flaws.at_value(place, format!("{} is less than nothing", quote_text(text)), None);
        return None;
    }
    Some(read)
}

/// The time in which a rule is in force; all time where nothing is said.
pub(super) fn load_window(file: Option<&DuringFile>, place: &Place<'_>, flaws: &mut Flaws) -> Option<RuleWindow> {
    let Some(file) = file else { return Some(RuleWindow { from: i64::MIN, until: i64::MAX }) };
    if file.from.is_none() && file.until.is_none() {
        flaws.at_value(place, "expected `from`, `until` or both", None);
        return None;
    }
    let mut end = |key: &str, text: Option<&String>, open: i64| {
        text.map_or(Some(open), |text| whole_seconds(text, &place.key(key), flaws))
    };
    let (from, until) = (end("from", file.from.as_ref(), i64::MIN)?, end("until", file.until.as_ref(), i64::MAX)?);
    if until <= from {
        flaws.at_value(place, "this time ends before it begins", None);
        return None;
    }
    Some(RuleWindow { from, until })
}

pub(super) fn load_delay(file: &DelayFile, place: &Place<'_>, flaws: &mut Flaws) -> Option<Delay> {
    let mut read = |key: &str, text: &String| bounded_duration(text, MAX_DELAY, &place.key(key), flaws);
    match file {
        DelayFile::Fixed(text) => bounded_duration(text, MAX_DELAY, place, flaws).map(Delay::Fixed),
        DelayFile::Drawn(DrawnFile { from: Some(from), until: Some(until), median: None, sigma: None }) => {
            let (from, until) = (read("from", from)?, read("until", until)?);
            if until < from {
                flaws.at_value(place, "the delay ends before it begins", None);
                return None;
            }
            Some(Delay::Between(from, until))
        }
        DelayFile::Drawn(DrawnFile { from: None, until: None, median: Some(median), sigma: Some(sigma) }) => {
            let median = read("median", median)?;
            if !(0.0..=MAX_SIGMA).contains(sigma) {
                flaws.at_value(
                    &place.key("sigma"),
                    format!("{sigma} is out of range"),
                    Some(format!("0 to {MAX_SIGMA}")),
                );
                return None;
            }
            Some(Delay::Around { median, sigma: *sigma })
        }
        DelayFile::Drawn(_) => {
            flaws.at_value(place, "expected `from` and `until`, or `median` and `sigma`", None);
            None
        }
    }
}

pub(super) fn load_pace(file: &DripFile, place: &Place<'_>, flaws: &mut Flaws) -> Option<Pace> {
    let every = bounded_duration(&file.every, MAX_PAUSE, &place.key("every"), flaws);
    if file.bytes == 0 {
        flaws.at_value(&place.key("bytes"), "a piece has at least 1 byte", None);
        return None;
    }
    Some(Pace { bytes: usize::try_from(file.bytes).unwrap_or(usize::MAX), every: every? })
}
