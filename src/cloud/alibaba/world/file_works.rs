//! The part of a world file with works, what they are made of, and who they are shared with.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::works::{Gone, WorkKind};

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WorkFile {
    pub id: String,
    pub name: String,
    pub r#type: WorkKind,
    pub workspace: String,
    /// Id of the user whom a ticket acts as when it names nobody.
    pub owner: String,
    #[serde(default = "crate::world::yes")]
    pub embedding: bool,
    #[serde(default)]
    pub datasets: Vec<String>,
    /// Parts of a dashboard that can be embedded alone.
    #[serde(default)]
    pub components: Vec<ComponentFile>,
    /// Names of the work's global parameters.
    #[serde(default)]
    pub parameters: Vec<String>,
    /// Deleted, and as what the vendor misses it.
    #[serde(default)]
    pub gone: Option<Gone>,
    /// 0 draft, 1 published, 2 changed since, 3 offline.
    #[serde(default = "published")]
    pub status: i64,
    #[serde(default)]
    pub description: Option<String>,
    /// Id of a directory of the workspace.
    #[serde(default)]
    pub directory: Option<String>,
    /// Who may edit: 0 the owner, 12 named members, 1 or 11 all of the workspace.
    #[serde(default = "owner_only")]
    pub security_level: String,
    /// Open to everybody.
    #[serde(default)]
    pub public: bool,
    /// The end of being public, such as 2026-01-05T08:00:00+08:00.
    #[serde(default)]
    pub public_until: Option<String>,
    /// A time such as 2026-01-05T08:00:00+08:00.
    #[serde(default)]
    pub created: Option<String>,
    /// A time such as 2026-01-05T08:00:00+08:00.
    #[serde(default)]
    pub modified: Option<String>,
    /// Id of the user who changed it last; without it, the owner.
    #[serde(default)]
    pub modified_by: Option<String>,
    /// When embedding was switched on, such as 2026-01-05T08:00:00+08:00.
    #[serde(default)]
    pub embedded_at: Option<String>,
    /// Whether Smart Q answers questions about a dashboard.
    #[serde(default)]
    pub nl2sql: bool,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ComponentFile {
    pub id: String,
    #[serde(default)]
    pub name: Option<String>,
    /// Number of the kind of chart.
    #[serde(default)]
    pub r#type: Option<i64>,
    /// Word for the kind of chart, such as LINE.
    #[serde(default)]
    pub type_name: Option<String>,
    /// Id of the data set behind it; without it, the first one of the work.
    #[serde(default)]
    pub dataset: Option<String>,
    /// The fields of the data set that it shows, by `uid`.
    #[serde(default)]
    pub query_params: Vec<String>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ShareFile {
    pub id: String,
    pub work: String,
    pub to: Receiver,
    /// Id of the user, the group or the workspace; nothing for the organization.
    #[serde(default)]
    pub receiver: Option<String>,
    /// 1 view, 3 view and export.
    #[serde(default = "view_point")]
    pub points: i64,
    /// The first second that is outside, such as 2026-01-05T08:00:00+08:00; without it, the share has no end.
    #[serde(default)]
    pub until: Option<String>,
    /// A time such as 2026-01-05T08:00:00+08:00.
    #[serde(default)]
    pub created: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "ShareReceiverFile")]
pub(super) enum Receiver {
    User,
    Group,
    Organization,
    Workspace,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FavoriteFile {
    pub id: i64,
    pub user: String,
    pub work: String,
}

/// A user's visits of a work.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ViewFile {
    pub user: String,
    pub work: String,
    /// The last one, such as 2026-01-05T08:00:00+08:00; without it, just now.
    #[serde(default)]
    pub at: Option<String>,
    /// How many there were.
    #[serde(default = "one_visit")]
    pub count: i64,
}

const fn one_visit() -> i64 {
    1
}

const fn view_point() -> i64 {
    1
}

const fn published() -> i64 {
    1
}

fn owner_only() -> String {
    "0".to_owned()
}
