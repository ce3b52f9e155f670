//! A world as it is written down. The words here are the words of the file.
//!
//! None of these types can be printed: there are secrets in them.

mod alibaba;
mod tencent;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

pub(super) use alibaba::{
    AlibabaFile, DatasetFile, DatasourceFile, EditionFile, FeatureFile, OrganizationFile, WorkFile, WorkspaceFile,
};
pub(super) use tencent::{CorporationFile, PageFile, ProjectFile, TencentFile, TencentRole, ValidityFile};

/// A world: who may call, and what there is to be embedded.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::world) struct WorldFile {
    /// Version of the format: 1.
    pub ticketbooth: u32,
    /// Name of the world.
    pub name: String,
    /// One sentence on what it is for.
    #[serde(default)]
    pub about: Option<String>,
    /// Answers to open questions that differ from the defaults, by name.
    #[serde(default)]
    pub assume: BTreeMap<String, String>,
    #[serde(default)]
    pub tencent: TencentFile,
    #[serde(default)]
    pub alibaba: AlibabaFile,
}

const fn yes() -> bool {
    true
}
