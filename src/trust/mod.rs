//! Certificates: the authority that an emulator makes for itself, and what it shows to clients of TLS.
//!
//! The only room of real randomness: keys never come from a seed. Times come in as arguments and are those of the wall
//! clock, as clients judge by theirs. What a handshake is belongs to `http`, and files to `cli`.

mod authority;
mod der;
mod keystore;
mod leaf;
mod names;
mod restored;
mod stored;

pub use authority::{Authority, MakeError};
pub use keystore::{KEYSTORE_PASSWORD, write_keystore};
pub use leaf::{Leaf, LeafSubject};
pub use names::Names;
pub use restored::{Unusable, count_own_roots, root_of_pem};
pub use stored::StoredAuthority;

use std::fmt;
use std::sync::Arc;

use crate::domain::Timestamp;

worded! {
    /// The protocols that TLS offers.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum Alpn {
        /// HTTP/1.1 alone, as most damages of answers need it.
        #[default]
        H1 = "h1",
        /// HTTP/2 and HTTP/1.1.
        H2 = "h2",
    }
}

/// The identity of an emulator that speaks TLS: its authority, and the leaves that it has made so far.
pub struct Identity {
    authority: Authority,
    leaves: leaf::Leaves,
    pub alpn: Alpn,
}

impl Identity {
    pub fn new(authority: Authority, alpn: Alpn) -> Self {
        Self { authority, leaves: leaf::Leaves::default(), alpn }
    }

    /// The certificate of the root, in PEM. There is nothing secret in it.
    pub fn root_pem(&self) -> &str {
        self.authority.root_pem()
    }

    /// The certificate of the root.
    pub fn root_der(&self) -> &[u8] {
        self.authority.root_der()
    }

    /// The chain and the key for whoever asks so; `None`: there is none for the name.
    pub fn leaf(&self, shown: LeafSubject<'_>, now: Timestamp) -> Option<Arc<Leaf>> {
        self.leaves.find_or_make(&self.authority, shown, now)
    }

    /// The leaves that are kept, which are never more than there are names.
    pub fn kept_leaves(&self) -> usize {
        self.leaves.count()
    }
}

/// Keys are left out, so that no log can show them.
impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity").field("alpn", &self.alpn).finish_non_exhaustive()
    }
}
