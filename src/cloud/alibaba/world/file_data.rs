//! The part of a world file with data sources, data sets and who sees what of them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
    /// Settings of a source that is read over HTTP.
    #[serde(default)]
    pub api: Option<ApiSourceFile>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ApiSourceFile {
    /// JSON text: a list of objects with `name` and `value`.
    #[serde(default)]
    pub parameters: Option<String>,
    /// JSON text that is sent to the source.
    #[serde(default)]
    pub body: Option<String>,
    /// Number of the state of its last run.
    #[serde(default = "last_state")]
    pub status: i64,
    /// When its data were last read, such as 2026-01-05T08:00:00+08:00.
    #[serde(default)]
    pub updated: Option<String>,
}

/// A tag whose value stands in a table of a data source.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DynamicTagFile {
    pub id: String,
    pub name: String,
    pub datasource: String,
    pub table: String,
    /// Column of the table.
    pub column: String,
    /// The part of a user that the table is asked for: 0 account id, 1 account name, 2 nick name.
    #[serde(default)]
    pub related: i64,
}

/// A query of a data set that is called as an API.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DataServiceFile {
    pub id: String,
    pub name: String,
    pub dataset: String,
    #[serde(default)]
    pub description: Option<String>,
    /// Id of a user.
    #[serde(default)]
    pub owner: Option<String>,
    /// The fields of the data set that it gives, by `uid`; none: all of them.
    #[serde(default)]
    pub fields: Vec<String>,
    /// Single rows instead of sums.
    #[serde(default)]
    pub detail: bool,
    /// A time such as 2026-01-05T08:00:00+08:00.
    #[serde(default)]
    pub created: Option<String>,
    /// A time such as 2026-01-05T08:00:00+08:00.
    #[serde(default)]
    pub modified: Option<String>,
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
    /// Whether Smart Q may ask it.
    #[serde(default)]
    pub smart_q: bool,
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
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PermissionFile {
    /// Whether the rules are in force.
    #[serde(default)]
    pub open: bool,
    /// What those see whom no rule is for: `NONE` or `ALL`.
    #[serde(default = "none")]
    pub miss_hit_policy: String,
    /// Those for whom no rule counts.
    #[serde(default)]
    pub white_list: PeopleFile,
    #[serde(default)]
    pub rules: Vec<DataRuleFile>,
}

#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PeopleFile {
    /// Ids of users.
    #[serde(default)]
    pub users: Vec<String>,
    /// Ids of user groups.
    #[serde(default)]
    pub groups: Vec<String>,
}

/// A rule on rows or columns of a data set.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DataRuleFile {
    pub id: String,
    pub name: String,
    #[serde(default = "crate::world::yes")]
    pub open: bool,
    /// Those whom it is for; nobody: everybody.
    #[serde(default)]
    pub people: PeopleFile,
    /// JSON text of the condition.
    #[serde(default)]
    pub content: Option<String>,
}

/// The one in the vendor's sample.
const fn last_state() -> i64 {
    2
}

fn mysql() -> String {
    "mysql".to_owned()
}

fn none() -> String {
    "NONE".to_owned()
}

impl Default for PermissionFile {
    fn default() -> Self {
        Self { open: false, miss_hit_policy: none(), white_list: PeopleFile::default(), rules: Vec::new() }
    }
}
