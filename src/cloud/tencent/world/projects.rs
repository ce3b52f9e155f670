//! Corporations with their users, and projects with their pages and chat.

use std::collections::HashMap;
use std::sync::Arc;

use crate::domain::{Refusal, Timestamp, User, View};
use crate::world::PageContent;
use crate::world::things::Things;

/// Everything of the vendor that embeds pages of projects.
#[derive(Debug, Default)]
pub(super) struct Corporations {
    /// The users of each corporation, by id.
    pub users: HashMap<Arc<str>, HashMap<Arc<str>, User>>,
    pub projects: HashMap<u64, Project>,
    /// Things that actions tell of, by corporation.
    pub things: HashMap<Arc<str>, Things>,
    /// The things of a key without a corporation, in a world that has none.
    pub nothing: Things,
    /// The first corporation of the file.
    pub first: Option<Arc<str>>,
}

#[derive(Debug)]
pub(super) struct Project {
    pub name: String,
    pub corporation: Arc<str>,
    pub embedding: bool,
    pub chat: bool,
    pub validity: Validity,
    pub pages: HashMap<u64, Page>,
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
    pub fn page_refusal(&self, project: u64, page: Option<u64>, view: View, now: Timestamp) -> Option<Refusal> {
        let Some(found) = self.projects.get(&project) else {
            return Some(Refusal::ProjectUnknown { project: project.to_string() });
        };
        let shown = page.and_then(|page| found.published_page(page));
        match page {
            Some(page) if shown.is_none() => return Some(Refusal::PageUnknown { page: page.to_string() }),
            _ if !found.allows_embedding(shown, view) => return Some(Refusal::EmbeddingOff {}),
            _ => {}
        }
        let valid = found.validity.is_valid_at(now) && shown.is_none_or(|page| page.validity.is_valid_at(now));
        (!valid).then_some(Refusal::OutsideValidity {})
    }

    pub fn content_of_page(&self, project: u64, page: Option<u64>, view: View) -> Option<PageContent> {
        let project = self.projects.get(&project)?;
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
