//! TLS: the handshake with a client, and which certificate it is shown.
//!
//! The protocol behind it is the one that was negotiated, and no byte is looked at for that.

use std::io;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use rustls::server::{Acceptor, ServerConfig};
use tokio::io::AsyncWriteExt;
use tokio_rustls::LazyConfigAcceptor;
use tokio_rustls::server::TlsStream;

use super::limits::Guarded;
use super::peer::Peer;
use crate::call::Text;
use crate::emulator::wall_now;
use crate::trust::{Alpn, Identity, Leaf, LeafSubject};

/// The alert for a name that there is no certificate for: fatal, `unrecognized_name`.
const UNKNOWN_NAME: &[u8] = &[0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 112];

/// HTTP/2 as TLS names it.
const H2: &[u8] = b"h2";

/// The terms of TLS.
pub(crate) struct TlsTerms {
    trust: Arc<Identity>,
    /// Everything but the certificate.
    base: ServerConfig,
}

/// A connection that is secured.
pub(crate) struct SecuredStream {
    pub stream: Box<TlsStream<Guarded>>,
    /// The host that the client named.
    pub host: Option<Text>,
    pub is_http2: bool,
}

impl TlsTerms {
    pub(crate) fn new(trust: Arc<Identity>) -> Self {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let versions = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let builder = versions.expect("the library's own ciphers fit its own versions").with_no_client_auth();
        let mut base = builder.with_cert_resolver(Arc::new(rustls::server::ResolvesServerCertUsingSni::new()));
        base.alpn_protocols = match trust.alpn {
            Alpn::H1 => vec![b"http/1.1".to_vec()],
            Alpn::H2 => vec![H2.to_vec(), b"http/1.1".to_vec()],
        };
        if let Ok(tickets) = rustls::crypto::ring::Ticketer::new() {
            base.ticketer = tickets;
        }
        Self { trust, base }
    }

    /// Shakes hands with a client.
    ///
    /// # Errors
    ///
    /// Why that came to no end, for people. The client has been told, where TLS has a word for it.
    pub(crate) async fn secure(&self, guarded: Guarded, origin: &Peer) -> Result<SecuredStream, String> {
        let told = |error: io::Error| error.to_string();
        let mut start = LazyConfigAcceptor::new(Acceptor::default(), guarded).await.map_err(told)?;
        let named: Option<Text> = start.client_hello().server_name().map(|name| name.to_ascii_lowercase().into());
        let Some(leaf) = self.choose_leaf(named.as_deref(), origin) else {
            // A client that is gone needs no alert.
            let _ = start.io.write_all(UNKNOWN_NAME).await;
            let _ = start.io.shutdown().await;
            let inside = origin.host().map_or_else(String::new, |host| format!(" inside a tunnel to {host}"));
            return Err(format!("no certificate is for the name {}{inside}", named.as_deref().unwrap_or("")));
        };
        let host = named.or_else(|| origin.host().map(Text::from));
        let stream = start.into_stream(self.config_for(&leaf)).await.map_err(told)?;
        let is_http2 = stream.get_ref().1.alpn_protocol() == Some(H2);
        Ok(SecuredStream { stream: Box::new(stream), host, is_http2 })
    }

    /// The one for the name that the client asks for, which inside a tunnel has to be that of its host.
    fn choose_leaf(&self, named: Option<&str>, origin: &Peer) -> Option<Arc<Leaf>> {
        let here = origin.local.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |local| local.ip());
        let shown = match (named, origin.host()) {
            (Some(named), Some(host)) if named != host => return None,
            (Some(name), _) | (None, Some(name)) => LeafSubject::Host(name),
            (None, None) => LeafSubject::Address(here),
        };
        self.trust.leaf(shown, wall_now())
    }

    fn config_for(&self, leaf: &Leaf) -> Arc<ServerConfig> {
        let mut config = self.base.clone();
        config.cert_resolver = Arc::clone(&leaf.shown) as _;
        Arc::new(config)
    }
}
