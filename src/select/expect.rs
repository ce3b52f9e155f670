//! An expectation: so many calls of this kind. Who holds it against a journal is `verify`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};

use super::count::{Count, CountFile};
use super::selector::{OutcomeFile, Selector, Where, Words};
use crate::document::{Flaws, Place};

/// An expectation as it is written down.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Expect")]
pub struct ExpectFile {
    /// Which calls: `vendor.Action`, `vendor.*` for every API call, or `vendor.visit` for embed pages.
    pub on: String,
    /// What the parameters of the call, or of the visitor's link, must be.
    #[serde(default, skip_serializing_if = "Where::is_empty")]
    pub r#where: Where,
    /// The error code they were answered with; without it, any answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// How they ended; without it, in any way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<OutcomeFile>,
    /// How many of them; without it, at least one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
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
    pub fn words(&self) -> Words<'_> {
        Words { on: &self.on, params: &self.r#where, code: self.code.as_deref(), outcome: self.outcome }
    }
}

impl Expect {
    /// The expectation; `None` when something is wrong with it, which is noted then.
    pub fn read(file: &ExpectFile, place: &Place<'_>, flaws: &mut Flaws) -> Option<Self> {
        let selector = Selector::read(&file.words(), place, flaws);
        let count = Count::read(file.calls.as_ref(), &place.key("calls"), flaws);
        Some(Self { file: file.clone(), selector: selector?, count: count? })
    }

    /// The expectation as it was read.
    pub fn written(&self) -> &ExpectFile {
        &self.file
    }
}

impl Serialize for Expect {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.file.serialize(serializer)
    }
}
