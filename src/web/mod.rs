//! The pages that a browser sees: embed pages and their data calls.
//!
//! What a visit may do is decided by `pipeline`; here it only gets its face.

use std::sync::{Arc, LazyLock};

use minijinja::{Environment, context};

use crate::call::RawRequest;
use crate::cloud::{Vendor, vendors};
use crate::domain::{Target, Ticket};
use crate::emulator::Emulator;
use crate::pipeline::{self, Admission, Counting, Shown, VISITOR_COOKIE, Visited};
use crate::reply::{Reply, Said};

/// Answers an embed page or the data call of an open one; `None` when the request is for neither.
pub fn serve_page(emulator: &Emulator, raw: impl Into<Arc<RawRequest>>) -> Option<Reply> {
    show_page(emulator, &raw.into())
}

fn show_page(emulator: &Emulator, raw: &Arc<RawRequest>) -> Option<Reply> {
    if let Some(reply) = pipeline::page_data(emulator, raw) {
        return Some(reply);
    }
    let arrived = pipeline::recognise_visit(emulator, raw)?;
    let counting = match &*raw.method {
        "GET" => Counting::TakesUse,
        "HEAD" => Counting::LooksOnly,
        _ => {
            return Some(
                Reply::new(405, "text/plain; charset=utf-8", "an embed page is opened with GET\n")
                    .with_header("allow", "GET, HEAD"),
            );
        }
    };
    let visited = pipeline::handle_visit(raw, arrived, counting);
    let page = page_reply(&visited);
    Some(visited.finish(raw, page))
}

/// Whether the request is for an embed page or the data call of one.
pub fn is_page(raw: &RawRequest) -> bool {
    let is_of = |vendor: &&Vendor| (vendor.pages.visit)(raw).is_some() || (vendor.pages.data_call)(raw).is_some();
    vendors().iter().any(is_of)
}

/// The page that somebody sees who opens the address in a browser; `None` for every other request.
pub fn front_page(raw: &RawRequest) -> Option<Reply> {
    let wants_page = raw.header("accept").is_some_and(|accept| accept.contains("text/html"));
    let is_root = raw.path() == "/" && raw.query().is_empty() && matches!(&*raw.method, "GET" | "HEAD");
    if !wants_page || !is_root || !pipeline::fits_no_vendor(raw) {
        return None;
    }
    // The host was checked, and is the address that the browser has found us under.
    let endpoint = raw.authority.as_deref().unwrap_or_else(|| raw.host());
    let snippet = |vendor: &&'static Vendor| {
        let (name, text) = vendor.clients.snippets.first()?;
        let text = text.replace(SNIPPET_ENDPOINT, endpoint);
        Some(context! { title => format!("{}: {name}", vendor.clients.title), text })
    };
    let snippets: Vec<_> = vendors().iter().filter_map(snippet).collect();
    let page = render_template("front.html", context! { endpoint, snippets });
    Some(Reply::new(200, HTML, page).with_header("cache-control", "no-store"))
}

/// The address in every snippet.
const SNIPPET_ENDPOINT: &str = "127.0.0.1:4240";

const HTML: &str = "text/html; charset=utf-8";
const VISIT: &str = "x-ticketbooth-visit";

/// The templates, whose `.html` names switch contextual escaping on.
static PAGES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut pages = Environment::new();
    for (name, source) in [
        ("report.html", include_str!("templates/report.html")),
        ("refusal.html", include_str!("templates/refusal.html")),
        ("front.html", include_str!("templates/front.html")),
    ] {
        pages.add_template(name, source).expect("a test renders every template");
    }
    pages
});

/// The page of a visit, in HTML unless a rule answers.
fn page_reply(visited: &Visited) -> Reply {
    let reply = match &visited.shown {
        Shown::Report(admission) => report_page(visited, admission),
        Shown::Refusal(said) => refusal_page(visited, said),
        Shown::ByRule(reply, _) => return reply.clone(),
    };
    let cookie = |name| format!("{VISITOR_COOKIE}={name}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax");
    let reply = match &visited.new_visitor {
        Some(name) => reply.with_header("set-cookie", cookie(name)),
        None => reply,
    };
    reply.with_header("cache-control", "no-store")
}

fn report_page(visited: &Visited, admission: &Admission) -> Reply {
    let Admission { ticket, session, exhibit } = admission;
    let extras = ticket.extras.as_deref();
    let page = render_template(
        "report.html",
        context! {
            title => &exhibit.title,
            kind => exhibit.kind,
            place => &exhibit.place,
            vendor => visited.vendor.name,
            subject => ticket_subject(ticket),
            user => ticket.user.as_ref().map(|user| user.id.to_string()),
            uses_left => ticket.uses_left(),
            used => ticket.used,
            seconds_left => ticket.expires_at.seconds_since(visited.epoch.state.clock.now()),
            expires_at => crate::cloud::format_wall_time(ticket.expires_at, false),
            watermark => extras.and_then(|extras| extras.watermark.as_ref()),
            global_param => extras.and_then(|extras| extras.global_param.as_ref()),
            config_param => extras.and_then(|extras| extras.config_param.as_ref()),
            data => visited.vendor.pages.data_path,
            session => session,
        },
    );
    let cookie = format!("ticketbooth_session={session}; Path=/; HttpOnly; SameSite=Lax");
    Reply::new(200, HTML, page).with_header(VISIT, "admitted").with_header("set-cookie", cookie)
}

fn refusal_page(visited: &Visited, said: &Said) -> Reply {
    let (kind, code, text) = (said.kind.unwrap_or_default(), &*said.code, &said.message);
    let context = context! { kind => kind, code => code, vendor => visited.vendor.name, text => text };
    let page = render_template("refusal.html", context);
    Reply::new(said.status, HTML, page).with_header(VISIT, "refused").with_header("x-ticketbooth-refusal", kind)
}

fn render_template(name: &str, context: minijinja::Value) -> String {
    let template = PAGES.get_template(name).expect("the templates are loaded by name above");
    template.render(context).expect("a test renders every template")
}

/// The target of the ticket, in one line.
fn ticket_subject(ticket: &Ticket) -> String {
    match &ticket.target {
        Target::Work { work, component: None } => work.to_string(),
        Target::Work { work, component: Some(component) } => format!("{work} / {component}"),
        Target::Page { project, page: Some(page), .. } => format!("{project} / {page}"),
        Target::Page { project, page: None, .. } => project.to_string(),
    }
}
