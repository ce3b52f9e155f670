//! The story: what happens to an API call and to a visit, from the request to the answer.

mod record;
mod valve;
mod visit;

use std::borrow::Cow;

use serde_json::Value;
use tracing::info;
use uuid::Uuid;

use crate::call::{Call, RawRequest};
use crate::domain::{Command, Order, Refusal};
use crate::emulator::{Emulator, Live};
use crate::gateway::{self, Incoming, Verified};
use crate::journal::Kind;
use crate::reply::Reply;
use crate::rules::{Effect, Plan};
use crate::sandbox::Purpose;
use crate::trail::Trail;
use crate::vendor::catalog::{Action, Done, row_for};
use crate::vendor::words::code_of;
use crate::vendor::{Denial, Scripted, Stamp, VENDORS, Vendor, named, params};
use record::Record;
use valve::Outcome;
pub use visit::{Admission, Counting, Visited, page_data, visit, visit_of};

/// The header that carries the request id, whatever the vendor's own place for it is.
pub const REQUEST_HEADER: &str = "x-ticketbooth-request";

/// The header that names the rule which shaped the answer.
pub const RULE_HEADER: &str = "x-ticketbooth-rule";

/// The header of a refusal that says where the reason is explained.
pub const EXPLAIN_HEADER: &str = "x-ticketbooth-explain";

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
    let mut record = Record::begun(live, Kind::Call);
    let outcome = act(emulator, &incoming, instead, &mut record);
    let shown = shown(emulator, &incoming);
    tell(vendor, &shown, &outcome);
    // Keys that nobody has share one stream of ids, or a flood of them would fill the memory.
    let known = live.world.credential(vendor.name(), incoming.key());
    let request_id = request_id(live, vendor, known.map_or("", |credential| credential.id.as_str()));
    let stamp = Stamp { request_id, host: raw.host(), assumptions: &live.world.assumptions };
    let action = call.name();
    let (reply, refused) = match outcome {
        Outcome::Ordered(reply) => (reply, None),
        Outcome::Judged(judged) => {
            let reply = vendor.envelope(&stamp, call, &judged);
            (reply, judged.err().map(|denial| (code_of(vendor, action, &denial).into_owned(), denial)))
        }
    };
    record.of(vendor, action, call.version.as_deref()).shown_as(&shown).end(raw, request_id, reply, refused)
}

/// Whose request it is: by the port, the host, or marks that only one vendor's clients send.
fn recognise(raw: &RawRequest) -> Option<&'static dyn Vendor> {
    let by = |test: &dyn Fn(&dyn Vendor) -> bool| VENDORS.iter().copied().find(|vendor| test(*vendor));
    raw.port_of.and_then(named).or_else(|| by(&|v| v.owns_host(raw.host()))).or_else(|| by(&|v| v.has_marks(raw)))
}

fn act(
    emulator: &Emulator,
    incoming: &Incoming<'_>,
    instead: Option<&Scripted>,
    record: &mut Record<'_>,
) -> Outcome<Value> {
    let Incoming { live, vendor, .. } = incoming;
    let verified = match gateway::admit(emulator, incoming, &mut record.trail) {
        Ok(verified) => verified,
        Err(refusal) => return Outcome::Judged(Err(refusal.into())),
    };
    let call = verified.call();
    record.plan = match instead {
        Some(scripted) => Plan { instead: Some(Effect::Refuse(scripted.clone())), ..Plan::default() },
        None => valve::planned(live, *vendor, call.name(), &verified.caller().id, || &call.params),
    };
    let mangle = record.plan.mangle;
    valve::followed(record, |trail| {
        let result = done(live, *vendor, &verified, trail)?;
        Ok(match mangle {
            Some(mangle) => mangle.result(result),
            None => result,
        })
    })
}

/// What the action gives to a call that may come in.
fn done(live: &Live, vendor: &dyn Vendor, verified: &Verified<'_>, trail: &mut Trail) -> Result<Value, Refusal> {
    let (call, assumptions) = (verified.call(), &live.world.assumptions);
    trail.at("parameters");
    let action = served(vendor, call)?;
    let args = params::check(action, &call.params, vendor.policy(), assumptions)?;
    let ask = (action.parse)(&args, assumptions)?;
    trail.at("world");
    let refuses = |reason| row_for(vendor.errors(), action.name, reason).is_some();
    let order = live.world.authorize(ask, verified.caller(), &refuses)?;
    trail.at("ticket");
    let (sandbox, now) = (&live.sandbox, live.sandbox.clock.now());
    let mint = || sandbox.entropy.bits(Purpose::Ticket, &verified.caller().id);
    let terms = vendor.terms(action, call, assumptions);
    let tickets = sandbox.tickets.apply(action.family, &order, now, &terms, &mint)?;
    if !matches!(&order, Order::Act { command: Command::Inspect, .. }) {
        tickets.iter().for_each(|ticket| live.tell_ticket(ticket));
    }
    let caller = verified.caller().name();
    Ok((action.render)(&Done { args: &args, order: &order, tickets: &tickets, caller, now, assumptions }))
}

fn served(vendor: &dyn Vendor, call: &Call) -> Result<&'static Action, Refusal> {
    let (name, version) = (call.name(), call.version.as_deref().unwrap_or(""));
    let found = vendor.actions().iter().find(|action| action.name == name && action.versions.contains(&version));
    found.copied().ok_or_else(|| Refusal::ActionUnserved { action: name.to_owned() })
}

/// The action for logs and listeners. Where nobody has such an action, a client may have put anything
/// in its place.
fn shown<'a>(emulator: &Emulator, incoming: &'a Incoming<'_>) -> Cow<'a, str> {
    let Incoming { vendor, call, live, .. } = incoming;
    let action = call.action.as_deref().unwrap_or("");
    if action.is_empty() || vendor.known_actions().iter().any(|known| known.name == action) {
        return Cow::Borrowed(action);
    }
    let claimed = call.claim.session_token.as_deref().unwrap_or("");
    Cow::Owned(emulator.redactor_of(live).and_sent(claimed).text(action))
}

/// One line for each call, without anything that a signature or a ticket could be read from.
fn tell(vendor: &dyn Vendor, action: &str, outcome: &Outcome<Value>) {
    let (vendor, action) = (vendor.name(), if action.is_empty() { "-" } else { action });
    match outcome {
        Outcome::Judged(Ok(_)) => info!(vendor, action, "{vendor}.{action} done"),
        Outcome::Judged(Err(Denial::Refused(refusal))) => {
            let reason = refusal.reason().name();
            info!(vendor, action, reason, "{vendor}.{action} refused: {reason}");
        }
        Outcome::Judged(Err(Denial::Scripted(scripted))) => {
            let code = scripted.row.code;
            info!(vendor, action, code, "{vendor}.{action} answered with {code} as scripted");
        }
        Outcome::Ordered(_) => info!(vendor, action, "{vendor}.{action} answered by a rule"),
    }
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
