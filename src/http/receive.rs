//! Reads a request off the wire into a [`RawRequest`].
//!
//! Refused here is only what two readers of the same bytes could understand differently, because
//! then nobody knows which request was signed. Everything else is kept as it came, also what is odd:
//! an official client sends a whole URL as its `Host`, and signs it.

use bytes::Bytes;
use hyper::body::{Body, Incoming};
use hyper::header::{CONTENT_LENGTH, HOST, HeaderMap, HeaderName, PROXY_AUTHORIZATION, TRANSFER_ENCODING};
use hyper::http::request::Parts;
use hyper::{Method, Request, Version};

use super::body::{BadBody, BodyShare, ReadBody, drain_body, read_body};
use super::context::ServerContext;
use super::peer::Peer;

use super::{route, tunnel};
use crate::bounds::{NOTED_TEXT, beginning_of};
use crate::call::{Arrival, Departure, Headers, RawRequest, Text, Via};
use crate::emulator::{Emulator, Stray, wall_us};
use crate::pipeline;
use crate::reply::Reply;

/// A request that cannot be read in one way only.
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
}

impl BadRequest {
    /// Tells of it. A client that sends CONNECT says where it wants to go.
    fn note_it(self, emulator: &Emulator, wanted: &str) {
        match self {
            Self::Connect => {
                let wanted = emulator.make_redactor().redact_text(beginning_of(wanted, NOTED_TEXT.most));
                let text = format!(
                    "CONNECT {wanted}: a client takes this port for a proxy; take http_proxy and https_proxy out of its \
                     environment, or run it with `ticketbooth exec`"
                );
                emulator.note_stray_text(Stray::Connect, &text);
            }
            Self::Hosts | Self::TransferEncoding | Self::ContentLengths => {
                emulator.note_stray_text(Stray::BadHttp, &format!("bad HTTP: {self}"));
            }
        }
    }

    /// A plain answer in nobody's envelope: no vendor is recognised yet.
    pub(crate) fn to_reply(self) -> Reply {
        plain_refusal(400, &self.to_string())
    }
}

fn plain_refusal(status: u16, cause: &str) -> Reply {
    Reply::new(status, "text/plain; charset=utf-8", format!("ticketbooth: bad request: {cause}\n"))
}

fn refuse_body(bad: BadBody) -> Reply {
    match bad {
        BadBody::BrokenOff => plain_refusal(400, "the body broke off"),
        BadBody::Slow => plain_refusal(408, "the body did not arrive in time"),
        BadBody::NoRoom => plain_refusal(503, "too many large bodies are being read; try again when others are done"),
    }
}

/// A request that was read.
pub(crate) struct Received {
    pub raw: RawRequest,
    pub share: BodyShare,
}

/// The request, with all of its body that is kept.
///
/// # Errors
///
/// The answer to a request that cannot be read, or whose head is reason enough to refuse it.
pub(crate) async fn receive_request(
    request: Request<Incoming>,
    origin: &Peer,
    shared: &ServerContext,
) -> Result<Received, Reply> {
    let (mut parts, body) = request.into_parts();
    // It is for a proxy, whether we are one or not, and a secret.
    parts.headers.remove(PROXY_AUTHORIZATION);
    let received_us = Some(wall_us());
    check_head(&parts).map_err(|bad| {
        let host = parts.uri.authority().map_or("", |authority| authority.as_str());
        bad.note_it(&shared.emulator, host);
        bad.to_reply()
    })?;
    let (target, headers) = read_head(&parts);
    let mut raw = RawRequest {
        method: method_text(&parts.method),
        target,
        authority: authority_text(&parts),
        headers,
        body: Bytes::new(),
        oversize: false,
        port_of: origin.port_of,
        client: origin.client.clone(),
        arrival: Arrival {
            received_us,
            connection: Some(origin.connection),
            http: Some(version_name(parts.version)),
            tls: origin.secured.is_some(),
            vendor: None,
            via: Via::Direct,
            departure: Departure::watched(),
        },
    };
    (raw.arrival.via, raw.arrival.vendor) = settle_arrival(&shared.emulator, origin, &raw, parts.uri.scheme_str())?;
    if body.is_end_stream() {
        return Ok(Received { raw, share: BodyShare::default() });
    }
    // Nobody who may not ask makes us take in what comes with the question.
    let most = match route::admit_head(&shared.emulator, &raw) {
        Ok(most) => most.unwrap_or(shared.limits.body_bytes),
        Err(refused) => {
            drain_body(body, shared).await;
            return Err(refused);
        }
    };
    let ReadBody { bytes, oversize, share } = read_body(body, most, shared).await.map_err(refuse_body)?;
    (raw.body, raw.oversize) = (bytes, oversize);
    Ok(Received { raw, share })
}

/// The way that the request came, and the vendor whose host it is for where that is known by more than the rows.
///
/// # Errors
///
/// The answer to a request for another host than that of its connection, or for one that nobody is led to.
fn settle_arrival(
    emulator: &Emulator,
    origin: &Peer,
    raw: &RawRequest,
    scheme: Option<&str>,
) -> Result<(Via, Option<&'static str>), Reply> {
    let mut via = origin.via.clone();
    let target = raw.authority.as_ref().filter(|_| emulator.proxy);
    if let Some(authority) = target {
        let usual = if scheme == Some("https") { 443 } else { 80 };
        tunnel::judge_target(emulator, authority, usual, origin).map_err(|misled| misled.refuse(emulator))?;
        via = if via == Via::Direct { Via::Proxy } else { via };
    }
    let connected = origin.host();
    if connected.is_none() && target.is_none() && emulator.vendor_hosts.is_empty() {
        return Ok((via, None));
    }
    let asked = target.map(|authority| &**authority).or_else(|| raw.header("host")).map(pipeline::host_name);
    let vendor = asked.and_then(|name| pipeline::vendor_at_host(emulator, name));
    let expected = connected.and_then(|name| pipeline::vendor_at_host(emulator, name));
    match (asked, expected) {
        (Some(asked), Some(_)) if vendor != expected => {
            let connected = connected.unwrap_or("");
            Err(refuse_misdirected(
                emulator,
                &format!("a request for {asked} came over a connection that is for {connected}"),
            ))
        }
        _ => Ok((via, vendor.or(expected))),
    }
}

fn refuse_misdirected(emulator: &Emulator, cause: &str) -> Reply {
    let noted = emulator.make_redactor().redact_text(beginning_of(cause, NOTED_TEXT.most));
    emulator.note_stray_text(Stray::Misdirected, &noted);
    Reply::new(421, "text/plain; charset=utf-8", format!("ticketbooth: {cause}\n"))
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
