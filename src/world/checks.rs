//! Checks that the parts of a world file share, whatever the vendor.

use std::collections::{BTreeMap, HashSet};
use std::hash::Hash;
use std::net::IpAddr;

use crate::document::{Flaws, Place, quote_text, suggest_near};
use crate::domain::Timestamp;
use crate::time::parse_instant;

/// Ids that were seen, to notice the second of a kind.
pub struct Ids<T> {
    what: &'static str,
    seen: HashSet<T>,
}

impl<T: Eq + Hash + ToString> Ids<T> {
    pub fn of_kind(what: &'static str) -> Self {
        Self { what, seen: HashSet::new() }
    }

    /// Notes a flaw at `place` when the id stood before.
    pub fn add(&mut self, flaws: &mut Flaws, place: &Place<'_>, id: T) {
        let text = id.to_string();
        if !self.seen.insert(id) {
            flaws.at_value(place, format!("{} {} is defined twice", self.what, quote_text(&text)), None);
        }
    }
}

/// Notes a flaw when the text is blank.
pub fn check_filled(flaws: &mut Flaws, place: &Place<'_>, text: &str) {
    if text.trim().is_empty() {
        flaws.at_value(place, "this must not be empty", None);
    }
}

/// Things of a file by their id, in an order that does not change from run to run.
pub type Known<'k, T> = BTreeMap<&'k str, T>;

/// The thing of this id; notes a flaw when there is none.
pub fn find_known<'k, T>(
    flaws: &mut Flaws,
    place: &Place<'_>,
    what: &str,
    id: &str,
    known: &'k Known<'_, T>,
) -> Option<&'k T> {
    let found = known.get(id);
    if found.is_none() {
        // Comparing with every id is dear, and nobody reads that many hints.
        let help = if flaws.are_many() { None } else { suggest_near(id, known.keys().copied()) };
        flaws.at_value(place, format!("unknown {what} {}", quote_text(id)), help);
    }
    found
}

/// A temporary key without a token could never be used.
pub fn check_tokens(flaws: &mut Flaws, place: &Place<'_>, temporary: bool, tokens: &[String]) {
    if temporary && tokens.is_empty() {
        let help = Some("give it `session_tokens: [...]`".to_owned());
        flaws.at_value(&place.key("temporary"), "a temporary key needs a session token", help);
    }
    let place = place.key("session_tokens");
    for (place, token) in place.each_item(tokens) {
        check_filled(flaws, &place, token);
    }
}

pub fn check_addresses(flaws: &mut Flaws, place: &Place<'_>, addresses: &[String]) {
    for (index, address) in addresses.iter().enumerate() {
        if address.parse::<IpAddr>().is_err() {
            flaws.at_value(&place.index(index), format!("invalid IP address {}", quote_text(address)), None);
        }
    }
}

/// The time that the text says, if there is one; notes a flaw when it says none.
pub fn parse_time(flaws: &mut Flaws, place: &Place<'_>, text: Option<&str>) -> Option<Timestamp> {
    parse_instant(text?).map_err(|bad| flaws.at_value(place, bad.message, Some(bad.help))).ok()
}
