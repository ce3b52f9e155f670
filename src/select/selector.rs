//! A selector: which calls are meant, by action, parameters and answer.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::glob::{Glob, LONGEST};
use super::target::{CallTarget, Unknown};
use crate::bounds::SELECTED;
use crate::call::{ParamValue, Params};
use crate::document::{Flaws, Place, quote_text};

/// What parameters must be like, by their names. In a text `*` stands for any text and `?` for any one
/// character; `\\*` and `\\?` are the characters themselves.
pub type Where = BTreeMap<String, WantedFile>;

/// A value that a parameter must have: a pattern, or a number or truth as it is written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "Wanted")]
pub enum WantedFile {
    Text(String),
    Flag(bool),
    Whole(i64),
    Number(f64),
}

worded! {
    /// The outcome of a call.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
    #[serde(rename_all = "lowercase")]
    #[schemars(rename = "Outcome")]
    pub enum OutcomeFile {
        Success = "success",
        /// With a code of the vendor.
        Refused = "refused",
        /// A rule answered with a response of its own.
        Scripted = "scripted",
        /// A rule lost the call or its answer.
        Lost = "lost",
    }
}

/// The most parameters that one selector looks at.
pub const MOST_PARAMS: usize = SELECTED.most;

/// The words of a selector as they are written.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    pub on: &'a str,
    pub params: &'a Where,
    pub code: Option<&'a str>,
    pub outcome: Option<OutcomeFile>,
}

/// The calls that are meant. It can only be made by reading.
#[derive(Clone, Debug)]
pub struct Selector {
    pub(crate) target: CallTarget,
    filters: Vec<(String, Glob)>,
    code: Option<String>,
    outcome: Option<OutcomeFile>,
    /// For people.
    text: String,
}

/// The facts of a call that a selector looks at.
#[derive(Clone, Copy, Debug)]
pub struct CallFacts<'a> {
    pub vendor: &'a str,
    /// The action; for a page, the name of its kind.
    pub action: &'a str,
    /// The parameters of the call, or of a visitor's link.
    pub params: &'a Params,
    /// The name of the outcome.
    pub outcome: &'a str,
    /// The code of the answer, where it was refused.
    pub code: Option<&'a str>,
}

impl Selector {
    /// The selector of the words, which stand at their keys in `place`; `None` when something is wrong with
    /// them, which is noted then.
    pub fn read(words: &Words<'_>, place: &Place<'_>, flaws: &mut Flaws) -> Option<Self> {
        let noted = |unknown: Unknown, place: &Place<'_>, flaws: &mut Flaws| {
            flaws.at_value(place, unknown.message, Some(unknown.help));
        };
        let target = CallTarget::read(words.on).map_err(|unknown| noted(unknown, &place.key("on"), flaws)).ok();
        let of_params = place.key("where");
        if words.params.len() > MOST_PARAMS {
            let message = format!("{} parameters are too many", words.params.len());
            flaws.at_value(&of_params, message, Some(format!("{MOST_PARAMS} at most")));
            return None;
        }
        let mut filters = Vec::new();
        for (name, wanted) in words.params {
            let place = of_params.key(name);
            filters.extend(read_glob(&wanted.to_text(), &place, flaws).map(|glob| (name.clone(), glob)));
            if let Some(Err(unknown)) = target.as_ref().map(|target| target.has_parameter(name)) {
                flaws.at_key(&place, unknown.message, Some(unknown.help));
            }
        }
        let target = target?;
        if let Some(Err(unknown)) = words.code.map(|code| target.answers_with(code)) {
            noted(unknown, &place.key("code"), flaws);
        }
        if let (Some(code), Some(outcome)) =
            (words.code, words.outcome.filter(|outcome| *outcome != OutcomeFile::Refused))
        {
            let message = format!("an answer with the code {} is not {}", quote_text(code), outcome.name());
            flaws.at_value(&place.key("outcome"), message, Some("write `refused`, or leave it out".to_owned()));
        }
        let text = describe(&target, words);
        Some(Self { target, filters, code: words.code.map(str::to_owned), outcome: words.outcome, text })
    }

    /// Whether it asks for more than the action.
    pub fn is_narrow(&self) -> bool {
        self.code.is_some() || self.outcome.is_some() || self.looks_at_params()
    }

    /// Whether it takes the call itself to tell.
    pub fn looks_at_params(&self) -> bool {
        !self.filters.is_empty()
    }

    /// Whether calls of this action are meant, whatever else is asked for.
    pub fn covers_action(&self, vendor: &str, action: &str) -> bool {
        self.target.covers_action(vendor, action)
    }

    /// Whether the parameters are as they must be: some value of each name fits.
    pub fn fits_params(&self, params: &Params) -> bool {
        self.filters.iter().all(|(name, glob)| {
            params.pairs.iter().filter(|(known, _)| known == name).any(|(_, value)| value_fits(value, glob))
        })
    }

    /// Whether it asks for nothing of the parameters that `other` does not ask for, too.
    pub fn is_wider(&self, other: &Self) -> bool {
        self.filters.iter().all(|filter| other.filters.contains(filter))
    }

    /// Whether the answer is as it must be.
    pub fn has_answer(&self, outcome: &str, code: Option<&str>) -> bool {
        self.outcome.is_none_or(|wanted| wanted.name() == outcome)
            && self.code.as_deref().is_none_or(|wanted| code == Some(wanted))
    }

    /// Whether this very call is meant.
    pub fn fits_call(&self, facts: &CallFacts<'_>) -> bool {
        self.covers_action(facts.vendor, facts.action)
            && self.has_answer(facts.outcome, facts.code)
            && self.fits_params(facts.params)
    }
}

/// The pattern; `None` when it is too long, which is noted then.
pub(crate) fn read_glob(pattern: &str, place: &Place<'_>, flaws: &mut Flaws) -> Option<Glob> {
    let glob = Glob::parse_pattern(pattern);
    if glob.is_none() {
        flaws.at_value(place, "the pattern is too long", Some(format!("{LONGEST} characters at most")));
    }
    glob
}

/// Whether a value fits. A value of JSON that is no text counts as it is written, and a list also by each of its
/// items.
fn value_fits(value: &ParamValue, glob: &Glob) -> bool {
    match value {
        ParamValue::Text(text) => glob.fits(text),
        ParamValue::Json(value @ Value::Array(items)) => {
            fits_written(value, glob) || items.iter().any(|item| fits_written(item, glob))
        }
        ParamValue::Json(value) => fits_written(value, glob),
    }
}

/// Whether the value fits as it is written. A list in a list is not taken apart: each level would be written once more.
fn fits_written(value: &Value, glob: &Glob) -> bool {
    match value {
        Value::String(text) => glob.fits(text),
        other => glob.fits(&other.to_string()),
    }
}

fn describe(target: &CallTarget, words: &Words<'_>) -> String {
    let mut text = target.to_string();
    if let Some(code) = words.code {
        text.push_str(&format!(" answered with {code}"));
    }
    if let Some(outcome) = words.outcome {
        text.push_str(&format!(" that ended {}", outcome.name()));
    }
    for (place, (name, wanted)) in words.params.iter().enumerate() {
        text.push_str(&format!("{}{name}={}", if place == 0 { " where " } else { ", " }, wanted.to_text()));
    }
    text
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl WantedFile {
    fn to_text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Flag(flag) => flag.to_string(),
            Self::Whole(number) => number.to_string(),
            Self::Number(number) => number.to_string(),
        }
    }
}

impl From<&str> for WantedFile {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
