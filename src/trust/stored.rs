//! An authority as it is kept.

/// An authority as texts in PEM.
#[derive(Clone)]
pub struct StoredAuthority {
    pub root: String,
    pub issuer: String,
    /// The key of the issuer, which is secret.
    pub key: String,
}
