//! The verdict on an expectation, with the calls that speak for it.

use std::collections::HashMap;
use std::sync::Arc;

use crate::domain::RequestId;

use crate::journal::{Entry, Extract, Told};
use crate::select::{Count, Facts, Selector};

/// An expectation whose words all mean something.
#[derive(Clone)]
pub enum Judged {
    /// So many calls.
    Count { selector: Selector, count: Count },
    /// These calls one after the other, whatever comes between them.
    Order(Vec<Selector>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Pass,
    Fail,
    /// It holds, and there was nothing that it could have failed by.
    Vacuous,
    /// It depends on calls that are kept no more.
    Indeterminate,
}

impl Verdict {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Vacuous => "vacuous",
            Self::Indeterminate => "indeterminate",
        }
    }
}

/// Whether later calls can matter to somebody who waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlook {
    /// What was waited for is there, or can no longer come.
    Settled,
    Open,
}

/// What came of judging.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub verdict: Verdict,
    /// Request ids of calls that fit, oldest first; at most a hundred.
    pub evidence: Vec<RequestId>,
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
    pub fn judge(&self, extract: &Extract) -> Finding {
        match self {
            Self::Count { selector, count } => counted(selector, *count, extract),
            Self::Order(steps) => ordered(steps, extract),
        }
    }
}

/// Holds a number of calls against what a journal holds.
pub(super) fn counted(selector: &Selector, count: Count, extract: &Extract) -> Finding {
    let Count { least, most } = count;
    let fitting: Vec<&Arc<Entry>> = extract.entries.iter().filter(|entry| fits(selector, &entry.told)).collect();
    let Tally { low, high, looked_at } = tally(selector, fitting.len() as u64, extract);
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
        evidence: fitting.iter().take(MOST_EVIDENCE).map(|entry| entry.told.request_id).collect(),
        message: message(selector, (low, high), count, verdict),
        outlook: if too_many || cannot_break { Outlook::Settled } else { Outlook::Open },
    }
}

/// Whether the call is one that is meant.
fn fits(selector: &Selector, told: &Told) -> bool {
    let (outcome, code) = (told.outcome.name(), told.outcome.code());
    selector.fits(&Facts { vendor: told.vendor, action: told.counted, params: &told.params, outcome, code })
}

fn tally(selector: &Selector, kept: u64, extract: &Extract) -> Tally {
    let on = extract.counters.sum(|count| selector.covers(count.vendor, count.action));
    let looked_at = if selector.is_narrow() { on > 0 } else { extract.total > 0 };
    let alike = |vendor: &str, action: &str, outcome: &str, code: Option<&str>| {
        selector.covers(vendor, action) && selector.has_answer(outcome, code)
    };
    let counted = extract.counters.sum(|count| alike(count.vendor, count.action, count.outcome, count.code));
    if !selector.looks_at_params() {
        return Tally { low: counted, high: counted, looked_at };
    }
    let is_alike = |entry: &&Arc<Entry>| {
        let told = &entry.told;
        alike(told.vendor, told.counted, told.outcome.name(), told.outcome.code())
    };
    let evicted = counted.saturating_sub(extract.entries.iter().filter(is_alike).count() as u64);
    Tally { low: kept, high: kept + evicted, looked_at }
}

fn message(selector: &Selector, (low, high): (u64, u64), count: Count, verdict: Verdict) -> String {
    let wanted = match (count.least, count.most) {
        (0, Some(0)) => "never".to_owned(),
        (least, Some(most)) if least == most => format!("exactly {}", times(least)),
        (0, Some(most)) => format!("at most {}", times(most)),
        (least, Some(most)) => format!("{least} to {}", times(most)),
        (least, None) => format!("at least {}", times(least)),
    };
    let was = if low == high { times(low) } else { format!("{low} to {}", times(high)) };
    let more = match verdict {
        Verdict::Pass | Verdict::Fail => "",
        Verdict::Vacuous => "; there was no call that could have been one",
        Verdict::Indeterminate => {
            "; the calls that decide it are kept no more, see --journal-entries and --journal-bytes"
        }
    };
    format!("{selector}: expected {wanted}, came {was}{more}")
}

fn times(number: u64) -> String {
    if number == 1 { "once".to_owned() } else { format!("{number} times") }
}

fn ordered(steps: &[Selector], extract: &Extract) -> Finding {
    let found = in_order(steps, &extract.entries);
    let evidence = found.iter().take(MOST_EVIDENCE).map(|entry| entry.told.request_id).collect();
    if found.len() == steps.len() {
        let message = "the calls came in this order".to_owned();
        return Finding { verdict: Verdict::Pass, evidence, message, outlook: Outlook::Settled };
    }
    let missing =
        format!("behind what came, nothing fits step {} of the order: {}", found.len() + 1, steps[found.len()]);
    // What was evicted came before everything that is kept, so it can only have been the beginning.
    let evicted = evicted_by_kind(extract);
    let may_have_been = |step: &Selector| {
        evicted.iter().any(|((vendor, action, outcome, code), count)| {
            *count > 0 && step.covers(vendor, action) && step.has_answer(outcome, code.as_deref())
        })
    };
    let most = usize::try_from(extract.dropped()).unwrap_or(usize::MAX);
    let lost = steps.iter().take(most).take_while(|step| may_have_been(step)).count();
    let could = (1..=lost).any(|first| in_order(&steps[first..], &extract.entries).len() == steps.len() - first);
    let (verdict, message) = if could {
        let message = format!("{missing}; it may be among the {} calls that are kept no more", extract.dropped());
        (Verdict::Indeterminate, message)
    } else {
        (Verdict::Fail, missing)
    };
    Finding { verdict, evidence, message, outlook: Outlook::Open }
}

/// The first calls that fit the steps one after the other, as far as there are any.
fn in_order<'a>(steps: &[Selector], entries: &'a [Arc<Entry>]) -> Vec<&'a Arc<Entry>> {
    let mut rest = entries.iter();
    steps.iter().map_while(|step| rest.find(|entry| fits(step, &entry.told))).collect()
}

/// Vendor, action, outcome and code.
type Kind = (&'static str, &'static str, &'static str, Option<String>);

/// How many calls of each kind are kept no more.
fn evicted_by_kind(extract: &Extract) -> HashMap<Kind, u64> {
    let all = extract.counters.all();
    let kind = |vendor, action, outcome, code: Option<&str>| (vendor, action, outcome, code.map(str::to_owned));
    let of_count = all.iter().map(|count| (kind(count.vendor, count.action, count.outcome, count.code), count.calls));
    let mut left: HashMap<Kind, u64> = of_count.collect();
    for entry in &extract.entries {
        let told = &entry.told;
        if let Some(count) = left.get_mut(&kind(told.vendor, told.counted, told.outcome.name(), told.outcome.code())) {
            *count = count.saturating_sub(1);
        }
    }
    left
}
