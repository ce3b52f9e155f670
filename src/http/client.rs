//! The smallest client that will do: one request on a connection of its own, to the end of the answer.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::call::RawRequest;

/// As much of an answer as is read. The largest is the snapshot of a sandbox.
const ANSWER_BYTES: u64 = 1 << 30;

/// The answer.
#[derive(Clone, Debug)]
pub struct ClientAnswer {
    pub status: u16,
    /// The lines of its head in lower case, without the first.
    head: String,
    pub body: Bytes,
}

impl ClientAnswer {
    /// The value of the first header of this name, in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(':'));
        lines.find(|(known, _)| *known == name).map(|(_, value)| value.trim())
    }
}

/// The server that a request goes to, and what is spoken there.
#[derive(Clone, Copy, Debug)]
pub struct ServerPlace<'a> {
    /// `host:port`.
    pub authority: &'a str,
    /// Certificates in PEM of whom a server with TLS has to be known to; `None`: it is spoken plain.
    pub roots: Option<&'a str>,
}

impl<'a> From<&'a str> for ServerPlace<'a> {
    fn from(authority: &'a str) -> Self {
        Self { authority, roots: None }
    }
}

impl<'a> From<&'a String> for ServerPlace<'a> {
    fn from(authority: &'a String) -> Self {
        authority.as_str().into()
    }
}

/// Sends `raw` there and waits for the answer.
///
/// # Errors
///
/// When nothing answers there within `patience`, when it is not known to the roots, or when what answers is no HTTP.
pub fn send_request<'a>(
    place: impl Into<ServerPlace<'a>>,
    raw: &RawRequest,
    patience: Duration,
) -> io::Result<ClientAnswer> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let late = |_| io::Error::new(io::ErrorKind::TimedOut, "no answer");
    let place = place.into();
    let answer = runtime.block_on(async { tokio::time::timeout(patience, exchange_bytes(place, raw)).await });
    // A name that is being looked up keeps a thread busy, which need not be waited for.
    runtime.shutdown_background();
    answer.map_err(late)?
}

/// One exchange. The answer ends with the connection.
pub(super) async fn exchange_bytes(place: ServerPlace<'_>, raw: &RawRequest) -> io::Result<ClientAnswer> {
    let stream = TcpStream::connect(place.authority).await?;
    let Some(roots) = place.roots else { return exchange_over(stream, raw).await };
    let name = ServerName::try_from(host_of(place.authority).to_owned()).map_err(io::Error::other)?;
    exchange_over(connector(roots)?.connect(name, stream).await?, raw).await
}

/// The host of `host:port`, without brackets.
fn host_of(authority: &str) -> &str {
    let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
    host.trim_start_matches('[').trim_end_matches(']')
}

fn connector(roots: &str) -> io::Result<TlsConnector> {
    let mut store = RootCertStore::empty();
    for root in CertificateDer::pem_slice_iter(roots.as_bytes()) {
        store.add(root.map_err(io::Error::other)?).map_err(io::Error::other)?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = versions.map_err(io::Error::other)?.with_root_certificates(store).with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

async fn exchange_over(mut stream: impl AsyncRead + AsyncWrite + Unpin, raw: &RawRequest) -> io::Result<ClientAnswer> {
    let mut request = format!("{} {} HTTP/1.1\r\n", raw.method, raw.target);
    for (name, value) in raw.headers.iter() {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str(&format!("content-length: {}\r\nconnection: close\r\n\r\n", raw.body.len()));
    stream.write_all(request.as_bytes()).await?;
    stream.write_all(&raw.body).await?;
    stream.flush().await?;
    let mut answer = Vec::new();
    stream.take(ANSWER_BYTES).read_to_end(&mut answer).await?;
    parse_answer(answer).ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "the answer is not HTTP"))
}

fn parse_answer(answer: Vec<u8>) -> Option<ClientAnswer> {
    let head = answer.windows(4).position(|window| window == b"\r\n\r\n")?;
    let lines = String::from_utf8_lossy(&answer[..head]).to_ascii_lowercase();
    let status = lines.strip_prefix("http/1.1 ")?.get(..3)?.parse().ok()?;
    let body = Bytes::from(answer).slice(head + 4..);
    let is_chunked = lines.lines().any(|line| line == "transfer-encoding: chunked");
    let head = lines.split_once("\r\n").map_or_else(String::new, |(_, head)| head.to_owned());
    Some(ClientAnswer { status, head, body: if is_chunked { join_chunks(&body)? } else { body } })
}

/// A body without the frames of its chunks; `None`: it broke off, or is none.
fn join_chunks(mut chunks: &[u8]) -> Option<Bytes> {
    let mut body = Vec::with_capacity(chunks.len());
    loop {
        let end = chunks.windows(2).position(|window| window == b"\r\n")?;
        let size = usize::from_str_radix(std::str::from_utf8(&chunks[..end]).ok()?, 16).ok()?;
        if size == 0 {
            return Some(body.into());
        }
        let rest = &chunks[end + 2..];
        body.extend_from_slice(rest.get(..size)?);
        chunks = rest.get(size..)?.strip_prefix(b"\r\n")?;
    }
}
