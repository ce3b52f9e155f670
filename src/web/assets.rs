//! The parts of every embed page: one sheet of styles, one script, and the pulse by which an open page sees its
//! ticket. Their path is ours alone, and its version is in it, so a browser keeps them for as long as they are right.

use std::sync::LazyLock;

use crate::call::RawRequest;
use crate::emulator::Emulator;
use crate::pipeline;
use crate::reply::Reply;
use crate::sign::sha256_hex;

/// In front of everything here. No vendor has such a path.
const PREFIX: &str = "/ticketbooth-pages/";

const STYLES: &str = include_str!("assets/page.css");
const SCRIPT: &str = concat!(
    "\"use strict\";\n",
    include_str!("assets/words.js"),
    include_str!("assets/charts.js"),
    include_str!("assets/faces.js"),
    include_str!("assets/works.js"),
    include_str!("assets/page.js"),
);

/// The folder of this version.
static FOLDER: LazyLock<String> = LazyLock::new(|| {
    let mut version = sha256_hex(format!("{STYLES}{SCRIPT}").as_bytes());
    version.truncate(12);
    format!("{PREFIX}{version}")
});

/// Whether the path is one of the parts of a page.
pub(super) fn owns_path(path: &str) -> bool {
    path.starts_with(PREFIX)
}

/// The folder in which a page finds its parts.
pub(super) fn folder() -> &'static str {
    &FOLDER
}

/// Where an open page asks for the state of its ticket.
pub(super) const PULSE: &str = "/ticketbooth-pages/pulse";

pub(super) fn serve_part(emulator: &Emulator, raw: &RawRequest) -> Reply {
    let reply = if !matches!(&*raw.method, "GET" | "HEAD") {
        Reply::without_body(405).with_header("allow", "GET, HEAD")
    } else if raw.path() == PULSE {
        pipeline::answer_pulse(emulator, raw)
    } else {
        serve_file(raw.path())
    };
    guard_part(reply)
}

fn serve_file(path: &str) -> Reply {
    let (kind, text) = match path.rsplit('/').next() {
        Some("page.css") => ("text/css; charset=utf-8", STYLES),
        Some("page.js") => ("text/javascript; charset=utf-8", SCRIPT),
        _ => return Reply::without_body(404),
    };
    // A page of another version that is still open gets what there is, and asks again the next time.
    let is_current = path.starts_with(folder());
    let keep = if is_current { "public, max-age=31536000, immutable" } else { "no-cache" };
    Reply::new(200, kind, text.as_bytes()).with_header("cache-control", keep)
}

fn guard_part(reply: Reply) -> Reply {
    reply.with_header("x-content-type-options", "nosniff").with_header("referrer-policy", "no-referrer")
}
