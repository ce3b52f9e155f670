//! The embed page: a report, or the reason why there is none.

use std::sync::LazyLock;

use minijinja::{Environment, context};

use crate::call::{Language, RawRequest};
use crate::domain::{Refusal, Target, Ticket};
use crate::pipeline::{Admission, Visited};
use crate::reply::Reply;
use crate::vendor::words::{page_kind, page_text};
use crate::vendor::{Denial, PageWords, Scripted};

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

/// The page of a visit, in HTML either way. The status of a refused one is the vendor's, unless a rule
/// wants another one.
pub fn reply(visited: &Visited, raw: &RawRequest) -> Reply {
    let reply = match &visited.outcome {
        Ok(admission) => report(visited, admission),
        Err(Denial::Refused(refusal)) => refused(visited, refusal, language(raw)),
        Err(Denial::Scripted(scripted)) => scripted_refusal(visited, scripted, language(raw)),
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
            data => visited.vendor.data_path(),
            session => session,
        },
    );
    let cookie = format!("ticketbooth_session={session}; Path=/; HttpOnly; SameSite=Lax");
    Reply::new(200, HTML, page).with(VISIT, "admitted").with("set-cookie", cookie)
}

fn refused(visited: &Visited, refusal: &Refusal, language: Language) -> Reply {
    let kind = refusal.reason().visit_kind().unwrap_or("unknown-ticket");
    let words = PageWords { ask: &visited.ask, language, assumptions: &visited.live.world.assumptions };
    refusal_page(visited, visited.vendor.visit_status(&words), kind, visited.vendor.visit_text(refusal, &words))
}

fn scripted_refusal(visited: &Visited, scripted: &Scripted, language: Language) -> Reply {
    let text = page_text(scripted, &visited.ask, language);
    let words = PageWords { ask: &visited.ask, language, assumptions: &visited.live.world.assumptions };
    let status = scripted.status.unwrap_or_else(|| visited.vendor.visit_status(&words));
    refusal_page(visited, status, page_kind(scripted), text)
}

fn refusal_page(visited: &Visited, status: u16, kind: &'static str, text: String) -> Reply {
    let page = render("refusal.html", context! { kind => kind, vendor => visited.vendor.name(), text => text });
    Reply::new(status, HTML, page).with(VISIT, "refused").with("x-ticketbooth-refusal", kind)
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

/// The language that the browser would rather read.
fn language(raw: &RawRequest) -> Language {
    let first = raw.header("accept-language").unwrap_or("").trim_start().to_ascii_lowercase();
    if first.starts_with("zh") { Language::Chinese } else { Language::English }
}
