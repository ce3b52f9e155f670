//! Parameters of every action, rightly signed, so that they reach the action.
//!
//! An input has a call on each line: a letter for the action, a digit for the form, and the parameters as a query. `$T`
//! in a parameter stands for the newest ticket.

use std::sync::Arc;

use serde_json::Value;
use ticketbooth::cloud::catalog::Action;
use ticketbooth::cloud::client::{ClientCall, SignatureForm, signed_request};
use ticketbooth::cloud::{Vendor, vendors};
use ticketbooth::domain::Class;
use ticketbooth::emulator::Emulator;
use ticketbooth::journal::{Entry, Outcome};
use ticketbooth::snapshot::{read_snapshot, snapshot_pieces};
use ticketbooth::world::World;

use super::LOOKS_AT_ALL;
use super::booth::{HOST, NOON, strict_booth};
use super::laws::{check_views, send_request};

/// The most calls of one input.
const MOST: usize = 8;

/// Common parameters of either vendor: who sends one among those of the action changes who calls, or how.
const COMMON: &[&str] = &[
    "accesskeyid",
    "action",
    "format",
    "language",
    "nonce",
    "region",
    "secretid",
    "securitytoken",
    "signature",
    "signaturemethod",
    "signaturenonce",
    "signaturetype",
    "signatureversion",
    "timestamp",
    "token",
    "version",
];

/// Every action in every version, with its vendor.
pub fn all_actions() -> Vec<(&'static Vendor, &'static Action, &'static str)> {
    let of_vendor = |vendor: &&'static Vendor| {
        let vendor = *vendor;
        let versions = |action: &&'static Action| {
            let action = *action;
            action.versions.iter().map(move |version| (vendor, action, *version))
        };
        vendor.catalog.actions.iter().flat_map(versions).collect::<Vec<_>>()
    };
    vendors().iter().flat_map(of_vendor).collect()
}

/// The line of an input for a call.
pub fn call_line(vendor: &Vendor, action: &str, version: &str, form: u8, params: &[(&str, &str)]) -> Option<String> {
    let fits = |known: &(&Vendor, &Action, &str)| {
        known.0.name == vendor.name && known.1.name == action && (version.is_empty() || known.2 == version)
    };
    let place = all_actions().iter().position(|known| fits(&(known.0, known.1, known.2)))?;
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(params);
    let (page, sign) = (place / SIGNS, u8::try_from((place + A_PLACE) % SIGNS).ok()?);
    let form = b'0' + form + [0, 8, 64, 72].get(page)?;
    Some(format!("{}{}{}", char::from(b'!' + sign), char::from(form), query.finish()))
}

/// Signs that an action is named by, from `!` to `~`. The first action is `A`.
const SIGNS: usize = 94;
const A_PLACE: usize = 32;

/// The action that a line is about: its sign, and which hundred of them, in two bits of the form.
pub fn action_of(sign: u8, form: u8) -> (&'static Vendor, &'static Action, &'static str) {
    let all = all_actions();
    let page = usize::from(form >> 3 & 1) + 2 * usize::from(form >> 6 & 1);
    let place = usize::from(sign.wrapping_sub(b'!')) + SIGNS - A_PLACE;
    all[(page * SIGNS + place % SIGNS) % all.len()]
}

struct SignedCall {
    vendor: &'static Vendor,
    wish: ClientCall,
    /// Whether nothing stands in the way of the signature.
    is_plain: bool,
}

impl SignedCall {
    fn parse_line(line: &[u8], nonce: usize, ticket: &str) -> Option<Self> {
        let [place, form, params @ ..] = line else { return None };
        let (vendor, action, version) = action_of(*place, *form);
        let mut wish = ClientCall::new(vendor, action.name, HOST, NOON, nonce.to_string());
        version.clone_into(&mut wish.version);
        if form & 1 == 1 {
            wish.form = SignatureForm::Older;
        }
        if form & 2 == 2 {
            "GET".clone_into(&mut wish.method);
        }
        if form & 4 == 4 {
            wish.body = Some(String::from_utf8_lossy(params).replace("$T", ticket));
        } else {
            let pairs = form_urlencoded::parse(params).into_owned();
            wish.params = pairs.map(|(name, value)| (name, value.replace("$T", ticket))).collect();
        }
        // `Token` is a session at one vendor, and a ticket at the other.
        let is_ticket = |name: &str| name == "Token" && vendor.name == "alibaba";
        let is_common = |name: &str| COMMON.contains(&name.to_ascii_lowercase().as_str()) && !is_ticket(name);
        // A body of one's own takes the place of the common parameters of the older form.
        let is_plain = !wish.params.iter().any(|(name, _)| is_common(name)) && form & 5 != 5;
        Some(Self { vendor, wish, is_plain })
    }
}

