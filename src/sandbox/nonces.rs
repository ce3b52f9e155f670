//! Nonces that were used, so that a request is accepted once.

use std::sync::atomic::{AtomicUsize, Ordering};

use dashmap::DashMap;
use dashmap::mapref::entry::Entry;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::SHARDS;
use crate::domain::Timestamp;

/// The nonces of one sandbox, each kept until its request would be refused as too old anyway.
#[derive(Debug)]
pub struct Nonces {
    until: DashMap<(Box<str>, Box<str>), Timestamp>,
    taken: AtomicUsize,
}

impl Default for Nonces {
    fn default() -> Self {
        Self { until: DashMap::with_shard_amount(SHARDS), taken: AtomicUsize::new(0) }
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

/// After so many new nonces the outdated ones are dropped.
const SWEEP_EVERY: usize = 4096;

impl Nonces {
    /// Those that were taken, as if they had been taken here.
    pub fn of(taken: Vec<Nonce>) -> Self {
        let nonces = Self::default();
        nonces.taken.store(taken.len(), Ordering::Relaxed);
        for Nonce { key, nonce, until } in taken {
            nonces.until.insert((key, nonce), until);
        }
        nonces
    }

    /// Every nonce that is remembered, in no order.
    pub fn all(&self) -> Vec<Nonce> {
        let nonce =
            |(key, nonce): &(Box<str>, Box<str>), until| Nonce { key: key.clone(), nonce: nonce.clone(), until };
        self.until.iter().map(|entry| nonce(entry.key(), *entry.value())).collect()
    }

    /// Takes the nonce for this key; `false` when it was taken before and is still remembered.
    pub fn take(&self, key: &str, nonce: &str, until: Timestamp, now: Timestamp) -> bool {
        let fresh = match self.until.entry((Box::from(key), Box::from(nonce))) {
            Entry::Occupied(mut seen) => {
                let forgotten = *seen.get() < now;
                if forgotten {
                    seen.insert(until);
                }
                forgotten
            }
            Entry::Vacant(place) => {
                place.insert(until);
                true
            }
        };
        if self.taken.fetch_add(1, Ordering::Relaxed) % SWEEP_EVERY == SWEEP_EVERY - 1 {
            self.until.retain(|_, until| *until >= now);
        }
        fresh
    }
}
