//! The story of an embed page: the visit, and the data call of an open page.

use std::sync::Arc;

use serde_json::Value;
use tracing::info;
use uuid::Uuid;

use super::record::Record;
use super::request_id;
use super::valve::{self, Outcome};
use crate::call::{Params, RawRequest};
use crate::domain::{Command, Refusal, Ticket};
use crate::emulator::{Emulator, Live};
use crate::journal::Kind;
use crate::reply::Reply;
use crate::sign::decode_pairs;
use crate::vendor::catalog::{VISIT, row_for};
use crate::vendor::words::code_of;
use crate::vendor::{Denial, Stamp, VENDORS, Vendor, VisitAsk};
use crate::world::Exhibit;

/// The name under which data calls stand in the journal.
const DATA: &str = "data";

/// The name under which visits stand that only looked.
const LOOK: &str = "look";

/// What became of a visit.
pub struct Visited {
    pub vendor: &'static dyn Vendor,
    pub ask: VisitAsk,
    pub live: Arc<Live>,
    pub request_id: Uuid,
    pub outcome: Result<Admission, Denial>,
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

/// Opens an embed page, whose face `show` makes.
pub fn visit(
    emulator: &Emulator,
    raw: &RawRequest,
    (vendor, ask): (&'static dyn Vendor, VisitAsk),
    counting: Counting,
    show: impl FnOnce(&Visited) -> Reply,
) -> Reply {
    let live = emulator.live_of_ticket(ask.ticket.as_deref().unwrap_or(""));
    let mut record = Record::begun(&live, Kind::Visit);
    let name = if counting == Counting::TakesUse { VISIT } else { LOOK };
    let request_id = request_id(&live, vendor, VISIT);
    // Only what would take a use is a visit to a rule as well.
    if counting == Counting::TakesUse {
        let link = || Params::of_pairs(decode_pairs(raw.query().as_bytes()));
        record.plan = valve::planned(&live, vendor, VISIT, "", link);
    }
    let outcome = valve::followed(&mut record, |trail| {
        trail.at("ticket");
        open(&live, vendor, &ask, counting)
    });
    let outcome = match outcome {
        Outcome::Judged(outcome) => outcome,
        Outcome::Ordered(reply) => {
            info!(vendor = vendor.name(), "{}.visit answered by a rule", vendor.name());
            return record.of(vendor, name, None).end(raw, request_id, reply, None);
        }
    };
    let verdict = outcome.as_ref().map_or_else(verdict, |_| "admitted");
    info!(vendor = vendor.name(), verdict, "{}.visit: {verdict}", vendor.name());
    if let (Ok(admission), Counting::TakesUse) = (&outcome, counting) {
        live.tell_ticket(&admission.ticket);
    }
    let visited = Visited { vendor, ask, live: Arc::clone(&live), request_id, outcome };
    let reply = show(&visited);
    let refused = visited.outcome.err().map(|denial| (visit_code(vendor, &denial), denial));
    record.of(vendor, name, None).end(raw, request_id, reply, refused)
}

fn verdict(denial: &Denial) -> &'static str {
    match denial {
        Denial::Refused(refusal) => refusal.reason().name(),
        Denial::Scripted(scripted) => scripted.row.code,
    }
}

/// The vendor's code for a refused visit, else the kind of the refusal.
fn visit_code(vendor: &dyn Vendor, denial: &Denial) -> String {
    match denial {
        Denial::Refused(refusal) if row_for(vendor.errors(), VISIT, refusal.reason()).is_none() => {
            refusal.reason().visit_kind().unwrap_or("unknown-ticket").to_owned()
        }
        Denial::Refused(_) | Denial::Scripted(_) => code_of(vendor, VISIT, denial).into_owned(),
    }
}

fn open(live: &Live, vendor: &dyn Vendor, ask: &VisitAsk, counting: Counting) -> Result<Admission, Refusal> {
    let text = ask.ticket.as_deref().ok_or(Refusal::TicketMissing {})?;
    let (sandbox, now) = (&live.sandbox, live.sandbox.clock.now());
    let held = sandbox.tickets.get(ask.family, text);
    let gate = held.and_then(|ticket| live.world.gate(&ticket.target, now)).map(|refusal| shown(refusal, text));
    let command = Command::Visit { asked: ask.asked.clone(), gate };
    let terms = vendor.visit_terms(&live.world.assumptions);
    let ticket = match counting {
        Counting::TakesUse => sandbox.tickets.act(ask.family, text, &command, now, &terms)?,
        Counting::LooksOnly => sandbox.tickets.preview(ask.family, text, &command, now, &terms)?,
    };
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
    let mut record = Record::begun(&live, Kind::Data);
    record.trail.at("session");
    let ticket = live.sandbox.sessions.ticket_of(session);
    let outcome = match ticket.and_then(|id| live.sandbox.tickets.by_id(id)) {
        Some(ticket) => Ok(rows(&live, &ticket)),
        None => Err(Refusal::SessionMissing { path: vendor.data_path().to_owned() }.into()),
    };
    let request_id = request_id(&live, vendor, VISIT);
    let stamp = Stamp { request_id, host: raw.host(), assumptions: &live.world.assumptions };
    let reply = vendor.data_reply(&stamp, &outcome);
    let refused = outcome.err().map(|denial| (code_of(vendor, VISIT, &denial).into_owned(), denial));
    Some(record.of(vendor, DATA, None).end(raw, request_id, reply, refused))
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
