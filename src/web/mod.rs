//! The pages that a browser sees: embed pages and their data calls.
//!
//! What a visit may do is decided by `pipeline`; here it only gets its face.

mod embed;

use crate::call::RawRequest;
use crate::emulator::Emulator;
use crate::pipeline::{self, Counting};
use crate::reply::Reply;

/// Answers an embed page or the data call of an open one; `None` when the request is for neither.
pub fn page(emulator: &Emulator, raw: &RawRequest) -> Option<Reply> {
    if let Some(reply) = pipeline::page_data(emulator, raw) {
        return Some(reply);
    }
    let arrived = pipeline::arrived(emulator, raw)?;
    let counting = match raw.method.as_str() {
        "GET" => Counting::TakesUse,
        "HEAD" => Counting::LooksOnly,
        _ => return Some(only_get()),
    };
    let visited = pipeline::visit(raw, arrived, counting);
    let page = embed::reply(&visited);
    Some(visited.end(raw, page))
}

fn only_get() -> Reply {
    Reply::new(405, "text/plain; charset=utf-8", "an embed page is opened with GET\n").with("allow", "GET, HEAD")
}
