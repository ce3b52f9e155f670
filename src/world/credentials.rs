//! The keys that calls are signed with.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

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
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyState {
    Active,
    Disabled,
    /// It exists, but is not of the kind that may call this API.
    Unfit,
}

/// What the caller is in its corporation or organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Admin,
    /// Authorized to call the API.
    ApiUser,
    Member,
    /// Refused as not authorized to call the API.
    Unauthorized,
    /// Refused only where a workspace administrator is wanted.
    WorkspaceMember,
}

impl Role {
    /// Whether the role does for what only administrators and authorized callers may do.
    pub(super) const fn is_admin(self) -> bool {
        !matches!(self, Self::Member)
    }

    pub(super) const fn is_authorized(self) -> bool {
        !matches!(self, Self::Member | Self::Unauthorized)
    }

    pub(super) const fn is_workspace_admin(self) -> bool {
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
    /// Positions in the list; there are few vendors, so they are looked for one by one.
    by_id: Arc<HashMap<String, Vec<usize>>>,
}

impl Keys {
    pub fn new(list: Vec<Credential>) -> Self {
        let mut by_id: HashMap<String, Vec<usize>> = HashMap::with_capacity(list.len());
        for (position, key) in list.iter().enumerate() {
            by_id.entry(key.id.clone()).or_default().push(position);
        }
        Self { list: Arc::new(list), by_id: Arc::new(by_id) }
    }

    pub fn get(&self, vendor: &str, id: &str) -> Option<&Credential> {
        let positions = self.by_id.get(id)?;
        positions.iter().map(|position| &self.list[*position]).find(|key| key.vendor == vendor)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Credential> {
        self.list.iter()
    }

    /// The same keys, each under the id and with the secret that `name` gives for it.
    pub fn renamed(&self, name: &dyn Fn(&Credential) -> (String, String)) -> Self {
        let renamed = self.list.iter().map(|key| {
            let (id, secret) = name(key);
            Credential { id, secret, ..key.clone() }
        });
        Self::new(renamed.collect())
    }
}
