//! A step of a decision as it is shown.

use schemars::JsonSchema;
use serde::Serialize;
use serde_with::skip_serializing_none;

/// One step of the decision.
#[skip_serializing_none]
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct StepView {
    pub(super) step: &'static str,
    pub(super) outcome: StepResult,
    pub(super) detail: Option<String>,
    /// The expected value.
    pub(super) expected: Option<String>,
    /// The value that came.
    pub(super) got: Option<String>,
    /// The text that the emulator makes of the request.
    pub(super) canonical_request: Option<String>,
    /// The text that the emulator makes of the request.
    pub(super) string_to_sign: Option<String>,
}

/// The result of a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum StepResult {
    #[default]
    Passed,
    /// The check was not made; the detail says why.
    Skipped,
    Refused,
    /// A rule took the place of the rest; the detail names it.
    Answered,
}
