//! The embed pages: every path under `/token3rd/`, and the older dashboard path without it.

use std::sync::Arc;

use super::actions::{LINKS, TICKETS, TOKENS};
use super::assumptions::{
    MISMATCH_TEXT, MismatchTextChoice, PAGE_PATHS, PagePathsChoice, SIGNATURE_URL_WHITE_LIST,
    SignatureUrlWhiteListChoice,
};
use super::signed_link;
use crate::call::RawRequest;
use crate::cloud::{DataCall, PageWords, VisitAsk};
use crate::domain::{Assumptions, Refusal, Target, TargetHint, Ticket};
use crate::sign::decode_pairs;

const PREFIX: &str = "/token3rd/";
const OLDER: &str = "/dashboard/view/pc.htm";
/// The path of the dashboard, which opens works of every kind.
const DASHBOARD: &str = "dashboard/view/pc.htm";
/// The paths under [`PREFIX`] that stand in public, by the kind of their works.
const KNOWN: &[(&str, &str)] = &[
    ("dashboard", DASHBOARD),
    ("workbook", "report/view.htm"),
    ("screen", "screen/view/pc.htm"),
    ("retrieval", "offline/view/pc.htm"),
];
/// The path of modules. None of theirs stands in public; this one is made up.
const MODULE: &str = "copilot/view/pc.htm";
/// Where an open page of this vendor fetches its data.
pub const DATA: &str = "/api/v2/olap/query";
/// Carries the session of an open page where cookies are refused.
const SESSION_HEADER: &str = "x-ticketbooth-session";
const SESSION_COOKIE: &str = "ticketbooth_session";

pub fn read_visit(raw: &RawRequest) -> Option<VisitAsk> {
    let path = raw.path();
    if !path.starts_with(PREFIX) && path != OLDER {
        return None;
    }
    let pairs = decode_pairs(raw.query().as_bytes());
    let given = |name: &str| {
        let found = pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
        found.filter(|text| !text.is_empty())
    };
    let work = ["pageId", "id", "productId", "copilotId", "aiProId"]
        .iter()
        .find_map(|name| given(name))
        .or_else(|| work_in_path(path));
    let (ticket, family) = match (given("accessTicket"), given("accessToken"), given(signed_link::SIGNATURE)) {
        (None, Some(token), _) => (Some(token), TOKENS),
        (None, None, Some(signature)) => (Some(signed_link::ticket_in(signature)), LINKS),
        (ticket, ..) => (ticket, TICKETS),
    };
    let asked = TargetHint {
        // A link without a work fits no ticket.
        work: Some(work.unwrap_or_default()),
        component: Some(given("cmptId")),
        ..TargetHint::default()
    };
    Some(VisitAsk { ticket, family, asked })
}

/// Whether there is a page at the path at all.
pub fn is_page(path: &str, assumptions: &Assumptions) -> bool {
    let is_known = |rest: &str| rest == MODULE || KNOWN.iter().any(|(_, known)| *known == rest);
    let known = path == OLDER || path.strip_prefix(PREFIX).is_some_and(is_known);
    known || assumptions.holds(&PAGE_PATHS, PagePathsChoice::Any)
}

/// Pages of data entry carry the work as the last piece of their path.
fn work_in_path(path: &str) -> Option<String> {
    let last = path.rsplit('/').next().unwrap_or("");
    (!last.is_empty() && !last.ends_with(".htm")).then(|| last.to_owned())
}

/// The refusal as the page tells it, whose text is not always that of the API.
pub fn as_told(refusal: &Refusal, page: &PageWords<'_>) -> Option<Refusal> {
    let is_mismatch = matches!(refusal, Refusal::TargetMismatch { .. });
    (is_mismatch && page.assumptions.holds(&MISMATCH_TEXT, MismatchTextChoice::NotExist))
        .then(|| Refusal::TicketUnknown { ticket: String::new() })
}

/// Why a link opens nothing although its ticket would.
pub fn link_refusal(ticket: &Ticket, query: &str, assumptions: &Assumptions) -> Option<Refusal> {
    if ticket.family != LINKS {
        return None;
    }
    let listed = || assumptions.holds(&SIGNATURE_URL_WHITE_LIST, SignatureUrlWhiteListChoice::Listed);
    signed_link::refuse_altered(ticket, query).or_else(|| (!listed()).then_some(Refusal::LinksNotAllowed {}))
}

/// The signed link of the ticket, at the path for works of this kind.
pub fn link_of_kind(ticket: &Ticket, kind: &str) -> Option<String> {
    let path = KNOWN.iter().find(|(known, _)| *known == kind).map_or(DASHBOARD, |(_, path)| path);
    Some(format!("{PREFIX}{path}?{}", signed_link::link_query(ticket)?))
}

pub fn ticket_link(ticket: &Ticket) -> Option<String> {
    if ticket.family == LINKS {
        return link_of_kind(ticket, "dashboard");
    }
    let mut query = form_urlencoded::Serializer::new(String::new());
    let path = match &ticket.target {
        Target::Work { work, component } => {
            query.append_pair("pageId", work);
            if let Some(component) = component {
                query.append_pair("cmptId", component);
            }
            DASHBOARD
        }
        Target::Module { module } => {
            query.append_pair("id", module);
            MODULE
        }
        Target::Page { .. } => return None,
    };
    query.append_pair(if ticket.family == TOKENS { "accessToken" } else { "accessTicket" }, &ticket.id.to_string());
    Some(format!("{PREFIX}{path}?{}", query.finish()))
}

/// A dashboard tells its height under its id; of other works nobody has documented that they do.
pub fn height_name(target: &Target, kind: &str) -> Option<Arc<str>> {
    match target {
        Target::Work { work, .. } if kind == "dashboard" => Some(Arc::clone(work)),
        _ => None,
    }
}

pub fn data_call(raw: &RawRequest) -> Option<DataCall> {
    if raw.path() != DATA {
        return None;
    }
    let session = raw.header(SESSION_HEADER).or_else(|| raw.cookie(SESSION_COOKIE)).map(str::to_owned);
    Some(DataCall { session })
}
