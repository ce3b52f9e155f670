//! The secrets of all sandboxes, so that what one of them shows is covered for every other one.
//!
//! There may be tens of thousands. So a text is not searched for each of them, but each place of it is looked up.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use parking_lot::{RwLock, RwLockReadGuard};

use super::disguise;
use crate::world::World;

/// The secrets that are in use, by their first bytes.
#[derive(Debug, Default)]
pub struct Secrets(RwLock<ByStart>);

/// A secret stands in a list as often as there are worlds that have it.
type ByStart = HashMap<u64, Vec<Arc<str>>, BuildHasherDefault<StartHasher>>;

/// The secrets of one world for as long as this lives.
#[derive(Debug)]
pub struct Lease {
    secrets: Arc<Secrets>,
    world: Arc<World>,
}

impl Secrets {
    /// Covers the secrets of the world until the lease is dropped.
    pub fn lease_world(self: &Arc<Self>, world: &Arc<World>) -> Lease {
        let mut known = self.0.write();
        for (start, secret) in starts_of(world) {
            known.entry(start).or_default().push(secret.into());
        }
        Lease { secrets: Arc::clone(self), world: Arc::clone(world) }
    }

    /// The secrets, for looking up many places of a text. Whoever holds this holds up whoever makes a sandbox.
    pub(super) fn open(&self) -> Opened<'_> {
        Opened(self.0.read())
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let mut known = self.secrets.0.write();
        for (start, secret) in starts_of(&self.world) {
            let Some(list) = known.get_mut(&start) else { continue };
            if let Some(index) = list.iter().position(|known| **known == *secret) {
                list.swap_remove(index);
            }
            if list.is_empty() {
                known.remove(&start);
            }
        }
    }
}

/// A text of so few letters may stand anywhere, so only its own sandbox covers it: those have no start.
fn starts_of(world: &World) -> impl Iterator<Item = (u64, &str)> {
    let secrets = world.credentials().flat_map(|key| std::iter::once(&key.secret).chain(&key.session_tokens));
    secrets.filter_map(|secret| Some((disguise::start_of(secret.as_bytes())?, secret.as_str())))
}

pub(super) struct Opened<'s>(RwLockReadGuard<'s, ByStart>);

impl Opened<'_> {
    pub fn beginning_with(&self, start: u64) -> &[Arc<str>] {
        self.0.get(&start).map_or(&[], Vec::as_slice)
    }
}

/// Secrets are no choice of an attacker, so their first bytes need no more mixing than this.
#[derive(Debug, Default)]
pub(super) struct StartHasher(u64);

impl Hasher for StartHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(self.0 << 8 | u64::from(*byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        let mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ mixed >> 32;
    }
}
