//! The doors: the ports that are listened on, and the loop that lets connections in.
//!
//! Binding and running are two steps, so that the address of port 0 is known, and can be told to
//! others, before the first call is answered.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;
use tracing::warn;

use super::aside::Aside;
use super::connection::{self, ServerContext};
use super::limits::Limits;
use super::receive::Peer;
use crate::emulator::Emulator;

/// Connections that the kernel keeps for us until they are accepted.
///
/// The customary 128 overflows as soon as a load test opens its connections at once.
const BACKLOG: u32 = 1024;

/// The pause after a failed accept: it mostly means that no file descriptor is left, and going on at
/// once would only burn a core until one comes free.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Where a server listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addresses {
    /// All vendors, the embed pages and the admin API.
    pub listen: SocketAddr,
    /// Ports on which every call is one vendor's, with its name.
    pub of_vendors: Vec<(&'static str, SocketAddr)>,
}

impl Addresses {
    /// The one common port.
    pub fn only(listen: SocketAddr) -> Self {
        Self { listen, of_vendors: Vec::new() }
    }
}

/// Why a port could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum BindError {
    #[error("{0} is already in use")]
    Taken(SocketAddr),
    #[error("cannot listen on {address}: {source}")]
    Refused { address: SocketAddr, source: io::Error },
}

/// Ports that are open and wait to be served.
#[derive(Debug)]
pub struct Server {
    addresses: Addresses,
    doors: Vec<Door>,
    limits: Limits,
}

#[derive(Debug)]
struct Door {
    listener: TcpListener,
    port_of: Option<&'static str>,
}

impl Server {
    /// Opens every port that is wanted; port 0 picks a free one. Must be called inside a runtime.
    ///
    /// # Errors
    ///
    /// The first address that could not be opened. None is open then.
    pub fn bind(wanted: Addresses) -> Result<Self, BindError> {
        let mut doors = Vec::new();
        let mut open = |address, port_of| {
            let (door, bound) = Door::open_port(address, port_of)?;
            doors.push(door);
            Ok(bound)
        };
        let listen = open(wanted.listen, None)?;
        let of_vendors = wanted.of_vendors.into_iter().map(|(name, address)| Ok((name, open(address, Some(name))?)));
        let addresses = Addresses { listen, of_vendors: of_vendors.collect::<Result<_, BindError>>()? };
        Ok(Self { addresses, doors, limits: Limits::default() })
    }

    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Where the ports really are.
    pub fn addresses(&self) -> &Addresses {
        &self.addresses
    }

    /// Answers calls until `shutdown` is done, then finishes those in flight within
    /// [`Limits::grace`] and drops the rest.
    pub async fn run(self, emulator: Arc<Emulator>, shutdown: impl Future<Output = ()>) {
        let slots = Arc::new(Semaphore::new(self.limits.connections));
        let shared = Arc::new(ServerContext {
            emulator,
            limits: self.limits,
            aside: Aside::default(),
            connections: AtomicU64::new(0),
        });
        let (stop, stopped) = watch::channel(false);
        // Dropping the set ends every door and connection, so a dropped `run` leaves nothing behind.
        let mut doors = JoinSet::new();
        for door in self.doors {
            doors.spawn(door.accept_connections(Arc::clone(&shared), Arc::clone(&slots), stopped.clone()));
        }
        shutdown.await;
        stop.send_replace(true);
        while doors.join_next().await.is_some() {}
    }
}

impl Door {
    fn open_port(address: SocketAddr, port_of: Option<&'static str>) -> Result<(Self, SocketAddr), BindError> {
        let opened = listener_at(address).and_then(|listener| {
            let bound = listener.local_addr()?;
            Ok((Self { listener, port_of }, bound))
        });
        opened.map_err(|source| match source.kind() {
            io::ErrorKind::AddrInUse => BindError::Taken(address),
            _ => BindError::Refused { address, source },
        })
    }

    async fn accept_connections(
        self,
        shared: Arc<ServerContext>,
        slots: Arc<Semaphore>,
        mut stopped: watch::Receiver<bool>,
    ) {
        let grace = shared.limits.grace;
        let mut connections = JoinSet::new();
        loop {
            let (stream, peer, slot) = tokio::select! {
                biased;
                () = super::stop::wait_for_stop(&mut stopped) => break,
                accepted = self.accept_one(&slots) => accepted,
            };
            while connections.try_join_next().is_some() {}
            let connection = shared.connections.fetch_add(1, Ordering::Relaxed) + 1;
            let origin = Peer { connection, client: peer.ip().to_string().into(), port_of: self.port_of };
            let (shared, stopped) = (Arc::clone(&shared), stopped.clone());
            connections.spawn(async move {
                connection::serve_connection(stream, origin, shared, stopped).await;
                drop(slot);
            });
        }
        drop(self.listener);
        let finished = async { while connections.join_next().await.is_some() {} };
        if tokio::time::timeout(grace, finished).await.is_err() {
            warn!(left = connections.len(), "dropped the calls that were not finished in time");
        }
    }

    /// The next connection, once there is room for it.
    ///
    /// Room is looked for last: a port that nobody connects to would otherwise keep a slot from the others.
    async fn accept_one(&self, slots: &Arc<Semaphore>) -> (TcpStream, SocketAddr, OwnedSemaphorePermit) {
        let (stream, peer) = loop {
            match self.listener.accept().await {
                Ok(accepted) => break accepted,
                Err(error) => {
                    warn!(%error, "cannot accept a connection: {error}");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            }
        };
        let slot = Arc::clone(slots).acquire_owned().await.expect("the semaphore is never closed");
        (stream, peer, slot)
    }
}

fn listener_at(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // On Windows the option would let two servers share a port instead of reusing a closed one.
    #[cfg(not(windows))]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}
