//! The story of a page that is open: its data calls, and the pulse by which it sees its ticket end or live on.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::record::Record;
use super::request_id;
use super::visit::{named_visitor, on_page, page_language};
use crate::call::{Params, RawRequest};
use crate::cloud::catalog::{VISIT, to_rendered};
use crate::cloud::words::{Spoken, speak, speak_on_page};
use crate::cloud::{DataCall, PageWords, Stamp, Vendor, VisitAsk, format_wall_time, vendor_named, vendors};
use crate::domain::{Assumptions, Refusal, RequestId, Spelling, Target, TargetHint, Ticket};
use crate::emulator::{Emulator, Epoch};
use crate::exhibit::{Condition, Exhibit, Filter, FilterOrigin, Subject, Test, draw_exhibit};
use crate::journal::{CallKind, Outcome};
use crate::reply::{Reply, Said, json_bytes};
use crate::sandbox::ShownNumbers;
use crate::sign::decode_pairs;
use crate::trail::Step;

/// The data call of an open page, and whose page that is.
pub fn recognise_data_call(raw: &RawRequest) -> Option<(&'static Vendor, DataCall)> {
    vendors().iter().find_map(|vendor| Some((*vendor, (vendor.pages.data_call)(raw)?)))
}

/// Answers the data call of an open page.
pub fn page_data(emulator: &Emulator, raw: &Arc<RawRequest>, vendor: &'static Vendor, data: &DataCall) -> Reply {
    let session = data.session.as_deref().unwrap_or("");
    let epoch = epoch_of_session(emulator, session);
    let mut record = Record::begin(&epoch, vendor, CallKind::Data);
    let assumptions = epoch.world.assumptions.with_recording();
    let ticket = ticket_of_session(&epoch, session);
    let missing = || Refusal::SessionMissing { path: vendor.pages.data_path.to_owned() };
    let found = ticket.as_ref().ok_or_else(missing).and_then(|ticket| {
        let end = end_of_page(&epoch, vendor, ticket, &assumptions);
        end.map_or(Ok(ticket), Err)
    });
    let found = record.trail.note_result(Step::Session, found);
    let request_id = request_id(&epoch, vendor, VISIT);
    let stamp = Stamp { request_id, host: raw.host(), assumptions: &assumptions };
    let (reply, outcome) = match found {
        Ok(ticket) => {
            let exhibit = exhibit_of(&epoch, vendor, ticket, raw);
            ((vendor.pages.data_reply)(&stamp, Ok(&to_rendered(&exhibit))), Outcome::Success)
        }
        Err(refusal) => {
            let said = tell_end(&epoch, vendor, refusal, ticket.as_ref(), raw, &stamp);
            ((vendor.pages.data_reply)(&stamp, Err(&said)), Outcome::Refused(said))
        }
    };
    record.trail.keep_assumptions(&assumptions.take_consulted());
    record.visitor = named_visitor(raw).map(Box::from);
    let link = Params::of_query(&raw.query_bytes());
    record.end_page(raw, request_id, link, reply, outcome)
}

/// The state of an open page's ticket, as its inspector shows it.
#[derive(Serialize)]
struct Pulse {
    /// Whether anybody knows the session.
    known: bool,
    #[serde(flatten)]
    state: Option<PulseState>,
    /// Why the page gets no more data, in the vendor's words.
    ended: Option<PulseEnd>,
}

#[derive(Serialize)]
struct PulseState {
    now: i64,
    /// Whether the clock of the world stands.
    frozen: bool,
    expires_at: i64,
    expires_text: String,
    used: u32,
    /// `null`: without limit.
    uses_left: Option<u32>,
}

#[derive(Serialize)]
struct PulseEnd {
    kind: &'static str,
    code: Box<str>,
    text: String,
}

/// Answers an open page that asks for the state of its ticket. That is no call: it stands in no journal and draws no id,
/// so what a page asks for while it is open changes nobody's bytes.
pub fn answer_pulse(emulator: &Emulator, raw: &RawRequest) -> Reply {
    let session = raw.header(SESSION_HEADER).unwrap_or("");
    let epoch = epoch_of_session(emulator, session);
    let ticket = ticket_of_session(&epoch, session);
    let vendor = ticket.as_ref().and_then(|ticket| vendor_named(ticket.family.vendor()));
    let pulse = match ticket.zip(vendor) {
        Some((ticket, vendor)) => take_pulse(&epoch, vendor, &ticket, raw),
        None => Pulse { known: false, state: None, ended: None },
    };
    Reply::new(200, "application/json", json_bytes(&pulse)).with_header("cache-control", "no-store")
}

fn take_pulse(epoch: &Epoch, vendor: &'static Vendor, ticket: &Ticket, raw: &RawRequest) -> Pulse {
    let (clock, assumptions) = (epoch.state.clock.reading(), &epoch.world.assumptions);
    let unnumbered = RequestId::new(uuid::Uuid::nil(), Spelling::Lower);
    let stamp = Stamp { request_id: unnumbered, host: raw.host(), assumptions };
    let ended = end_of_page(epoch, vendor, ticket, assumptions).map(|refusal| {
        let said = tell_end(epoch, vendor, refusal, Some(ticket), raw, &stamp);
        PulseEnd { kind: said.kind.unwrap_or_default(), code: said.code, text: said.message }
    });
    let state = PulseState {
        now: clock.now.unix_seconds(),
        frozen: clock.frozen,
        expires_at: ticket.expires_at.unix_seconds(),
        expires_text: format_wall_time(ticket.expires_at, false),
        used: ticket.used,
        uses_left: ticket.uses_left(),
    };
    Pulse { known: true, state: Some(state), ended }
}

