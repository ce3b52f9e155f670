//! The part of a world file with credentials, corporations and projects.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::file_rights::{ApiKeyFile, CorporationGroupFile, PageRightFile, ProjectTableFile};
use crate::world::KeyState;

#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TencentFile {
    #[serde(default)]
    pub credentials: Vec<TencentKey>,
    #[serde(default)]
    pub corporations: Vec<CorporationFile>,
    #[serde(default)]
    pub projects: Vec<ProjectFile>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TencentKey {
    pub secret_id: String,
    pub secret_key: String,
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
    pub role: TencentRole,
    /// Addresses that alone may use the key; none: any.
    #[serde(default)]
    pub allow_addresses: Vec<String>,
    /// Addresses that may not use the key.
    #[serde(default)]
    pub deny_addresses: Vec<String>,
    /// Id of the corporation that the key calls for; without it, the first one.
    #[serde(default)]
    pub corporation: Option<String>,
}

#[derive(Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum TencentRole {
    /// Enterprise administrator.
    #[default]
    Admin,
    Member,
}

#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CorporationFile {
    pub id: String,
    #[serde(default)]
    pub users: Vec<CorporationUser>,
    /// Roles beside those that everybody has.
    #[serde(default)]
    pub roles: Vec<RoleFile>,
    #[serde(default)]
    pub user_groups: Vec<CorporationGroupFile>,
    /// Keys of the product's own.
    #[serde(default)]
    pub api_keys: Vec<ApiKeyFile>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RoleFile {
    pub id: u64,
    pub name: String,
    /// 1 enterprise, 2 project.
    #[serde(default = "of_project")]
    pub scope_type: i64,
    #[serde(default)]
    pub description: Option<String>,
    /// The project that it belongs to, when it is one's own.
    #[serde(default)]
    pub project: Option<u64>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CorporationUser {
    pub id: String,
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub email: Option<String>,
    #[serde(default)]
    pub phone: Option<String>,
    #[serde(default = "china")]
    pub area_code: String,
    /// 1 active, 0 not active.
    #[serde(default = "active")]
    pub status: i64,
    /// A time such as 2026-01-05T08:00:00+08:00.
    #[serde(default)]
    pub last_login: Option<String>,
    /// A time such as 2026-01-05T08:00:00+08:00.
    #[serde(default)]
    pub created: Option<String>,
    /// Enterprise administrator.
    #[serde(default)]
    pub corp_admin: bool,
    /// The account that the enterprise was made with.
    #[serde(default)]
    pub root_account: bool,
    /// Ids of roles in the enterprise.
    #[serde(default)]
    pub roles: Vec<u64>,
    /// The user of the enterprise's own application that this one is bound to.
    #[serde(default)]
    pub app_user: Option<String>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ProjectFile {
    pub id: u64,
    pub name: String,
    pub corporation: String,
    /// Whether the project, its pages and its chat may be embedded.
    #[serde(default = "crate::world::yes")]
    pub embedding: bool,
    /// Whether the project has a chat.
    #[serde(default)]
    pub chat: bool,
    /// When links to the project may be opened.
    #[serde(default)]
    pub validity: ValidityFile,
    #[serde(default)]
    pub pages: Vec<PageFile>,
    /// A remark on the project.
    #[serde(default)]
    pub mark: Option<String>,
    #[serde(default = "blue")]
    pub color_code: String,
    #[serde(default)]
    pub logo: Option<String>,
    #[serde(default)]
    pub seed: Option<String>,
    #[serde(default)]
    pub panel_scope: Option<String>,
    /// Whether one may ask to be let in.
    #[serde(default = "crate::world::yes")]
    pub apply: bool,
    /// The platform by which it is managed, if that is another one.
    #[serde(default)]
    pub managed_by: Option<String>,
    /// Id of the user who made it.
    #[serde(default)]
    pub owner: Option<String>,
    /// A time such as 2026-01-05T08:00:00+08:00.
    #[serde(default)]
    pub created: Option<String>,
    #[serde(default)]
    pub members: Vec<ProjectMemberFile>,
    #[serde(default)]
    pub datasources: Vec<ProjectDatasourceFile>,
    /// Data tables with the rules on their rows and columns.
    #[serde(default)]
    pub tables: Vec<ProjectTableFile>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ProjectMemberFile {
    /// Id of a user of the corporation.
    pub user: String,
    /// Ids of roles.
    #[serde(default)]
    pub roles: Vec<u64>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ProjectDatasourceFile {
    pub id: u64,
    pub name: String,
    #[serde(default)]
    pub db_name: String,
    #[serde(default = "mysql")]
    pub db_type: String,
    #[serde(default)]
    pub host: String,
    #[serde(default = "mysql_port")]
    pub port: u64,
    /// The account of the database.
    #[serde(default)]
    pub user_name: String,
    /// The kind of connection: `Own`, or as clients write it.
    #[serde(default = "own")]
    pub service_type: String,
    #[serde(default = "utf8")]
    pub charset: String,
    /// A time such as 2026-01-05T08:00:00+08:00.
    #[serde(default)]
    pub created: Option<String>,
}

#[derive(Clone, Copy, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "PageKindFile")]
pub(super) enum SheetKind {
    #[default]
    Normal,
    Free,
    Adhoc,
    Briefing,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WidgetFile {
    pub id: String,
    pub name: String,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PageFile {
    pub id: u64,
    pub name: String,
    #[serde(default = "crate::world::yes")]
    pub published: bool,
    #[serde(default = "crate::world::yes")]
    pub embedding: bool,
    /// When links to the page may be opened.
    #[serde(default)]
    pub validity: ValidityFile,
    /// Names of the page's text parameters.
    #[serde(default)]
    pub parameters: Vec<String>,
    #[serde(default)]
    pub kind: SheetKind,
    #[serde(default)]
    pub widgets: Vec<WidgetFile>,
    /// Rights of user groups on it.
    #[serde(default)]
    pub rights: Vec<PageRightFile>,
}

/// Both ends may be left out; `until` is the first second that is outside.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ValidityFile {
    /// A time such as 2026-01-05T08:00:00+08:00.
    #[serde(default)]
    pub from: Option<String>,
    /// A time such as 2026-01-05T08:00:00+08:00.
    #[serde(default)]
    pub until: Option<String>,
}

fn china() -> String {
    "+86".to_owned()
}

fn blue() -> String {
    "#066EFF".to_owned()
}

fn mysql() -> String {
    "MYSQL".to_owned()
}

fn own() -> String {
    "Own".to_owned()
}

fn utf8() -> String {
    "utf8".to_owned()
}

const fn mysql_port() -> u64 {
    3306
}

const fn active() -> i64 {
    1
}

const fn of_project() -> i64 {
    2
}
