//! A question about calls as it is asked: over the admin API, on the command line, in a Rust program.

use std::time::Duration;

use schemars::JsonSchema;
use serde::Deserialize;

use super::judge::Judged;
use crate::bounds::ORDER;
use crate::document::{Flaws, Place};
use crate::select::{Count, CountFile, OutcomeFile, Selector, Where, Words};
use crate::time;

/// Either `on` with what is expected of it, or `order`; `within` goes with both.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// `vendor.Action`, `vendor.*` for every call of the API, or `vendor.visit`.
    on: Option<String>,
    /// Parameters that the calls have; texts are globs of `*` and `?`.
    #[serde(default)]
    r#where: Where,
    /// The code that the calls were answered with.
    code: Option<String>,
    /// The outcome of the calls.
    outcome: Option<OutcomeFile>,
    /// How many there are; at least 1 when left out.
    calls: Option<CountFile>,
    /// Calls that come one after the other, whatever comes between them.
    order: Option<Vec<StepFile>>,
    /// How long to wait for it: `500ms`, `5s`, up to an hour. Where too many calls would break it, the whole time
    /// passes before it holds.
    within: Option<String>,
}

/// One call of an order.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "OrderStep")]
pub struct StepFile {
    /// `vendor.Action`, `vendor.*` or `vendor.visit`.
    on: String,
    /// Parameters that the call has; texts are globs.
    #[serde(default)]
    r#where: Where,
    code: Option<String>,
    outcome: Option<OutcomeFile>,
}

/// The most calls of one order.
const MOST_STEPS: usize = ORDER.most;

/// Nobody waits for longer.
const LONGEST: Duration = Duration::from_secs(3600);

impl Question {
    /// What is to be judged, and how long to wait for it; `None` when something is wrong with the question, which
    /// is noted then.
    pub fn read(&self, flaws: &mut Flaws) -> Option<(Judged, Option<Duration>)> {
        let root = &Place::ROOT;
        let within = self.within.as_deref().map(|text| {
            let noted = |bad: time::BadTime| flaws.at_value(&root.key("within"), bad.message, Some(bad.help));
            time::parse_duration(text, LONGEST).map_err(noted).ok()
        });
        let is_bare = self.r#where.is_empty() && self.code.is_none() && self.outcome.is_none() && self.calls.is_none();
        let judged = match (&self.on, &self.order) {
            (Some(on), None) => {
                let words = Words { on, params: &self.r#where, code: self.code.as_deref(), outcome: self.outcome };
                let selector = Selector::read(&words, root, flaws);
                let count = Count::read(self.calls.as_ref(), &root.key("calls"), flaws);
                selector.zip(count).map(|(selector, count)| Judged::Count { selector, count })
            }
            (None, Some(steps)) if is_bare => parse_order(steps, &root.key("order"), flaws),
            _ => {
                let help = "for instance {\"on\":\"alibaba.CreateTicket\",\"calls\":{\"exactly\":1}}".to_owned();
                flaws.at_value(root, "it takes either `on` or `order`", Some(help));
                None
            }
        };
        let within = match within {
            None => None,
            Some(within) => Some(within?),
        };
        judged.map(|judged| (judged, within))
    }
}

fn parse_order(steps: &[StepFile], place: &Place<'_>, flaws: &mut Flaws) -> Option<Judged> {
    if steps.is_empty() {
        let help = "put the calls in, in their order".to_owned();
        flaws.at_value(place, "an order has at least one call", Some(help));
        return None;
    }
    if steps.len() > MOST_STEPS {
        flaws.at_value(place, format!("{} steps are too many", steps.len()), Some(format!("{MOST_STEPS} at most")));
        return None;
    }
    let read = |(index, step): (usize, &StepFile)| {
        let words = Words { on: &step.on, params: &step.r#where, code: step.code.as_deref(), outcome: step.outcome };
        Selector::read(&words, &place.index(index), flaws)
    };
    let steps: Vec<Option<Selector>> = steps.iter().enumerate().map(read).collect();
    steps.into_iter().collect::<Option<_>>().map(Judged::Order)
}
