//! The story: what happens to an API call and to a visit, from the request to the answer.

mod record;
mod valve;
mod visit;

use std::sync::Arc;

use crate::call::{Call, RawRequest};
use crate::domain::{Command, Order, Refusal, RequestId};
use crate::emulator::{Emulator, Live};
use crate::gateway::{self, Incoming, Verified};
use crate::journal::{Kind, Noted, Outcome};
use crate::redact::Redactor;
use crate::reply::Reply;
use crate::sandbox::Purpose;
use crate::text::joined;
use crate::trail::Step;
use crate::vendor::catalog::{Action, Done, Rendered};
use crate::vendor::words::{Spoken, speak};
use crate::vendor::{Stamp, VENDORS, Vendor, named, params};
use record::{Line, Record};
use valve::Decision;
pub use visit::{Admission, Arrived, Counting, Shown, VISITOR_COOKIE, Visited, arrived, page_data, visit};

/// The header that carries the request id, whatever the vendor's own place for it is.
pub const REQUEST_HEADER: &str = "x-ticketbooth-request";

/// The header that names the rule which shaped the answer.
pub const RULE_HEADER: &str = "x-ticketbooth-rule";

/// The header of a refusal that says where the reason is explained.
pub const EXPLAIN_HEADER: &str = "x-ticketbooth-explain";

/// Answers an API call.
pub fn serve(emulator: &Emulator, raw: impl Into<Arc<RawRequest>>) -> Reply {
    answered(emulator, &raw.into())
}

fn answered(emulator: &Emulator, raw: &Arc<RawRequest>) -> Reply {
    let Some(vendor) = recognise(raw) else {
        let live = emulator.default_tenant().live();
        let (method, path) = request_line(raw, &emulator.redactor_of(&live));
        live.note(Noted::Stranger { method, path });
        return unrecognised();
    };
    let incoming = Incoming::read(emulator, vendor, raw);
    if let Some(reply) = (vendor.preflight)(raw, &incoming.assumptions) {
        let (method, path) = request_line(raw, &emulator.redactor_of(&incoming.live));
        incoming.live.note(Noted::Preflight { vendor: vendor.name(), method, path, status: reply.status });
        return reply;
    }
    let mut record = Record::begun(&incoming.live, vendor, Kind::Call);
    let decision = act(emulator, &incoming, &mut record);
    let shown = shown(emulator, &incoming);
    let Incoming { call, live, assumptions, .. } = &incoming;
    // Keys that nobody has share one stream of ids, or a flood of them would fill the memory.
    let known = live.world.credential(vendor.name(), incoming.key());
    let request_id = request_id(live, vendor, known.map_or("", |credential| credential.id.as_str()));
    let stamp = Stamp { request_id, host: raw.host(), assumptions };
    let (reply, outcome) = match decision {
        Decision::Ordered(reply, outcome) => (reply, outcome),
        Decision::Judged(Ok(result)) => ((vendor.envelope)(&stamp, call, Ok(&result)), Outcome::Success),
        Decision::Judged(Err(denial)) => {
            let version = call.version.as_deref().unwrap_or("");
            let of = Some((&**raw, call));
            let spoken = Spoken { action: call.name(), version, language: call.language, stamp: &stamp, of };
            let said = speak(vendor, denial, &spoken);
            record.name_ticket(said.why.as_ref().and_then(|refusal| refusal.fact("ticket")).as_deref());
            ((vendor.envelope)(&stamp, call, Err(&said)), Outcome::Refused(said))
        }
    };
    record.trail.assumptions = assumptions.take_consulted();
    let Call { action, version, params, .. } = incoming.call;
    let line = Line { request_id, action: action.unwrap_or_default(), version, shown, params };
    record.end(raw, line, reply, outcome)
}

/// Method and path, as far as they are kept. A query may have a proof in it that nobody has recognised.
fn request_line(raw: &RawRequest, redactor: &Redactor) -> (Box<str>, Box<str>) {
    (Noted::cut(&redactor.text(&raw.method)), Noted::cut(&redactor.text(raw.path())))
}

/// Whose request it is: by the port, the host, or marks that only one vendor's clients send.
fn recognise(raw: &RawRequest) -> Option<&'static Vendor> {
    let by = |test: &dyn Fn(&Vendor) -> bool| VENDORS.iter().copied().find(|vendor| test(vendor));
    raw.port_of.and_then(named).or_else(|| by(&|v| (v.owns_host)(raw.host()))).or_else(|| by(&|v| (v.has_marks)(raw)))
}

