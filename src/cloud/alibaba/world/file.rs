//! The part of a world file with credentials and organizations.

use schemars::JsonSchema;
use serde::Deserialize;

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
    #[serde(default)]
    pub users: Vec<OrganizationUser>,
    #[serde(default)]
    pub workspaces: Vec<WorkspaceFile>,
    #[serde(default)]
    pub datasources: Vec<DatasourceFile>,
    #[serde(default)]
    pub datasets: Vec<DatasetFile>,
    #[serde(default)]
    pub works: Vec<WorkFile>,
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

#[derive(Deserialize, JsonSchema)]
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
    #[allow(dead_code, reason = "for the readers of the file")]
    pub nick: Option<String>,
    /// `false`: the personal information of the user is not in order.
    #[serde(default = "crate::world::yes")]
    pub valid: bool,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WorkspaceFile {
    pub id: String,
    pub name: String,
    /// The organization that it belongs to, when that is another one.
    #[serde(default)]
    pub organization: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DatasourceFile {
    pub id: String,
    /// Deleted, while data sets still name it.
    #[serde(default)]
    pub gone: bool,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DatasetFile {
    pub id: String,
    pub datasource: String,
    /// Deleted, while works still name it.
    #[serde(default)]
    pub gone: bool,
}

#[derive(Deserialize, JsonSchema)]
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
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ComponentFile {
    pub id: String,
    #[serde(default)]
    pub name: Option<String>,
}

const fn cloud_account() -> i64 {
    1
}
