//! A rule as it is written down, in a scenario file and in the admin API alike.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_with::skip_serializing_none;

use super::mangle::Mangle;
use super::plan::CallMoment;
use crate::domain::Ending;
use crate::reply::Loss;
use crate::select::Where;

/// A rule: which calls it is for, and what happens to them.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Rule")]
pub struct RuleFile {
    /// Its name: letters, digits, `.`, `_` and `-`. Without it, `rule-` and its place in the list, from 1.
    pub id: Option<String>,
    /// Which calls: `vendor.Action`, `vendor.*` for every API call, or `vendor.visit` for embed pages.
    pub on: String,
    /// Patterns for the parameters of the call, or of the visitor's link. `*` stands for any text and
    /// `?` for any one character; `\\*` and `\\?` are the characters themselves.
    #[serde(default, skip_serializing_if = "Where::is_empty")]
    pub r#where: Where,
    /// The sandboxes that the rule is for, those that are made later included; `*` and `?` as in `where`. Without it,
    /// only the one that it was given to.
    pub sandbox: Option<String>,
    /// Which of the matching calls; without it, every one.
    pub calls: Option<CallsFile>,
    /// Only in this time since the rules were put in place, on the world clock.
    pub during: Option<DuringFile>,
    /// The effect on every call that the rule is for.
    pub then: Option<ThenFile>,
    /// The effect on the first call, on the second one, and so on.
    pub sequence: Option<Vec<ThenFile>>,
    /// The continuation after the end of the sequence; without it, the rule is over then.
    pub repeat: Option<RepeatFile>,
    /// It may stay unfired without making a run vacuous.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
}

/// Calls by their number: `3`, `"2-4"`, `[1, "3-5"]`, or by a condition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "Calls")]
pub enum CallsFile {
    One(u64),
    Span(String),
    Several(Vec<CallFile>),
    When(WhenFile),
}

/// A number, or two with a hyphen between them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "Call")]
pub enum CallFile {
    One(u64),
    Span(String),
}

/// One of these.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "When")]
pub struct WhenFile {
    /// The first so many.
    pub first: Option<u64>,
    /// All but the first so many.
    pub after: Option<u64>,
    /// Every nth.
    pub every: Option<u64>,
    /// The nth alone.
    pub nth: Option<u64>,
    /// Counted apart for each combination of values of these parameters. Goes with each of the others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub each: Vec<String>,
    /// Each with this probability, from 0 to 1.
    pub chance: Option<f64>,
}

/// A time since the beginning, the second end excluded. Without an end it is open there.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "During")]
pub struct DuringFile {
    /// A duration such as `90s`, `10m` or `2h`.
    pub from: Option<String>,
    pub until: Option<String>,
}

/// The continuation after the end of a sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Repeat")]
pub enum RepeatFile {
    /// Its last step, for ever.
    Last,
    /// The sequence from its beginning.
    Cycle,
}

/// The effect on a call.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "Then")]
pub enum ThenFile {
    Word(ProceedFile),
    Effect(Box<EffectFile>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Proceed")]
pub enum ProceedFile {
    /// The normal answer.
    Proceed,
}

/// The effect on a call, in parts that can be combined where it makes sense.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Effect")]
pub struct EffectFile {
    /// The vendor's refusal with this code. The call does nothing.
    pub error: Option<String>,
    /// The values of the placeholders of the error's message, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<String>,
    /// Another message than the error's.
    pub message: Option<String>,
    /// Another HTTP status than the error's.
    pub status: Option<u16>,
    /// An answer of one's own. The call does nothing.
    pub respond: Option<RespondFile>,
    /// Nothing is answered. With `request`, the call does nothing either; with `reply`, it is done.
    pub lose: Option<LoseFile>,
    /// The end of the connection when something is lost; without it, `reset`.
    pub how: Option<Loss>,
    /// The answer comes later: by `300ms`, by something from one time to another, or by a time around
    /// a median.
    pub delay: Option<DelayFile>,
    /// The body ends after so many bytes, and the connection with it.
    pub cut: Option<u64>,
    /// The body comes in pieces.
    pub drip: Option<DripFile>,
    /// One named damage to the answer.
    pub mangle: Option<Mangle>,
    /// The world clock moves forward by this, or to the end of the call's ticket; after the call, unless `when` says
    /// otherwise.
    pub advance_clock: Option<AdvanceFile>,
    /// What becomes of the ticket of the call: the one that it names, else those that it issued. Before the call is
    /// decided, unless `when` says otherwise.
    pub ticket: Option<Ending>,
    /// When the ticket is ended and the clock moved, seen from the decision of the call.
    pub when: Option<CallMoment>,
}

/// How far the clock moves: a duration, or to the end of the call's ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "Advance")]
pub enum AdvanceFile {
    By(String),
    To(ToFile),
}

/// The end of the call's ticket, and a duration more or, with a `-`, less.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "AdvanceTo")]
pub struct ToFile {
    pub to: EndFile,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plus: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "End")]
pub enum EndFile {
    /// The first second at which the ticket is no longer valid.
    Expiry,
}

/// An answer of one's own.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Respond")]
pub struct RespondFile {
    /// The HTTP status; without it, 200.
    pub status: Option<u16>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// A text that is sent as it stands, or anything else, which is sent as JSON.
    pub body: Option<Value>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Lose")]
pub enum LoseFile {
    Request,
    Reply,
}

/// How long to wait.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "Delay")]
pub enum DelayFile {
    Fixed(String),
    Drawn(DrawnFile),
}

/// Either `from` and `until`, or `median` and `sigma`.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "DrawnDelay")]
pub struct DrawnFile {
    pub from: Option<String>,
    pub until: Option<String>,
    /// Half of the delays of a lognormal distribution are longer than this.
    pub median: Option<String>,
    /// The standard deviation of its logarithm: 0 none, 1 wide.
    pub sigma: Option<f64>,
}

/// Pieces of a body and the pause between two of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Drip")]
pub struct DripFile {
    pub bytes: u64,
    pub every: String,
}
