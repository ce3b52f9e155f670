//! The admin API: what stands under `/_ticketbooth`, for tests and people rather than for clients.
//!
//! [`ENDPOINTS`] is the list; each subject has its file. How requests get here is `http`'s business.

mod health;

use serde_json::{Value, json};

use crate::call::RawRequest;
use crate::emulator::Emulator;
use crate::reply::Reply;

/// What the path of every endpoint begins with.
pub const PREFIX: &str = "/_ticketbooth";

/// One thing that can be asked.
pub struct Endpoint {
    pub method: &'static str,
    /// The path behind [`PREFIX`].
    pub path: &'static str,
    /// One sentence for lists.
    pub about: &'static str,
    pub handle: fn(&Emulator, &RawRequest) -> Reply,
}

/// Every endpoint.
pub static ENDPOINTS: &[Endpoint] = &[
    Endpoint { method: "GET", path: "/health", about: "whether the emulator is alive", handle: health::health },
    Endpoint { method: "GET", path: "/ready", about: "whether the emulator takes calls", handle: health::health },
];

/// Whether the path is one of the admin API, known or not.
pub fn owns(path: &str) -> bool {
    path.strip_prefix(PREFIX).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The answer to a request for a path that [`owns`] knows.
pub fn answer(emulator: &Emulator, raw: &RawRequest) -> Reply {
    if raw.oversize {
        return problem(413, "too_large", "the body is too large", "the admin API takes 1 MiB at most");
    }
    let path = raw.path().strip_prefix(PREFIX).unwrap_or("");
    let asked = if raw.method == "HEAD" { "GET" } else { &raw.method };
    let here = || ENDPOINTS.iter().filter(|endpoint| endpoint.path == path);
    if let Some(endpoint) = here().find(|endpoint| endpoint.method == asked) {
        return (endpoint.handle)(emulator, raw);
    }
    let methods: Vec<&str> = here().map(|endpoint| endpoint.method).collect();
    if methods.is_empty() {
        let message = format!("there is no {PREFIX}{path}");
        return problem(404, "not_found", &message, &nearest(path));
    }
    let methods = methods.join(", ");
    let message = format!("{PREFIX}{path} does not answer {}", raw.method);
    problem(405, "method_not_allowed", &message, &format!("it answers {methods}")).with("allow", methods)
}

fn nearest(path: &str) -> String {
    let near = ENDPOINTS.iter().max_by(|one, other| {
        let likeness = |endpoint: &Endpoint| strsim::jaro_winkler(endpoint.path, path);
        likeness(one).total_cmp(&likeness(other))
    });
    near.map_or_else(String::new, |endpoint| format!("did you mean {} {PREFIX}{}?", endpoint.method, endpoint.path))
}

/// An answer that carries data.
pub(crate) fn data(status: u16, body: &Value) -> Reply {
    Reply::new(status, "application/json", body.to_string())
}

/// An answer that says what went wrong and what to do.
pub(crate) fn problem(status: u16, kind: &str, message: &str, hint: &str) -> Reply {
    data(status, &json!({ "error": { "kind": kind, "message": message, "hint": hint } }))
}
