//! The access to the admin API.

use std::fmt;

/// Access to the admin API.
#[derive(Clone, Default)]
pub struct Guard {
    /// The token that every request has to carry; `None`: none.
    pub token: Option<String>,
    /// Names of hosts beside the loopback ones, in lower case.
    pub hosts: Vec<String>,
}

/// The token is left out, so that no log can show it.
impl fmt::Debug for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guard").field("hosts", &self.hosts).finish_non_exhaustive()
    }
}