/// Carries the session of an open page in its pulse.
const SESSION_HEADER: &str = "x-ticketbooth-session";

fn epoch_of_session(emulator: &Emulator, session: &str) -> Arc<Epoch> {
    emulator.epoch_of_ticket(session.split('.').next().unwrap_or(""))
}

fn ticket_of_session(epoch: &Epoch, session: &str) -> Option<Ticket> {
    epoch.state.sessions.ticket_of(session).and_then(|id| epoch.state.tickets.by_id(id))
}

/// Why the page of the ticket gets no more data; `None`: it does. That the last use is gone ends no page: it is what
/// opened this one.
fn end_of_page(epoch: &Epoch, vendor: &Vendor, ticket: &Ticket, assumptions: &Assumptions) -> Option<Refusal> {
    if !(vendor.pages.ends_when_open)(assumptions) {
        return None;
    }
    let (now, text) = (epoch.state.clock.now(), ticket.id.to_string());
    if ticket.revoked {
        return Some(Refusal::TicketRevoked { ticket: text });
    }
    if now >= ticket.expires_at {
        return Some(Refusal::TicketExpired { ticket: text });
    }
    epoch
        .world
        .visit_refusal(vendor.name, &ticket.target, ticket.user.as_ref(), now)
        .map(|refusal| on_page(refusal, &text))
}

/// The refusal of an open page as its document would tell it; one that no document has is told as the API would.
fn tell_end(
    epoch: &Epoch,
    vendor: &Vendor,
    refusal: Refusal,
    ticket: Option<&Ticket>,
    raw: &RawRequest,
    stamp: &Stamp<'_>,
) -> Said {
    let (language, world) = (page_language(raw), &epoch.world);
    let Some(ticket) = ticket.filter(|_| refusal.reason().visit_kind().is_some()) else {
        return speak(vendor, refusal.into(), &Spoken { action: VISIT, version: "", language, stamp, of: None, world });
    };
    let view = match ticket.target {
        Target::Page { view, .. } => Some(view),
        Target::Work { .. } | Target::Module { .. } => None,
    };
    let asked = TargetHint { view, ..TargetHint::default() };
    let ask = VisitAsk { ticket: Some(ticket.id.to_string()), family: ticket.family, asked };
    let (request_id, assumptions) = (stamp.request_id, stamp.assumptions);
    let page = PageWords { request_id, world, ask: &ask, language, assumptions };
    speak_on_page(vendor, refusal.into(), &page)
}

/// The body of a data call, beside its session.
#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct PageQuery {
    /// The query of its link, without the ticket.
    link: String,
    /// The choices of the visitor in the filter bar, by the name of the field.
    choices: BTreeMap<String, String>,
}

/// Choices of a visitor that are looked at.
const MOST_CHOICES: usize = 8;

fn exhibit_of(epoch: &Epoch, vendor: &Vendor, ticket: &Ticket, raw: &RawRequest) -> Exhibit {
    let query: PageQuery = serde_json::from_slice(&raw.body).unwrap_or_default();
    let content = epoch.world.page_content(vendor.name, &ticket.target).unwrap_or_default();
    let link = decode_pairs(query.link.trim_start_matches('?').as_bytes());
    let mut settings = (vendor.pages.settings)(ticket, &link);
    let settled = |name: &String| settings.filters.iter().any(|filter| filter.name == *name);
    let chosen: Vec<Filter> = query
        .choices
        .into_iter()
        .filter(|(name, value)| !value.is_empty() && !settled(name))
        .take(MOST_CHOICES)
        .map(|(name, value)| choose_value(name, value))
        .collect();
    settings.filters.extend(chosen);
    let language = page_language(raw);
    let unknown_parameter = (vendor.pages.unknown_parameter)(language);
    let mut numbers = ShownNumbers::new(epoch.state.seed, &subject_of(vendor, ticket));
    let subject = Subject { content: &content, settings: &settings, language, unknown_parameter };
    draw_exhibit(&subject, &mut || numbers.next_number())
}

fn choose_value(name: String, value: String) -> Filter {
    let condition = Condition { operator: "=".to_owned(), test: Some(Test::OneOf), values: vec![value] };
    Filter { name, origin: FilterOrigin::Visitor, conditions: vec![condition] }
}

/// The name under which figures are drawn: that of a work or a page, for one user. A component has the figures of its work.
fn subject_of(vendor: &Vendor, ticket: &Ticket) -> String {
    let target = match &ticket.target {
        Target::Work { work, .. } => work.to_string(),
        Target::Module { module } => module.to_string(),
        Target::Page { project, page, view } => {
            format!("{project}/{}/{}", page.map(|page| page.to_string()).unwrap_or_default(), view.name())
        }
    };
    let user = ticket.user.as_ref().map_or("", |user| &user.id);
    format!("{}/{target}/{user}", vendor.name)
}
