//! The part of a world file with users, their groups and tags, and the workspaces that they meet in.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OrganizationUser {
    pub id: String,
    /// Account name; one that is defined twice with the same type is a duplicate user.
    #[serde(default)]
    pub account: Option<String>,
    /// Account type: 1 cloud account, 3 Quick BI account, 4 DingTalk, 5 RAM user, 6 third party,
    /// 9 WeCom, 10 Feishu.
    #[serde(default = "cloud_account")]
    pub r#type: i64,
    #[serde(default)]
    pub nick: Option<String>,
    /// `false`: the personal information of the user is not in order.
    #[serde(default = "crate::world::yes")]
    pub valid: bool,
    /// Id of the cloud account.
    #[serde(default)]
    pub account_id: Option<String>,
    /// 1 developer, 2 visitor, 3 analyst.
    #[serde(default = "developer")]
    pub user_type: i64,
    /// Roles in the organization: 111111111 administrator, 111111112 permission administrator, 111111113 ordinary user.
    #[serde(default = "ordinary_user")]
    pub roles: Vec<i64>,
    #[serde(default)]
    pub email: Option<String>,
    #[serde(default)]
    pub phone: Option<String>,
    /// A time such as 2026-01-05T08:00:00+08:00.
    #[serde(default)]
    pub joined: Option<String>,
    /// A time such as 2026-01-05T08:00:00+08:00.
    #[serde(default)]
    pub last_login: Option<String>,
    #[serde(default)]
    pub disabled: bool,
    /// Ids of the groups that the user is in.
    #[serde(default)]
    pub groups: Vec<String>,
    /// Values of tags by the id of the tag; several with commas between them.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
    /// The account on a mobile platform that is bound to the user.
    #[serde(default)]
    pub mobile: Option<MobileFile>,
    /// Smart Q licences: qreport, qExploreNum, smartQAskNum, smartQDevNum.
    #[serde(default)]
    pub copilot_modules: Vec<String>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MobileFile {
    /// `ding`, `corp_weixin` or `feishu`.
    pub r#type: String,
    pub id: String,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct UserGroupFile {
    pub id: String,
    pub name: String,
    #[serde(default)]
    pub description: Option<String>,
    /// Id of the group that it stands in; without it, the root.
    #[serde(default)]
    pub parent: Option<String>,
    /// A time such as 2026-01-05T08:00:00+08:00.
    #[serde(default)]
    pub created: Option<String>,
    /// A time such as 2026-01-05T08:00:00+08:00.
    #[serde(default)]
    pub modified: Option<String>,
    /// Id of the user who made it.
    #[serde(default)]
    pub created_by: Option<String>,
    /// Id of the user who changed it last.
    #[serde(default)]
    pub modified_by: Option<String>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct UserTagFile {
    pub id: String,
    pub name: String,
    #[serde(default)]
    pub description: Option<String>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WorkspaceFile {
    pub id: String,
    pub name: String,
    /// The organization that it belongs to, when that is another one.
    #[serde(default)]
    pub organization: Option<String>,
    #[serde(default)]
    pub description: Option<String>,
    /// Id of a user; without it, the owner of the first work in it.
    #[serde(default)]
    pub owner: Option<String>,
    #[serde(default = "crate::world::yes")]
    pub allow_share: bool,
    #[serde(default = "crate::world::yes")]
    pub allow_publish: bool,
    /// A time such as 2026-01-05T08:00:00+08:00.
    #[serde(default)]
    pub created: Option<String>,
    /// A time such as 2026-01-05T08:00:00+08:00.
    #[serde(default)]
    pub modified: Option<String>,
    #[serde(default)]
    pub members: Vec<MemberFile>,
    #[serde(default)]
    pub directories: Vec<DirectoryFile>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MemberFile {
    /// Id of the user.
    pub user: String,
    /// Role in the workspace: 25 administrator, 26 developer, 27 analyst, 30 viewer.
    #[serde(default = "viewer")]
    pub role: i64,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DirectoryFile {
    pub id: String,
    pub name: String,
    /// Id of the directory that it stands in; without it, the root.
    #[serde(default)]
    pub parent: Option<String>,
}

const fn cloud_account() -> i64 {
    1
}

const fn developer() -> i64 {
    1
}

fn ordinary_user() -> Vec<i64> {
    vec![111_111_113]
}

const fn viewer() -> i64 {
    30
}
