//! The numbers of calls: that each of them can come at all.

use crate::document::{Flaws, Place};
use crate::rules::calls::Calls;
use crate::rules::file::{CallFile, CallsFile, WhenFile};
use crate::select::{self, CallTarget};

const POSITIONS: &str = "these are positions of calls: write `3`, `\"2-4\"`, `[1, \"3-5\"]`, `{first: 2}`, `{after: 3}`, \
                         `{every: 5}`, `{nth: 2}` or `{chance: 0.1}`";

/// The most numbers in a list.
const MAX_ENTRIES: usize = 1000;

/// The chosen calls; all of them where nothing is said.
pub(super) fn load_calls(file: Option<&CallsFile>, place: &Place<'_>, flaws: &mut Flaws) -> Option<Calls> {
    match file {
        None => Some(Calls::all()),
        Some(CallsFile::One(number)) => Some(Calls::from_spans(vec![single_call(*number, place, flaws)?])),
        Some(CallsFile::Span(text)) => Some(Calls::from_spans(vec![parse_span(text, place, flaws)?])),
        Some(CallsFile::Several(entries)) => load_several(entries, place, flaws),
        Some(CallsFile::When(when)) => self::load_when(when, place, flaws),
    }
}

fn load_several(entries: &[CallFile], place: &Place<'_>, flaws: &mut Flaws) -> Option<Calls> {
    if entries.is_empty() || entries.len() > MAX_ENTRIES {
        let message = format!("a list of {} calls", entries.len());
        flaws.at_value(place, message, Some(format!("1 to {MAX_ENTRIES} entries, as in `[1, \"3-5\"]`")));
        return None;
    }
    let read = |(index, entry): (usize, &CallFile)| match entry {
        CallFile::One(number) => single_call(*number, &place.index(index), flaws),
        CallFile::Span(text) => parse_span(text, &place.index(index), flaws),
    };
    let spans: Vec<_> = entries.iter().enumerate().map(read).collect();
    spans.into_iter().collect::<Option<Vec<_>>>().map(Calls::from_spans)
}

fn single_call(number: u64, place: &Place<'_>, flaws: &mut Flaws) -> Option<(u64, u64)> {
    if number == 0 {
        flaws.at_value(place, "call 0 does not exist", Some("calls are counted from 1".to_owned()));
        return None;
    }
    Some((number, number))
}

fn parse_span(text: &str, place: &Place<'_>, flaws: &mut Flaws) -> Option<(u64, u64)> {
    let (first, last) = select::parse_span(text, place, flaws, POSITIONS)?;
    single_call(first, place, flaws)?;
    Some((first, last))
}

fn load_when(file: &WhenFile, place: &Place<'_>, flaws: &mut Flaws) -> Option<Calls> {
    let mut positive = |key: &str, number: u64| {
        if number == 0 {
            flaws.at_value(&place.key(key), format!("`{key}` is at least 1"), None);
        }
        (number > 0).then_some(number)
    };
    let chance = |probability: f64, flaws: &mut Flaws| {
        if (0.0..=1.0).contains(&probability) {
            return Some(Calls::Chance(probability));
        }
        let help = Some("0 to 1".to_owned());
        flaws.at_value(&place.key("chance"), format!("invalid probability {probability}"), help);
        None
    };
    match (file.first, file.after, file.every, file.nth, file.chance) {
        (Some(count), None, None, None, None) => positive("first", count).map(|count| Calls::Spans(vec![(1, count)])),
        (None, Some(count), None, None, None) => {
            positive("after", count).map(|count| Calls::Spans(vec![(count.saturating_add(1), u64::MAX)]))
        }
        (None, None, Some(step), None, None) => positive("every", step).map(Calls::Every),
        (None, None, None, Some(number), None) => positive("nth", number).map(|n| Calls::Spans(vec![(n, n)])),
        (None, None, None, None, Some(probability)) => chance(probability, flaws),
        (None, None, None, None, None) if !file.each.is_empty() => Some(Calls::all()),
        _ => {
            let help = "positions of calls, not a number of them; for a number see `expect`".to_owned();
            flaws.at_value(place, "expected one of `first`, `after`, `every`, `nth` and `chance`", Some(help));
            None
        }
    }
}

/// The parameters by whose values calls are counted apart.
pub(super) fn counted_parameters(
    file: Option<&CallsFile>,
    on: Option<CallTarget>,
    place: &Place<'_>,
    flaws: &mut Flaws,
) -> Vec<String> {
    let Some(CallsFile::When(WhenFile { each, .. })) = file else { return Vec::new() };
    for (index, name) in each.iter().enumerate() {
        if let Some(Err(unknown)) = on.map(|on| on.has_parameter(name)) {
            flaws.at_value(&place.key("each").index(index), unknown.message, Some(unknown.help));
        }
    }
    each.clone()
}
