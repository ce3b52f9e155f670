//! The document of a visit: what the ticket carries, as text, and the refusal in the vendor's words.

use std::sync::LazyLock;

use minijinja::context;

use super::document::{Document, Filling, escape_text};
use super::{HTML, assets, render_template};
use crate::call::{Language, RawRequest};
use crate::cloud::format_wall_time;
use crate::domain::{Extras, Target, Ticket};
use crate::pipeline::{Admission, Shown, VISITOR_COOKIE, Visited};
use crate::reply::{Reply, Said};
use crate::sign::any_pair;

const VISIT: &str = "x-ticketbooth-visit";

/// A page loads what is ours and runs nothing that stands in it. It may be framed by anybody, as that is what it is for.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
                      base-uri 'none'; form-action 'none'";

/// The page of a ticket that opens its target.
static REPORT: LazyLock<Document> = LazyLock::new(|| Document::parse_source(include_str!("templates/report.html")));

/// The page of a visit, in HTML unless a rule answers.
pub(super) fn page_reply(visited: &Visited, raw: &RawRequest) -> Reply {
    let shows_booth = !any_pair(raw.query().as_bytes(), |name, value| name == "booth" && value() == "0");
    let reply = match &visited.shown {
        Shown::Report(admission) => report_page(visited, admission, shows_booth),
        Shown::Refusal(said) => refusal_page(visited, said, shows_booth),
        Shown::ByRule(reply, _) => return reply.clone(),
    };
    let cookie = |name| format!("{VISITOR_COOKIE}={name}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax");
    let reply = match &visited.new_visitor {
        Some(name) => reply.with_header("set-cookie", cookie(name)),
        None => reply,
    };
    guard_page(reply)
}

/// The answer to a browser that loads a page before anybody has asked for it. It loads the page again when somebody does.
pub(super) fn decline_ahead() -> Reply {
    let text = "an embed page is not loaded ahead of time, because opening it takes a use of its ticket\n";
    guard_page(Reply::new(503, "text/plain; charset=utf-8", text))
}

fn guard_page(reply: Reply) -> Reply {
    reply
        .with_header("cache-control", "no-store")
        .with_header("content-security-policy", POLICY)
        .with_header("referrer-policy", "no-referrer")
        .with_header("x-content-type-options", "nosniff")
}

fn report_page(visited: &Visited, admission: &Admission, shows_booth: bool) -> Reply {
    let Admission { ticket, session, exhibit, facts } = admission;
    let given = |extra: fn(&Extras) -> &Option<String>| {
        Filling::Text(ticket.extras.as_deref().and_then(|extras| extra(extras).as_deref()).unwrap_or(""))
    };
    let (vendor, clock) = (visited.vendor, visited.epoch.state.clock.reading());
    let is_component = matches!(ticket.target, Target::Work { component: Some(_), .. });
    let truth = |holds: bool| Filling::Plain(if holds { "true" } else { "false" });
    let (subject, expires_at) = (ticket_subject(ticket), format_wall_time(ticket.expires_at, false));
    let height_name = (vendor.pages.height_name)(&ticket.target, exhibit.kind);
    let is_chinese = visited.language == Language::Chinese;
    let facts = facts.iter().map(|fact| fact_line(fact.kind, &fact.name, &fact.text, is_chinese)).collect::<String>();
    let page = REPORT.fill(visited.language, |name| match name {
        "folder" => Filling::Plain(assets::folder()),
        "pulse" => Filling::Plain(assets::PULSE),
        "hides_booth" => Filling::Plain(if shows_booth { "" } else { "hidden" }),
        "title" => Filling::Text(&exhibit.title),
        "kind" => Filling::Text(exhibit.kind),
        "place" => Filling::Text(&exhibit.place),
        "vendor" => Filling::Text(vendor.name),
        "cloud" => Filling::Text(vendor.clients.title),
        "subject" => Filling::Text(&subject),
        "component" => truth(is_component),
        "is_component" => Filling::Plain(if is_component { "component" } else { "" }),
        "height_name" => Filling::Text(height_name.as_deref().unwrap_or("")),
        "user" => match ticket.user.as_ref().map(|user| &*user.id).filter(|id| !id.is_empty()) {
            Some(id) => Filling::Text(id),
            None => Filling::Plain(if is_chinese { "无" } else { "nobody" }),
        },
        "uses_left" => match ticket.uses_left() {
            Some(uses) => Filling::Number(uses.into()),
            None => Filling::Plain(if is_chinese { "不限" } else { "without limit" }),
        },
        "used" => Filling::Number(ticket.used.into()),
        "seconds_left" => Filling::Number(ticket.expires_at.seconds_since(clock.now)),
        "now" => Filling::Number(clock.now.unix_seconds()),
        "frozen" => truth(clock.frozen),
        "expires_unix" => Filling::Number(ticket.expires_at.unix_seconds()),
        "expires_at" => Filling::Text(&expires_at),
        "watermark" => given(|extras| &extras.watermark),
        "global_param" => given(|extras| &extras.global_param),
        "config_param" => given(|extras| &extras.config_param),
        "facts" => Filling::Html(&facts),
        "data" => Filling::Plain(vendor.pages.data_path),
        "session" => Filling::Text(session),
        _ => unreachable!("the page has no other place"),
    });
    let cookie = format!("ticketbooth_session={session}; Path=/; HttpOnly; SameSite=Lax");
    Reply::new(200, HTML, page).with_header(VISIT, "admitted").with_header("set-cookie", cookie)
}

fn refusal_page(visited: &Visited, said: &Said, shows_booth: bool) -> Reply {
    let (kind, code, text) = (said.kind.unwrap_or_default(), &*said.code, &said.message);
    let context = context! {
        zh => visited.language == Language::Chinese,
        folder => plain(assets::folder()),
        shows_booth,
        kind,
        code,
        vendor => visited.vendor.name,
        cloud => visited.vendor.clients.title,
        text,
    };
    let page = render_template("refusal.html", context);
    Reply::new(said.status, HTML, page).with_header(VISIT, "refused").with_header("x-ticketbooth-refusal", kind)
}

/// A text of ours, in which nothing has to be escaped.
fn plain(text: &str) -> minijinja::Value {
    minijinja::Value::from_safe_string(text.to_owned())
}

/// A line on the user that the page is opened as, in HTML.
fn fact_line(kind: &'static str, name: &str, text: &str, is_chinese: bool) -> String {
    let label = match (kind, is_chinese) {
        ("tag", false) => "Tag",
        ("tag", true) => "用户标签",
        ("rule", false) => "Row rule",
        ("rule", true) => "行级权限",
        (_, false) => "Module",
        (_, true) => "嵌入模块",
    };
    let (name, text) = (escape_text(name), escape_text(text));
    format!("<div><dt>{label} {name}</dt><dd data-testid=\"embed-{kind}\">{text}</dd></div>\n")
}

/// The target of the ticket, in one line.
fn ticket_subject(ticket: &Ticket) -> String {
    match &ticket.target {
        Target::Work { work, component: None } => work.to_string(),
        Target::Work { work, component: Some(component) } => format!("{work} / {component}"),
        Target::Module { module } => module.to_string(),
        Target::Page { project, page: Some(page), .. } => format!("{project} / {page}"),
        Target::Page { project, page: None, .. } => project.to_string(),
    }
}
