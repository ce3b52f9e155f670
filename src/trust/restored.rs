//! An authority that was kept: what is kept of it, and whether it is still good for what is asked now.

use std::sync::Arc;
use std::time::Duration;

use rcgen::{KeyPair, SanType};
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier as _;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, RootCertStore};

use super::authority::{Authority, AuthorityRank, ROOT_NAME, authority_params};
use super::der::end_of_life;
use super::leaf::Leaf;
use super::names::{LOCALHOST, Names};
use super::stored::StoredAuthority;
use crate::domain::{Timestamp, format_rfc3339};

/// The reason for which a kept authority is not used.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    #[error("the {0} cannot be read")]
    Unreadable(&'static str),
    #[error("it ended at {}", format_rfc3339(*.0))]
    Ended(Timestamp),
    #[error("the clock of this machine stands before its beginning")]
    NotBegun,
    #[error("root, issuer and key do not belong together")]
    Foreign,
    #[error("it is for other hosts than those that are asked for now")]
    OtherNames,
}

impl Authority {
    /// The authority that was kept, if it can do what a new one for these names could.
    ///
    /// # Errors
    ///
    /// [`Unusable`].
    pub fn restore(stored: &StoredAuthority, names: Names, now: Timestamp) -> Result<Self, Unusable> {
        let read =
            |text: &str, what| CertificateDer::from_pem_slice(text.as_bytes()).map_err(|_| Unusable::Unreadable(what));
        let (root, issuer) = (read(&stored.root, "root certificate")?, read(&stored.issuer, "issuer certificate")?);
        let key = KeyPair::from_pem(&stored.key).map_err(|_| Unusable::Unreadable("issuer key"))?;
        let ends = |certificate| end_of_life(certificate).ok_or(Unusable::Unreadable("end of a certificate"));
        let ends = ends(&root)?.min(ends(&issuer)?);
        if ends <= now {
            return Err(Unusable::Ended(ends));
        }
        let expected = constraints_of(&key, &names, now).ok_or(Unusable::Unreadable("issuer key"))?;
        if ![&root, &issuer].iter().all(|certificate| has_bytes(certificate, &expected)) {
            return Err(Unusable::OtherNames);
        }
        let authority = Self::from_parts(stored, [root, issuer], key, names, ends);
        authority.prove(now)?;
        Ok(authority)
    }

    /// Has a leaf looked at as a client does.
    fn prove(&self, now: Timestamp) -> Result<(), Unusable> {
        let name = ServerName::try_from(LOCALHOST).map_err(|_| Unusable::Foreign)?;
        let subject = SanType::DnsName(LOCALHOST.try_into().map_err(|_| Unusable::Foreign)?);
        let leaf = Leaf::make(self, vec![subject], now).ok_or(Unusable::Foreign)?;
        let [leaf, issuer] = [&leaf.chain[0], &leaf.chain[1]].map(|part| CertificateDer::from_slice(part));
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_slice(self.root_der())).map_err(|_| Unusable::Unreadable("root certificate"))?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider).build();
        let at = UnixTime::since_unix_epoch(Duration::from_secs(u64::try_from(now.unix_seconds()).unwrap_or(0)));
        let verified = verifier.map_err(|_| Unusable::Foreign)?.verify_server_cert(&leaf, &[issuer], &name, &[], at);
        match verified {
            Ok(_) => Ok(()),
            Err(rustls::Error::InvalidCertificate(
                CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. },
            )) => Err(Unusable::NotBegun),
            Err(_) => Err(Unusable::Foreign),
        }
    }
}

/// The bytes of the first certificate of a text in PEM.
pub fn root_of_pem(text: &str) -> Option<Vec<u8>> {
    CertificateDer::from_pem_slice(text.as_bytes()).ok().map(|certificate| certificate.to_vec())
}

/// How many roots that an emulator made are in a text in PEM, by the names that all of them have.
pub fn count_own_roots(text: &str) -> usize {
    let certificates = CertificateDer::pem_slice_iter(text.as_bytes()).flatten();
    certificates.filter(|certificate| has_bytes(certificate, ROOT_NAME.as_bytes())).count()
}

/// The identifier of the extension with the constraints.
const CONSTRAINTS: &[u8] = &[0x06, 0x03, 0x55, 0x1d, 0x1e];

/// The bytes of the constraints that a certificate for these names has, from their identifier on.
fn constraints_of(key: &KeyPair, names: &Names, now: Timestamp) -> Option<Vec<u8>> {
    let certificate = authority_params(AuthorityRank::Root, key, names, now).self_signed(key).ok()?;
    let bytes: &[u8] = certificate.der();
    let begin = bytes.windows(CONSTRAINTS.len()).position(|window| window == CONSTRAINTS)?;
    // The identifier, the mark of what must be minded, and then the content behind its length.
    let content = begin + CONSTRAINTS.len() + 3;
    let length = match bytes.get(content + 1..content + 4)? {
        [short @ 0..=0x7f, ..] => usize::from(*short) + 2,
        [0x81, long, _] => usize::from(*long) + 3,
        [0x82, high, low] => (usize::from(*high) << 8 | usize::from(*low)) + 4,
        _ => return None,
    };
    bytes.get(begin..content + length).map(<[u8]>::to_vec)
}

fn has_bytes(all: &[u8], part: &[u8]) -> bool {
    all.windows(part.len()).any(|window| window == part)
}
