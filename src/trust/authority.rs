//! A root and an issuer. The key of the root signs the issuer and is gone, so nobody can ever make another issuer.

use std::fmt;
use std::fmt::Write as _;

use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, PublicKeyData,
};
use rustls::pki_types::CertificateDer;
use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;

use super::names::Names;
use super::stored::StoredAuthority;
use crate::domain::Timestamp;

/// The beginning of the name of every root.
pub(super) const ROOT_NAME: &str = "Ticketbooth local root, do not install";

/// One day, in seconds.
pub(super) const DAY: i64 = 86_400;

/// The life of an authority.
const LIFE_DAYS: i64 = 365;

/// A certificate could not be made.
#[derive(Debug, thiserror::Error)]
#[error("cannot make a certificate: {0}")]
pub struct MakeError(#[from] rcgen::Error);

/// An authority that signs leaves for its names and for nothing else.
pub struct Authority {
    root: CertificateDer<'static>,
    root_pem: String,
    pub(super) issuer: CertificateDer<'static>,
    issuer_pem: String,
    pub(super) signer: Issuer<'static, KeyPair>,
    pub(super) names: Names,
    /// The end of its life.
    pub(super) ends: Timestamp,
}

/// The key is left out, so that no log can show it.
impl fmt::Debug for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authority").field("ends", &self.ends).finish_non_exhaustive()
    }
}

impl Authority {
    /// A new one, with new keys.
    ///
    /// # Errors
    ///
    /// [`MakeError`]: the system has no randomness, say, or a name is none.
    pub fn make(names: Names, now: Timestamp) -> Result<Self, MakeError> {
        let (root_key, key) = (KeyPair::generate()?, KeyPair::generate()?);
        let root_params = authority_params(AuthorityRank::Root, &key, &names, now);
        let root = root_params.self_signed(&root_key)?;
        let params = authority_params(AuthorityRank::Issuer, &key, &names, now);
        let issuer = params.signed_by(&key, &Issuer::from_params(&root_params, &root_key))?;
        // Whoever has it could make issuers of other names.
        drop(root_key);
        Ok(Self {
            root_pem: root.pem(),
            root: root.into(),
            issuer_pem: issuer.pem(),
            issuer: issuer.into(),
            signer: Issuer::new(params, key),
            names,
            ends: later(now, LIFE_DAYS * DAY),
        })
    }

    /// One whose parts have been read. They are not checked here.
    pub(super) fn from_parts(
        stored: &StoredAuthority,
        [root, issuer]: [CertificateDer<'static>; 2],
        key: KeyPair,
        names: Names,
        ends: Timestamp,
    ) -> Self {
        // Of its life nothing goes into what it signs.
        let params = authority_params(AuthorityRank::Issuer, &key, &names, ends);
        let (root_pem, issuer_pem) = (stored.root.clone(), stored.issuer.clone());
        Self { root, root_pem, issuer, issuer_pem, signer: Issuer::new(params, key), names, ends }
    }

    /// The parts that it takes to have it again.
    pub fn to_stored(&self) -> StoredAuthority {
        let key = self.signer.key().serialize_pem();
        StoredAuthority { root: self.root_pem.clone(), issuer: self.issuer_pem.clone(), key }
    }

    pub fn root_pem(&self) -> &str {
        &self.root_pem
    }

    pub fn root_der(&self) -> &[u8] {
        &self.root
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AuthorityRank {
    Root,
    Issuer,
}

/// The certificate of an authority with this key of its issuer. Both have the constraints: Java minds them on issuers
/// only, and everybody else on the root as well.
pub(super) fn authority_params(rank: AuthorityRank, key: &KeyPair, names: &Names, now: Timestamp) -> CertificateParams {
    let (below, title) = match rank {
        AuthorityRank::Root => (1, "root"),
        AuthorityRank::Issuer => (0, "issuer"),
    };
    let mut params = CertificateParams::default();
    params.distinguished_name = subject_of(title, key);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(below));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    if rank == AuthorityRank::Issuer {
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
    }
    params.name_constraints = Some(names.constraints());
    (params.not_before, params.not_after) = (date_of(now, -DAY), date_of(now, LIFE_DAYS * DAY));
    params
}

/// A name that says what becomes of whoever installs it. Its digits are those of the issuer's key, so that two of them
/// are told apart and a key finds its own name again.
fn subject_of(title: &str, key: &KeyPair) -> DistinguishedName {
    let digest = Sha256::digest(key.der_bytes());
    let digits = digest.iter().take(4).fold(String::new(), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    });
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, format!("Ticketbooth local {title}, do not install {digits}"));
    name
}

/// The time so many seconds after `at`.
pub(super) fn later(at: Timestamp, seconds: i64) -> Timestamp {
    Timestamp::from_unix(at.unix_seconds().saturating_add(seconds))
}

/// The same as certificates have it.
pub(super) fn date_of(at: Timestamp, seconds: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(later(at, seconds).unix_seconds()).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}
