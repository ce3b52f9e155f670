//! The things of one vendor, as the vendor's own half of a world has them.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::Credential;
use super::things::Things;
use crate::domain::{Ask, Order, Reason, Refusal, Target, Timestamp, User};

/// The things of one vendor: what tickets open, and whom they open it as.
pub trait VendorWorld: fmt::Debug + Send + Sync {
    /// Resolves what a call asks for, see [`super::World::authorize`].
    ///
    /// # Errors
    ///
    /// The first refusal in the order of the vendor's checks.
    fn authorize(&self, ask: Ask, caller: &Credential, refuses: &dyn Fn(Reason) -> bool) -> Result<Order, Refusal>;

    /// The owner whose things the caller may be told of and change.
    ///
    /// # Errors
    ///
    /// The first refusal in the order of the vendor's checks.
    fn owner_for(&self, _caller: &Credential, _refuses: &dyn Fn(Reason) -> bool) -> Result<Arc<str>, Refusal> {
        Err(Refusal::CallerInvalid {})
    }

    /// The things of each owner.
    fn things(&self) -> &OwnedThings {
        static NONE: OwnedThings = BTreeMap::new();
        &NONE
    }

    /// The same with other things, of which calls changed some; `None` of a vendor whose actions change nothing.
    fn with_things(&self, _things: OwnedThings) -> Option<Arc<dyn VendorWorld>> {
        None
    }

    /// The refusal of a visit to `target` as `user` at `now`, if it is refused.
    fn visit_refusal(&self, target: &Target, user: Option<&User>, now: Timestamp) -> Option<Refusal>;

    /// The content of a page about the target; `None` when there is no such thing.
    fn page_content(&self, target: &Target) -> Option<PageContent>;

    /// Lines of a page about the target on the user it is opened as.
    fn visitor_facts(&self, _target: &Target, _user: Option<&User>) -> Vec<VisitorFact> {
        Vec::new()
    }

    /// A thing for the fact of this name, the same each time, for a message that has to name one.
    fn example_of(&self, _fact: &str) -> Option<String> {
        None
    }
}

/// The things of each owner, by its id.
pub type OwnedThings = BTreeMap<Arc<str>, Things>;

/// A line on the user that a page is opened as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitorFact {
    /// `tag`, `rule` or `module`.
    pub kind: &'static str,
    /// The tag, the data set that the rule is of, or the module.
    pub name: String,
    pub text: String,
}

/// The content of a page about a target.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageContent {
    pub title: String,
    /// One word for what it is: `page`, `board`, `chat`, `dashboard`, `screen` and so on.
    pub kind: &'static str,
    /// The project or workspace that it belongs to.
    pub place: String,
    /// Names of the parameters that it takes.
    pub parameters: Vec<String>,
}
