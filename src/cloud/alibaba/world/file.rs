//! The part of a world file with credentials and organizations.

use schemars::JsonSchema;
use serde::Deserialize;

use super::file_data::{DataServiceFile, DatasetFile, DatasourceFile, DynamicTagFile};
use super::file_modules::{AiProModuleFile, CopilotModuleFile, LlmCubeFile, LlmThemeFile, PortalFile};
use super::file_people::{OrganizationUser, UserGroupFile, UserTagFile, WorkspaceFile};
use super::file_works::{FavoriteFile, ShareFile, ViewFile, WorkFile};
use super::works::Instance;
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
    /// Visits of works.
    #[serde(default)]
    pub views: Vec<ViewFile>,
    #[serde(default)]
    pub dynamic_tags: Vec<DynamicTagFile>,
    #[serde(default)]
    pub data_services: Vec<DataServiceFile>,
    /// Data sets that Smart Q may be asked about.
    #[serde(default)]
    pub llm_cubes: Vec<LlmCubeFile>,
    #[serde(default)]
    pub llm_themes: Vec<LlmThemeFile>,
    #[serde(default)]
    pub portals: Vec<PortalFile>,
    /// Embed modules of Smart Q.
    #[serde(default)]
    pub copilot_modules: Vec<CopilotModuleFile>,
    /// Embed modules of AI Pro.
    #[serde(default)]
    pub ai_pro_modules: Vec<AiProModuleFile>,
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

const fn usual_quota() -> i64 {
    100
}
