//! Requests: as bytes and words, and as the call that was read from them.
//!
//! Both are plain values. How a vendor's words become a [`Call`] is the vendor's business; what the
//! bytes of a connection are is `http`'s.

mod headers;
mod params;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use bytes::Bytes;

use crate::bounds::{ACCESS_KEY, ACTION, VERSION, beginning_of};
use crate::domain::Refusal;
pub use crate::text::Text;
use crate::text::{pieces, to_lower};
pub use headers::Headers;
pub use params::{ParamValue, Params};

/// A request as it arrived, the same for every vendor and transport.
#[derive(Clone, Debug)]
pub struct RawRequest {
    /// The text as sent, case kept.
    pub method: Text,
    /// Path and query as sent, percent escapes kept: `/?Action=…`.
    pub target: Text,
    /// `host:port` of a target that was a whole URL, as a proxy's clients send it.
    pub authority: Option<Text>,
    pub headers: Headers,
    /// The body without its transfer coding. Cut at the limit when `oversize` is set.
    pub body: Bytes,
    /// The body went on beyond what is read of any request.
    pub oversize: bool,
    /// The vendor whose own port the request came in by.
    pub port_of: Option<&'static str>,
    /// The address of the client, without its port.
    pub client: Text,
    pub arrival: Arrival,
}

/// The connection that a request came over, if it came over one.
#[derive(Clone, Debug, Default)]
pub struct Arrival {
    /// The wall clock when the request was read, in microseconds since 1970.
    pub received_us: Option<i64>,
    /// The number of the connection, counted from 1 since the server began.
    pub connection: Option<u64>,
    /// `HTTP/1.1` and so on.
    pub http: Option<&'static str>,
    pub tls: bool,
    pub via: Via,
    /// The vendor whose host the connection was for, where that is told by more than the request itself.
    pub vendor: Option<&'static str>,
    /// Told by the connection when the client leaves before its answer.
    pub departure: Departure,
}

/// The way by which a client came to us.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Via {
    /// It asked for our address, or for a name that leads to it.
    #[default]
    Direct,
    /// It took us for its proxy.
    Proxy,
    /// The same, by a tunnel to the host of this name.
    Tunnel(Text),
}

impl fmt::Display for Via {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Direct => f.write_str("direct"),
            Self::Proxy => f.write_str("proxy"),
            Self::Tunnel(host) => write!(f, "tunnel {host}"),
        }
    }
}

/// Whether a client left before it had its answer, and when. Its copies are one. By default nobody watches the client.
#[derive(Clone, Debug, Default)]
pub struct Departure(Option<Arc<AtomicI64>>);

impl Departure {
    /// Of a client that can be seen to leave.
    pub fn watched() -> Self {
        Self(Some(Arc::default()))
    }

    /// The client left at this wall time, in microseconds since 1970.
    pub fn note_departure(&self, wall_us: i64) {
        if let Some(time) = &self.0 {
            time.store(wall_us, Ordering::Relaxed);
        }
    }

    /// The same; `None`: it has not left, as far as is known.
    pub fn time_us(&self) -> Option<i64> {
        self.0.as_ref().map(|time| time.load(Ordering::Relaxed)).filter(|wall_us| *wall_us != 0)
    }
}

impl From<&RawRequest> for Arc<RawRequest> {
    fn from(raw: &RawRequest) -> Self {
        Self::new(raw.clone())
    }
}

impl RawRequest {
    pub fn path(&self) -> &str {
        self.split_target().0
    }

    /// The text after the first `?`, as sent; empty when there is none.
    pub fn query(&self) -> &str {
        self.split_target().1
    }

    /// Asked for at many places, so it looks for a byte and not for a sign of a text.
    fn split_target(&self) -> (&str, &str) {
        match memchr::memchr(b'?', self.target.as_bytes()) {
            Some(place) => (&self.target[..place], &self.target[place + 1..]),
            None => (&self.target, ""),
        }
    }

