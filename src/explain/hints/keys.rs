//! Causes that lie in the key: what stands around its id, and what was taken for it.

use super::{Finding, RefusedCase};
use crate::cloud::vendor_named;
use crate::document::find_nearest;
use crate::domain::Refusal;

/// Signs that come along when an id is copied, with a word for each.
const STRAYS: &[(&[char], &str)] = &[
    (&['\n', '\r'], "a line break"),
    (&[' ', '\t', '\u{a0}', '\u{3000}'], "a blank"),
    (&['"', '\'', '`', '\u{201c}', '\u{201d}', '\u{2018}', '\u{2019}'], "a quote"),
    (&['\u{feff}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\0'], "a sign that nobody sees"),
    (&[',', ';'], "a comma or semicolon"),
    (&['<', '>', '{', '}', '[', ']', '(', ')'], "a bracket"),
];

fn is_stray(sign: char) -> bool {
    STRAYS.iter().any(|(signs, _)| signs.contains(&sign))
}

/// What stands around the text that does not belong to it.
fn named_strays(text: &str) -> String {
    let around = |sign: char| !text.trim_matches(is_stray).contains(sign);
    let there = |(signs, _): &&(&[char], &str)| text.chars().any(|sign| signs.contains(&sign) && around(sign));
    STRAYS.iter().filter(there).map(|(_, word)| *word).collect::<Vec<_>>().join(" and ")
}

/// The vendor's name as people write it.
fn title_of(vendor: &'static str) -> &'static str {
    vendor_named(vendor).map_or(vendor, |vendor| vendor.clients.title)
}

/// The id of a key with something around it.
pub(super) fn stray_signs(case: &RefusedCase<'_>) -> Option<Finding> {
    let Refusal::KeyUnknown { key } = case.refusal else { return None };
    let bare = key.trim_matches(is_stray);
    let known = case.facts.told.world.credential(case.vendor.name, bare).filter(|_| bare != key)?;
    Some(Finding::new(
        format!("The key id was sent with {} around it: the world has {}.", named_strays(key), known.id),
        "Trim the id where the client is set up, and look at the secret beside it: it was likely copied the same way.",
    ))
}

/// The secret where the id belongs. Who signed with the id is told by the signature; this one is enough to see it.
pub(super) fn secret_for_id(case: &RefusedCase<'_>) -> Option<Finding> {
    let Refusal::KeyUnknown { key } = case.refusal else { return None };
    let bare = key.trim_matches(is_stray);
    let mut keys = case.facts.told.world.credentials();
    let known = keys.find(|known| !bare.is_empty() && known.secret == bare)?;
    Some(Finding::new(
        format!("The secret of the key {} was sent in the place of its id.", known.id),
        "Swap id and secret where the client is set up, and use no secret any more that was sent to a real service.",
    ))
}

/// The id of a key that another vendor has.
pub(super) fn key_of_another_vendor(case: &RefusedCase<'_>) -> Option<Finding> {
    let Refusal::KeyUnknown { key } = case.refusal else { return None };
    let bare = key.trim_matches(is_stray);
    let known =
        case.facts.told.world.credentials().find(|known| known.id == bare && known.vendor != case.vendor.name)?;
    let (owner, called) = (title_of(known.vendor), case.vendor.clients.title);
    Some(Finding::new(
        format!("{} is a key of {owner}, and {called} was called.", known.id),
        format!("Give the client a key of {called}."),
    ))
}

/// The id of a key with a slip of the pen in it.
pub(super) fn nearest_key(case: &RefusedCase<'_>) -> Option<Finding> {
    let Refusal::KeyUnknown { key } = case.refusal else { return None };
    let world = &case.facts.told.world;
    let ids: Vec<&str> =
        world.credentials().filter(|known| known.vendor == case.vendor.name).map(|known| known.id.as_str()).collect();
    let meant = find_nearest(key, ids)?;
    Some(Finding::new(
        format!("The world has no key {key}; the nearest is {meant}."),
        format!("Check the id, or use {meant}."),
    ))
}

/// A session token with something around it.
pub(super) fn stray_signs_at_token(case: &RefusedCase<'_>) -> Option<Finding> {
    if !matches!(case.refusal, Refusal::SessionTokenMismatch {}) {
        return None;
    }
    let claim = &case.facts.call.claim;
    let sent = claim.session_token.as_deref()?;
    let key = case.facts.told.world.credential(case.vendor.name, claim.access_key.as_deref()?)?;
    let bare = sent.trim_matches(is_stray);
    key.session_tokens.iter().find(|known| bare != sent && known.as_str() == bare)?;
    Some(Finding::new(
        format!("The session token was sent with {} around it.", named_strays(sent)),
        "Trim the token after reading it.",
    ))
}
