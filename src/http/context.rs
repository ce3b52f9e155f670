//! The values that the connections of a server share.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use tokio::sync::Semaphore;

use super::aside::Aside;
use super::crowd::Crowd;
use super::limits::Limits;
use super::tls::TlsTerms;
use crate::emulator::Emulator;

/// The parts that all connections of a server share.
pub(crate) struct ServerContext {
    pub emulator: Arc<Emulator>,
    pub limits: Limits,
    pub aside: Aside,
    pub crowd: Arc<Crowd>,
    /// The terms of TLS; `None`: it is not spoken.
    pub tls: Option<TlsTerms>,
    /// Bodies that may be larger than all others together are read one after the other.
    pub large_bodies: Arc<Semaphore>,
    /// Connections that were accepted so far.
    pub connections: AtomicU64,
}
