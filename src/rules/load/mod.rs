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
use super::rule::{AfterLastStep, Rule, RuleStep};
use crate::document::{Flaws, Place, quote_text};
use crate::select::{self, CallTarget, Selector, Words};
pub(super) use time::{MAX_DELAY, note_flaw};

/// The most letters of an id, which travels in a header.
const MAX_ID: usize = 64;

/// The most steps of a sequence.
const MAX_STEPS: usize = 1000;

/// The rules of a list. What is wrong is noted, and then they are not to be used.
pub(super) fn load_rules(files: &[RuleFile], place: &Place<'_>, flaws: &mut Flaws) -> Vec<Rule> {
    if files.len() > MAX_RULES {
        flaws.at_value(place, format!("{} rules are too many", files.len()), Some(format!("{MAX_RULES} at most")));
        return Vec::new();
    }
    let mut seen = HashSet::new();
    let mut made: Vec<Rule> = Vec::with_capacity(files.len());
    for (index, file) in files.iter().enumerate() {
        let place = place.index(index);
        let named = RuleFile { id: Some(file.id.clone().unwrap_or_else(|| by_place(index))), ..file.clone() };
        if !seen.insert(named.id.clone()) {
            let place = if file.id.is_some() { place.key("id") } else { place };
            let id = quote_text(named.id.as_deref().unwrap_or_default());
            flaws.at_value(
                &place,
                format!("rule {id} is defined twice"),
                Some("give each rule an id of its own".to_owned()),
            );
        }
        made.extend(load_rule(&named, &place, flaws));
    }
    // Whether a rule is hidden can be told only of rules that are all there.
    if flaws.is_empty() {
        report_hidden(&made, place, flaws);
    }
    made
}

fn report_hidden(rules: &[Rule], place: &Place<'_>, flaws: &mut Flaws) {
    for (index, rule) in rules.iter().enumerate() {
        if let Some(first) = rules[..index].iter().find(|first| first.hides_rule(rule)) {
            let message = format!("this rule can never fire: {}", hiding_reason(first));
            flaws.at_value(&place.index(index), message, Some(HIDDEN.to_owned()));
        }
    }
}

/// The id of a rule that has none, by its place counted from 0.
pub fn by_place(index: usize) -> String {
    format!("rule-{}", index + 1)
}

/// The error for a rule behind `first`, which leaves it no call.
pub(super) fn hiding_reason(first: &Rule) -> String {
    format!("rule {} before it answers every call that it is for", quote_text(&first.id))
}

/// The help for it.
pub const HIDDEN: &str = "put the narrower rule first, or say with `where` or `calls` which calls the first one takes";

/// The rule; `None` when something is wrong with it, which is noted then.
pub(super) fn load_rule(file: &RuleFile, place: &Place<'_>, flaws: &mut Flaws) -> Option<Rule> {
    if let Some(id) = &file.id {
        self::check_id(id, &place.key("id"), flaws);
    }
    let words = Words { on: &file.on, params: &file.r#where, code: None, outcome: None };
    let selector = Selector::read(&words, place, flaws);
    let on = selector.as_ref().map(|selector| selector.target);
    let calls = calls::load_calls(file.calls.as_ref(), &place.key("calls"), flaws);
    let each = calls::counted_parameters(file.calls.as_ref(), on, &place.key("calls"), flaws);
    let during = time::load_window(file.during.as_ref(), &place.key("during"), flaws);
    let steps = load_steps(file, on, place, flaws)?;
    let codes = steps.iter().filter_map(RuleStep::error_code);
    let reach = on.and_then(|on| code::reachable_codes(on, &codes.collect::<Vec<_>>()));
    if reach.as_ref().is_some_and(Vec::is_empty) {
        let help = "write a rule for each of them".to_owned();
        flaws.at_value(&place.key("sequence"), "no action can answer with all of these errors", Some(help));
    }
    let sandbox = file.sandbox.as_deref().map(|pattern| select::read_glob(pattern, &place.key("sandbox"), flaws));
    Some(Rule {
        tally: Arc::default(),
        reach,
        file: file.clone(),
        id: Arc::from(file.id.as_deref().unwrap_or_default()),
        place: None,
        selector: selector?,
        calls: calls?,
        each,
        sandbox: sandbox.flatten(),
        during: during?,
        steps,
        beyond: match (&file.then, file.repeat) {
            (Some(_), _) | (None, Some(RepeatFile::Last)) => AfterLastStep::Last,
            (None, Some(RepeatFile::Cycle)) => AfterLastStep::Cycle,
            (None, None) => AfterLastStep::Nothing,
        },
    })
}

fn check_id(id: &str, place: &Place<'_>, flaws: &mut Flaws) {
    let is_fit = |sign: char| sign.is_ascii_alphanumeric() || "._-".contains(sign);
    if id.is_empty() || id.len() > MAX_ID || !id.chars().all(is_fit) {
        let help = format!("1 to {MAX_ID} letters, digits, `.`, `_` and `-`");
        flaws.at_value(place, format!("invalid rule id {}", quote_text(id)), Some(help));
    }
}

fn load_steps(file: &RuleFile, on: Option<CallTarget>, place: &Place<'_>, flaws: &mut Flaws) -> Option<Vec<RuleStep>> {
    if file.repeat.is_some() && file.sequence.is_none() {
        flaws.at_key(&place.key("repeat"), "only a `sequence` can be repeated", None);
    }
    let sequence = match (&file.then, &file.sequence) {
        (Some(then), None) => return then::load_step(then, on, &place.key("then"), flaws).map(|step| vec![step]),
        (None, Some(sequence)) => sequence,
        (Some(_), Some(_)) => {
            flaws.at_key(&place.key("sequence"), "a rule has either `then` or `sequence`", None);
            return None;
        }
        (None, None) => {
            let help = "write `then: { error: CODE }`, or another effect".to_owned();
            flaws.at_value(place, "missing key \"then\" or \"sequence\"", Some(help));
            return None;
        }
    };
    let place = place.key("sequence");
    if sequence.is_empty() || sequence.len() > MAX_STEPS {
        let message = format!("a sequence of {} steps", sequence.len());
        flaws.at_value(&place, message, Some(format!("1 to {MAX_STEPS} steps")));
        return None;
    }
    let made: Vec<_> = sequence
        .iter()
        .enumerate()
        .map(|(index, then)| then::load_step(then, on, &place.index(index), flaws))
        .collect();
    made.into_iter().collect()
}
