//! The part of a world file with credentials, corporations and projects.

use schemars::JsonSchema;
use serde::Deserialize;

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
}

#[derive(Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum TencentRole {
    /// Enterprise administrator.
    #[default]
    Admin,
    Member,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CorporationFile {
    pub id: String,
    #[serde(default)]
    pub users: Vec<CorporationUser>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CorporationUser {
    pub id: String,
    #[serde(default)]
    #[allow(dead_code, reason = "for the readers of the file")]
    pub name: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
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
}

#[derive(Deserialize, JsonSchema)]
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
}

/// Both ends may be left out; `until` is the first second that is outside.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ValidityFile {
    /// A time such as 2026-01-05T08:00:00+08:00.
    #[serde(default)]
    pub from: Option<String>,
    /// A time such as 2026-01-05T08:00:00+08:00.
    #[serde(default)]
    pub until: Option<String>,
}
