//! Making a sandbox with keys of its own, and taking it away again.

use std::sync::Arc;

use super::{Beginning, DEFAULT, Emulator, Roots, Sandbox, SandboxOptions};
use crate::bounds::SANDBOX_NAME;
use crate::sandbox::tag;
use crate::sign::sha256_hex;
use crate::world::Credential;

/// A new sandbox.
#[derive(Debug)]
pub struct Minted {
    pub sandbox: Arc<Sandbox>,
    /// Its keys, in the order of the world's.
    pub keys: Vec<MintedKey>,
}

/// A key of a new sandbox, and the key of the world that it stands for.
#[derive(Clone)]
pub struct MintedKey {
    pub vendor: &'static str,
    /// The id that the key has in the world's file.
    pub stands_for: String,
    pub id: String,
    pub secret: String,
}

/// The secret is left out, so that no log can show it.
impl std::fmt::Debug for MintedKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MintedKey").field("vendor", &self.vendor).field("id", &self.id).finish_non_exhaustive()
    }
}

/// Why there is no new sandbox.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unminted {
    #[error("there is a sandbox \"{0}\" already")]
    Taken(String),
    #[error("too many sandboxes: at most {0} at a time")]
    TooMany(usize),
    #[error("invalid sandbox name \"{0}\": 1 to 64 letters, digits, `.`, `_` and `-`")]
    BadName(String),
}

/// Sandboxes made without a name so far.
pub(super) type Counter = u64;

/// Length of the secrets that are made.
const SECRET_LENGTH: usize = 32;

/// Letters of a key id that stay: vendors' clients and people tell keys by them.
const PREFIX_LENGTH: usize = 4;

/// Length of a key id at least, so that none can be met by chance.
const KEY_LENGTH: usize = 24;

impl Emulator {
    /// Makes a sandbox with keys of its own.
    ///
    /// Everything about it depends on its name, its seed, its world and its calls; the keys, too.
    ///
    /// # Errors
    ///
    /// [`Unminted`]; nothing was made then.
    pub fn create_sandbox(&self, mut wish: SandboxOptions) -> Result<Minted, Unminted> {
        let mut unnamed = self.minting.lock();
        let name = match wish.name.take() {
            Some(name) => self.claim_name(name)?,
            None => loop {
                *unnamed += 1;
                if let Ok(name) = self.claim_name(format!("sandbox-{unnamed}")) {
                    break name;
                }
            },
        };
        let held = self.load.sandboxes.hold(1).ok_or_else(|| Unminted::TooMany(self.load.sandboxes.most()))?;
        let origin = wish.origin.take();
        // As the default sandbox was made, whatever is played in it now, apart from rules that name sandboxes.
        let default = self.default.epoch();
        let base = Beginning { rules: default.beginning.rules.clone(), ..Beginning::clone(&default.roots.whole) };
        let Roots { whole, bare } = wish.derive_roots(&base);
        let seed = whole.seed;
        let keys: Vec<MintedKey> = whole.world.credentials().map(|key| mint_key(seed, &name, key)).collect();
        let rekeyed = |beginning: &Beginning| {
            let world = beginning.world.with_renamed_keys(&|key| {
                let new = mint_key(seed, &name, key);
                (new.id, new.secret)
            });
            Arc::new(Beginning { world: Arc::new(world), ..beginning.clone() })
        };
        let roots = Roots { whole: rekeyed(&whole), bare: rekeyed(&bare) };
        let sandbox =
            Arc::new(Sandbox::new(&name, origin, roots.clone(), self.journal, self.shared.clone()).holding(held));
        for key in roots.credentials() {
            self.by_key.insert(Box::from(key.id.as_str()), Arc::clone(&sandbox));
        }
        // In front of those that were only loaded with tickets of this name.
        self.by_tag.entry(tag::of_sandbox(&name)).or_default().insert(0, Arc::clone(&sandbox));
        self.sandboxes.others.insert(name.into(), Arc::clone(&sandbox));
        Ok(Minted { sandbox, keys })
    }

    /// Takes a sandbox away, and keeps its journal; `false` when there is none of this id, or it is the one that stays.
    pub fn remove_sandbox(&self, id: &str) -> bool {
        let _unnamed = self.minting.lock();
        let Some((_, gone)) = self.sandboxes.others.remove(id) else { return false };
        for key in gone.epoch().roots.credentials() {
            self.by_key.remove_if(key.id.as_str(), |_, holder| Arc::ptr_eq(holder, &gone));
        }
        gone.leave_place();
        self.send_guests_away(&gone);
        self.leave_tag(tag::of_sandbox(id), &gone);
        self.sandboxes.departed.keep_journal(&gone, self.journal);
        true
    }

    fn claim_name(&self, name: String) -> Result<String, Unminted> {
        let is_fit = |sign: char| sign.is_ascii_alphanumeric() || "._-".contains(sign);
        // A client may take a segment of dots out of a path, and then another thing is meant.
        let is_dots = name.chars().all(|sign| sign == '.');
        if is_dots || name.len() > SANDBOX_NAME.most || !name.chars().all(is_fit) {
            return Err(Unminted::BadName(name));
        }
        if name == DEFAULT || self.sandboxes.others.contains_key(name.as_str()) {
            return Err(Unminted::Taken(name));
        }
        Ok(name)
    }
}

/// The key that stands for `key` in the sandbox.
pub(super) fn mint_key(seed: u64, sandbox: &str, key: &Credential) -> MintedKey {
    let digits = |what: &str| sha256_hex(format!("{what}/{seed}/{sandbox}/{}/{}", key.vendor, key.id).as_bytes());
    let prefix: String = key.id.chars().take(PREFIX_LENGTH).collect();
    let rest = key.id.len().max(KEY_LENGTH) - prefix.len();
    MintedKey {
        vendor: key.vendor,
        stands_for: key.id.clone(),
        id: format!("{prefix}{}", digits("id").chars().take(rest).collect::<String>()),
        secret: digits("secret").chars().take(SECRET_LENGTH).collect(),
    }
}
