//! A rule as it is written down, in a scenario file and in the admin API alike.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::then_file::ThenFile;
use crate::select::Where;

/// A rule: which calls it is for, and what happens to them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Rule")]
pub struct RuleFile {
    /// Its name: letters, digits, `.`, `_` and `-`. Without it, `rule-` and its place in the list, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Which calls: `vendor.Action`, `vendor.*` for every API call, or `vendor.visit` for embed pages.
    pub on: String,
    /// What the parameters of the call, or of the visitor's link, must be. `*` stands for any text and
    /// `?` for any one character; `\\*` and `\\?` are the characters themselves.
    #[serde(default, skip_serializing_if = "Where::is_empty")]
    pub r#where: Where,
    /// The sandboxes that the rule is for, those that are made later included; `*` and `?` as in `where`. Without it,
    /// only the one that it was given to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sandbox: Option<String>,
    /// Which of the matching calls; without it, every one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calls: Option<CallsFile>,
    /// Only in this time since the rules were put in place, on the world clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub during: Option<DuringFile>,
    /// What happens to every call that the rule is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub then: Option<ThenFile>,
    /// What happens to the first one, to the second one, and so on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sequence: Option<Vec<ThenFile>>,
    /// What follows the end of the sequence; without it, the rule is over then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat: Option<RepeatFile>,
    /// It may stay unfired without making a run vacuous.
    #[serde(default, skip_serializing_if = "is_false")]
    pub optional: bool,
}

const fn is_false(value: &bool) -> bool {
    !*value
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
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "When")]
pub struct WhenFile {
    /// The first so many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<u64>,
    /// All but the first so many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<u64>,
    /// Every nth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<u64>,
    /// The nth alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nth: Option<u64>,
    /// Counted apart for each combination of values of these parameters. Goes with each of the others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub each: Vec<String>,
    /// Each with this probability, from 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chance: Option<f64>,
}

/// A time since the beginning, the second end excluded. Without an end it is open there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "During")]
pub struct DuringFile {
    /// As in `90s`, `10m` or `2h`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

/// What follows the end of a sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Repeat")]
pub enum RepeatFile {
    /// Its last step, for ever.
    Last,
    /// The sequence from its beginning.
    Cycle,
}
