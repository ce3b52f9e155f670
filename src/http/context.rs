//! The values that the connections of a server share.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use tokio::sync::Semaphore;

use super::aside::Aside;
use super::crowd::Crowd;
use super::limits::Limits;
use crate::call::Text;
use crate::emulator::Emulator;

/// The parts that all connections of a server share.
pub(crate) struct ServerContext {
    pub emulator: Arc<Emulator>,
    pub limits: Limits,
    pub aside: Aside,
    pub crowd: Arc<Crowd>,
    /// Bodies that may be larger than all others together are read one after the other.
    pub large_bodies: Arc<Semaphore>,
    /// Connections that were accepted so far.
    pub connections: AtomicU64,
}

/// Where a connection comes from.
pub(crate) struct Peer {
    /// Its number, counted from 1 since the server began.
    pub connection: u64,
    /// The client's address without its port.
    pub client: Text,
    /// The vendor whose own port it came in by.
    pub port_of: Option<&'static str>,
}
