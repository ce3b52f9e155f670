//! Reads a request off the wire into a [`RawRequest`].
//!
//! Refused here is only what two readers of the same bytes could understand differently, because
//! then nobody knows which request was signed. Everything else is kept as it came, also what is odd:
//! an official client sends a whole URL as its `Host`, and signs it.

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::body::{Body, Incoming};
use hyper::header::{CONTENT_LENGTH, HOST, HeaderMap, HeaderName, TRANSFER_ENCODING};
use hyper::http::request::Parts;
use hyper::{Method, Request, Version};

use super::limits::Limits;
use crate::call::{Arrival, Departure, Headers, RawRequest, Text};
use crate::emulator::wall_us;
use crate::reply::Reply;

/// Where a connection comes from.
pub(crate) struct Peer {
    /// Its number, counted from 1 since the server began.
    pub connection: u64,
    /// The client's address without its port.
    pub client: Text,
    /// The vendor whose own port it came in by.
    pub port_of: Option<&'static str>,
}

/// Room made for a body before its first byte, at most.
const FIRST_ROOM: u64 = 64 << 10;

/// A request that cannot be read in one way only, or not in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BadRequest {
    #[error("more than one Host header")]
    Hosts,
    #[error("Transfer-Encoding must be chunked or absent")]
    TransferEncoding,
    #[error("Content-Length headers that contradict each other")]
    ContentLengths,
    #[error("CONNECT is for proxies, and this is not one")]
    Connect,
    #[error("the body broke off")]
    BodyBroken,
    #[error("the body did not arrive in time")]
    BodySlow,
}

impl BadRequest {
    /// A plain answer in nobody's envelope: no vendor is recognised yet.
    pub(crate) fn to_reply(self) -> Reply {
        let status = match self {
            Self::BodySlow => 408,
            Self::Hosts | Self::TransferEncoding | Self::ContentLengths | Self::Connect | Self::BodyBroken => 400,
        };
        Reply::new(status, "text/plain; charset=utf-8", format!("ticketbooth: bad request: {self}\n"))
    }
}

/// The request, with all of its body that is kept.
pub(crate) async fn receive_request(
    request: Request<Incoming>,
    origin: &Peer,
    limits: &Limits,
) -> Result<RawRequest, BadRequest> {
    let (parts, body) = request.into_parts();
    let received_us = Some(wall_us());
    check_head(&parts)?;
    let limits = limits.for_path(parts.uri.path());
    let (target, headers) = read_head(&parts);
    let (body, oversize) = if body.is_end_stream() {
        (Bytes::new(), false)
    } else {
        let taken = tokio::time::timeout(limits.body, read_body(body, &limits)).await;
        taken.map_err(|_| BadRequest::BodySlow)??
    };
    Ok(RawRequest {
        method: method_text(&parts.method),
        target,
        authority: authority_text(&parts),
        headers,
        body,
        oversize,
        port_of: origin.port_of,
        client: origin.client.clone(),
        arrival: Arrival {
            received_us,
            connection: Some(origin.connection),
            http: Some(version_name(parts.version)),
            tls: false,
            departure: Departure::default(),
        },
    })
}

const fn version_name(version: Version) -> &'static str {
    match version {
        Version::HTTP_2 => "HTTP/2",
        Version::HTTP_10 => "HTTP/1.0",
        _ => "HTTP/1.1",
    }
}

fn check_head(parts: &Parts) -> Result<(), BadRequest> {
    if parts.method == Method::CONNECT {
        return Err(BadRequest::Connect);
    }
    if parts.headers.get_all(HOST).iter().count() > 1 {
        return Err(BadRequest::Hosts);
    }
    let mut codings = parts.headers.get_all(TRANSFER_ENCODING).iter();
    let is_chunked = codings.next().is_none_or(|coding| coding.as_bytes().eq_ignore_ascii_case(b"chunked"));
    if !is_chunked || codings.next().is_some() {
        return Err(BadRequest::TransferEncoding);
    }
    if values_differ(&parts.headers, &CONTENT_LENGTH) {
        return Err(BadRequest::ContentLengths);
    }
    Ok(())
}

/// Whether the header came with more than one value.
fn values_differ(headers: &HeaderMap, name: &HeaderName) -> bool {
    let mut values = headers.get_all(name).iter();
    let first = values.next();
    values.any(|value| Some(value) != first)
}

fn method_text(method: &Method) -> Text {
    match *method {
        Method::GET => Text::from_static("GET"),
        Method::POST => Text::from_static("POST"),
        _ => method.as_str().into(),
    }
}

fn authority_text(parts: &Parts) -> Option<Text> {
    // Of HTTP/2, where every request has one, the same is kept as its host.
    let is_whole_url = parts.version < Version::HTTP_2;
    parts.uri.authority().filter(|_| is_whole_url).map(|authority| authority.as_str().into())
}

/// Path and query as sent, without what a proxy's client puts in front of them, and the headers.
fn read_head(parts: &Parts) -> (Text, Headers) {
    let target = parts.uri.path_and_query().map_or("/", |target| target.as_str());
    // HTTP/2 has the host in the target, and so may HTTP/1.
    let host = parts.uri.authority().filter(|_| !parts.headers.contains_key(HOST));
    let host = host.map(|authority| (HOST.as_str(), authority.as_str().as_bytes()));
    let lines = || parts.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())).chain(host);
    Headers::with_target(target, lines)
}

/// The kept part of the body, and whether there was more of it.
async fn read_body(mut body: Incoming, limits: &Limits) -> Result<(Bytes, bool), BadRequest> {
    let announced = body.size_hint().lower().min(FIRST_ROOM);
    let mut kept = BytesMut::with_capacity(usize::try_from(announced).unwrap_or(0));
    let mut beyond = 0;
    while let Some(frame) = body.frame().await {
        let Ok(chunk) = frame.map_err(|_| BadRequest::BodyBroken)?.into_data() else { continue };
        let (head, rest) = chunk.split_at(chunk.len().min(limits.body_bytes - kept.len()));
        kept.extend_from_slice(head);
        beyond += rest.len();
        if beyond > limits.drained_bytes {
            break;
        }
    }
    Ok((kept.freeze(), beyond > 0))
}