fn act(emulator: &Emulator, incoming: &Incoming<'_>, record: &mut Record) -> Decision<Rendered> {
    let verified = match gateway::admit(emulator, incoming, &mut record.trail) {
        Ok(verified) => verified,
        Err(refusal) => return Decision::Judged(Err(refusal.into())),
    };
    let (call, live) = (verified.call(), &incoming.live);
    record.plan = valve::planned(live, incoming.vendor, call.name(), &verified.caller().id, || &call.params);
    let facts = incoming.vendor.policy.facts.iter();
    let names = facts.filter(|(fact, _)| *fact == "ticket").flat_map(|(_, names)| *names);
    record.is_about(names.filter_map(|name| call.params.text(name)).next());
    let mangle = record.plan.mangle;
    valve::followed(record, |record| {
        let result = done(incoming, &verified, record)?;
        Ok(match mangle {
            Some(mangle) => mangle.result(result),
            None => result,
        })
    })
}

/// What the action gives to a call that may come in.
fn done(incoming: &Incoming<'_>, verified: &Verified<'_>, record: &mut Record) -> Result<Rendered, Refusal> {
    let Incoming { live, vendor, assumptions, .. } = incoming;
    let call = verified.call();
    let read = || {
        let action = served(vendor, call)?;
        let args = params::check(action, &call.params, vendor.policy, assumptions)?;
        let ask = (action.parse)(&args, assumptions)?;
        Ok((action, args, ask))
    };
    let (action, args, ask) = record.trail.made(Step::Parameters, read())?;
    let refuses = |reason| action.refuses(vendor.errors, reason);
    let order = record.trail.made(Step::World, live.world.authorize(ask, verified.caller(), &refuses))?;
    let (sandbox, now) = (&live.sandbox, live.sandbox.clock.now());
    let mint = || sandbox.entropy.bits(Purpose::Ticket, &verified.caller().id);
    let terms = (vendor.terms)(action, call, assumptions);
    let applied = sandbox.tickets.apply(action.family, &order, now, &terms, &mint, &mut record.changes);
    let tickets = record.trail.made(Step::Ticket, applied)?;
    if !matches!(&order, Order::Act { command: Command::Inspect, .. }) {
        tickets.iter().for_each(|ticket| live.tell_ticket(ticket));
    }
    let caller = verified.caller().name();
    Ok((action.render)(&Done { args: &args, order: &order, tickets: &tickets, caller, now, assumptions }))
}

fn served(vendor: &Vendor, call: &Call) -> Result<&'static Action, Refusal> {
    let (name, version) = (call.name(), call.version.as_deref().unwrap_or(""));
    let found = vendor.actions.iter().find(|action| action.name == name && action.versions.contains(&version));
    found.copied().ok_or_else(|| Refusal::ActionUnserved { action: name.to_owned() })
}

/// The action for logs and listeners, where nobody has such an action and a client may have put anything in
/// its place.
fn shown(emulator: &Emulator, incoming: &Incoming<'_>) -> Option<String> {
    let Incoming { vendor, call, live, .. } = incoming;
    let action = call.name();
    if action.is_empty() || vendor.known_actions.iter().any(|known| known.name == action) {
        return None;
    }
    let claimed = call.claim.session_token.as_deref().unwrap_or("");
    Some(emulator.redactor_of(live).and_sent(claimed).text(action))
}

fn request_id(live: &Live, vendor: &Vendor, key: &str) -> RequestId {
    let drawn = |stream: &str| live.sandbox.entropy.uuid(Purpose::RequestId, stream);
    let bits = joined([vendor.name(), "/", key], drawn);
    RequestId::new(bits, vendor.spelling)
}

/// The answer to a request that no vendor would have got.
fn unrecognised() -> Reply {
    let mut text = String::from("ticketbooth: this request is for no vendor that can be told.\n\nLooked for:\n");
    for vendor in VENDORS {
        text.push_str(&format!("- {}: a Host of its own, {}\n", vendor.name(), vendor.marks));
    }
    text.push_str(
        "\n`ticketbooth env --sdk tencent-python` prints a client that works; see also `ticketbooth env --help`.\n",
    );
    Reply::new(400, "text/plain; charset=utf-8", text)
}