/// A call that is signed right is never refused for its signature, only what succeeds changes tickets, and the sandbox
/// behind it all is one that can be saved and loaded.
pub fn run_calls(data: &[u8]) {
    let emulator = strict_booth(World::demo());
    let mut ticket = String::new();
    for (nonce, line) in data.split(|byte| *byte == b'\n').take(MOST).enumerate() {
        let Some(call) = SignedCall::parse_line(line, nonce, &ticket) else { continue };
        let raw = Arc::new(signed_request(call.vendor, &call.wish));
        let (_, entry) = send_request(&emulator, &raw);
        let Some(entry) = entry else { continue };
        check_call(&call, &entry);
        if let Some(change) = entry.told.changes.last() {
            ticket = change.after.id.to_string();
        }
    }
    for ticket in emulator.default_sandbox().epoch().state.tickets.all_tickets() {
        assert!(ticket.max_uses.is_none_or(|most| ticket.used <= most), "{ticket:?}");
    }
    check_views(&emulator);
    check_saved(&emulator);
}

fn check_call(call: &SignedCall, entry: &Entry) {
    let told = &entry.told;
    let refused = matches!(told.outcome, Outcome::Refused(_));
    assert!(!refused || told.changes.is_empty(), "a refused call changed tickets: {:?}", told.changes);
    if call.is_plain && !call.wish.method.is_empty() {
        let class = told.outcome.said().and_then(|said| said.class);
        let of_signature = matches!(class, Some(Class::Clock | Class::Nonce));
        let reason = told.outcome.refusal().map(|refusal| format!("{:?}", refusal.reason()));
        let is_mismatch =
            reason.as_deref().is_some_and(|reason| reason.ends_with("Mismatch") && reason != "TargetMismatch");
        assert!(!of_signature && !is_mismatch, "signed right and refused for {reason:?}: {:?}", told.raw);
    }
}

/// What is saved is loaded with every ticket as it was, and saved again as the same document.
pub fn check_saved(emulator: &Emulator) {
    if !LOOKS_AT_ALL.get() {
        return;
    }
    let text: String = snapshot_pieces(&emulator.default_sandbox().epoch()).collect();
    let arrival = read_snapshot(&text).unwrap_or_else(|bad| panic!("what was saved is refused: {bad}: {text}"));
    let copy = strict_booth(World::demo());
    copy.import_sandbox(copy.default_sandbox(), arrival).expect("the default sandbox is there");
    assert_eq!(all_tickets(emulator), all_tickets(&copy), "saved and loaded");
    let again: String = snapshot_pieces(&copy.default_sandbox().epoch()).collect();
    assert_eq!(standing_parts(&text), standing_parts(&again), "saved, loaded and saved again");
}

/// Every ticket with all that is known of it, in the order of their ids.
fn all_tickets(emulator: &Emulator) -> Vec<String> {
    let tickets = emulator.default_sandbox().epoch().state.tickets.all_tickets();
    let mut tickets: Vec<String> = tickets.iter().map(|ticket| format!("{} {ticket:?}", ticket.id)).collect();
    tickets.sort();
    tickets
}

/// The document without a clock that goes on by itself.
fn standing_parts(text: &str) -> Value {
    let mut document: Value = serde_json::from_str(text).expect("a snapshot is JSON");
    if document["clock"]["mode"] == "running" {
        // The second that it is, and the digest that covers it.
        document["clock"]["now"].take();
        document["sha256"].take();
    }
    document
}
