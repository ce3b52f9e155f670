//! The embed pages: `/page/embed` for pages and boards, `/page/chat-bi-embed` for the chat.

use serde_json::Value;

use super::actions::FAMILY;
use super::assumptions::{
    OPEN_PAGE, OpenPageChoice, PREFETCH, PrefetchChoice, REFUSED_VISIT, REFUSED_VISIT_STATUS, RefusedVisitChoice,
    RefusedVisitStatusChoice, VISIT_EXPIRED_TEXT, VisitExpiredTextChoice,
};
use crate::call::{Language, RawRequest};
use crate::cloud::{DataCall, PageWords, VisitAsk};
use crate::domain::{Assumptions, Reason, Refusal, RefusedVisit, Target, TargetHint, Terms, Ticket, View};
use crate::sign::decode_pairs;

const PAGE: &str = "/page/embed";
const CHAT: &str = "/page/chat-bi-embed";
/// Where an open page of this vendor fetches its data.
pub const DATA: &str = "/api/v1/share/page/data";

pub fn read_visit(raw: &RawRequest) -> Option<VisitAsk> {
    let chat = match raw.path() {
        PAGE => false,
        CHAT => true,
        _ => return None,
    };
    let pairs = decode_pairs(raw.query().as_bytes());
    let given = |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let number = |name: &str| given(name).and_then(|text| text.parse::<u64>().ok());
    let view = match given("scope") {
        _ if chat => View::Chat,
        Some("panel") => View::Board,
        Some(_) => View::Page,
        None if number("pageId").is_some_and(|page| page > 0) => View::Page,
        None => View::Board,
    };
    let asked = TargetHint {
        // A link without its project fits no ticket; no project has the number 0.
        project: Some(number("projectId").unwrap_or(0)),
        page: Some((view == View::Page).then(|| number("pageId").unwrap_or(0))),
        view: Some(view),
        ..TargetHint::default()
    };
    let ticket = given("token").filter(|text| !text.is_empty()).map(str::to_owned);
    Some(VisitAsk { ticket, family: FAMILY, asked })
}

pub fn visit_terms(assumptions: &Assumptions) -> Terms {
    let takes_use = assumptions.holds(&REFUSED_VISIT, RefusedVisitChoice::TakesUse);
    let refused_visit = if takes_use { RefusedVisit::TakesUse } else { RefusedVisit::Free };
    Terms { refused_visit, ..Terms::default() }
}

/// The HTTP status of a refused visit.
pub fn visit_status(page: &PageWords<'_>) -> u16 {
    match page.assumptions.of(&REFUSED_VISIT_STATUS) {
        RefusedVisitStatusChoice::Status403 => 403,
        RefusedVisitStatusChoice::Status404 => 404,
        RefusedVisitStatusChoice::Status200 => 200,
    }
}

/// The refusal as the page tells it. A chat that is switched off has a text of its own.
pub fn as_told(refusal: &Refusal, page: &PageWords<'_>) -> Option<Refusal> {
    match refusal.reason() {
        Reason::EmbeddingOff if page.ask.asked.view == Some(View::Chat) => Some(Refusal::ChatEmbeddingOff {}),
        Reason::TicketExpired => page
            .assumptions
            .holds(&VISIT_EXPIRED_TEXT, VisitExpiredTextChoice::OutOfValidity)
            .then_some(Refusal::OutsideValidity {}),
        _ => None,
    }
}

/// The link as the vendor's page on embedding composes it.
pub fn ticket_link(ticket: &Ticket) -> Option<String> {
    let Target::Page { project, page, view } = &ticket.target else { return None };
    let (path, scope) = match view {
        View::Page => (PAGE, "&scope=page"),
        View::Board => (PAGE, "&scope=panel"),
        View::Chat => (CHAT, ""),
    };
    let page = page.map_or_else(String::new, |page| format!("&pageId={page}"));
    Some(format!("{path}?authType=strong&projectId={project}{page}{scope}&token={}", ticket.id))
}

pub fn takes_use_ahead(assumptions: &Assumptions) -> bool {
    assumptions.holds(&PREFETCH, PrefetchChoice::TakesUse)
}

pub fn ends_when_open(assumptions: &Assumptions) -> bool {
    assumptions.holds(&OPEN_PAGE, OpenPageChoice::Ends)
}

/// The vendor's own words for it are not known.
pub fn tell_unknown_parameter(language: Language) -> &'static str {
    match language {
        Language::English => "the page has no parameter of this name",
        Language::Chinese => "页面没有这个参数",
    }
}

/// A data call carries its token in the JSON body, as the vendor's own pages do.
pub fn data_call(raw: &RawRequest) -> Option<DataCall> {
    if raw.path() != DATA {
        return None;
    }
    let body: Option<Value> = serde_json::from_slice(&raw.body).ok();
    let session = body.as_ref().and_then(|body| body.get("Token")).and_then(Value::as_str).map(str::to_owned);
    Some(DataCall { session })
}
