//! The doors: the ports that are listened on, and the loop that lets connections in.
//!
//! Binding and running are two steps, so that the address of port 0 is known, and can be told to
//! others, before the first call is answered.

use std::future::Future;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tracing::warn;

use super::aside::Aside;
use super::connection;
use super::context::ServerContext;
use super::crowd::{Crowd, Member};
use super::limits::Limits;
use super::peer::{DoorKind, Peer};
use super::tls::TlsTerms;
use crate::call::Via;
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
    /// Further ports that speak only TLS.
    pub only_tls: Vec<SocketAddr>,
}

impl Addresses {
    /// The one common port.
    pub fn only(listen: SocketAddr) -> Self {
        Self { listen, of_vendors: Vec::new(), only_tls: Vec::new() }
    }

    /// The same as they are told to others: of an address that stands for every interface, the loopback one, which
    /// answers there as well.
    #[must_use]
    pub fn to_reachable(&self) -> Self {
        let of_vendors = self.of_vendors.iter().map(|(name, address)| (*name, reachable_address(*address)));
        let only_tls = self.only_tls.iter().copied().map(reachable_address);
        Self { listen: reachable_address(self.listen), of_vendors: of_vendors.collect(), only_tls: only_tls.collect() }
    }
}

fn reachable_address(bound: SocketAddr) -> SocketAddr {
    let loopback = match bound.ip() {
        IpAddr::V4(address) if address.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(address) if address.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        named => named,
    };
    SocketAddr::new(loopback, bound.port())
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
    kind: DoorKind,
}

impl Server {
    /// Opens every port that is wanted; port 0 picks a free one. Must be called inside a runtime.
    ///
    /// # Errors
    ///
    /// The first address that could not be opened. None is open then.
    pub fn bind(wanted: Addresses) -> Result<Self, BindError> {
        let mut doors = Vec::new();
        let mut open = |address, kind| {
            let (door, bound) = Door::open_port(address, kind)?;
            doors.push(door);
            Ok(bound)
        };
        let listen = open(wanted.listen, DoorKind::Common)?;
        let mut of_vendors = Vec::with_capacity(wanted.of_vendors.len());
        for (name, address) in wanted.of_vendors {
            of_vendors.push((name, open(address, DoorKind::Of(name))?));
        }
        let only_tls = wanted.only_tls.into_iter().map(|address| open(address, DoorKind::OnlyTls));
        let only_tls = only_tls.collect::<Result<_, BindError>>()?;
        let addresses = Addresses { listen, of_vendors, only_tls };
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
        let shared = Arc::new(ServerContext {
            tls: emulator.trust.clone().map(TlsTerms::new),
            emulator,
            limits: self.limits,
            aside: Aside::default(),
            crowd: Crowd::new(self.limits.connections),
            large_bodies: Arc::new(Semaphore::new(1)),
            connections: AtomicU64::new(0),
        });
        let (load, limits) = (&shared.emulator.load, &self.limits);
        load.connections.set_most(limits.connections);
        load.bodies.set_most(limits.bodies_bytes);
        load.waiters.set_most(limits.waiters);
        let (stop, stopped) = watch::channel(false);
        // Dropping the set ends every door and connection, so a dropped `run` leaves nothing behind.
        let mut doors = JoinSet::new();
        for door in self.doors {
            doors.spawn(door.accept_connections(Arc::clone(&shared), stopped.clone()));
        }
        shutdown.await;
        stop.send_replace(true);
        while doors.join_next().await.is_some() {}
    }
}

impl Door {
    fn open_port(address: SocketAddr, kind: DoorKind) -> Result<(Self, SocketAddr), BindError> {
        let opened = listener_at(address).and_then(|listener| {
            let bound = listener.local_addr()?;
            Ok((Self { listener, kind }, bound))
        });
        opened.map_err(|source| match source.kind() {
            io::ErrorKind::AddrInUse => BindError::Taken(address),
            _ => BindError::Refused { address, source },
        })
    }

    async fn accept_connections(self, shared: Arc<ServerContext>, mut stopped: watch::Receiver<bool>) {
        let (grace, kind) = (shared.limits.grace, self.kind);
        let mut connections = JoinSet::new();
        loop {
            let (accepted, member) = tokio::select! {
                biased;
                () = super::stop::wait_for_stop(&mut stopped) => break,
                accepted = self.accept_one(&shared) => accepted,
            };
            while connections.try_join_next().is_some() {}
            connections.spawn(accepted.serve(kind, member, Arc::clone(&shared), stopped.clone()));
        }
        // Whoever the kernel has let in already has sent its request to somebody who is there.
        for accepted in waiting_connections(self.listener, &shared) {
            let Some(member) = shared.crowd.try_admit(accepted.number) else { break };
            connections.spawn(accepted.serve(kind, member, Arc::clone(&shared), stopped.clone()));
        }
        let finished = async { while connections.join_next().await.is_some() {} };
        if tokio::time::timeout(grace, finished).await.is_err() {
            warn!(left = connections.len(), "dropped the calls that were not finished in time");
        }
    }

    /// The next connection, once there is room for it.
    ///
    /// Room is looked for last: a port that nobody connects to would otherwise keep a slot from the others.
    async fn accept_one(&self, shared: &ServerContext) -> (Accepted, Member) {
        let accepted = loop {
            match self.listener.accept().await {
                Ok((stream, peer)) => break Accepted::new(stream, peer, shared),
                Err(error) => {
                    warn!(%error, "cannot accept a connection: {error}");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            }
        };
        let member = shared.crowd.admit_connection(accepted.number).await;
        (accepted, member)
    }
}

/// A connection that was let in.
struct Accepted {
    stream: TcpStream,
    peer: SocketAddr,
    number: u64,
}

impl Accepted {
    fn new(stream: TcpStream, peer: SocketAddr, shared: &ServerContext) -> Self {
        Self { stream, peer, number: shared.connections.fetch_add(1, Ordering::Relaxed) + 1 }
    }

    async fn serve(self, kind: DoorKind, member: Member, shared: Arc<ServerContext>, stopped: watch::Receiver<bool>) {
        let client = self.peer.ip().to_string().into();
        let local = if shared.tls.is_some() { self.stream.local_addr().ok() } else { None };
        let (port_of, via) = (kind.vendor(), Via::Direct);
        let origin = Peer { connection: self.number, client, port_of, local, via, secured: None };
        connection::serve_connection(self.stream, kind, origin, shared, member, stopped).await;
    }
}

/// The connections that wait to be accepted at the moment.
fn waiting_connections(listener: TcpListener, shared: &ServerContext) -> Vec<Accepted> {
    let Ok(listener) = listener.into_std() else { return Vec::new() };
    // An error says that there are no more.
    let accepted = std::iter::from_fn(|| listener.accept().ok()).take(BACKLOG as usize);
    let usable = accepted.filter_map(|(stream, peer)| {
        stream.set_nonblocking(true).ok()?;
        Some(Accepted::new(TcpStream::from_std(stream).ok()?, peer, shared))
    });
    usable.collect()
}

fn listener_at(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // On Windows the option would let two servers share a port instead of reusing a closed one.
    #[cfg(not(windows))]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}
