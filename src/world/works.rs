//! Organizations with their instance, users and works.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::Exhibit;
use crate::domain::{Refusal, User};

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
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Instance {
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
    /// Whose workspace it is in, which may be somebody else's.
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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WorkKind {
    Dashboard,
    Workbook,
    Screen,
    Retrieval,
    Analysis,
    DataEntry,
}

/// As what a deleted work is missed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gone {
    Work,
    Dashboard,
}

impl WorkKind {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Dashboard => "dashboard",
            Self::Workbook => "workbook",
            Self::Screen => "screen",
            Self::Retrieval => "retrieval",
            Self::Analysis => "analysis",
            Self::DataEntry => "data-entry",
        }
    }
}

impl Organizations {
    pub fn gate(&self, work: &str) -> Option<Refusal> {
        let Some(found) = self.works.get(work) else { return Some(Refusal::WorkUnknown { work: work.to_owned() }) };
        match found.gone {
            Some(Gone::Work) => Some(Refusal::WorkUnknown { work: work.to_owned() }),
            Some(Gone::Dashboard) => Some(Refusal::DashboardUnknown { work: work.to_owned() }),
            None => (!found.embedding).then_some(Refusal::EmbeddingOff {}),
        }
    }

    pub fn exhibit(&self, work: &str, component: Option<&str>) -> Option<Exhibit> {
        let work = self.works.get(work)?;
        let title = match component {
            Some(component) => work.components.get(component)?.as_ref().unwrap_or(&work.name),
            None => &work.name,
        };
        Some(Exhibit {
            title: title.clone(),
            kind: work.kind.word(),
            place: work.workspace.clone(),
            parameters: work.parameters.clone(),
        })
    }
}
