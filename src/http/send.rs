//! Writes a [`Reply`] as the protocol of its request wants it.

use bytes::Bytes;
use http_body_util::Either;
use hyper::header::{
    CACHE_CONTROL, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, X_CONTENT_TYPE_OPTIONS,
};
use hyper::{Method, Request, Response, StatusCode, Version};
use std::borrow::Cow;
use tracing::error;

use super::outgoing::Outgoing;
use super::waiting::Events;
use crate::reply::Reply;

/// How a request wants to be answered, apart from what the answer says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Manner {
    wants_body: bool,
    connection: Connection,
}

/// The connection after the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Connection {
    KeepAlive,
    Close,
    /// HTTP/2 has no such header and its frames say it.
    Unsaid,
}

impl Manner {
    pub(crate) fn of_request<B>(request: &Request<B>) -> Self {
        let says = |word| lists_word(request.headers(), word);
        let connection = match request.version() {
            Version::HTTP_2 => Connection::Unsaid,
            Version::HTTP_11 if !says("close") => Connection::KeepAlive,
            Version::HTTP_10 if says("keep-alive") && !says("close") => Connection::KeepAlive,
            _ => Connection::Close,
        };
        Self { wants_body: request.method() != Method::HEAD, connection }
    }

    /// The same, with the connection closed afterwards where the protocol has that.
    pub(crate) fn closing(mut self) -> Self {
        if self.connection == Connection::KeepAlive {
            self.connection = Connection::Close;
        }
        self
    }
}

/// Whether the `Connection` header lists the word.
fn lists_word(headers: &HeaderMap, word: &str) -> bool {
    let values = headers.get_all(CONNECTION).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|listed| listed.trim().eq_ignore_ascii_case(word))
}

/// The body that is sent: an answer that is all there, or events as they happen.
pub(crate) type Sent = Either<Outgoing, Events>;

/// An answer that goes on until the client leaves.
pub(crate) fn streaming_response(events: Events, manner: &Manner) -> Response<Sent> {
    let media_type = events.media_type();
    let nothing = || Either::Left(Outgoing::new(Bytes::new(), None));
    let mut response = Response::new(if manner.wants_body { Either::Right(events) } else { nothing() });
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// Headers that are put to those of a reply, at most.
const OWN_HEADERS: usize = 2;

/// The finished answer, still in one piece.
pub(crate) fn to_response(reply: Reply, manner: &Manner) -> Response<Bytes> {
    let length = reply.body.len();
    let body = if manner.wants_body { reply.body } else { Bytes::new() };
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or_else(|_| {
        error!(status = reply.status, "an answer has no HTTP status: {}", reply.status);
        StatusCode::INTERNAL_SERVER_ERROR
    });
    let headers = response.headers_mut();
    headers.reserve(reply.headers.len() + OWN_HEADERS);
    for (name, value) in &*reply.headers {
        let known = match name {
            Cow::Borrowed(name) => Ok(HeaderName::from_static(name)),
            Cow::Owned(name) => HeaderName::from_bytes(name.as_bytes()),
        };
        match (known, HeaderValue::from_maybe_shared(value.clone().into_bytes())) {
            (Ok(name), Ok(value)) => _ = headers.append(name, value),
            _ => error!(%name, "the header {name} of an answer cannot be sent"),
        }
    }
    if !manner.wants_body {
        headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    }
    match manner.connection {
        Connection::KeepAlive => _ = headers.insert(CONNECTION, HeaderValue::from_static("keep-alive")),
        Connection::Close => _ = headers.insert(CONNECTION, HeaderValue::from_static("close")),
        Connection::Unsaid => _ = headers.remove(CONNECTION),
    }
    response
}
