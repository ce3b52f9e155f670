//! The part of a world file with user groups, rights on pages and tables, and the API keys of a corporation.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CorporationGroupFile {
    pub id: u64,
    pub name: String,
    /// Id of the group that it stands in; without it, the root.
    #[serde(default)]
    pub parent: Option<u64>,
    /// Id of a user.
    #[serde(default)]
    pub admin_user: Option<String>,
    #[serde(default)]
    pub description: Option<String>,
    /// Its place among its neighbours.
    #[serde(default)]
    pub location: i64,
    /// The group of those who are in no other.
    #[serde(default)]
    pub default: bool,
    /// Ids of users.
    #[serde(default)]
    pub members: Vec<String>,
    /// A time such as 2026-01-05T08:00:00+08:00.
    #[serde(default)]
    pub created: Option<String>,
}

/// A key of the product's own, which is no key of the cloud account.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ApiKeyFile {
    pub id: u64,
    pub key: String,
    /// Id of the user whom calls with it act as.
    #[serde(default)]
    pub default_user: Option<String>,
    /// Id of the user who made it.
    #[serde(default)]
    pub created_by: Option<String>,
    /// A time such as 2026-01-05T08:00:00+08:00.
    #[serde(default)]
    pub created: Option<String>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PageRightFile {
    /// Id of a user group.
    pub group: u64,
    pub name: PageRight,
}

/// The vendor's words.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "PageRightNameFile")]
#[expect(clippy::enum_variant_names, reason = "the names are the vendor's")]
pub(super) enum PageRight {
    PageView,
    PageEdit,
    PageExport,
    PageRetrieval,
    PageShareAndIframe,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ProjectTableFile {
    pub id: u64,
    #[serde(default)]
    pub permissions: Vec<TablePermissionFile>,
}

/// A rule on rows or columns of a table.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TablePermissionFile {
    pub r#type: Limited,
    /// The way in which those are chosen whom it is for.
    #[serde(default = "chosen")]
    pub mode: String,
    /// The kind of thing that they are chosen by.
    #[serde(default = "roles")]
    pub role_type: String,
    /// Id of the role.
    #[serde(default)]
    pub role: u64,
    #[serde(default = "crate::world::yes")]
    pub open: bool,
    /// JSON text of the condition.
    #[serde(default)]
    pub ruler_info: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "TableLimitFile")]
pub(super) enum Limited {
    Row,
    Column,
}

fn chosen() -> String {
    "specify".to_owned()
}

fn roles() -> String {
    "roles".to_owned()
}
