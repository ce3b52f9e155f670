//! Putting a state from elsewhere in the place of a sandbox, and what leads calls and visits to it then.
//!
//! A sandbox keeps the keys it was made with. Those that came with the state lead to it as well, unless
//! another sandbox here has them: nobody's calls change their sandbox because somebody loads something.
//! Visits find their ticket here by the tag that it carries, behind the sandbox that has the tag by itself.

use std::sync::Arc;

use super::mint::mint_key;
use super::{DEFAULT, Emulator, Sandbox};
use crate::domain::Assumptions;
use crate::journal::EventDetail;
use crate::sandbox::{SandboxState, SavedState, tag};
use crate::world::{KeyName, World};

/// A sandbox from elsewhere. Everything in it has been checked.
#[derive(Debug)]
pub struct Import {
    /// As its file has it; `keys` says under which names.
    pub world: World,
    pub keys: Vec<KeyName>,
    pub assumptions: Assumptions,
    pub state: SavedState,
}

/// The keys that came along, with the sandboxes that have them.
#[derive(Clone, Debug)]
pub struct Adopted {
    pub keys: Vec<AdoptedKey>,
    pub tickets: usize,
}

#[derive(Clone, Debug)]
pub struct AdoptedKey {
    pub key: KeyName,
    /// The sandbox that calls with the key belong to, where that is another one.
    pub elsewhere: Option<Arc<str>>,
}

/// Further keys and tags that lead to a sandbox.
#[derive(Debug, Default)]
pub(super) struct Guests {
    pub keys: Vec<Box<str>>,
    pub tags: Vec<u32>,
}

/// The parts that a load replaces: the words of [`EventDetail::Reset`].
const EXCHANGED: &[&str] = &["tickets", "clock", "nonces", "rates", "world"];

impl Emulator {
    /// Puts the arrival in the place of the sandbox, in one step; `None` when the sandbox was taken away
    /// meanwhile. The journal stays, and so does what a reset goes back to.
    pub fn import_sandbox(&self, sandbox: &Arc<Sandbox>, arrival: Import) -> Option<Adopted> {
        let Import { world, keys, assumptions, state } = arrival;
        let _minting = self.minting.lock();
        let id = sandbox.id();
        // Nothing may lead to a sandbox that is gone.
        self.find_sandbox(&id).filter(|here| Arc::ptr_eq(here, sandbox))?;
        let own = own_keys(sandbox, &world);
        let all: Vec<KeyName> = keys.iter().chain(&own).cloned().collect();
        let loaded = world.with_keys(&all).with_assumptions(&assumptions);
        let tickets = state.holdings.tickets.len();
        let tag = tag::of_sandbox(&state.stem);
        let loaded_state = SandboxState::of_state(&id, state);
        self.send_guests_away(sandbox);
        let adopted =
            keys.into_iter().map(|key| AdoptedKey { elsewhere: self.key_holder(sandbox, &key.id), key }).collect();
        sandbox.exchange_epoch(|epoch| {
            epoch.state = loaded_state;
            epoch.world = Arc::new(loaded);
        });
        self.lead_to(sandbox, &all, tag);
        sandbox.epoch().publish_event(EventDetail::Reset { what: EXCHANGED.to_vec() });
        Some(Adopted { keys: adopted, tickets })
    }

    /// The other sandbox that calls with the key belong to, if there is one.
    fn key_holder(&self, sandbox: &Arc<Sandbox>, key: &str) -> Option<Arc<str>> {
        let minted = self.by_key.get(key).map(|holder| Arc::clone(&holder));
        let holder = minted.or_else(|| Some(Arc::clone(&self.default)))?;
        let has_it = holder.epoch().world.credentials().any(|known| known.id == key);
        (has_it && !Arc::ptr_eq(&holder, sandbox)).then(|| holder.id())
    }

    fn lead_to(&self, sandbox: &Arc<Sandbox>, keys: &[KeyName], tag: u32) {
        let mut guests = sandbox.guests.lock();
        let id = sandbox.id();
        for KeyName { id: key, .. } in keys {
            let is_led = self.by_key.get(key.as_str()).is_some_and(|holder| Arc::ptr_eq(&holder, sandbox));
            // What nobody has leads to the default sandbox anyway.
            if &*id != DEFAULT && !is_led && self.key_holder(sandbox, key).is_none() {
                self.by_key.insert(Box::from(key.as_str()), Arc::clone(sandbox));
                guests.keys.push(Box::from(key.as_str()));
            }
        }
        if tag != tag::of_sandbox(&id) {
            self.by_tag.entry(tag).or_default().push(Arc::clone(sandbox));
            guests.tags.push(tag);
        }
    }

    /// Takes back what led to the sandbox beside its own name and keys.
    pub(super) fn send_guests_away(&self, sandbox: &Arc<Sandbox>) {
        let guests = std::mem::take(&mut *sandbox.guests.lock());
        for key in guests.keys {
            // A sandbox that was made meanwhile may have the key by itself.
            self.by_key.remove_if(&key, |_, holder| Arc::ptr_eq(holder, sandbox));
        }
        for tag in guests.tags {
            self.leave_tag(tag, sandbox);
        }
    }

    /// No ticket with the tag leads to the sandbox any more.
    pub(super) fn leave_tag(&self, tag: u32, sandbox: &Arc<Sandbox>) {
        if let Some(mut sharing) = self.by_tag.get_mut(&tag) {
            sharing.retain(|other| !Arc::ptr_eq(other, sandbox));
        }
        self.by_tag.remove_if(&tag, |_, sharing| sharing.is_empty());
    }
}

/// The keys that the sandbox has by itself for the keys of the world's file.
fn own_keys(sandbox: &Sandbox, world: &World) -> Vec<KeyName> {
    let (id, seed) = (sandbox.id(), sandbox.epoch().roots.whole.seed);
    let own = world.named_credentials().map(|(stands_for, key)| {
        let (own_id, secret) = if &*id == DEFAULT {
            (key.id.clone(), key.secret.clone())
        } else {
            let own = mint_key(seed, &id, key);
            (own.id, own.secret)
        };
        KeyName { vendor: key.vendor, stands_for: stands_for.to_owned(), id: own_id, secret }
    });
    own.collect()
}
