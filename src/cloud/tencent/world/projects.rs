//! Corporations with their users, and projects with their pages and chat.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use crate::domain::{Refusal, Timestamp, User, View};
use crate::world::authorize::find_user;
use crate::world::things::{Things, text_in};
use crate::world::{OwnedThings, PageContent};

/// Everything of the vendor that embeds pages of projects.
#[derive(Clone, Debug, Default)]
pub(super) struct Corporations {
    pub loaded: Arc<LoadedCorporations>,
    /// Things that actions tell of, by corporation. A world without corporations has those of one without a name.
    pub things: OwnedThings,
    /// Whether calls have changed any of them.
    pub has_changes: bool,
}

/// The corporations and projects as a file has them.
#[derive(Debug, Default)]
pub(super) struct LoadedCorporations {
    /// The users of each corporation, by id.
    pub users: HashMap<Arc<str>, HashMap<Arc<str>, User>>,
    pub projects: HashMap<u64, Project>,
    /// The first corporation of the file.
    pub first: Option<Arc<str>>,
}

#[derive(Clone, Debug)]
pub(super) struct Project {
    pub name: String,
    pub corporation: Arc<str>,
    pub embedding: bool,
    pub chat: bool,
    pub validity: Validity,
    pub pages: Arc<HashMap<u64, Page>>,
}

#[derive(Debug)]
pub(super) struct Page {
    pub name: String,
    pub published: bool,
    pub embedding: bool,
    pub validity: Validity,
    pub parameters: Vec<String>,
}

/// From the first moment up to but not including the second; `None`: no end on that side.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Validity {
    pub from: Option<Timestamp>,
    pub until: Option<Timestamp>,
}

impl Validity {
    fn is_valid_at(self, now: Timestamp) -> bool {
        self.from.is_none_or(|from| from <= now) && self.until.is_none_or(|until| now < until)
    }
}

impl Project {
    /// A project that a call made. It can be embedded, as one can of whose embedding a world file says nothing.
    fn without_pages(corporation: Arc<str>) -> Self {
        let (name, pages) = (String::new(), Arc::default());
        Self { name, corporation, embedding: true, chat: false, validity: Validity::default(), pages }
    }

    /// The page that can be seen under this id.
    pub fn published_page(&self, page: u64) -> Option<&Page> {
        self.pages.get(&page).filter(|page| page.published)
    }

    /// Whether the view may be embedded; a page has a switch of its own on top of the project's.
    pub fn allows_embedding(&self, page: Option<&Page>, view: View) -> bool {
        self.embedding && (view != View::Chat || self.chat) && page.is_none_or(|page| page.embedding)
    }
}

impl Corporations {
    /// The project of this id, as calls left it.
    pub fn project(&self, id: u64) -> Option<Cow<'_, Project>> {
        let loaded = self.loaded.projects.get(&id);
        if !self.has_changes {
            return loaded.map(Cow::Borrowed);
        }
        let text = id.to_string();
        let now = |(corporation, things): (&Arc<str>, &Things)| {
            Some((Arc::clone(corporation), things.change_of("projects", &text)?.clone()))
        };
        match (self.things.iter().find_map(now), loaded) {
            (None, loaded) => loaded.map(Cow::Borrowed),
            (Some((corporation, change)), loaded) => {
                let thing = change.thing?;
                let made = loaded.map_or_else(|| Project::without_pages(corporation), Project::clone);
                Some(Cow::Owned(Project { name: text_in(&thing, "name").to_owned(), ..made }))
            }
        }
    }

    /// The user of this id in the corporation.
    pub fn user(&self, corporation: &str, id: &str) -> Option<User> {
        let changed = if self.has_changes { self.things.get(corporation) } else { None };
        find_user(changed, (corporation, id), || self.loaded.users.get(corporation)?.get(id).cloned())
    }

    pub fn page_refusal(
        &self,
        (project, page): (u64, Option<u64>),
        view: View,
        user: Option<&User>,
        now: Timestamp,
    ) -> Option<Refusal> {
        let Some(found) = self.project(project) else {
            return Some(Refusal::ProjectUnknown { project: project.to_string() });
        };
        let shown = page.and_then(|page| found.published_page(page));
        match page {
            Some(page) if shown.is_none() => return Some(Refusal::PageUnknown { page: page.to_string() }),
            _ if !found.allows_embedding(shown, view) => return Some(Refusal::EmbeddingOff {}),
            _ => {}
        }
        if !(found.validity.is_valid_at(now) && shown.is_none_or(|page| page.validity.is_valid_at(now))) {
            return Some(Refusal::OutsideValidity {});
        }
        let user = user.filter(|_| self.has_changes)?;
        let is_there = self.user(&user.organization, &user.id).is_some();
        (!is_there).then(|| Refusal::UserUnknown { user: user.id.to_string() })
    }

    pub fn content_of_page(&self, project: u64, page: Option<u64>, view: View) -> Option<PageContent> {
        let project = self.project(project)?;
        let page = match page {
            Some(page) => Some(project.pages.get(&page)?),
            None => None,
        };
        Some(PageContent {
            title: page.map_or(&project.name, |page| &page.name).clone(),
            kind: view.name(),
            place: project.name.clone(),
            parameters: page.map(|page| page.parameters.clone()).unwrap_or_default(),
        })
    }
}
