//! What happens to a call, as it is written down in a rule.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What happens to a call.
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

/// What happens to a call, in parts that can be combined where it makes sense.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Effect")]
pub struct EffectFile {
    /// The vendor's refusal with this code. The call does nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// What fills the placeholders of the error's message, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<String>,
    /// Another message than the error's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Another HTTP status than the error's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// An answer of one's own. The call does nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub respond: Option<RespondFile>,
    /// Nothing is answered. With `request`, the call does nothing either; with `reply`, it is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lose: Option<LoseFile>,
    /// What becomes of the connection when something is lost; without it, `reset`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub how: Option<HowFile>,
    /// The answer comes later: by `300ms`, by something from one time to another, or by a time around
    /// a median.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delay: Option<DelayFile>,
    /// The body ends after so many bytes, and the connection with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut: Option<u64>,
    /// The body comes in pieces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drip: Option<DripFile>,
    /// One named damage to the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mangle: Option<MangleFile>,
    /// The world clock moves forward by this, or to the end of the call's ticket; after the call, unless `when` says
    /// otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advance_clock: Option<AdvanceFile>,
    /// What becomes of the ticket of the call: the one that it names, else those that it issued. Before the call is
    /// decided, unless `when` says otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<EndingFile>,
    /// When the ticket is ended and the clock moved, seen from the decision of the call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<MomentFile>,
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

/// A way to end a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "Ending")]
pub enum EndingFile {
    /// As if its time had come.
    Expire,
    /// As if its last use had been taken.
    UseUp,
    Revoke,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Moment")]
pub enum MomentFile {
    Before,
    After,
}

/// An answer of one's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Respond")]
pub struct RespondFile {
    /// The HTTP status; without it, 200.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// A text that is sent as it stands, or anything else, which is sent as JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Value>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Lose")]
pub enum LoseFile {
    Request,
    Reply,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "How")]
pub enum HowFile {
    Reset,
    Close,
    Hang,
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
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "DrawnDelay")]
pub struct DrawnFile {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// Half of the delays of a lognormal distribution are longer than this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub median: Option<String>,
    /// How widely its logarithms scatter: 0 not at all, 1 widely.
    #[serde(default, skip_serializing_if = "Option::is_none")]
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

/// A named damage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "Mangle")]
pub enum MangleFile {
    /// The body is a text that is no JSON.
    NotJson,
    /// The second half of the body is missing, and the head agrees with that.
    TruncatedJson,
    EmptyBody,
    /// The error page of a proxy.
    #[serde(rename = "html_502")]
    Html502,
    /// The content type is that of a text.
    WrongContentType,
    /// The body has no request id.
    MissingRequestId,
    /// The result is null.
    NullData,
    /// Every number in the result is a text.
    StringForNumber,
    /// Status line and headers stand there twice.
    DuplicateHead,
    /// The head announces more bytes than there are.
    WrongLength,
    /// The body comes in chunks, and the second one has no length.
    BadChunk,
}
