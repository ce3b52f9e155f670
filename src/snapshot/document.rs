//! The words of the format. Times are seconds since 1970, which is what the booth counts in.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::Family;

/// The version of the format that is written and read.
pub const VERSION: u32 = 1;

/// Everything that the future of a sandbox depends on. There are secrets in it.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Version of the format: 1.
    pub ticketbooth_snapshot: u32,
    /// Version of the program that wrote it.
    pub program: String,
    /// The sandbox whose name chance and tickets come from.
    pub sandbox: String,
    pub seed: u64,
    pub clock: ClockPart,
    pub world: WorldPart,
    /// Answers to open questions that differ from the defaults.
    pub assumptions: BTreeMap<String, String>,
    /// How often each stream of chance was drawn from.
    pub streams: Vec<StreamPart>,
    pub tickets: Vec<TicketPart>,
    /// The tickets that are the newest of their holders.
    pub newest: Vec<String>,
    /// The last serial of each family of tickets.
    pub serials: Vec<SerialPart>,
    /// Nonces that were used.
    pub nonces: Vec<NoncePart>,
    /// Calls counted in the last second that each key had some.
    pub rates: Vec<RatePart>,
}

#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClockPart {
    pub mode: Mode,
    /// Where it goes on from.
    pub now: i64,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    Running,
    Frozen,
}

#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WorldPart {
    /// The world file.
    pub text: String,
    /// The keys of the sandbox, each with the key of the file that it stands for.
    pub keys: Vec<KeyPart>,
}

#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyPart {
    pub vendor: String,
    pub stands_for: String,
    pub id: String,
    pub secret: String,
}

#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StreamPart {
    pub purpose: String,
    pub key: String,
    pub drawn: u64,
}

#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TicketPart {
    pub id: String,
    pub vendor: String,
    pub kind: String,
    pub serial: u64,
    pub target: TargetPart,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<UserPart>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_uses: Option<u32>,
    pub used: u32,
    pub lifetime_minutes: u32,
    pub issued_at: i64,
    pub updated_at: i64,
    pub expires_at: i64,
    pub revoked: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extras: Option<ExtrasPart>,
}

/// Either a work or a project.
#[derive(Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TargetPart {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub component: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u64>,
    /// `page`, `board` or `chat`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub view: Option<String>,
}

#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UserPart {
    pub organization: String,
    pub id: String,
}

#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtrasPart {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub global_param: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub watermark: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub config_param: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spare: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
}

#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SerialPart {
    pub vendor: String,
    pub kind: String,
    pub last: u64,
}

#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoncePart {
    pub key: String,
    pub nonce: String,
    pub until: i64,
}

#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RatePart {
    pub key: String,
    pub action: String,
    pub second: i64,
    pub calls: u64,
    pub before: u64,
}

impl SerialPart {
    pub(super) fn of(family: Family, last: u64) -> Self {
        Self { vendor: family.vendor.to_owned(), kind: family.kind.to_owned(), last }
    }
}
