//! The story: what happens to an API call and to a visit, from the request to the answer.

mod act;
mod hosts;
mod open_page;
mod record;
mod things;
mod valve;
mod visit;

use std::sync::Arc;

use crate::bounds::beginning_of;
use crate::call::{Call, RawRequest};
use crate::cloud::catalog::Rendered;
pub use crate::cloud::host::host_name;
use crate::cloud::vendor_of_host;
use crate::cloud::words::{Spoken, speak};
use crate::cloud::{Denial, InjectedError, Stamp, Vendor, all_snippets, vendor_named, vendors};
use crate::domain::RequestId;
use crate::emulator::{Emulator, Epoch, Stray};
use crate::gateway::{self, Incoming};
use crate::journal::{CallKind, Noted, Outcome};
use crate::redact::Redactor;
pub use crate::reply::MADE_UP_HEADER;
use crate::reply::Reply;
use crate::rules::Effect;
use crate::sandbox::Purpose;
use crate::text::with_joined;
pub use hosts::{HostStanding, standing_of_host, vendor_at_host};
pub use open_page::{answer_pulse, page_data, recognise_data_call};
use record::{Record, RecordLine};
use valve::Decision;
pub use visit::{
    Admission, Arrived, Counting, Shown, VISITOR_COOKIE, Visited, handle_visit, is_ahead_of_time, recognise_visit,
};

/// The header that carries the request id, whatever the vendor's own place for it is.
pub const REQUEST_HEADER: &str = "x-ticketbooth-request";

/// The header that names the rule which shaped the answer.
pub const RULE_HEADER: &str = "x-ticketbooth-rule";

/// The header that tells the time of the sandbox, where its clock has parted from the one on the wall.
pub const NOW_HEADER: &str = "x-ticketbooth-now";

/// The header of a refusal that says where the reason is explained.
pub const EXPLAIN_HEADER: &str = "x-ticketbooth-explain";

/// Answers an API call.
pub fn serve(emulator: &Emulator, raw: impl Into<Arc<RawRequest>>) -> Reply {
    handle_call(emulator, &raw.into())
}

fn handle_call(emulator: &Emulator, raw: &Arc<RawRequest>) -> Reply {
    let Some(vendor) = recognise_vendor(raw) else {
        if raw.path() == FAVICON {
            return Reply::without_body(404);
        }
        let epoch = emulator.default_sandbox().epoch();
        let (method, path) = request_line(raw, &emulator.redactor_of(&epoch));
        emulator.note_stray(&epoch, Stray::Stranger, Noted::Stranger { method, path });
        return unrecognised_reply();
    };
    let incoming = Incoming::read_request(emulator, vendor, raw);
    if let Some(reply) = (vendor.requests.preflight)(raw, &incoming.assumptions) {
        let (method, path) = request_line(raw, &emulator.redactor_of(&incoming.epoch));
        let noted = Noted::Preflight { vendor: vendor.name, method, path, status: reply.status };
        emulator.note_stray(&incoming.epoch, Stray::Preflight, noted);
        return reply;
    }
    let mut record = Record::begin(&incoming.epoch, vendor, CallKind::Call);
    // Keys that nobody has share one stream of ids, or a flood of them would fill the memory.
    let known = incoming.epoch.world.credential(vendor.name, incoming.access_key());
    let request_id = request_id(&incoming.epoch, vendor, known.map_or("", |credential| credential.id.as_str()));
    let decision = decide_call(emulator, &incoming, request_id, &mut record);
    let shown = named_action(emulator, &incoming);
    let Incoming { call, epoch, assumptions, .. } = &incoming;
    let stamp = Stamp { request_id, host: raw.host(), assumptions };
    let (reply, outcome) = match decision {
        Decision::ByRule(reply, outcome) => (reply, outcome),
        Decision::Judged(Ok(result)) => ((vendor.answers.envelope)(&stamp, call, Ok(&result)), Outcome::Success),
        Decision::Judged(Err(denial)) => {
            let version = call.version.as_deref().unwrap_or("");
            let of = Some((&**raw, call));
            let spoken = Spoken {
                action: call.display_name(),
                version,
                language: call.language,
                stamp: &stamp,
                of,
                world: &epoch.world,
            };
            let said = speak(vendor, denial, &spoken);
            record.notes = things::notes_on_named(epoch, vendor.name, &call.params, &record.trail);
            record.name_ticket(said.why.as_ref().and_then(|refusal| refusal.fact("ticket")).as_deref());
            ((vendor.answers.envelope)(&stamp, call, Err(&said)), Outcome::Refused(said))
        }
    };
    record.trail.keep_assumptions(&assumptions.take_consulted());
    let Call { action, version, params, .. } = incoming.call;
    let line = RecordLine { request_id, action: action.unwrap_or_default(), version, shown, params };
    record.finish(raw, line, reply, outcome)
}

/// Text of which so much is looked through to show its beginning, however many secrets are covered in it.
const LOOKED_THROUGH: usize = 64 << 10;

/// The beginning of a client's text, as it is kept and shown.
fn shown_beginning(text: &str, redactor: &Redactor) -> Box<str> {
    Noted::cut_text(&redactor.redact_text(beginning_of(text, LOOKED_THROUGH)))
}

/// Method and path, as far as they are kept. A query may have a proof in it that nobody has recognised.
fn request_line(raw: &RawRequest, redactor: &Redactor) -> (Box<str>, Box<str>) {
    (shown_beginning(&raw.method, redactor), shown_beginning(raw.path(), redactor))
}

/// Every browser asks for it by itself.
const FAVICON: &str = "/favicon.ico";

