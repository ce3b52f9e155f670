//! The console: the files that a browser loads at `/_ticketbooth/`.
//!
//! They hold no data and need no token. What they show they ask of the other endpoints, which need one where it is set.

use super::{AdminError, PREFIX, guard};
use crate::call::RawRequest;
use crate::emulator::Guard;
use crate::reply::Reply;

/// A file of the console.
#[derive(Debug)]
pub struct Asset {
    /// Its path behind [`PREFIX`].
    pub path: &'static str,
    pub media_type: &'static str,
    pub text: &'static str,
}

const HTML: &str = "text/html; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// The script of this name.
macro_rules! script {
    ($name:literal) => {
        Asset { path: concat!("/console/", $name), media_type: SCRIPT, text: include_str!($name) }
    };
}

/// Every file, the page first.
pub static ASSETS: &[Asset] = &[
    Asset { path: "/", media_type: HTML, text: include_str!("index.html") },
    Asset { path: "/console/style.css", media_type: STYLE, text: include_str!("style.css") },
    script!("theme.js"),
    script!("main.js"),
    script!("dom.js"),
    script!("words.js"),
    script!("api.js"),
    script!("live.js"),
    script!("world_clock.js"),
    script!("table.js"),
    script!("tickets.js"),
    script!("calls.js"),
    script!("explain.js"),
    script!("diff.js"),
    script!("problem.js"),
    script!("codes.js"),
    script!("rules.js"),
    script!("clock.js"),
    script!("sandboxes.js"),
    script!("snippets.js"),
    script!("world.js"),
];

/// What a browser is told beside the text: nothing of another place is loaded or told where we are, and no page has ours in
/// a frame.
const HEADERS: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    // A newer emulator on the same port has newer files.
    ("cache-control", "no-store"),
];

/// The answer to a request for a file of the console; `None` when it is for something else.
///
/// # Errors
///
/// The refusal of a host that is not ours.
pub(super) fn serve_asset(guard: &Guard, raw: &RawRequest) -> Option<Result<Reply, AdminError>> {
    if !matches!(&*raw.method, "GET" | "HEAD") {
        return None;
    }
    let path = raw.path().strip_prefix(PREFIX)?;
    let reply = match ASSETS.iter().find(|asset| asset.path == path) {
        Some(asset) => Reply::new(200, asset.media_type, asset.text),
        // The files stand beside the page, and so does everything that is asked.
        None if path.is_empty() => Reply::without_body(308).with_header("location", format!("{PREFIX}/")),
        None => return None,
    };
    let headed = HEADERS.iter().fold(reply, |reply, (name, value)| reply.with_header(*name, *value));
    Some(guard::check_place(guard, raw).map(|()| headed))
}
