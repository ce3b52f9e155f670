//! The verdict on an expectation, with the calls that speak for it.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::evidence::{CallHistory, Witness};
use crate::journal;
use crate::select::{CallFacts, Count, Selector};

/// An expectation whose words all mean something.
#[derive(Clone)]
pub enum Judged {
    /// This number of calls.
    Count { selector: Selector, count: Count },
    /// These calls one after the other, whatever comes between them.
    Order(Vec<Selector>),
}

worded! {
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Verdict {
        Pass = "pass",
        Fail = "fail",
        /// It holds, and there was nothing that it could have failed by.
        Vacuous = "vacuous",
        /// It depends on calls that are kept no more.
        Indeterminate = "indeterminate",
    }
}

/// Whether later calls can matter to somebody who waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlook {
    /// The wait is over: the calls are there, or can no longer come.
    Settled,
    Open,
}

/// The result of judging.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub verdict: Verdict,
    /// Request ids of calls that fit, oldest first; at most a hundred.
    pub evidence: Vec<String>,
    /// One sentence.
    pub message: String,
    pub outlook: Outlook,
}

/// Calls that are named as evidence.
pub const MOST_EVIDENCE: usize = 100;

/// How many calls fit, as far as can be told.
struct Tally {
    low: u64,
    high: u64,
    /// Whether there was a call that could have fitted or not.
    looked_at: bool,
}

impl Judged {
    /// Holds the expectation against what a journal holds.
    pub fn judge(&self, evidence: &CallHistory<'_>) -> Finding {
        match self {
            Self::Count { selector, count } => judge_count(selector, *count, evidence),
            Self::Order(steps) => judge_order(steps, evidence),
        }
    }
}

/// Holds a number of calls against what a journal holds.
pub(super) fn judge_count(selector: &Selector, count: Count, evidence: &CallHistory<'_>) -> Finding {
    let mut seen = Seen::default();
    evidence.calls.iter().for_each(|call| seen.take_call(selector, &call.facts, || call.request_id.to_string()));
    conclude(selector, count, &seen, &evidence.counts, evidence.total)
}

/// The calls that an expectation is about, as far as they were seen.
#[derive(Default)]
pub(super) struct Seen {
    /// Calls that fit.
    fitting: u64,
    /// Calls of the same action and answer, whatever their parameters are.
    alike: u64,
    /// Request ids of the first ones that fit.
    evidence: Vec<String>,
}

impl Seen {
    pub fn take_call(&mut self, selector: &Selector, facts: &CallFacts<'_>, id: impl FnOnce() -> String) {
        let is_alike =
            selector.covers_action(facts.vendor, facts.action) && selector.has_answer(facts.outcome, facts.code);
        self.alike += u64::from(is_alike);
        if selector.fits_call(facts) {
            self.fitting += 1;
            self.evidence.extend((self.evidence.len() < MOST_EVIDENCE).then(id));
        }
    }
}

