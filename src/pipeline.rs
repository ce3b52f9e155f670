//! The story: what happens to an API call and to a visit, from the request to the answer.

use std::sync::Arc;

use serde_json::Value;
use tracing::info;
use uuid::Uuid;

use crate::call::{Call, RawRequest};
use crate::domain::{Command, FailedVisit, Refusal, TargetHint, Ticket};
use crate::emulator::{Emulator, Live};
use crate::gateway::{self, Incoming, Verified};
use crate::reply::Reply;
use crate::sandbox::Purpose;
use crate::vendor::catalog::{Action, Done, VISIT, row_for};
use crate::vendor::{Denial, Scripted, Stamp, VENDORS, Vendor, VisitAsk, named, params};
use crate::world::Exhibit;

/// The header that carries the request id, whatever the vendor's own place for it is.
pub const REQUEST_HEADER: &str = "x-ticketbooth-request";

/// Answers an API call.
pub fn serve(emulator: &Emulator, raw: &RawRequest) -> Reply {
    answered(emulator, raw, None)
}

/// Answers an API call that passes the gateway with `instead`, and every other one as [`serve`] does.
pub fn serve_instead(emulator: &Emulator, raw: &RawRequest, instead: &Scripted) -> Reply {
    answered(emulator, raw, Some(instead))
}

fn answered(emulator: &Emulator, raw: &RawRequest, instead: Option<&Scripted>) -> Reply {
    let Some(vendor) = recognise(raw) else { return unrecognised() };
    let incoming = Incoming::read(emulator, vendor, raw);
    let Incoming { call, live, .. } = &incoming;
    if let Some(reply) = vendor.preflight(raw, &live.world.assumptions) {
        return reply;
    }
    let outcome = act(emulator, &incoming, instead);
    tell(vendor, call, &outcome);
    // Keys that nobody has share one stream of ids, or a flood of them would fill the memory.
    let known = live.world.credential(vendor.name(), incoming.key());
    let key = known.map_or("", |credential| credential.id.as_str());
    answer(live, vendor, raw, key, |stamp| vendor.envelope(stamp, call, &outcome))
}

/// Whose request it is: by the port, the host, or marks that only one vendor's clients send.
fn recognise(raw: &RawRequest) -> Option<&'static dyn Vendor> {
    let by = |test: &dyn Fn(&dyn Vendor) -> bool| VENDORS.iter().copied().find(|vendor| test(*vendor));
    raw.port_of.and_then(named).or_else(|| by(&|v| v.owns_host(raw.host()))).or_else(|| by(&|v| v.has_marks(raw)))
}

fn act(emulator: &Emulator, incoming: &Incoming<'_>, instead: Option<&Scripted>) -> Result<Value, Denial> {
    let verified = gateway::admit(emulator, incoming)?;
    match instead {
        Some(scripted) => Err(Denial::Scripted(scripted.clone())),
        None => Ok(done(&incoming.live, incoming.vendor, &verified)?),
    }
}

/// What the action gives to a call that may come in.
fn done(live: &Live, vendor: &dyn Vendor, verified: &Verified<'_>) -> Result<Value, Refusal> {
    let (call, assumptions) = (verified.call(), &live.world.assumptions);
    let action = served(vendor, call)?;
    let args = params::check(action, &call.params, vendor.policy(), assumptions)?;
    let ask = (action.parse)(&args, assumptions)?;
    let refuses = |reason| row_for(vendor.errors(), action.name, reason).is_some();
    let order = live.world.authorize(ask, verified.caller(), &refuses)?;
    let (sandbox, now) = (&live.sandbox, live.sandbox.clock.now());
    let mint = || sandbox.entropy.bits(Purpose::Ticket, &verified.caller().id);
    let terms = vendor.terms(action, call, assumptions);
    let tickets = sandbox.tickets.apply(action.family, &order, now, &terms, &mint)?;
    Ok((action.render)(&Done { args: &args, order: &order, tickets: &tickets, now, assumptions }))
}

fn served(vendor: &dyn Vendor, call: &Call) -> Result<&'static Action, Refusal> {
    let (name, version) = (call.action.as_deref().unwrap_or(""), call.version.as_deref().unwrap_or(""));
    let found = vendor.actions().iter().find(|action| action.name == name && action.versions.contains(&version));
    found.copied().ok_or_else(|| Refusal::ActionUnserved { action: name.to_owned() })
}

/// One line for each call, without anything that a signature or a ticket could be read from.
fn tell(vendor: &dyn Vendor, call: &Call, outcome: &Result<Value, Denial>) {
    let (vendor, action) = (vendor.name(), call.action.as_deref().unwrap_or("-"));
    match outcome {
        Ok(_) => info!(vendor, action, "{vendor}.{action} done"),
        Err(Denial::Refused(refusal)) => {
            let reason = refusal.reason().name();
            info!(vendor, action, reason, "{vendor}.{action} refused: {reason}");
        }
        Err(Denial::Scripted(scripted)) => {
            let code = scripted.row.code;
            info!(vendor, action, code, "{vendor}.{action} answered with {code} as scripted");
        }
    }
}

