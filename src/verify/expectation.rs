//! What may be expected, as it is written, and checked once.

use std::time::Duration;

use jiff::{Span, SpanRelativeTo};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::judge::Judged;
use super::matching::{Pattern, Unknown, Where};

/// Either `on` with what is expected of it, or `order`; `within` goes with both.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// `vendor.Action`, `vendor.*` for every call of the API, or `vendor.visit`.
    on: Option<String>,
    /// Parameters that the calls have; texts are globs of `*` and `?`.
    #[serde(rename = "where")]
    params: Option<Where>,
    /// The code that the calls were answered with.
    code: Option<String>,
    /// How many there are; at least 1 when left out.
    calls: Option<Calls>,
    /// Calls that come one after the other, whatever comes between them.
    order: Option<Vec<OrderStep>>,
    /// How long to wait for it: `500ms`, `5s`.
    within: Option<String>,
}

/// An expectation of a number of calls, as files have it.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    pub on: String,
    #[serde(rename = "where", default, skip_serializing_if = "Where::is_empty")]
    pub params: Where,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// At least 1 when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calls: Option<Calls>,
}

/// One call of an order.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderStep {
    /// `vendor.Action`, `vendor.*` or `vendor.visit`.
    pub on: String,
    /// Parameters that the call has; texts are globs.
    #[serde(rename = "where", default)]
    pub params: Where,
    pub code: Option<String>,
}

/// How many calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Calls {
    Never(Never),
    Bounded(Bounds),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Never {
    Never,
}

/// `exactly`, or `at_least` and `at_most`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    pub exactly: Option<u64>,
    pub at_least: Option<u64>,
    pub at_most: Option<u64>,
}

/// A question that cannot be answered as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// A vendor, action or code that nobody has.
    Word(Unknown),
    /// Parts that do not go together: what is wrong, and what to do.
    Shape(&'static str, &'static str),
    /// No duration that can be waited for.
    Within(String),
}

impl From<Unknown> for Unfit {
    fn from(unknown: Unknown) -> Self {
        Self::Word(unknown)
    }
}

/// Nobody waits for longer.
const LONGEST: Duration = Duration::from_secs(3600);

impl Question {
    /// What is to be judged, and how long to wait for it.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong with the question.
    pub fn judged(self) -> Result<(Judged, Option<Duration>), Unfit> {
        let within = self.within.as_deref().map(duration).transpose()?;
        let judged = match (self.on, self.order) {
            (Some(on), None) => {
                let params = self.params.unwrap_or_default();
                Expectation { on, params, code: self.code, calls: self.calls }.judged()?
            }
            (None, Some(steps)) if self.params.is_none() && self.code.is_none() && self.calls.is_none() => {
                ordered(&steps)?
            }
            _ => {
                let hint = "for instance {\"on\":\"alibaba.CreateTicket\",\"calls\":{\"exactly\":1}}";
                return Err(Unfit::Shape("it takes either `on` or `order`", hint));
            }
        };
        Ok((judged, within))
    }
}

impl Expectation {
    /// What is to be judged.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong with the expectation.
    pub fn judged(&self) -> Result<Judged, Unfit> {
        let pattern = Pattern::new(&self.on, &self.params, self.code.as_deref())?;
        let (least, most) = match self.calls {
            None => (1, None),
            Some(Calls::Never(Never::Never)) => (0, Some(0)),
            Some(Calls::Bounded(bounds)) => bounds.ends()?,
        };
        Ok(Judged::Count { pattern, least, most })
    }
}

fn ordered(steps: &[OrderStep]) -> Result<Judged, Unfit> {
    if steps.is_empty() {
        return Err(Unfit::Shape("an order has at least one call", "put the calls in, in their order"));
    }
    let pattern = |step: &OrderStep| Pattern::new(&step.on, &step.params, step.code.as_deref());
    Ok(Judged::Order(steps.iter().map(pattern).collect::<Result<_, _>>()?))
}

impl Bounds {
    /// The least and the greatest number that will do.
    fn ends(self) -> Result<(u64, Option<u64>), Unfit> {
        let hint = "`exactly`, or one or both of `at_least` and `at_most`";
        match (self.exactly, self.at_least, self.at_most) {
            (Some(number), None, None) => Ok((number, Some(number))),
            (None, None, None) => Err(Unfit::Shape("`calls` says no number", hint)),
            (None, Some(least), Some(most)) if least > most => {
                Err(Unfit::Shape("`at_least` is greater than `at_most`", hint))
            }
            (None, least, most) => Ok((least.unwrap_or(0), most)),
            (Some(_), ..) => Err(Unfit::Shape("`exactly` stands alone", hint)),
        }
    }
}

/// A duration as people write it.
fn duration(text: &str) -> Result<Duration, Unfit> {
    let unfit = || Unfit::Within(text.to_owned());
    let span: Span = text.parse().map_err(|_| unfit())?;
    let exact = span.to_duration(SpanRelativeTo::days_are_24_hours()).map_err(|_| unfit())?;
    let duration = Duration::try_from(exact).map_err(|_| unfit())?;
    if duration > LONGEST { Err(unfit()) } else { Ok(duration) }
}
