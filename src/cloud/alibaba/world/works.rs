//! Organizations with their instance, users and works.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::{Refusal, User};
use crate::world::PageContent;
use crate::world::things::Things;

/// Everything of the vendor that embeds works of organizations.
#[derive(Debug, Default)]
pub(super) struct Organizations {
    pub by_id: HashMap<Arc<str>, Organization>,
    /// Every work of every organization: a link names the work alone.
    pub works: HashMap<Arc<str>, Work>,
    /// Ids of the users of any organization.
    pub people: HashSet<Arc<str>>,
}

#[derive(Debug)]
pub(super) struct Organization {
    pub exists: bool,
    pub instance: Instance,
    pub professional: bool,
    pub global_param: bool,
    pub users: HashMap<Arc<str>, Person>,
    /// The users of each account name, with the type of the account. More than one of a type is the
    /// vendor's duplicate user.
    pub accounts: HashMap<Arc<str>, Vec<(i64, User)>>,
    /// Things that actions tell of.
    pub things: Things,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "InstanceFile")]
pub(super) enum Instance {
    #[default]
    Active,
    Expired,
    Missing,
}

#[derive(Debug)]
pub(super) struct Person {
    pub user: User,
    pub valid: bool,
}

#[derive(Debug)]
pub(super) struct Work {
    pub id: Arc<str>,
    pub name: String,
    pub kind: WorkKind,
    pub organization: Arc<str>,
    pub workspace: String,
    /// The organization of its workspace, which may be another one.
    pub workspace_organization: Arc<str>,
    pub owner: User,
    pub embedding: bool,
    pub gone: Option<Gone>,
    /// The first of its data sets that was deleted.
    pub gone_dataset: Option<String>,
    /// The first data source behind its data sets that was deleted.
    pub gone_datasource: Option<String>,
    /// Names of the components by id.
    pub components: HashMap<Arc<str>, Option<String>>,
    pub parameters: Vec<String>,
}

worded! {
    /// The type of a work.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
    #[serde(rename_all = "kebab-case")]
    #[schemars(rename = "WorkTypeFile")]
    pub(super) enum WorkKind {
        Dashboard = "dashboard",
        Workbook = "workbook",
        Screen = "screen",
        Retrieval = "retrieval",
        Analysis = "analysis",
        DataEntry = "data-entry",
    }
}

/// How a deleted work is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "GoneFile")]
pub(super) enum Gone {
    Work,
    Dashboard,
}

impl Organizations {
    pub fn work_refusal(&self, work: &str) -> Option<Refusal> {
        let Some(found) = self.works.get(work) else { return Some(Refusal::WorkUnknown { work: work.to_owned() }) };
        match found.gone {
            Some(Gone::Work) => Some(Refusal::WorkUnknown { work: work.to_owned() }),
            Some(Gone::Dashboard) => Some(Refusal::DashboardUnknown { work: work.to_owned() }),
            None => (!found.embedding).then_some(Refusal::EmbeddingOff {}),
        }
    }

    pub fn content_of_work(&self, work: &str, component: Option<&str>) -> Option<PageContent> {
        let work = self.works.get(work)?;
        let title = match component {
            Some(component) => work.components.get(component)?.as_ref().unwrap_or(&work.name),
            None => &work.name,
        };
        Some(PageContent {
            title: title.clone(),
            kind: work.kind.name(),
            place: work.workspace.clone(),
            parameters: work.parameters.clone(),
        })
    }
}
