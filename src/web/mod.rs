//! The pages that a browser sees: embed pages, what they are made of, and their data calls.
//!
//! What a visit may do is decided by `pipeline`; here it only gets its face. The document of a visit says what the ticket
//! carries; everything that is the same for every visit stands in `assets`, and figures come with the data call.

mod assets;
mod document;
mod embed;

use std::sync::{Arc, LazyLock};

use minijinja::{Environment, context};

use crate::call::RawRequest;
use crate::cloud::examples::USUAL_ENDPOINT;
use crate::cloud::{Vendor, vendors};
use crate::emulator::Emulator;
use crate::pipeline::{self, Arrived, Counting};
use crate::reply::Reply;

/// Answers an embed page, a part of one, or the data call of an open one; `None` when the request is for none of them.
pub fn serve_page(emulator: &Emulator, raw: impl Into<Arc<RawRequest>>) -> Option<Reply> {
    serve_guarded_page(emulator, &raw.into(), |_| None)
}

/// The same, with the answer of `refuse` where that has one for a request which is for a page.
pub fn serve_guarded_page(
    emulator: &Emulator,
    raw: &Arc<RawRequest>,
    refuse: impl FnOnce(&RawRequest) -> Option<Reply>,
) -> Option<Reply> {
    if assets::owns_path(raw.path()) {
        return Some(refuse(raw).unwrap_or_else(|| assets::serve_part(emulator, raw)));
    }
    if let Some((vendor, data)) = pipeline::recognise_data_call(raw) {
        return Some(refuse(raw).unwrap_or_else(|| pipeline::page_data(emulator, raw, vendor, &data)));
    }
    let arrived = pipeline::recognise_visit(emulator, raw)?;
    Some(refuse(raw).unwrap_or_else(|| show_page(raw, arrived)))
}

fn show_page(raw: &Arc<RawRequest>, arrived: Arrived) -> Reply {
    let is_declined = &*raw.method == "GET" && pipeline::is_ahead_of_time(raw) && !arrived.takes_use_ahead();
    let counting = match &*raw.method {
        "GET" if is_declined => Counting::LooksOnly,
        "GET" => Counting::TakesUse,
        "HEAD" => Counting::LooksOnly,
        _ => {
            return Reply::new(405, "text/plain; charset=utf-8", "an embed page is opened with GET\n")
                .with_header("allow", "GET, HEAD");
        }
    };
    let visited = pipeline::handle_visit(raw, arrived, counting);
    let page = if is_declined { embed::decline_ahead() } else { embed::page_reply(&visited, raw) };
    visited.finish(raw, page)
}

/// The page that somebody sees who opens the address in a browser; `None` for every other request.
pub fn front_page(raw: &RawRequest) -> Option<Reply> {
    let wants_page = || raw.header("accept").is_some_and(|accept| accept.contains("text/html"));
    let is_root = raw.path() == "/" && raw.query().is_empty() && matches!(&*raw.method, "GET" | "HEAD");
    if !is_root || !wants_page() || !pipeline::fits_no_vendor(raw) {
        return None;
    }
    // The host was checked, and is the address that the browser has found us under.
    let endpoint = raw.endpoint();
    let snippet = |vendor: &&'static Vendor| {
        let (name, text) = vendor.clients.snippets.first()?;
        let text = text.replace(USUAL_ENDPOINT, endpoint);
        Some(context! { title => format!("{}: {name}", vendor.clients.title), text })
    };
    let snippets: Vec<_> = vendors().iter().filter_map(snippet).collect();
    let page = render_template("front.html", context! { endpoint, snippets });
    Some(Reply::new(200, HTML, page).with_header("cache-control", "no-store"))
}

const HTML: &str = "text/html; charset=utf-8";

/// The templates, whose `.html` names switch contextual escaping on.
static PAGES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut pages = Environment::new();
    for (name, source) in
        [("refusal.html", include_str!("templates/refusal.html")), ("front.html", include_str!("templates/front.html"))]
    {
        pages.add_template(name, source).expect("a test renders every template");
    }
    pages
});

fn render_template(name: &str, context: minijinja::Value) -> String {
    let template = PAGES.get_template(name).expect("the templates are loaded by name above");
    template.render(context).expect("a test renders every template")
}
