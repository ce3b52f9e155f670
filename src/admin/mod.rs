//! The admin API: what stands under `/_ticketbooth`, for tests and people rather than for clients.
//!
//! [`ENDPOINTS`] is the list; each subject has its file. `guard` stands in front of all of it. How
//! requests get here, and how answers that take their time are waited for, is `http`'s business.

mod asked;
mod assumptions;
mod clock;
pub mod console;
mod endpoints;
mod events;
mod guard;
mod info;
mod journal;
mod listing;
mod metrics;
pub mod openapi;
mod reset;
mod route;
mod rules;
mod sandboxes;
mod scenario;
mod snapshot;
mod snippets;
mod tickets;
mod trust;
mod verify;
mod waiting;
mod world;

use std::sync::LazyLock;

use bytes::Bytes;
use serde_json::{Value, json};

use crate::bounds::Bound;
pub use crate::journal::News;
use crate::reply::Reply;
use asked::AdminRequest;
pub use endpoints::ENDPOINTS;
pub use route::{admit_head, answer, is_public, owns_path};
pub use waiting::{Listening, Patience, Pending, Pieces, Streaming};

/// The prefix of the path of every endpoint.
pub const PREFIX: &str = "/_ticketbooth";

/// One thing that can be asked.
pub struct Endpoint {
    pub method: &'static str,
    /// The path behind [`PREFIX`]; `{id}` stands for one segment.
    pub path: &'static str,
    /// The subject that lists put it under.
    pub subject: &'static str,
    /// One sentence for lists.
    pub about: &'static str,
    pub access: Access,
    /// Parameters of the query, with one sentence each.
    pub query: &'static [(&'static str, &'static str)],
    /// The body, where there is one.
    pub takes: Option<Takes>,
    /// The bound of it.
    pub body: &'static Bound,
    /// Status and JSON Schema of the answer.
    pub gives: Gives,
    handle: fn(&AdminRequest<'_>) -> Result<Answer, AdminError>,
}

/// The access that it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody, whatever host was asked.
    Public,
    /// Whoever passes the [`crate::emulator::Guard`].
    Guarded,
}

/// The body of a request.
#[derive(Clone, Copy)]
pub enum Takes {
    /// JSON of this schema.
    Json(fn() -> Value),
    /// JSON of this schema, or nothing at all.
    JsonOrNothing(fn() -> Value),
    /// A file of ours as YAML or JSON.
    File(fn() -> Value),
}

/// The answer of a request that succeeds.
#[derive(Clone, Copy)]
pub struct Gives {
    pub status: u16,
    pub media_type: &'static str,
    /// `None`: no JSON.
    pub schema: Option<fn() -> Value>,
}

/// The answer to a request that was understood.
pub enum Answer {
    Now(Reply),
    /// An answer that is given as soon as something happens, or when patience ends.
    Later(Pending),
    Stream(Streaming),
}

impl From<Reply> for Answer {
    fn from(reply: Reply) -> Self {
        Self::Now(reply)
    }
}

/// An error, with what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdminError {
    pub status: u16,
    /// One word for programs.
    pub kind: &'static str,
    pub message: String,
    pub hint: String,
    /// Headers that go with it.
    pub headers: Vec<(&'static str, String)>,
}

/// The refusal of a request for a page of ours that names no host, or none that is one. Calls of vendors keep theirs as
/// it came.
pub fn refuse_host(raw: &crate::call::RawRequest) -> Option<Reply> {
    guard::refuse_authority(raw).map(|refusal| refusal.to_reply())
}

impl AdminError {
    pub fn new(status: u16, kind: &'static str, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { status, kind, message: message.into(), hint: hint.into(), headers: Vec::new() }
    }

    /// The answer that says it.
    pub fn to_reply(&self) -> Reply {
        let error = json!({ "kind": self.kind, "message": self.message, "hint": self.hint });
        json_reply(self.status, &json!({ "error": error }))
    }
}

/// An answer whose text is made once and is the same ever after.
fn cached_reply(text: &'static LazyLock<Bytes>) -> Reply {
    Reply::new(200, "application/json", Bytes::clone(text))
}

/// The JSON text of a document that never changes.
fn lasting_text(document: &Value) -> Bytes {
    document.to_string().into()
}

/// An answer that carries data.
fn json_reply(status: u16, body: &impl serde::Serialize) -> Reply {
    let text = serde_json::to_string(body).expect("what is answered has text for keys and no failing parts");
    Reply::new(status, "application/json", text)
}
