//! The words of the format. Times are seconds since 1970, which is what the booth counts in.

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use serde_with::skip_serializing_none;

use crate::domain::{Family, Target, User, View};
use crate::sandbox::{Nonce, SavedWindow};

/// The version of the format that is written and read.
pub const VERSION: u32 = 2;

/// Everything that the future of a sandbox depends on. There are secrets in it.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Document<T = Vec<TicketPart>> {
    /// Version of the format: 2.
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
    pub tickets: T,
    /// The tickets that are the newest of their holders.
    pub newest: Vec<String>,
    /// The last serial of each family of tickets.
    pub serials: Vec<SerialPart>,
    /// Nonces that were used.
    pub nonces: Vec<Nonce>,
    /// Calls counted in the last second that each key had some.
    pub rates: Vec<SavedWindow>,
    /// The checksum of everything else, in hexadecimal digits.
    pub sha256: String,
}

#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClockPart {
    pub mode: ModePart,
    /// Where it goes on from.
    pub now: i64,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ModePart {
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
    /// Things that calls have changed, by vendor, owner, kind and the order in which they stand in lists.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<ChangePart>,
}

/// A thing that calls have changed.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePart {
    pub vendor: String,
    /// The organization or corporation that it belongs to.
    pub owner: String,
    pub kind: String,
    pub id: String,
    /// As it is now; `null`: it ended.
    pub thing: Option<Map<String, Value>>,
    /// The call that last changed each field; the empty name stands for the thing itself, which was made or ended.
    pub by: BTreeMap<String, MarkPart>,
}

/// A call that changed something.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkPart {
    pub request_id: String,
    pub action: String,
    pub at: i64,
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

#[skip_serializing_none]
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TicketPart {
    pub id: String,
    pub vendor: String,
    pub kind: String,
    pub serial: u64,
    pub target: TargetPart,
    pub user: Option<UserPart>,
    pub max_uses: Option<u32>,
    pub used: u32,
    pub lifetime_minutes: u16,
    pub issued_at: i64,
    pub updated_at: i64,
    pub expires_at: i64,
    pub revoked: bool,
    pub extras: Option<ExtrasPart>,
}

/// A work, a module or a project.
#[skip_serializing_none]
#[derive(Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TargetPart {
    pub work: Option<String>,
    pub component: Option<String>,
    pub module: Option<String>,
    pub project: Option<u64>,
    pub page: Option<u64>,
    /// `page`, `board` or `chat`.
    pub view: Option<String>,
}

#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UserPart {
    pub organization: String,
    pub id: String,
}

#[skip_serializing_none]
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtrasPart {
    pub global_param: Option<String>,
    pub watermark: Option<String>,
    pub config_param: Option<String>,
    pub spare: Option<String>,
    pub edition: Option<String>,
}

#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SerialPart {
    pub vendor: String,
    pub kind: String,
    pub last: u64,
}

impl SerialPart {
    pub(super) fn from_family(family: Family, last: u64) -> Self {
        Self { vendor: family.vendor().to_owned(), kind: family.kind().to_owned(), last }
    }
}

pub(super) fn target_part(target: &Target) -> TargetPart {
    match target {
        Target::Work { work, component } => TargetPart {
            work: Some(work.to_string()),
            component: component.as_deref().map(str::to_owned),
            ..TargetPart::default()
        },
        Target::Module { module } => TargetPart { module: Some(module.to_string()), ..TargetPart::default() },
        Target::Page { project, page, view } => {
            let view = Some(view.name().to_owned());
            TargetPart { project: Some(*project), page: *page, view, ..TargetPart::default() }
        }
    }
}

/// The target that the part tells of, if it tells of exactly one.
pub(super) fn to_target(part: &TargetPart) -> Option<Target> {
    match part {
        TargetPart { work: Some(work), component, module: None, project: None, page: None, view: None } => {
            Some(Target::Work { work: Arc::from(work.as_str()), component: component.as_deref().map(Arc::from) })
        }
        TargetPart { work: None, component: None, module: Some(module), project: None, page: None, view: None } => {
            Some(Target::Module { module: Arc::from(module.as_str()) })
        }
        TargetPart { work: None, component: None, module: None, project: Some(project), page, view: Some(word) } => {
            Some(Target::Page { project: *project, page: *page, view: View::named(word)? })
        }
        _ => None,
    }
}

pub(super) fn user_part(user: &User) -> UserPart {
    UserPart { organization: user.organization.to_string(), id: user.id.to_string() }
}

pub(super) fn to_user(part: &UserPart) -> User {
    User::new(part.organization.as_str(), part.id.as_str())
}
