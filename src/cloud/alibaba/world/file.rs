//! The part of a world file with credentials and organizations.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::works::{Gone, Instance, WorkKind};
use crate::world::{KeyState, Role};

#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AlibabaFile {
    #[serde(default)]
    pub credentials: Vec<AlibabaKey>,
    #[serde(default)]
    pub organizations: Vec<OrganizationFile>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AlibabaKey {
    pub access_key_id: String,
    pub access_key_secret: String,
    /// The organization that the key calls for.
    pub organization: String,
    #[serde(default)]
    pub state: KeyState,
    /// Whether calls must come with one of the session tokens.
    #[serde(default)]
    pub temporary: bool,
    /// Session tokens that may come with the key; a permanent key may have some too.
    #[serde(default)]
    pub session_tokens: Vec<String>,
    /// Actions that the account's access policy does not grant to this key.
    #[serde(default)]
    pub deny: Vec<String>,
    #[serde(default)]
    pub role: Role,
    /// Id of the user behind the key, where it matters who that is.
    #[serde(default)]
    pub user: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OrganizationFile {
    pub id: String,
    /// `false`: keys name it, and it is gone.
    #[serde(default = "crate::world::yes")]
    pub exists: bool,
    #[serde(default)]
    pub instance: Instance,
    #[serde(default)]
    pub edition: EditionFile,
    /// Features of the instance; without the key, all of them.
    #[serde(default)]
    pub features: Option<Vec<FeatureFile>>,
    /// How many works may be embedded.
    #[serde(default = "usual_quota")]
    pub embed_quota: i64,
    #[serde(default)]
    pub users: Vec<OrganizationUser>,
    #[serde(default)]
    pub user_groups: Vec<UserGroupFile>,
    /// Tags that users can have values of.
    #[serde(default)]
    pub user_tags: Vec<UserTagFile>,
    #[serde(default)]
    pub workspaces: Vec<WorkspaceFile>,
    #[serde(default)]
    pub datasources: Vec<DatasourceFile>,
    #[serde(default)]
    pub datasets: Vec<DatasetFile>,
    #[serde(default)]
    pub works: Vec<WorkFile>,
    #[serde(default)]
    pub shares: Vec<ShareFile>,
    #[serde(default)]
    pub favorites: Vec<FavoriteFile>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum EditionFile {
    #[default]
    Professional,
    Standard,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum FeatureFile {
    GlobalParam,
}

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
    /// Smart Q licences: qreport, qExploreNum, smartQAskNum, smartQDevNum.
    #[serde(default)]
    pub copilot_modules: Vec<String>,
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

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DatasourceFile {
    pub id: String,
    #[serde(default)]
    pub name: Option<String>,
    /// Kind of the database.
    #[serde(default = "mysql")]
    pub r#type: String,
    /// Id of the workspace.
    #[serde(default)]
    pub workspace: Option<String>,
    /// Id of the user who made it.
    #[serde(default)]
    pub owner: Option<String>,
    #[serde(default)]
    pub address: Option<String>,
    #[serde(default)]
    pub port: Option<String>,
    #[serde(default)]
    pub schema: Option<String>,
    /// A time such as 2026-01-05T08:00:00+08:00.
    #[serde(default)]
    pub created: Option<String>,
    /// A time such as 2026-01-05T08:00:00+08:00.
    #[serde(default)]
    pub modified: Option<String>,
    /// Deleted, while data sets still name it.
    #[serde(default)]
    pub gone: bool,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DatasetFile {
    pub id: String,
    pub datasource: String,
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub description: Option<String>,
    /// Id of the workspace.
    #[serde(default)]
    pub workspace: Option<String>,
    /// Id of a directory of the workspace.
    #[serde(default)]
    pub directory: Option<String>,
    /// Id of a user.
    #[serde(default)]
    pub owner: Option<String>,
    /// Whether it is built on a statement.
    #[serde(default)]
    pub custom_sql: bool,
    #[serde(default)]
    pub tables: Vec<TableFile>,
    #[serde(default)]
    pub fields: Vec<FieldFile>,
    #[serde(default)]
    pub row_permission: PermissionFile,
    #[serde(default)]
    pub column_permission: PermissionFile,
    /// A time such as 2026-01-05T08:00:00+08:00.
    #[serde(default)]
    pub created: Option<String>,
    /// A time such as 2026-01-05T08:00:00+08:00.
    #[serde(default)]
    pub modified: Option<String>,
    /// Deleted, while works still name it.
    #[serde(default)]
    pub gone: bool,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TableFile {
    /// Id within the data set.
    pub id: String,
    pub name: String,
    #[serde(default)]
    pub caption: Option<String>,
    #[serde(default)]
    pub sql: Option<String>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FieldFile {
    pub uid: String,
    /// Column of the table.
    pub name: String,
    #[serde(default)]
    pub caption: Option<String>,
    #[serde(default)]
    pub data_type: DataType,
    /// A figure; otherwise a dimension.
    #[serde(default)]
    pub measure: bool,
    /// Id of its table within the data set.
    #[serde(default)]
    pub table: Option<String>,
}

/// The vendor's words.
#[derive(Clone, Copy, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum DataType {
    #[default]
    String,
    Date,
    Datetime,
    Time,
    Number,
    Boolean,
    Geographical,
    Url,
}

/// Whether a data set is limited for those who look at it.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PermissionFile {
    /// Whether the rules are in force.
    #[serde(default)]
    pub open: bool,
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

const fn cloud_account() -> i64 {
    1
}

const fn developer() -> i64 {
    1
}

fn ordinary_user() -> Vec<i64> {
    vec![111_111_113]
}

const fn usual_quota() -> i64 {
    100
}

const fn viewer() -> i64 {
    30
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

fn mysql() -> String {
    "mysql".to_owned()
}
