//! The usual mistakes of clients that sign by themselves, as rows.
//!
//! A row says in which step a client went astray. Rows of this folder are about steps that several
//! recipes share; a vendor's own stand beside its recipes. Who walks the rows is `explain`.

mod canonical;
mod pairs;
mod request;
mod secret;

use super::recipe::{CanonicalRecipe, QueryRecipe};
use super::{CheckInput, Vendor};
use crate::call::{RawRequest, Scheme, SchemeForm, SignedHost};
pub(super) use pairs::without_pairs;
pub(super) use request::with_hosts;

/// A signing mistake, and what to change.
pub struct Mistake {
    /// Unique among the rows of a scheme, in kebab case.
    pub name: &'static str,
    /// The recipes that the row is about.
    pub schemes: Schemes,
    /// One sentence: what the client did.
    pub says: &'static str,
    /// One sentence: what to change.
    pub advice: &'static str,
    /// The ways in which it is done; any of them makes the row hold.
    pub slips: &'static [Slip],
}

/// One way to go astray: what a client may have taken in place of what is right.
pub enum Slip {
    /// Other secrets.
    Secret(fn(&SignedSubject<'_>) -> Vec<String>),
    /// Other requests than the one that was sent.
    Request(fn(&RawRequest) -> Vec<RawRequest>),
    /// Other steps of a newer recipe.
    Canonical(fn(&CanonicalRecipe, &SignedSubject<'_>) -> Vec<CanonicalRecipe>),
    /// Other steps of an older recipe.
    Pairs(fn(&QueryRecipe, &SignedSubject<'_>) -> Vec<QueryRecipe>),
    /// None: the signature is right, and what it covers is wrong at first sight.
    Claim(fn(&CheckInput<'_>) -> bool),
}

/// A request and the secrets that it may have been signed with.
///
/// It has no `Debug`, so that no log can show the secrets.
pub struct SignedSubject<'a> {
    pub look: CheckInput<'a>,
    /// The key whose signature is looked for.
    pub id: &'a str,
    pub secret: &'a str,
    /// The secrets of the vendor's other keys.
    pub siblings: Vec<&'a str>,
    /// The secrets of other vendors' keys.
    pub strangers: Vec<&'a str>,
}

impl SignedSubject<'_> {
    /// Whether the secret travels where the id belongs.
    pub fn is_swapped(&self) -> bool {
        self.look.call.claim.access_key.as_deref() == Some(self.secret)
    }
}

/// The rows about a recipe of the vendor, in the order in which they are tried.
pub fn mistakes_of(vendor: &Vendor, scheme: Scheme) -> impl Iterator<Item = &'static Mistake> {
    let shared = [secret::ROWS, request::ROWS, canonical::ROWS, pairs::ROWS];
    let own = vendor.catalog.mistakes.iter().copied();
    shared.into_iter().chain(own).flatten().filter(move |row| row.schemes.has(scheme))
}

/// The recipes that a row is about.
pub enum Schemes {
    /// Every one.
    Every,
    /// The recipes with a canonical request.
    Canonical,
    /// The recipes that sign sorted parameters.
    Pairs,
    /// The recipes that cover the host.
    WithHost,
    /// The recipes that cover the host exactly as it was sent.
    WithExactHost,
    /// These alone.
    These(&'static [Scheme]),
}

impl Schemes {
    fn has(&self, scheme: Scheme) -> bool {
        match self {
            Self::Every => scheme.form != SchemeForm::Unsigned,
            Self::Canonical => scheme.form == SchemeForm::Canonical,
            Self::Pairs => scheme.form == SchemeForm::Pairs,
            Self::WithHost => scheme.host != SignedHost::NotCovered,
            Self::WithExactHost => scheme.host == SignedHost::AsSent,
            Self::These(schemes) => schemes.contains(&scheme),
        }
    }
}

/// The draft with one step taken otherwise.
pub(super) fn with_edit<D: Clone>(draft: &D, edit: impl FnOnce(&mut D)) -> Vec<D> {
    let mut draft = draft.clone();
    edit(&mut draft);
    vec![draft]
}

/// One draft for each of the choices.
pub(super) fn with_each<D: Clone, T>(
    draft: &D,
    choices: impl IntoIterator<Item = T>,
    edit: impl Fn(&mut D, T),
) -> Vec<D> {
    let altered = |choice| {
        let mut draft = draft.clone();
        edit(&mut draft, choice);
        draft
    };
    choices.into_iter().map(altered).collect()
}