    /// The same as bytes that share the memory of the target.
    pub fn query_bytes(&self) -> Bytes {
        self.target.as_bytes().slice_ref(self.query().as_bytes())
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)
    }

    /// The `Host` header as opaque text: official clients send a whole URL there, and sign it.
    pub fn host(&self) -> &str {
        self.headers.get("host").unwrap_or("")
    }

    /// `host:port` under which the client has found us.
    pub fn endpoint(&self) -> &str {
        self.authority.as_deref().unwrap_or_else(|| self.host())
    }

    /// The scheme, host and port under which the client has found us; empty where it names no host.
    pub fn base_url(&self) -> String {
        let scheme = if self.arrival.tls { "https" } else { "http" };
        let endpoint = self.endpoint().trim_end_matches('/');
        // Some official clients send a whole URL for a host.
        let host = endpoint.split_once("://").map_or(endpoint, |(_, host)| host);
        if host.is_empty() { String::new() } else { format!("{scheme}://{host}") }
    }

    /// The value of the cookie of this name.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        let cookies = self.headers.all("cookie").flat_map(|line| line.split(';'));
        cookies.filter_map(|pair| pair.trim().split_once('=')).find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// The media type of the body in lower case, without its parameters.
    pub fn media_type(&self) -> Cow<'_, str> {
        let essence = pieces(self.header("content-type"), b';').next().unwrap_or("");
        to_lower(essence.trim())
    }
}

/// A call as it was read from a request, right or wrong. Nothing in it has been verified.
#[derive(Clone, Debug, Default)]
pub struct Call {
    pub action: Option<Text>,
    pub version: Option<Text>,
    pub claim: Claim,
    pub params: Params,
    /// The first thing that could not be read, to be answered at its place in the order of checks.
    pub fault: Option<Refusal>,
    pub language: Language,
    /// The form of answer that was asked for, if any was.
    pub format: Option<Format>,
}

impl Call {
    /// Cuts the names that errors quote and journals keep. Nothing that there is has a longer one.
    pub fn bound_names(&mut self) {
        let key = &mut self.claim.access_key;
        for (name, bound) in [(&mut self.action, &ACTION), (&mut self.version, &VERSION), (key, &ACCESS_KEY)] {
            if let Some(text) = name.as_mut().filter(|text| text.len() > bound.most) {
                // A copy, because a piece would keep all of the request.
                *text = Text::from(beginning_of(text, bound.most));
            }
        }
    }

    /// The name of the action; empty where there is none.
    pub fn display_name(&self) -> &str {
        self.action.as_deref().unwrap_or("")
    }
}

/// The key that the caller claims, and the proof that came along.
#[derive(Clone, Debug, Default)]
pub struct Claim {
    pub scheme: Scheme,
    pub access_key: Option<Text>,
    pub signature: Option<Text>,
    /// The signature's time as sent.
    pub timestamp: Option<Text>,
    /// The same as Unix seconds, where it could be read.
    pub unix: Option<i64>,
    pub nonce: Option<Text>,
    pub session_token: Option<Text>,
    /// The names of the signed headers, as sent: with `;` between them.
    pub signed: Option<Text>,
    /// The credential scope behind the key, as sent: date, service and terminator with `/` between them.
    pub scope: Option<Text>,
}

impl Claim {
    /// The names of the signed headers, as sent.
    pub fn signed_headers(&self) -> impl Iterator<Item = &str> {
        pieces(self.signed.as_deref(), b';')
    }

    /// The pieces of the credential scope, as sent.
    pub fn scope_parts(&self) -> impl Iterator<Item = &str> {
        pieces(self.scope.as_deref(), b'/')
    }
}

/// The signing recipe that a call follows. Vendors define theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Scheme {
    name: &'static str,
    pub form: SchemeForm,
    pub host: SignedHost,
}

/// The part of the host that a signature covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SignedHost {
    /// Nothing.
    NotCovered,
    /// All of it, as it was sent.
    AsSent,
    /// The same, or its name without the port: official clients differ.
    WithOrWithoutPort,
}

/// The form that a request has before it is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SchemeForm {
    /// There is no signature.
    Unsigned,
    /// A canonical request, whose digest is signed.
    Canonical,
    /// The sorted parameters themselves.
    Pairs,
}

impl Scheme {
    /// No recipe that could be told.
    pub const UNSIGNED: Self = Self::new("none", SchemeForm::Unsigned, SignedHost::NotCovered);

    pub const fn new(name: &'static str, form: SchemeForm, host: SignedHost) -> Self {
        Self { name, form, host }
    }

    /// The name that clients write.
    pub const fn name(self) -> &'static str {
        self.name
    }
}

impl Default for Scheme {
    fn default() -> Self {
        Self::UNSIGNED
    }
}

/// The language a vendor answers in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    #[default]
    English,
    Chinese,
}

/// The form of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    Json,
    Xml,
}
