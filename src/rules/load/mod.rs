//! From the written rule to one that can be followed, with everything that is wrong with it said at once.
//!
//! The shape has been checked by then. Here it is seen to that a rule can fire at all: that its
//! vendor, action and code exist and go together, that its numbers are possible, and that its parts do
//! not contradict each other.

mod calls;
mod code;
mod then;
mod time;

use std::collections::HashSet;
use std::sync::Arc;

use super::MAX_RULES;
use super::file::{RepeatFile, RuleFile};
use super::rule::{Beyond, Rule, Step};
use crate::document::{Flaws, Place, quote};
use crate::select::{Glob, Selector, Target, Words};
pub(super) use code::row_of;
pub(super) use time::{MAX_DELAY, noted};

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
    let mut made: Vec<Rule> = Vec::with_capacity(files.len());
    for (index, file) in files.iter().enumerate() {
        let place = place.index(index);
        let named = RuleFile { id: Some(file.id.clone().unwrap_or_else(|| by_place(index))), ..file.clone() };
        if !seen.insert(named.id.clone()) {
            let place = if file.id.is_some() { place.key("id") } else { place };
            let id = quote(named.id.as_deref().unwrap_or_default());
            flaws.value(&place, format!("rule {id} stands twice"), Some("give each rule an id of its own".to_owned()));
        }
        made.extend(rule(&named, &place, flaws));
    }
    // Whether a rule is hidden can be told only of rules that are all there.
    if flaws.is_empty() {
        hidden(&made, place, flaws);
    }
    made
}

fn hidden(rules: &[Rule], place: &Place<'_>, flaws: &mut Flaws) {
    for (index, rule) in rules.iter().enumerate() {
        if let Some(first) = rules[..index].iter().find(|first| first.hides(rule)) {
            let message = format!("this rule can never fire: {}", hidden_by(first));
            flaws.value(&place.index(index), message, Some(HIDDEN.to_owned()));
        }
    }
}

/// The id of a rule that has none, by its place counted from 0.
pub fn by_place(index: usize) -> String {
    format!("rule-{}", index + 1)
}

/// What is said of a rule behind `first`, which leaves it no call.
pub(super) fn hidden_by(first: &Rule) -> String {
    format!("rule {} before it answers every call that it is for", quote(&first.id))
}

/// What to do then.
pub const HIDDEN: &str = "put the narrower rule first, or say with `where` or `calls` which calls the first one takes";

/// The rule; `None` when something is wrong with it, which is noted then.
pub(super) fn rule(file: &RuleFile, place: &Place<'_>, flaws: &mut Flaws) -> Option<Rule> {
    if let Some(id) = &file.id {
        self::id(id, &place.key("id"), flaws);
    }
    let words = Words { on: &file.on, params: &file.r#where, code: None, outcome: None };
    let selector = Selector::read(&words, place, flaws);
    let on = selector.as_ref().map(|selector| selector.target);
    let calls = calls::calls(file.calls.as_ref(), &place.key("calls"), flaws);
    let each = calls::each(file.calls.as_ref(), on, &place.key("calls"), flaws);
    let during = time::window(file.during.as_ref(), &place.key("during"), flaws);
    let steps = steps(file, on, place, flaws)?;
    let codes = steps.iter().filter_map(Step::code);
    let reach = on.and_then(|on| code::reach(on, &codes.collect::<Vec<_>>()));
    if reach.as_ref().is_some_and(Vec::is_empty) {
        let help = "write a rule for each of them".to_owned();
        flaws.value(&place.key("sequence"), "no action can answer with all of these errors", Some(help));
    }
    Some(Rule {
        tally: Arc::default(),
        reach,
        file: file.clone(),
        id: Arc::from(file.id.as_deref().unwrap_or_default()),
        selector: selector?,
        calls: calls?,
        each,
        sandbox: file.sandbox.as_deref().map(Glob::new),
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
