//! The pages that a browser sees: embed pages and their data calls.
//!
//! What a visit may do is decided by `pipeline`; here it only gets its face.

use std::sync::{Arc, LazyLock};

use minijinja::{Environment, context};

use crate::call::RawRequest;
use crate::domain::{Target, Ticket};
use crate::emulator::Emulator;
use crate::pipeline::{self, Admission, Counting, Shown, VISITOR_COOKIE, Visited};
use crate::reply::{Reply, Said};

/// Answers an embed page or the data call of an open one; `None` when the request is for neither.
pub fn page(emulator: &Emulator, raw: impl Into<Arc<RawRequest>>) -> Option<Reply> {
    shown(emulator, &raw.into())
}

fn shown(emulator: &Emulator, raw: &Arc<RawRequest>) -> Option<Reply> {
    if let Some(reply) = pipeline::page_data(emulator, raw) {
        return Some(reply);
    }
    let arrived = pipeline::arrived(emulator, raw)?;
    let counting = match &*raw.method {
        "GET" => Counting::TakesUse,
        "HEAD" => Counting::LooksOnly,
        _ => {
            return Some(
                Reply::new(405, "text/plain; charset=utf-8", "an embed page is opened with GET\n")
                    .with("allow", "GET, HEAD"),
            );
        }
    };
    let visited = pipeline::visit(raw, arrived, counting);
    let page = reply(&visited);
    Some(visited.end(raw, page))
}

const HTML: &str = "text/html; charset=utf-8";
const VISIT: &str = "x-ticketbooth-visit";

/// The templates, whose `.html` names switch contextual escaping on.
static PAGES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut pages = Environment::new();
    for (name, source) in [
        ("report.html", include_str!("templates/report.html")),
        ("refusal.html", include_str!("templates/refusal.html")),
    ] {
        pages.add_template(name, source).expect("a test renders every template");
    }
    pages
});

/// The page of a visit, in HTML unless a rule answers.
fn reply(visited: &Visited) -> Reply {
    let reply = match &visited.shown {
        Shown::Report(admission) => report(visited, admission),
        Shown::Refusal(said) => refusal(visited, said),
        Shown::Ordered(reply, _) => return reply.clone(),
    };
    let cookie = |name| format!("{VISITOR_COOKIE}={name}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax");
    let reply = match &visited.new_visitor {
        Some(name) => reply.with("set-cookie", cookie(name)),
        None => reply,
    };
    reply.with("cache-control", "no-store")
}

fn report(visited: &Visited, admission: &Admission) -> Reply {
    let Admission { ticket, session, exhibit } = admission;
    let extras = ticket.extras.as_deref();
    let page = render(
        "report.html",
        context! {
            title => &exhibit.title,
            kind => exhibit.kind,
            place => &exhibit.place,
            vendor => visited.vendor.name(),
            subject => subject(ticket),
            user => ticket.user.as_ref().map(|user| user.id.to_string()),
            uses_left => ticket.uses_left(),
            used => ticket.used,
            seconds_left => ticket.expires_at.seconds_since(visited.live.sandbox.clock.now()),
            expires_at => crate::vendor::wall_text(ticket.expires_at, false),
            watermark => extras.and_then(|extras| extras.watermark.as_ref()),
            global_param => extras.and_then(|extras| extras.global_param.as_ref()),
            config_param => extras.and_then(|extras| extras.config_param.as_ref()),
            data => visited.vendor.data_path,
            session => session,
        },
    );
    let cookie = format!("ticketbooth_session={session}; Path=/; HttpOnly; SameSite=Lax");
    Reply::new(200, HTML, page).with(VISIT, "admitted").with("set-cookie", cookie)
}

fn refusal(visited: &Visited, said: &Said) -> Reply {
    let (kind, code, text) = (said.kind.unwrap_or_default(), &*said.code, &said.message);
    let context = context! { kind => kind, code => code, vendor => visited.vendor.name(), text => text };
    let page = render("refusal.html", context);
    Reply::new(said.status, HTML, page).with(VISIT, "refused").with("x-ticketbooth-refusal", kind)
}

fn render(name: &str, context: minijinja::Value) -> String {
    let template = PAGES.get_template(name).expect("the templates are loaded by name above");
    template.render(context).expect("a test renders every template")
}

/// What the ticket opens, in one line.
fn subject(ticket: &Ticket) -> String {
    match &ticket.target {
        Target::Work { work, component: None } => work.to_string(),
        Target::Work { work, component: Some(component) } => format!("{work} / {component}"),
        Target::Page { project, page: Some(page), .. } => format!("{project} / {page}"),
        Target::Page { project, page: None, .. } => project.to_string(),
    }
}
