//! The origin of a connection, and what it is for.

use std::net::SocketAddr;

use crate::call::{Text, Via};

/// The kinds of ports, by what is spoken behind them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DoorKind {
    /// Everything.
    Common,
    /// The API of one vendor.
    Of(&'static str),
    /// Everything, but only with TLS.
    OnlyTls,
}

impl DoorKind {
    /// The vendor whose own port it is.
    pub(crate) const fn vendor(self) -> Option<&'static str> {
        match self {
            Self::Of(vendor) => Some(vendor),
            Self::Common | Self::OnlyTls => None,
        }
    }
}

/// The origin of a connection.
#[derive(Clone)]
pub(crate) struct Peer {
    /// Its number, counted from 1 since the server began.
    pub connection: u64,
    /// The client's address without its port.
    pub client: Text,
    /// The vendor whose own port it came in by.
    pub port_of: Option<&'static str>,
    /// Our end, where that is asked for: of servers with TLS.
    pub local: Option<SocketAddr>,
    pub via: Via,
    /// Of a connection with TLS.
    pub secured: Option<Secured>,
}

impl Peer {
    /// The host that the connection is for, by the handshake or by the tunnel.
    pub(crate) fn host(&self) -> Option<&str> {
        let secured = self.secured.as_ref().and_then(|secured| secured.host.as_deref());
        secured.or(match &self.via {
            Via::Tunnel(host) => Some(host),
            Via::Direct | Via::Proxy => None,
        })
    }
}

/// The facts that TLS told about a connection.
#[derive(Clone)]
pub(crate) struct Secured {
    /// The host that the client named.
    pub host: Option<Text>,
}
