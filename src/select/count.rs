//! How many calls: a count, which says nothing of which ones.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};
use serde_with::skip_serializing_none;

use super::selector::{OutcomeFile, Selector, Where, Words};
use crate::document::{Flaws, Place, quote_text};

/// A number of calls: `2`, `"2-4"`, `never`, or bounds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "Count")]
pub enum CountFile {
    /// Exactly so many.
    Number(u64),
    /// From one number to another, both included, as in `2-4`; `never` is 0.
    Text(String),
    Bounds(BoundsFile),
}

/// Either `exactly`, or `at_least` and `at_most` or one of them.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Bounds")]
pub struct BoundsFile {
    pub exactly: Option<u64>,
    pub at_least: Option<u64>,
    pub at_most: Option<u64>,
}

/// The numbers of calls that will do, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    pub least: u64,
    /// `None`: any number.
    pub most: Option<u64>,
}

impl Count {
    /// The default.
    pub const AT_LEAST_ONCE: Self = Self { least: 1, most: None };

    /// The count that is written; `None` when it is wrong, which is noted then.
    pub fn read(file: Option<&CountFile>, place: &Place<'_>, flaws: &mut Flaws) -> Option<Self> {
        let exactly = |number| Some(Self { least: number, most: Some(number) });
        match file {
            None => Some(Self::AT_LEAST_ONCE),
            Some(CountFile::Number(number)) => exactly(*number),
            Some(CountFile::Text(text)) if text == "never" => exactly(0),
            Some(CountFile::Text(text)) => {
                let (least, most) = parse_span(text, place, flaws, COUNTS)?;
                Some(Self { least, most: Some(most) })
            }
            Some(CountFile::Bounds(bounds)) => match *bounds {
                BoundsFile { exactly: Some(number), at_least: None, at_most: None } => exactly(number),
                BoundsFile { exactly: None, at_least: Some(least), at_most: Some(most) } if most < least => {
                    flaws.at_value(place, format!("{most} at most is less than {least} at least"), None);
                    None
                }
                BoundsFile { exactly: None, at_least, at_most } if at_least.is_some() || at_most.is_some() => {
                    Some(Self { least: at_least.unwrap_or(0), most: at_most })
                }
                BoundsFile { .. } => {
                    flaws.at_value(place, "these say no number of calls", Some(COUNTS.to_owned()));
                    None
                }
            },
        }
    }
}

const COUNTS: &str = "write `2`, `\"2-4\"`, `never`, `{exactly: 2}`, or `{at_least: 2, at_most: 4}` or one of the two";

/// Two numbers with a hyphen between them, or one that stands for both. `help` is what can be written instead.
pub(crate) fn parse_span(text: &str, place: &Place<'_>, flaws: &mut Flaws, help: &str) -> Option<(u64, u64)> {
    let number = |text: &str| text.trim().parse::<u64>().ok();
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (Some(first), Some(last)) = (number(first), number(last)) else {
        flaws.at_value(place, format!("{} names no calls", quote_text(text)), Some(help.to_owned()));
        return None;
    };
    if last < first {
        let help = format!("write \"{last}-{first}\"");
        flaws.at_value(place, format!("{} ends before it begins", quote_text(text)), Some(help));
        return None;
    }
    Some((first, last))
}

/// An expectation as it is written down.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Expect")]
pub struct ExpectFile {
    /// Which calls: `vendor.Action`, `vendor.*` for every API call, or `vendor.visit` for embed pages.
    pub on: String,
    /// Patterns for the parameters of the call, or of the visitor's link.
    #[serde(default, skip_serializing_if = "Where::is_empty")]
    pub r#where: Where,
    /// The error code they were answered with; without it, any answer.
    pub code: Option<String>,
    /// The outcome of the calls; without it, any.
    pub outcome: Option<OutcomeFile>,
    /// How many of them; without it, at least one.
    pub calls: Option<CountFile>,
}

/// An expectation that can be held against calls. It is written as it was read.
#[derive(Clone, Debug)]
pub struct Expect {
    file: ExpectFile,
    pub selector: Selector,
    pub count: Count,
}

impl ExpectFile {
    /// The selector of it, as it is written.
    pub fn to_words(&self) -> Words<'_> {
        Words { on: &self.on, params: &self.r#where, code: self.code.as_deref(), outcome: self.outcome }
    }
}

impl Expect {
    /// The expectation; `None` when something is wrong with it, which is noted then.
    pub fn read(file: &ExpectFile, place: &Place<'_>, flaws: &mut Flaws) -> Option<Self> {
        let selector = Selector::read(&file.to_words(), place, flaws);
        let count = Count::read(file.calls.as_ref(), &place.key("calls"), flaws);
        Some(Self { file: file.clone(), selector: selector?, count: count? })
    }

    /// The expectation as it was read.
    pub fn source_file(&self) -> &ExpectFile {
        &self.file
    }
}

impl Serialize for Expect {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.file.serialize(serializer)
    }
}
