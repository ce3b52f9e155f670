//! Tencent's part of a world: credentials, corporations with their users, and projects with pages and chat.

mod authorize;
mod check_rights;
mod file;
mod file_rights;
mod load;
mod load_things;
mod projects;

use std::sync::Arc;

use crate::cloud::telling::TellingStyle;
use crate::cloud::tencent::envelope::wall_text;
use crate::cloud::world_file::{Section, SectionFile};
use crate::document::{Flaws, Place};
use crate::domain::{Ask, IssueSubject, Order, Reason, Refusal, Target, Timestamp, User};
use crate::world::authorize::make_order;
use crate::world::{Credential, OwnedThings, PageContent, VendorWorld};
use file::TencentFile;
use projects::Corporations;

/// Levels at most of user groups that stand in each other.
pub const MOST_LEVELS: usize = 32;

/// How the vendor tells of things.
pub static TELLING: TellingStyle = TellingStyle {
    references: &[
        ("user", "users"),
        ("owner", "users"),
        ("roles", "roles"),
        ("project", "projects"),
        ("group", "user_groups"),
        ("parent", "user_groups"),
    ],
    wall_time: wall_text,
    null_for_absent: true,
};

/// The owner of the things of a key without a corporation, in a world that has none.
const NOBODY: &str = "";

/// The part of a world file.
pub static SECTION: Section = Section::of::<TencentFile>();

impl SectionFile for TencentFile {
    fn load(&self, place: &Place<'_>, flaws: &mut Flaws) -> (Vec<Credential>, Arc<dyn VendorWorld>) {
        let keys = load::load_keys(self, place, flaws);
        (keys, Arc::new(load::load_corporations(self, place, flaws)))
    }
}

impl VendorWorld for Corporations {
    fn authorize(&self, ask: Ask, caller: &Credential, refuses: &dyn Fn(Reason) -> bool) -> Result<Order, Refusal> {
        match ask {
            Ask::Issue(ask) => match &ask.subject {
                IssueSubject::Page(subject) => {
                    let found = authorize::authorize_issue(self, &ask.account, subject, refuses)?;
                    Ok(make_order(*ask, found))
                }
                IssueSubject::Work(subject) => Err(Refusal::WorkUnknown { work: subject.work.clone() }),
                IssueSubject::Module(subject) => Err(Refusal::WorkUnknown { work: subject.module.clone() }),
            },
            // Every key may act on every ticket.
            Ask::Act { ticket, command } => Ok(Order::Act { ticket, command, reach: None }),
            Ask::Clear { organization, subject } => {
                let targets = authorize::authorize_clear(self, &organization, &subject, caller, refuses)?;
                Ok(Order::Clear { targets })
            }
        }
    }

    fn owner_for(&self, caller: &Credential, _: &dyn Fn(Reason) -> bool) -> Result<Arc<str>, Refusal> {
        // Without a word on it, a key calls for the first corporation of the file.
        let own = caller.organization.as_ref().or(self.loaded.first.as_ref());
        Ok(own.cloned().unwrap_or_else(|| NOBODY.into()))
    }

    fn things(&self) -> &OwnedThings {
        &self.things
    }

    fn with_things(&self, things: OwnedThings) -> Option<Arc<dyn VendorWorld>> {
        Some(Arc::new(Self { things, has_changes: true, loaded: Arc::clone(&self.loaded) }))
    }

    fn visit_refusal(&self, target: &Target, user: Option<&User>, now: Timestamp) -> Option<Refusal> {
        match target {
            Target::Page { project, page, view } => self.page_refusal((*project, *page), *view, user, now),
            Target::Work { work: other, .. } | Target::Module { module: other } => {
                Some(Refusal::WorkUnknown { work: other.to_string() })
            }
        }
    }

    fn page_content(&self, target: &Target) -> Option<PageContent> {
        match target {
            Target::Page { project, page, view } => self.content_of_page(*project, *page, *view),
            Target::Work { .. } | Target::Module { .. } => None,
        }
    }
}
