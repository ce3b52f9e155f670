//! The part of a world file with portals, their menus, and the embed modules of assistants.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::file_works::Receiver;

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PortalFile {
    pub id: String,
    pub name: String,
    pub workspace: String,
    /// Id of a user.
    pub owner: String,
    #[serde(default)]
    pub menus: Vec<MenuFile>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MenuFile {
    pub id: String,
    pub name: String,
    /// 0 dashboard, 1 outer link, 2 workbook, 4 folder, 5 data entry, 6 retrieval.
    #[serde(default)]
    pub r#type: i64,
    /// Id of a work, or an address.
    #[serde(default)]
    pub uri: Option<String>,
    /// Shown only to those who have a right to it.
    #[serde(default)]
    pub show_only_with_access: bool,
    #[serde(default)]
    pub receivers: Vec<MenuReceiverFile>,
    #[serde(default)]
    pub children: Vec<MenuFile>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MenuReceiverFile {
    pub to: Receiver,
    /// Id of the user or the group.
    pub id: String,
    /// 1 view, 3 view and export, 10 manage entries, 11 edit.
    #[serde(default = "view_point")]
    pub points: i64,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CopilotModuleFile {
    pub id: String,
    pub module_name: String,
    #[serde(default)]
    pub show_name: Option<String>,
    #[serde(default)]
    pub agent_name: Option<String>,
    /// Id of the user who made it.
    #[serde(default)]
    pub created_by: Option<String>,
    /// Data sets that it may ask; none: all of them.
    #[serde(default)]
    pub cubes: Vec<String>,
    /// Themes that it may ask; none: all of them.
    #[serde(default)]
    pub themes: Vec<String>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AiProModuleFile {
    pub id: String,
    pub show_name: String,
    #[serde(default)]
    pub agent_name: Option<String>,
    /// JSON text.
    #[serde(default)]
    pub config: Option<String>,
}

/// A data set as Smart Q knows it.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LlmCubeFile {
    pub id: String,
    /// The name that questions use.
    pub alias: String,
    pub dataset: String,
    /// Id of the user who made it.
    #[serde(default)]
    pub created_by: Option<String>,
    /// Ids of the users who may ask it, beside its maker.
    #[serde(default)]
    pub users: Vec<String>,
}

/// Several of them under one name.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LlmThemeFile {
    pub id: String,
    pub name: String,
    /// Ids of `llm_cubes`.
    #[serde(default)]
    pub llm_cubes: Vec<String>,
    /// Id of the user who made it.
    #[serde(default)]
    pub created_by: Option<String>,
    /// Ids of the users who may ask it, beside its maker.
    #[serde(default)]
    pub users: Vec<String>,
}

const fn view_point() -> i64 {
    1
}