/// Holds a number of calls against what was seen of them, and the counts of all that ever were.
pub(super) fn conclude(
    selector: &Selector,
    count: Count,
    seen: &Seen,
    counts: &[journal::CallCount<'_>],
    total: u64,
) -> Finding {
    let Count { least, most } = count;
    let Tally { low, high, looked_at } = tally_calls(selector, seen, counts, total);
    let too_many = most.is_some_and(|most| low > most);
    let verdict = if too_many || high < least {
        Verdict::Fail
    } else if low < least || most.is_some_and(|most| high > most) {
        Verdict::Indeterminate
    } else if looked_at {
        Verdict::Pass
    } else {
        Verdict::Vacuous
    };
    // What one more call would break is sure only when the time is over.
    let cannot_break = verdict == Verdict::Pass && least > 0 && most.is_none();
    Finding {
        verdict,
        evidence: seen.evidence.clone(),
        message: count_message(selector, (low, high), count, verdict),
        outlook: if too_many || cannot_break { Outlook::Settled } else { Outlook::Open },
    }
}

fn tally_calls(selector: &Selector, seen: &Seen, counts: &[journal::CallCount<'_>], total: u64) -> Tally {
    let sum = |test: &dyn Fn(&journal::CallCount<'_>) -> bool| -> u64 {
        counts.iter().filter(|count| test(count)).map(|count| count.calls).sum()
    };
    let on = sum(&|count| selector.covers_action(count.vendor, count.action));
    let looked_at = if selector.is_narrow() { on > 0 } else { total > 0 };
    let counted = sum(&|count| {
        selector.covers_action(count.vendor, count.action) && selector.has_answer(count.outcome, count.code)
    });
    if !selector.looks_at_params() {
        return Tally { low: counted, high: counted, looked_at };
    }
    Tally { low: seen.fitting, high: seen.fitting + counted.saturating_sub(seen.alike), looked_at }
}

fn count_message(selector: &Selector, (low, high): (u64, u64), count: Count, verdict: Verdict) -> String {
    let wanted = match (count.least, count.most) {
        (0, Some(0)) => "never".to_owned(),
        (least, Some(most)) if least == most => format!("exactly {}", times_word(least)),
        (0, Some(most)) => format!("at most {}", times_word(most)),
        (least, Some(most)) => format!("{least} to {}", times_word(most)),
        (least, None) => format!("at least {}", times_word(least)),
    };
    let was = if low == high { times_word(low) } else { format!("{low} to {}", times_word(high)) };
    let more = match verdict {
        Verdict::Pass | Verdict::Fail => "",
        Verdict::Vacuous => "; there was no call that could have been one",
        Verdict::Indeterminate => {
            "; the calls that decide it are kept no more, see --journal-entries and --journal-bytes"
        }
    };
    format!("{selector}: expected {wanted}, came {was}{more}")
}

fn times_word(number: u64) -> String {
    if number == 1 { "once".to_owned() } else { format!("{number} times") }
}

fn judge_order(steps: &[Selector], evidence: &CallHistory<'_>) -> Finding {
    let found = in_order(steps, &evidence.calls);
    let ids = found.iter().take(MOST_EVIDENCE).map(|call| call.request_id.to_string()).collect();
    if found.len() == steps.len() {
        return in_this_order(ids);
    }
    let missing =
        format!("behind what came, nothing fits step {} of the order: {}", found.len() + 1, steps[found.len()]);
    // What was evicted came before everything that is kept, so it can only have been the beginning.
    let evicted = evicted_by_kind(evidence);
    let may_have_been = |step: &Selector| {
        evicted.iter().any(|((vendor, action, outcome, code), count)| {
            *count > 0 && step.covers_action(vendor, action) && step.has_answer(outcome, *code)
        })
    };
    let dropped = evidence.total.saturating_sub(evidence.calls.len() as u64);
    let most = usize::try_from(dropped).unwrap_or(usize::MAX);
    let lost = steps.iter().take(most).take_while(|step| may_have_been(step)).count();
    // Where the steps behind some of those that were lost are there, so are those behind all of them.
    let could = lost > 0 && in_order(&steps[lost..], &evidence.calls).len() == steps.len() - lost;
    let (verdict, message) = if could {
        (Verdict::Indeterminate, format!("{missing}; it may be among the {dropped} calls that are kept no more"))
    } else {
        (Verdict::Fail, missing)
    };
    Finding { verdict, evidence: ids, message, outlook: Outlook::Open }
}

/// The calls of these ids came in the order that was wanted.
pub(super) fn in_this_order(evidence: Vec<String>) -> Finding {
    let message = "the calls came in this order".to_owned();
    Finding { verdict: Verdict::Pass, evidence, message, outlook: Outlook::Settled }
}

/// The first calls that fit the steps one after the other, as far as there are any.
fn in_order<'e, 'a>(steps: &[Selector], calls: &'e [Witness<'a>]) -> Vec<&'e Witness<'a>> {
    let mut rest = calls.iter();
    steps.iter().map_while(|step| rest.find(|call| step.fits_call(&call.facts))).collect()
}

/// Vendor, action, outcome and code.
type EvictedKind<'a> = (&'a str, &'a str, &'a str, Option<&'a str>);

/// How many calls of each kind are kept no more.
fn evicted_by_kind<'a>(evidence: &CallHistory<'a>) -> HashMap<EvictedKind<'a>, u64> {
    let mut left: HashMap<EvictedKind<'_>, u64> = HashMap::new();
    for count in &evidence.counts {
        *left.entry((count.vendor, count.action, count.outcome, count.code)).or_default() += count.calls;
    }
    for Witness { facts, .. } in &evidence.calls {
        if let Some(count) = left.get_mut(&(facts.vendor, facts.action, facts.outcome, facts.code)) {
            *count = count.saturating_sub(1);
        }
    }
    left
}

/// A finding as it is answered.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FindingView {
    /// `pass`, `fail`, `vacuous` or `indeterminate`.
    verdict: &'static str,
    /// Request ids of calls that fit, oldest first; at most a hundred.
    evidence: Vec<String>,
    /// One sentence.
    message: String,
}

impl From<Finding> for FindingView {
    fn from(Finding { verdict, evidence, message, .. }: Finding) -> Self {
        Self { verdict: verdict.name(), evidence, message }
    }
}
