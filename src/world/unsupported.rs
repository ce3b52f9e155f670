//! Actions that are known and not served.

use schemars::JsonSchema;
use serde::Deserialize;

/// The answer of an action that the vendor has and that is not served.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Unsupported {
    /// A refusal.
    #[default]
    Refuse,
    /// The example of the vendor's documents, marked as made up.
    Example,
}
