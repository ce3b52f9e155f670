//! Organizations with their instance, users and works.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::domain::{Refusal, User};
use crate::world::authorize::find_user;
use crate::world::things::{Thing, ThingChange, Things, is_on, text_in};
use crate::world::{OwnedThings, PageContent};

/// Everything of the vendor that embeds works of organizations.
#[derive(Clone, Debug, Default)]
pub(super) struct Organizations {
    pub loaded: Arc<LoadedOrganizations>,
    /// Things that actions tell of, by organization.
    pub things: OwnedThings,
    /// Whether calls have changed any of them.
    pub has_changes: bool,
}

/// The organizations as a file has them.
#[derive(Debug, Default)]
pub(super) struct LoadedOrganizations {
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
    /// The things of the organization, where calls have changed some.
    fn changes_in(&self, organization: &str) -> Option<&Things> {
        if self.has_changes { self.things.get(organization) } else { None }
    }

    /// The change of the work; `None`: no call has changed it.
    fn change_of_work(&self, work: &Work) -> Option<&ThingChange> {
        self.changes_in(&work.organization)?.change_of("works", &work.id)
    }

    /// Whether the work may be embedded.
    pub fn is_embeddable(&self, work: &Work) -> bool {
        let is_on = |change: &ThingChange| change.thing.as_deref().is_some_and(|thing| is_on(thing, "embedding"));
        self.change_of_work(work).map_or(work.embedding, is_on)
    }

    /// The user whom the work belongs to by now.
    pub fn owner(&self, work: &Work) -> User {
        let thing = self.change_of_work(work).and_then(|change| change.thing.as_deref());
        thing
            .map(|thing| text_in(thing, "owner"))
            .and_then(|id| self.user(&work.organization, id))
            .unwrap_or_else(|| work.owner.clone())
    }

    /// The user of this id in the organization.
    pub fn user(&self, organization: &str, id: &str) -> Option<User> {
        let loaded = || Some(self.loaded.by_id.get(organization)?.users.get(id)?.user.clone());
        find_user(self.changes_in(organization), (organization, id), loaded)
    }

    /// The users of the organization with this account name and type.
    pub fn users_by_account(&self, organization: &str, name: &str, kind: i64) -> Vec<User> {
        let loaded = self.loaded.by_id.get(organization).and_then(|organization| organization.accounts.get(name));
        let of_kind = loaded.into_iter().flatten().filter(|(known, _)| *known == kind).map(|(_, user)| user.clone());
        let Some(things) = self.changes_in(organization) else { return of_kind.collect() };
        let made = things
            .new_things("users")
            .filter(|user| text_in(user, "account") == name && user.get("type").and_then(Value::as_i64) == Some(kind));
        let made = made.map(|user| User::new(organization, text_in(user, "id")));
        of_kind.filter(|user| things.find("users", &user.id).is_some()).chain(made).collect()
    }

    /// Whether the id is that of a user of any organization.
    pub fn is_somebody(&self, id: &str) -> bool {
        if self.has_changes {
            return self.things.values().any(|things| things.find("users", id).is_some());
        }
        self.loaded.people.contains(id)
    }

    pub fn work_refusal(&self, work: &str, user: Option<&User>) -> Option<Refusal> {
        let unknown = || Refusal::WorkUnknown { work: work.to_owned() };
        let Some(found) = self.loaded.works.get(work) else { return Some(unknown()) };
        match found.gone {
            Some(Gone::Work) => return Some(unknown()),
            Some(Gone::Dashboard) => return Some(Refusal::DashboardUnknown { work: work.to_owned() }),
            None if !self.is_embeddable(found) => return Some(Refusal::EmbeddingOff {}),
            None => {}
        }
        self.visitor_refusal(user)
    }

    pub fn module_refusal(&self, module: &str, user: Option<&User>) -> Option<Refusal> {
        if self.module(module).is_none() {
            return Some(Refusal::WorkUnknown { work: module.to_owned() });
        }
        self.visitor_refusal(user)
    }

    /// The refusal of a visit as a user that a call has deleted. No page tells of it; a visit as nobody cannot be right.
    fn visitor_refusal(&self, user: Option<&User>) -> Option<Refusal> {
        let user = user.filter(|_| self.has_changes)?;
        let is_there = self.user(&user.organization, &user.id).is_some();
        (!is_there).then(|| Refusal::UserUnknown { user: user.id.to_string() })
    }

    /// The module of this id in any organization: a link names the module alone.
    fn module(&self, id: &str) -> Option<&Thing> {
        let kinds = ["copilot_modules", "ai_pro_modules"];
        self.things.values().find_map(|things| kinds.iter().find_map(|kind| things.find(kind, id)))
    }

    pub fn content_of_module(&self, id: &str) -> Option<PageContent> {
        let module = self.module(id)?;
        let names = [text_in(module, "show_name"), text_in(module, "module_name"), id];
        let title = names.into_iter().find(|name| !name.is_empty()).unwrap_or(id).to_owned();
        Some(PageContent {
            title,
            kind: "chat",
            place: text_in(module, "agent_name").to_owned(),
            parameters: Vec::new(),
        })
    }

    /// The first user of the organization.
    pub fn first_user(&self, organization: &str) -> Option<User> {
        let first = self.things.get(organization)?.all("users").next()?;
        Some(User::new(organization, text_in(first, "id")))
    }

    pub fn content_of_work(&self, work: &str, component: Option<&str>) -> Option<PageContent> {
        let work = self.loaded.works.get(work)?;
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
