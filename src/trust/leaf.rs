//! Leaves: what a client of TLS is shown. Each is made when somebody first asks for its name, and anew before it ends.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use parking_lot::Mutex;
use rcgen::{CertificateParams, DistinguishedName, ExtendedKeyUsagePurpose, KeyPair, KeyUsagePurpose, SanType};
use rustls::crypto::ring::sign::any_ecdsa_type;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::sign::{CertifiedKey, SingleCertAndKey};

use super::authority::{Authority, DAY, date_of, later};
use super::names::LOCALHOST;
use crate::domain::Timestamp;

/// The life of a leaf.
const LIFE_DAYS: i64 = 30;

/// The rest of its life at which it is made anew.
const LEFT_DAYS: i64 = LIFE_DAYS / 10;

/// The subject of a leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeafSubject<'a> {
    /// The host of this name, in lower case.
    Host(&'a str),
    /// The address at which a client came that named no host, as clients do that call an address, and a JVM that calls
    /// `localhost`.
    Address(IpAddr),
}

/// A chain with its key.
#[derive(Debug)]
pub struct Leaf {
    /// The form that the library takes.
    pub shown: Arc<SingleCertAndKey>,
    /// Leaf and issuer, as they are sent.
    pub chain: Vec<Vec<u8>>,
    renewed_from: Timestamp,
}

/// Those that have been made, by their names.
#[derive(Debug, Default)]
pub(super) struct Leaves(Mutex<HashMap<Box<str>, Arc<Leaf>>>);

impl Leaves {
    pub fn find_or_make(&self, authority: &Authority, shown: LeafSubject<'_>, now: Timestamp) -> Option<Arc<Leaf>> {
        let (name, subjects) = match shown {
            LeafSubject::Host(LOCALHOST) => (LOCALHOST, this_machine()),
            LeafSubject::Host(name) if authority.names.has(name) => {
                (name, vec![SanType::DnsName(name.try_into().ok()?)])
            }
            LeafSubject::Host(_) => return None,
            // There are millions of such addresses, so none of these is kept.
            LeafSubject::Address(other) if other.is_loopback() && !USUAL.contains(&other) => {
                let subjects = [this_machine(), vec![SanType::IpAddress(other)]].concat();
                return Leaf::make(authority, subjects, now).map(Arc::new);
            }
            LeafSubject::Address(_) => (LOCALHOST, this_machine()),
        };
        let find = |leaves: &HashMap<Box<str>, Arc<Leaf>>| {
            leaves.get(name).filter(|leaf| now < leaf.renewed_from).map(Arc::clone)
        };
        if let Some(leaf) = find(&self.0.lock()) {
            return Some(leaf);
        }
        // Nobody else waits for it.
        let made = Arc::new(Leaf::make(authority, subjects, now)?);
        let mut leaves = self.0.lock();
        // Whoever was quicker has shown another one already.
        let leaf = find(&leaves).unwrap_or(made);
        leaves.insert(name.into(), Arc::clone(&leaf));
        Some(leaf)
    }

    pub fn count(&self) -> usize {
        self.0.lock().len()
    }
}

/// The addresses of this machine that everybody uses.
const USUAL: [IpAddr; 2] = [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)];

/// This machine under all its usual names, since nobody can tell which of them a client meant that sent none.
fn this_machine() -> Vec<SanType> {
    let name = LOCALHOST.try_into().map(SanType::DnsName);
    name.into_iter().chain(USUAL.map(SanType::IpAddress)).collect()
}

impl Leaf {
    /// `None`: the system has no randomness, or the authority has ended.
    pub(super) fn make(authority: &Authority, subjects: Vec<SanType>, now: Timestamp) -> Option<Self> {
        let key = KeyPair::generate().ok()?;
        let ends = later(now, LIFE_DAYS * DAY).min(authority.ends);
        let mut params = CertificateParams::default();
        params.distinguished_name = DistinguishedName::new();
        params.subject_alt_names = subjects;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
        (params.not_before, params.not_after) = (date_of(now, -DAY), date_of(ends, 0));
        let certificate = params.signed_by(&key, &authority.signer).ok()?;
        let secret = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let chain = vec![certificate.into(), authority.issuer.clone()];
        let sent = chain.iter().map(|part| part.to_vec()).collect();
        let shown = CertifiedKey::new(chain, any_ecdsa_type(&secret).ok()?);
        let renewed_from = later(ends, -LEFT_DAYS * DAY);
        Some(Self { shown: Arc::new(SingleCertAndKey::from(shown)), chain: sent, renewed_from })
    }
}
