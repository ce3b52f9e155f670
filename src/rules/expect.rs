//! What a run is expected to have shown, as data. Who holds it against a journal is elsewhere.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};

use super::glob::Glob;
use super::rule::{Target, fits_all};
use crate::call::Params;

/// An expectation as it is written down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Expect")]
pub struct ExpectFile {
    /// Which calls, as in a rule.
    pub on: String,
    /// What their parameters must be, as in a rule.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub r#where: BTreeMap<String, String>,
    /// The error code they were answered with; without it, any answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// How many of them; without it, at least one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calls: Option<CountFile>,
}

/// A number of calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "Count")]
pub enum CountFile {
    Word(NeverFile),
    Bounds(BoundsFile),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Never")]
pub enum NeverFile {
    Never,
}

/// Either `exactly`, or `at_least` and `at_most` or one of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Bounds")]
pub struct BoundsFile {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exactly: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u64>,
}

/// An expectation that can be held against calls. It is written as it was read.
#[derive(Clone, Debug)]
pub struct Expect {
    pub(super) file: ExpectFile,
    pub(super) on: Target,
    pub(super) filters: Vec<(String, Glob)>,
    /// Both ends are in.
    pub(super) at_least: u64,
    pub(super) at_most: u64,
}

impl Expect {
    /// The expectation as it was read.
    pub fn written(&self) -> &ExpectFile {
        &self.file
    }

    /// The error code that is looked for, if one is.
    pub fn code(&self) -> Option<&str> {
        self.file.code.as_deref()
    }

    /// Whether the expectation speaks of this call, whatever it was answered.
    /// `action` is [`crate::vendor::catalog::VISIT`] for an embed page.
    pub fn covers(&self, vendor: &str, action: &str, params: &Params) -> bool {
        self.on.covers(vendor, action) && fits_all(params, &self.filters)
    }

    /// Whether a call that it speaks of counts, by the code of its answer.
    pub fn counts(&self, code: Option<&str>) -> bool {
        self.code().is_none() || self.code() == code
    }

    /// The fewest and the most calls that may count, both included.
    pub fn bounds(&self) -> (u64, u64) {
        (self.at_least, self.at_most)
    }

    pub fn holds(&self, count: u64) -> bool {
        (self.at_least..=self.at_most).contains(&count)
    }
}

impl Serialize for Expect {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.file.serialize(serializer)
    }
}
