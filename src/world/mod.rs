//! The things of one world: who may call, and what there is to be embedded.
//!
//! A [`World`] never changes once it is loaded, and cloning one copies no things. Calls that change things put another
//! world in its place, which shares everything else with it. Tickets, clocks and everything else that moves live
//! elsewhere.
//! [`World::authorize`] turns what a call asks for into an order whose parts all exist and are
//! allowed, or into the refusal that a vendor documents for it.

mod answers;
pub mod authorize;
pub mod checks;
mod credentials;
pub mod things;
mod unsupported;
mod vendor;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::domain::{Ask, Assumptions, Order, Reason, Refusal, Target, Timestamp, User};
pub use answers::{UnfitAnswer, UnfitAnswers, parse_answers};
use credentials::Keys;
pub use credentials::{Credential, KeyState, Role};
use things::{ThingNote, Things};
pub use unsupported::Unsupported;
pub use vendor::{OwnedThings, PageContent, VendorWorld, VisitorFact};

/// The text of the world that is there without any file.
pub const DEMO: &str = include_str!("../../fixtures/demo.yaml");

/// One world.
#[derive(Clone, Debug)]
pub struct World {
    pub name: String,
    /// One sentence on what it is for.
    pub about: Option<String>,
    pub assumptions: Assumptions,
    pub unsupported: Unsupported,
    /// The file that it was loaded from, secrets included.
    text: WorldText,
    keys: Keys,
    /// The things of each vendor.
    parts: Arc<[(&'static str, Arc<dyn VendorWorld>)]>,
    /// The world without what calls changed; `None`: this one.
    unchanged: Option<Arc<World>>,
}

/// A switch of a file that is on when it is left out.
pub const fn yes() -> bool {
    true
}

/// The text of a world file. It is left out of debug output, so that no log can show the secrets in it.
#[derive(Clone)]
struct WorldText(Arc<str>);

impl fmt::Debug for WorldText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Text")
    }
}

/// A key that stands for one of the file.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyName {
    pub vendor: &'static str,
    /// The id that the key has in the file.
    pub stands_for: String,
    pub id: String,
    pub secret: String,
}

/// The secret is left out, so that no log can show it.
impl fmt::Debug for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyName").field("vendor", &self.vendor).field("id", &self.id).finish_non_exhaustive()
    }
}

impl World {
    /// A world of these keys and things. `text` is the file that it was loaded from, secrets included.
    pub(crate) fn new(
        name: String,
        about: Option<String>,
        assumptions: Assumptions,
        text: &str,
        keys: Vec<Credential>,
        parts: Vec<(&'static str, Arc<dyn VendorWorld>)>,
    ) -> Self {
        let (text, keys, parts) = (WorldText(text.into()), Keys::new(keys), parts.into());
        Self { name, about, assumptions, unsupported: Unsupported::default(), text, keys, parts, unchanged: None }
    }

    /// The key of this id.
    pub fn credential(&self, vendor: &str, id: &str) -> Option<&Credential> {
        self.keys.get(vendor, id)
    }

    /// Every key, in the order of the file.
    pub fn credentials(&self) -> impl Iterator<Item = &Credential> {
        self.keys.iter()
    }

    /// The text of the file that it was loaded from. There are secrets in it.
    pub fn source_text(&self) -> &str {
        &self.text.0
    }

    /// Every key with the id that it has in the file, in the order of the file.
    pub fn named_credentials(&self) -> impl Iterator<Item = (&str, &Credential)> {
        self.keys.named_keys()
    }

    /// The same world with other keys: each with the vendor and the id of the key of the file that it
    /// stands for, and its own id and secret. Names that the file has no key for are left out.
    #[must_use]
    pub fn with_keys(&self, names: &[KeyName]) -> Self {
        self.alter(|world| Self { keys: world.keys.standing_for(names), ..world.clone() })
    }

    /// The same world whose keys have the ids and secrets that `name` gives for each of them. The
    /// order of the keys stays.
    #[must_use]
    pub fn with_renamed_keys(&self, name: &dyn Fn(&Credential) -> (String, String)) -> Self {
        self.alter(|world| Self { keys: world.keys.rename_all(name), ..world.clone() })
    }

    /// The same world with other answers to open questions, where `answers` has some.
    #[must_use]
    pub fn with_answers(&self, answers: &Assumptions) -> Self {
        self.alter(|world| Self { assumptions: world.assumptions.overlaid_by(answers), ..world.clone() })
    }

    /// The same world with these answers alone.
    #[must_use]
    pub fn with_assumptions(&self, assumptions: &Assumptions) -> Self {
        self.alter(|world| Self { assumptions: assumptions.clone(), ..world.clone() })
    }

    /// This world with the alteration, which the one without changes gets too.
    fn alter(&self, alter: impl Fn(&Self) -> Self) -> Self {
        Self { unchanged: self.unchanged.as_ref().map(|world| Arc::new(alter(world))), ..alter(self) }
    }

    /// The world without what calls changed, for whoever keeps many worlds.
    pub fn before_changes(self: &Arc<Self>) -> Arc<Self> {
        Arc::clone(self.unchanged.as_ref().unwrap_or(self))
    }

    pub const fn has_changes(&self) -> bool {
        self.unchanged.is_some()
    }

    /// Notes on the changes of things of the vendor's that have one of the ids.
    pub fn notes_on<'i>(&self, vendor: &str, ids: impl Iterator<Item = &'i str>) -> Vec<ThingNote> {
        let owned = self.things(vendor).into_iter().flat_map(BTreeMap::values);
        ids.flat_map(|id| owned.clone().flat_map(move |things| things.notes_on_id(id))).collect()
    }

