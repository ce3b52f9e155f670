//! From the written rule to one that can be followed, with everything that is wrong with it said at once.
//!
//! The shape has been checked by then. Here it is seen to that a rule can fire at all: that its
//! vendor, action and code exist and go together, that its numbers are possible, and that its parts do
//! not contradict each other.

mod calls;
mod code;
mod expect;
mod target;
mod then;
mod time;

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::MAX_RULES;
use super::file::{RepeatFile, RuleFile};
use super::glob::{Glob, LONGEST};
use super::rule::{Beyond, Rule, Step, Target};
use crate::document::{Flaws, Place, quote};
pub(super) use expect::expect;
pub(super) use time::MAX_DELAY;

/// The most letters of an id, which travels in a header.
const MAX_ID: usize = 64;

/// The most steps of a sequence.
const MAX_STEPS: usize = 1000;

/// The rules of a list. What is wrong is noted, and then they are not to be used.
pub(super) fn rules(files: &[RuleFile], place: &Place<'_>, flaws: &mut Flaws) -> Vec<Rule> {
    if files.len() > MAX_RULES {
        flaws.value(place, format!("{} rules are too many", files.len()), Some(format!("{MAX_RULES} at most")));
        return Vec::new();
    }
    let mut seen = HashSet::new();
    let mut made = Vec::with_capacity(files.len());
    for (index, file) in files.iter().enumerate() {
        let place = place.index(index);
        if !seen.insert(file.id.as_str()) {
            flaws.value(&place.key("id"), format!("rule {} stands twice", quote(&file.id)), None);
        }
        made.extend(rule(file, &place, flaws));
    }
    made
}

/// The rule; `None` when something is wrong with it, which is noted then.
pub(super) fn rule(file: &RuleFile, place: &Place<'_>, flaws: &mut Flaws) -> Option<Rule> {
    id(&file.id, &place.key("id"), flaws);
    let on = target::target(&file.on, &place.key("on"), flaws);
    let filters = filters(&file.r#where, on, place, flaws);
    let calls = calls::calls(file.calls.as_ref(), &place.key("calls"), flaws);
    let during = time::window(file.during.as_ref(), &place.key("during"), flaws);
    let steps = steps(file, on, place, flaws)?;
    Some(Rule {
        file: file.clone(),
        id: Arc::from(file.id.as_str()),
        on: on?,
        filters,
        calls: calls?,
        during: during?,
        steps,
        beyond: match (&file.then, file.repeat) {
            (Some(_), _) | (None, Some(RepeatFile::Last)) => Beyond::Last,
            (None, Some(RepeatFile::Cycle)) => Beyond::Cycle,
            (None, None) => Beyond::Nothing,
        },
    })
}

fn id(id: &str, place: &Place<'_>, flaws: &mut Flaws) {
    let is_fit = |sign: char| sign.is_ascii_alphanumeric() || "._-".contains(sign);
    if id.is_empty() || id.len() > MAX_ID || !id.chars().all(is_fit) {
        let help = format!("1 to {MAX_ID} letters, digits, `.`, `_` and `-`");
        flaws.value(place, format!("{} is no id for a rule", quote(id)), Some(help));
    }
}

fn filters(
    wanted: &BTreeMap<String, String>,
    on: Option<Target>,
    place: &Place<'_>,
    flaws: &mut Flaws,
) -> Vec<(String, Glob)> {
    let place = place.key("where");
    for (name, pattern) in wanted {
        let place = place.key(name);
        if pattern.chars().count() > LONGEST {
            flaws.value(&place, "the pattern is too long", Some(format!("{LONGEST} characters at most")));
        }
        if let Some(meant) = on.and_then(|on| target::meant(on, name)) {
            flaws.key(&place, format!("unknown parameter {}", quote(name)), Some(format!("did you mean \"{meant}\"?")));
        }
    }
    wanted.iter().map(|(name, pattern)| (name.clone(), Glob::new(pattern))).collect()
}

fn steps(file: &RuleFile, on: Option<Target>, place: &Place<'_>, flaws: &mut Flaws) -> Option<Vec<Step>> {
    if file.repeat.is_some() && file.sequence.is_none() {
        flaws.key(&place.key("repeat"), "only a `sequence` can be repeated", None);
    }
    let sequence = match (&file.then, &file.sequence) {
        (Some(then), None) => return then::step(then, on, &place.key("then"), flaws).map(|step| vec![step]),
        (None, Some(sequence)) => sequence,
        (Some(_), Some(_)) => {
            flaws.key(&place.key("sequence"), "a rule has either `then` or `sequence`", None);
            return None;
        }
        (None, None) => {
            let help = "write `then: { error: CODE }`, or another effect".to_owned();
            flaws.value(place, "missing key \"then\" or \"sequence\"", Some(help));
            return None;
        }
    };
    let place = place.key("sequence");
    if sequence.is_empty() || sequence.len() > MAX_STEPS {
        let message = format!("a sequence of {} steps", sequence.len());
        flaws.value(&place, message, Some(format!("1 to {MAX_STEPS} steps")));
        return None;
    }
    let made: Vec<_> =
        sequence.iter().enumerate().map(|(index, then)| then::step(then, on, &place.index(index), flaws)).collect();
    made.into_iter().collect()
}
