//! The keys that calls are signed with.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use super::KeyName;
use crate::sign::KeptKey;

/// A key and what it may do.
#[derive(Clone, PartialEq, Eq)]
pub struct Credential {
    pub vendor: &'static str,
    /// The public half.
    pub id: String,
    pub secret: String,
    pub state: KeyState,
    /// Whether calls must come with one of the session tokens.
    pub temporary: bool,
    pub session_tokens: Vec<String>,
    /// Actions that the account's access policy does not grant.
    pub denied_actions: Vec<String>,
    /// Addresses that alone may use the key; none: any.
    pub allow_addresses: Vec<String>,
    pub deny_addresses: Vec<String>,
    pub role: Role,
    /// The organization that the key calls for, where the vendor has such a thing.
    pub organization: Option<Arc<str>>,
    /// Id of the user behind the key, where it matters.
    pub user: Option<Arc<str>>,
    pub kept_key: KeptKey,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "KeyStateFile")]
pub enum KeyState {
    #[default]
    Active,
    Disabled,
    /// It exists, but is not of the kind that may call this API.
    Unfit,
}

/// The role of the caller in its corporation or organization.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "AlibabaRole")]
pub enum Role {
    /// Administrator of the organization.
    #[default]
    Admin,
    /// Authorized to call the API; as good as an administrator there.
    ApiUser,
    /// Neither: refused as no administrator, or however the action refuses it.
    Member,
    /// Neither: refused as not authorized to call the API.
    Unauthorized,
    /// Member of a workspace: refused only where a workspace administrator is wanted.
    WorkspaceMember,
}

impl Role {
    /// Whether the role does for what only administrators and authorized callers may do.
    pub const fn is_admin(self) -> bool {
        !matches!(self, Self::Member)
    }

    pub const fn is_authorized(self) -> bool {
        !matches!(self, Self::Member | Self::Unauthorized)
    }

    pub const fn is_workspace_admin(self) -> bool {
        matches!(self, Self::Admin | Self::ApiUser)
    }
}

impl Credential {
    /// The user behind the key, or the key's id where the world names none.
    pub fn name(&self) -> &str {
        self.user.as_deref().unwrap_or(&self.id)
    }
}

/// Secrets are left out, so that no log can show them.
impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credential")
            .field("vendor", &self.vendor)
            .field("id", &self.id)
            .field("state", &self.state)
            .field("role", &self.role)
            .field("organization", &self.organization)
            .finish_non_exhaustive()
    }
}

/// The keys of a world.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys {
    list: Arc<Vec<Credential>>,
    /// The id that each of them has in the file.
    in_file: Arc<Vec<Box<str>>>,
    /// Positions in the list; there are few vendors, so they are looked for one by one.
    by_id: Arc<HashMap<String, Vec<usize>>>,
}

impl Keys {
    pub fn new(list: Vec<Credential>) -> Self {
        let in_file = list.iter().map(|key| Box::from(key.id.as_str())).collect();
        Self::with_file_names(list, in_file)
    }

    fn with_file_names(list: Vec<Credential>, in_file: Vec<Box<str>>) -> Self {
        let mut by_id: HashMap<String, Vec<usize>> = HashMap::with_capacity(list.len());
        for (position, key) in list.iter().enumerate() {
            by_id.entry(key.id.clone()).or_default().push(position);
        }
        Self { list: Arc::new(list), in_file: Arc::new(in_file), by_id: Arc::new(by_id) }
    }

    pub fn get(&self, vendor: &str, id: &str) -> Option<&Credential> {
        let positions = self.by_id.get(id)?;
        positions.iter().map(|position| &self.list[*position]).find(|key| key.vendor == vendor)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Credential> {
        self.list.iter()
    }

    /// Whether the others are a copy of these.
    pub fn are(&self, others: &Self) -> bool {
        Arc::ptr_eq(&self.list, &others.list)
    }

    /// The same keys, each under the id and with the secret that `name` gives for it.
    pub fn rename_all(&self, name: &dyn Fn(&Credential) -> (String, String)) -> Self {
        let renamed = self.list.iter().map(|key| {
            let (id, secret) = name(key);
            Credential { id, secret, ..key.clone() }
        });
        Self::with_file_names(renamed.collect(), self.in_file.to_vec())
    }

    /// Each key with its id in the file.
    pub fn named_keys(&self) -> impl Iterator<Item = (&str, &Credential)> {
        self.in_file.iter().map(|name| &**name).zip(self.list.iter())
    }

    /// The keys of the file under other names, in the order of the names. A name that is defined twice is taken once.
    pub fn standing_for(&self, names: &[KeyName]) -> Self {
        let (mut list, mut in_file): (Vec<Credential>, Vec<Box<str>>) = (Vec::new(), Vec::new());
        let mut taken = HashSet::new();
        for name in names {
            let meant = |(id, key): &(&str, &Credential)| *id == name.stands_for && key.vendor == name.vendor;
            let Some((id, key)) = self.named_keys().find(meant) else { continue };
            if taken.insert((name.vendor, name.id.as_str())) {
                list.push(Credential { id: name.id.clone(), secret: name.secret.clone(), ..key.clone() });
                in_file.push(Box::from(id));
            }
        }
        Self::with_file_names(list, in_file)
    }
}
