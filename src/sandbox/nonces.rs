//! Nonces that were used, so that a request is accepted once.

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::map::Map;
use super::sync::{Entry, Mutex};
use crate::bounds::NONCE;
use crate::domain::Timestamp;
use crate::sign::sha256_hex;

/// The nonces of one sandbox, each kept until its request would be refused as too old anyway.
#[derive(Debug, Default)]
pub struct Nonces {
    until: Map<Arc<NonceName>, Timestamp>,
    /// The nonces that end after each second.
    ends: Mutex<BTreeMap<Timestamp, Vec<Arc<NonceName>>>>,
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct NonceName {
    key: Box<str>,
    nonce: Box<str>,
}

impl NonceName {
    /// A nonce that is longer than anybody's is remembered by its digest.
    fn bounded(key: &str, nonce: &str) -> Self {
        let nonce = if nonce.len() > NONCE.most { sha256_hex(nonce.as_bytes()).into() } else { nonce.into() };
        Self { key: key.into(), nonce }
    }
}

/// A nonce that was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Nonce {
    pub key: Box<str>,
    pub nonce: Box<str>,
    /// The last second at which it is remembered.
    pub until: Timestamp,
}

/// Outdated nonces that are dropped with each new one: more than come, and few enough to hold up nobody.
const SWEPT: usize = 4;

impl Nonces {
    /// A store of these nonces, as if they had been taken here.
    pub fn from_list(taken: Vec<Nonce>) -> Self {
        let nonces = Self::default();
        for Nonce { key, nonce, until } in taken {
            nonces.remember(Arc::new(NonceName { key, nonce }), until, until);
        }
        nonces
    }

    /// Nonces that are remembered.
    pub fn count(&self) -> usize {
        self.until.len()
    }

    /// Every nonce that is remembered, in no order.
    pub fn all_taken(&self) -> Vec<Nonce> {
        let nonce = |name: &NonceName, until| Nonce { key: name.key.clone(), nonce: name.nonce.clone(), until };
        self.until.iter().map(|entry| nonce(entry.key(), *entry.value())).collect()
    }

    /// Takes the nonce for this key; `false` when it was taken before and is still remembered.
    pub fn take_nonce(&self, key: &str, nonce: &str, until: Timestamp, now: Timestamp) -> bool {
        let is_fresh = self.remember(Arc::new(NonceName::bounded(key, nonce)), until, now);
        for (ended, name) in self.take_outdated(now) {
            // It may have been taken again meanwhile.
            self.until.remove_if(&name, |until| *until == ended);
        }
        is_fresh
    }

    /// Gives the nonce back, as if its request had not come.
    pub fn give_back(&self, key: &str, nonce: &str) {
        self.until.remove_if(&Arc::new(NonceName::bounded(key, nonce)), |_| true);
    }

    fn remember(&self, name: Arc<NonceName>, until: Timestamp, now: Timestamp) -> bool {
        let is_fresh = self.until.with_entry(Arc::clone(&name), |place| match place {
            Entry::Occupied(seen) if *seen.get() >= now => false,
            Entry::Occupied(mut seen) => {
                seen.insert(until);
                true
            }
            Entry::Vacant(place) => {
                place.insert(until);
                true
            }
        });
        if is_fresh {
            self.ends.lock().entry(until).or_default().push(name);
        }
        is_fresh
    }

    /// A few of those that are remembered no more at `now`.
    fn take_outdated(&self, now: Timestamp) -> Vec<(Timestamp, Arc<NonceName>)> {
        let mut ends = self.ends.lock();
        let mut outdated = Vec::new();
        while outdated.len() < SWEPT {
            let Some(mut first) = ends.first_entry().filter(|first| *first.key() < now) else { break };
            let until = *first.key();
            match first.get_mut().pop() {
                Some(name) => outdated.push((until, name)),
                None => _ = first.remove(),
            }
        }
        outdated
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_is_taken_once_until_it_is_outdated_and_no_outdated_one_stays() {
        let nonces = Nonces::default();
        let at = Timestamp::from_unix;
        assert!(nonces.take_nonce("key", "one", at(10), at(0)));
        assert!(!nonces.take_nonce("key", "one", at(10), at(10)));
        assert!(nonces.take_nonce("other", "one", at(10), at(10)));
        assert!(nonces.take_nonce("key", "one", at(20), at(11)), "it was outdated");
        assert!(!nonces.take_nonce("key", "one", at(30), at(11)), "what is swept with it is the older one");
        for number in 0..1000 {
            assert!(nonces.take_nonce("key", &number.to_string(), at(100), at(12)));
        }
        for number in 0..500 {
            assert!(nonces.take_nonce("key", &format!("next {number}"), at(200), at(150)));
        }
        assert_eq!(nonces.all_taken().len(), 500);
    }
}