    pub fn has_same_keys(&self, other: &Self) -> bool {
        self.keys.are(&other.keys)
    }

    /// Whether the other has all that was loaded for this one, and what calls changed since.
    pub fn is_part_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.text.0, &other.text.0) && (self.unchanged.is_none() || other.unchanged.is_some())
    }

    /// The things of each of the vendor's owners.
    pub fn things(&self, vendor: &str) -> Option<&OwnedThings> {
        self.part_of(vendor).map(VendorWorld::things)
    }

    /// The same world where calls changed things of the vendor's.
    #[must_use]
    pub fn with_things(self: &Arc<Self>, vendor: &str, things: OwnedThings) -> Self {
        let mut things = Some(things);
        let mut part = |name: &'static str, part: &Arc<dyn VendorWorld>| {
            let things = if name == vendor { things.take() } else { None };
            (name, things.and_then(|things| part.with_things(things)).unwrap_or_else(|| Arc::clone(part)))
        };
        let parts = self.parts.iter().map(|(name, old)| part(name, old)).collect();
        Self { parts, unchanged: Some(self.before_changes()), ..World::clone(self) }
    }

    /// Resolves what a call asks for.
    ///
    /// `refuses` says whether the called action can answer with a reason at all; a check whose
    /// reason it cannot give is skipped, because the vendor documents no such refusal there.
    ///
    /// # Errors
    ///
    /// The first refusal in the order of the vendor's checks.
    pub fn authorize(&self, ask: Ask, caller: &Credential, refuses: &dyn Fn(Reason) -> bool) -> Result<Order, Refusal> {
        match self.part_of(caller.vendor) {
            Some(part) => part.authorize(ask, caller, refuses),
            // A key comes with the things of its vendor.
            None => Err(Refusal::CallerInvalid {}),
        }
    }

    /// The owner whose things the caller may be told of and change, and those things. `refuses` is as in
    /// [`Self::authorize`].
    ///
    /// # Errors
    ///
    /// The first refusal in the order of the vendor's checks.
    pub fn things_for(
        &self,
        caller: &Credential,
        refuses: &dyn Fn(Reason) -> bool,
    ) -> Result<(Arc<str>, &Things), Refusal> {
        let part = self.part_of(caller.vendor).ok_or(Refusal::CallerInvalid {})?;
        let owner = part.owner_for(caller, refuses)?;
        let things = part.things().get(&owner).ok_or(Refusal::OrganizationUnknown {})?;
        Ok((owner, things))
    }

    /// The refusal of a visit to the vendor's `target` as `user` at `now`, if it is refused.
    pub fn visit_refusal(&self, vendor: &str, target: &Target, user: Option<&User>, now: Timestamp) -> Option<Refusal> {
        self.part_of(vendor)?.visit_refusal(target, user, now)
    }

    /// The content of a page about the vendor's target; `None` when the world has no such thing.
    pub fn page_content(&self, vendor: &str, target: &Target) -> Option<PageContent> {
        self.part_of(vendor)?.page_content(target)
    }

    /// Lines of a page about the vendor's target on the user it is opened as.
    pub fn visitor_facts(&self, vendor: &str, target: &Target, user: Option<&User>) -> Vec<VisitorFact> {
        self.part_of(vendor).map(|part| part.visitor_facts(target, user)).unwrap_or_default()
    }

    /// A thing of the vendor's for the fact of this name; `None` when the world has none.
    pub fn example_of(&self, vendor: &str, fact: &str) -> Option<String> {
        self.part_of(vendor)?.example_of(fact)
    }

    fn part_of(&self, vendor: &str) -> Option<&dyn VendorWorld> {
        self.parts.iter().find(|(name, _)| *name == vendor).map(|(_, part)| &**part)
    }
}