/// Stamps an answer with a request id of the key's own stream.
fn answer(
    live: &Live,
    vendor: &dyn Vendor,
    raw: &RawRequest,
    key: &str,
    wrap: impl FnOnce(&Stamp<'_>) -> Reply,
) -> Reply {
    let request_id = request_id(live, vendor, key);
    let reply = wrap(&Stamp { request_id, host: raw.host(), assumptions: &live.world.assumptions });
    reply.with(REQUEST_HEADER, request_id.to_string())
}

fn request_id(live: &Live, vendor: &dyn Vendor, key: &str) -> Uuid {
    live.sandbox.entropy.uuid(Purpose::RequestId, &format!("{}/{key}", vendor.name()))
}

/// The answer to a request that no vendor would have got.
fn unrecognised() -> Reply {
    let mut text = String::from("ticketbooth: this request is for no vendor that can be told.\n\nLooked for:\n");
    for vendor in VENDORS {
        text.push_str(&format!("- {}: a Host of its own, {}\n", vendor.name(), vendor.marks()));
    }
    text.push_str(
        "\n`ticketbooth env --sdk tencent-python` prints a client that works; see also `ticketbooth env --help`.\n",
    );
    Reply::new(400, "text/plain; charset=utf-8", text)
}

/// What became of a visit.
pub struct Visited {
    pub vendor: &'static dyn Vendor,
    pub ask: VisitAsk,
    pub live: Arc<Live>,
    pub request_id: Uuid,
    pub outcome: Result<Admission, Refusal>,
}

/// An open page.
#[derive(Debug)]
pub struct Admission {
    /// As it is after the visit.
    pub ticket: Ticket,
    /// With which the page fetches its data.
    pub session: String,
    pub exhibit: Exhibit,
}

/// Whether a visit takes a use or only looks whether it could.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counting {
    TakesUse,
    LooksOnly,
}

/// The embed page that the request is for, and whose it is.
pub fn visit_of(emulator: &Emulator, raw: &RawRequest) -> Option<(&'static dyn Vendor, VisitAsk)> {
    let (vendor, ask) = VENDORS.iter().find_map(|vendor| Some((*vendor, vendor.visit(raw)?)))?;
    let live = emulator.live_of_ticket(ask.ticket.as_deref().unwrap_or(""));
    vendor.has_page(raw.path(), &live.world.assumptions).then_some((vendor, ask))
}

/// Opens an embed page.
pub fn visit(emulator: &Emulator, (vendor, ask): (&'static dyn Vendor, VisitAsk), counting: Counting) -> Visited {
    let live = emulator.live_of_ticket(ask.ticket.as_deref().unwrap_or(""));
    let outcome = open(&live, vendor, &ask, counting);
    let request_id = request_id(&live, vendor, VISIT);
    let verdict = outcome.as_ref().map_or_else(|refusal| refusal.reason().name(), |_| "admitted");
    info!(vendor = vendor.name(), verdict, "{}.visit: {verdict}", vendor.name());
    Visited { vendor, ask, live, request_id, outcome }
}

fn open(live: &Live, vendor: &dyn Vendor, ask: &VisitAsk, counting: Counting) -> Result<Admission, Refusal> {
    let text = ask.ticket.as_deref().ok_or(Refusal::TicketMissing {})?;
    let (sandbox, now) = (&live.sandbox, live.sandbox.clock.now());
    let held = sandbox.tickets.get(ask.family, text);
    let gate = held.and_then(|ticket| live.world.gate(&ticket.target, now)).map(|refusal| shown(refusal, text));
    let command = Command::Visit { asked: ask.asked.clone(), gate };
    let terms = vendor.visit_terms(&live.world.assumptions);
    let outcome = match counting {
        Counting::TakesUse => sandbox.tickets.act(ask.family, text, &command, now, &terms),
        Counting::LooksOnly => sandbox.tickets.preview(ask.family, text, &command, now, &terms),
    };
    if outcome.is_err() && counting == Counting::TakesUse && terms.failed_visit == FailedVisit::TakesUse {
        // A ticket that cannot give a use away has none to lose either.
        let anyhow = Command::Visit { asked: TargetHint::default(), gate: None };
        let _spent = sandbox.tickets.act(ask.family, text, &anyhow, now, &terms);
    }
    let ticket = outcome?;
    let exhibit = live.world.exhibit(&ticket.target).unwrap_or_default();
    let session = sandbox.sessions.open(&ticket);
    Ok(Admission { ticket, session, exhibit })
}

/// What a page can say of a target that the world closes. Of one that is gone it has no word, and then
/// there is nothing left that the ticket could fit.
fn shown(refusal: Refusal, ticket: &str) -> Refusal {
    match refusal.reason().visit_kind() {
        Some(_) => refusal,
        None => Refusal::TargetMismatch { ticket: ticket.to_owned() },
    }
}

/// Answers the data call of an open page, when the request is one.
pub fn page_data(emulator: &Emulator, raw: &RawRequest) -> Option<Reply> {
    let (vendor, data) = VENDORS.iter().find_map(|vendor| Some((*vendor, vendor.data_call(raw)?)))?;
    let session = data.session.as_deref().unwrap_or("");
    let live = emulator.live_of_ticket(session.split('.').next().unwrap_or(""));
    let ticket = live.sandbox.sessions.ticket_of(session);
    let outcome = match ticket.and_then(|id| live.sandbox.tickets.by_id(id)) {
        Some(ticket) => Ok(rows(&live, &ticket)),
        None => Err(Refusal::SessionMissing { path: vendor.data_path().to_owned() }.into()),
    };
    Some(answer(&live, vendor, raw, VISIT, |stamp| vendor.data_reply(stamp, &outcome)))
}

/// Rows that look like a report's and are the same for the same target and seed.
fn rows(live: &Live, ticket: &Ticket) -> Value {
    let exhibit = live.world.exhibit(&ticket.target).unwrap_or_default();
    let sum = crate::sign::sha256_hex(format!("{}/{}", live.sandbox.seed, exhibit.title).as_bytes());
    let digits: Vec<u32> = sum.chars().filter_map(|letter| letter.to_digit(16)).collect();
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun"];
    let row = |(place, month): (usize, &&str)| serde_json::json!({ "month": month, "sales": 100 + digits[place] * 10 });
    Value::Array(months.iter().enumerate().map(row).collect())
}