/// Whether nobody can tell which vendor a request is for.
pub fn fits_no_vendor(raw: &RawRequest) -> bool {
    recognise_vendor(raw).is_none()
}

/// The vendor of a request: by the port, the host, or marks that only one vendor's clients send.
fn recognise_vendor(raw: &RawRequest) -> Option<&'static Vendor> {
    let by = |test: &dyn Fn(&Vendor) -> bool| vendors().iter().copied().find(|vendor| test(vendor));
    raw.port_of
        .and_then(vendor_named)
        .or_else(|| raw.arrival.vendor.and_then(vendor_named))
        .or_else(|| vendor_of_host(host_name(raw.host())))
        .or_else(|| by(&|v| (v.requests.has_marks)(raw)))
        .or_else(|| {
            let asked = asked_headers(raw)?;
            by(&|v| (v.requests.has_marks)(&asked))
        })
}

/// The request that a browser asks about before it sends it, as far as its question tells.
fn asked_headers(raw: &RawRequest) -> Option<RawRequest> {
    let names = raw.header("access-control-request-headers").filter(|_| raw.method == "OPTIONS")?;
    let headers = names.split(',').map(|name| (name.trim().to_ascii_lowercase(), String::new())).collect();
    Some(RawRequest { headers, ..raw.clone() })
}

fn decide_call(
    emulator: &Emulator,
    incoming: &Incoming<'_>,
    request_id: RequestId,
    record: &mut Record,
) -> Decision<Rendered> {
    let verified = match gateway::admit(emulator, incoming, &mut record.trail) {
        Ok(verified) => verified,
        Err(refusal) => return Decision::Judged(Err(refusal.into())),
    };
    let (call, epoch) = (verified.call(), &incoming.epoch);
    record.plan =
        valve::consult_rules(epoch, incoming.vendor, call.display_name(), &verified.caller().id, || &call.params);
    if matches!(record.plan.instead, Some(Effect::Lose)) {
        // Whoever sends the same bytes again is the first one, as after a request that got lost on its way.
        gateway::forget_call(emulator, incoming);
    }
    let facts = incoming.vendor.catalog.policy.facts.iter();
    let names = facts.filter(|(fact, _)| *fact == "ticket").flat_map(|(_, names)| *names);
    record.set_ticket(names.filter_map(|name| call.params.text(name)).next());
    let mangle = record.plan.mangle;
    valve::apply_plan(record, |record| {
        let result = act::execute_action(emulator, incoming, &verified, request_id, record);
        result.map(|result| match mangle {
            Some(mangle) => mangle.mangle_result(result),
            None => result,
        })
    })
}

/// The action for logs and listeners, where nobody has such an action and a client may have put anything in
/// its place.
fn named_action(emulator: &Emulator, incoming: &Incoming<'_>) -> Option<Box<str>> {
    let Incoming { vendor, call, epoch, .. } = incoming;
    let action = call.display_name();
    if action.is_empty() || vendor.catalog.known_action(action).is_some() {
        return None;
    }
    let claimed = call.claim.session_token.as_deref().unwrap_or("");
    Some(shown_beginning(action, &emulator.redactor_of(epoch).and_sent(claimed)))
}

fn request_id(epoch: &Epoch, vendor: &Vendor, key: &str) -> RequestId {
    let drawn = |stream: &str| epoch.state.entropy.draw_uuid(Purpose::RequestId, stream);
    let bits = with_joined([vendor.name, "/", key], drawn);
    RequestId::new(bits, vendor.answers.spelling)
}

/// The answer to a call that made us panic: the vendor's own fault in its words. The call does not stand in the journal.
/// `None`: it is for no vendor's API.
pub fn fault_reply(emulator: &Emulator, raw: &RawRequest) -> Option<Reply> {
    let is_page = |vendor: &Vendor| (vendor.pages.visit)(raw).is_some() || raw.path() == vendor.pages.data_path;
    let vendor = recognise_vendor(raw).filter(|_| !vendors().iter().any(|vendor| is_page(vendor)))?;
    let (call, epoch) = ((vendor.requests.read)(raw), emulator.default_sandbox().epoch());
    let stamp =
        Stamp { request_id: request_id(&epoch, vendor, ""), host: raw.host(), assumptions: &epoch.world.assumptions };
    let version = call.version.as_deref().unwrap_or("");
    let spoken = Spoken {
        action: call.display_name(),
        version,
        language: call.language,
        stamp: &stamp,
        of: Some((raw, &call)),
        world: &epoch.world,
    };
    let text = "this is a bug of ticketbooth and not of your request; its log says more".to_owned();
    let said = speak(vendor, Denial::Injected(own_fault(vendor, 500, text)), &spoken);
    Some((vendor.answers.envelope)(&stamp, &call, Err(&said)))
}

/// The vendor's word for a fault of its own, with what is wrong with the emulator.
fn own_fault(vendor: &Vendor, status: u16, text: String) -> InjectedError {
    let row = vendor.answers.internal_error;
    InjectedError { message: Some(format!("ticketbooth: {text}")), status: Some(status), ..InjectedError::of_row(row) }
}

/// The answer to a request that no vendor would have got.
fn unrecognised_reply() -> Reply {
    let mut text = String::from("ticketbooth: this request is for no vendor that can be told.\n\nLooked for:\n");
    for vendor in vendors() {
        text.push_str(&format!("- {}: a Host of its own, {}\n", vendor.name, vendor.requests.marks));
    }
    if let Some((sdk, _)) = all_snippets().next() {
        let line = "prints a client that works; see also `ticketbooth env --help`.";
        text.push_str(&format!("\n`ticketbooth env --sdk {sdk}` {line}\n"));
    }
    Reply::new(400, "text/plain; charset=utf-8", text)
}
