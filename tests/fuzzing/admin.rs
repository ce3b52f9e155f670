//! Requests to the admin API: paths, queries and bodies, with the token and without. An input has requests between lines
//! of `%%`.

use serde_json::Value;
use ticketbooth::admin::console::ASSETS;
use ticketbooth::admin::{self, PREFIX};
use ticketbooth::call::RawRequest;
use ticketbooth::cloud::vendor_named;
use ticketbooth::emulator::Emulator;
use ticketbooth::reply::Reply;
use ticketbooth::world::World;

use super::booth::{HOST, TOKEN, answer, parse_request, signed_call, split_parts, strict_booth};
use super::laws::ask_admin;

/// The most requests of one input.
const MOST: usize = 8;

/// The paths whose answers are secrets, or what an author wrote, for whoever has the token.
const SECRET: &[&str] = &["/snapshot", "/sandboxes", "/snippets", "/examples", "/rules", "/scenario"];

fn ready_booth() -> Emulator {
    let emulator = strict_booth(World::demo());
    for (vendor, action, params) in [
        ("alibaba", "CreateTicket", [("WorksId", "a206f5f3-0000-4000-8000-e9b17c835b03"), ("TicketNum", "2")]),
        ("tencent", "CreateEmbedToken", [("ProjectId", "117"), ("PageId", "11520")]),
        ("tencent", "CreateEmbedToken", [("ProjectId", "9"), ("PageId", "1")]),
    ] {
        let vendor = vendor_named(vendor).expect("the vendor is served");
        answer(&emulator, &signed_call(vendor, action, params[0].1.len(), &params));
    }
    emulator
}

/// The request below the root of the admin API, and its line for `{ticket}` and `{call}`.
fn fill_request(emulator: &Emulator, part: &[u8]) -> RawRequest {
    let epoch = emulator.default_sandbox().epoch();
    let mut tickets: Vec<String> =
        epoch.state.tickets.all_tickets().iter().map(|ticket| ticket.id.to_string()).collect();
    tickets.sort();
    let ticket = tickets.first().map_or("", String::as_str);
    let filled = std::str::from_utf8(part).ok().map(|text| text.replace("$ticket", ticket).into_bytes());
    let mut raw = parse_request(filled.as_deref().unwrap_or(part));
    if !admin::owns_path(raw.path()) {
        raw.target = format!("{PREFIX}{}", raw.target).into();
    }
    for (name, value) in [("host", HOST), ("content-type", "application/json")] {
        if raw.header(name).is_none() {
            raw.headers.push(name, value);
        }
    }
    raw
}

/// Every request is answered in the API's own words; without the token nothing is told and nothing changes.
pub fn ask_endpoints(data: &[u8]) {
    let emulator = ready_booth();
    for part in split_parts(data, MOST) {
        let mut raw = fill_request(&emulator, part);
        // What does not belong to the admin API is none of its business.
        if !admin::owns_path(raw.path()) {
            continue;
        }
        if raw.header("authorization").is_none() && raw.header("x-ticketbooth-admin-token").is_none() {
            check_stranger(&emulator, &raw);
            raw.headers.push("authorization", format!("Bearer {TOKEN}"));
        }
        let reply = ask_admin(&emulator, &raw);
        check_told(&raw, &reply);
    }
    // The emulator behind it still answers, whatever rules and clocks it has by now.
    let vendor = vendor_named("alibaba").expect("the vendor is served");
    let reply = answer(&emulator, &signed_call(vendor, "QueryTicketInfo", 77, &[("Ticket", "x")]));
    assert!(reply.status >= 200 || reply.body.is_empty(), "{reply:?}");
}

fn check_stranger(emulator: &Emulator, raw: &RawRequest) {
    if admin::is_public(raw) {
        return;
    }
    let reply = ask_admin(emulator, raw);
    if reply.status < 400 {
        let below = raw.path().strip_prefix(PREFIX).unwrap_or_default();
        let is_file = below.is_empty() || ASSETS.iter().any(|asset| asset.path == below);
        assert!(is_file, "without the token: {reply:?} to {raw:?}");
        return;
    }
    let kind = error_of(&reply)["kind"].as_str().unwrap_or_default().to_owned();
    let is_known = ["missing_token", "foreign_host", "foreign_origin"].contains(&kind.as_str());
    assert!(is_known, "without the token: {kind} {reply:?} to {raw:?}");
}

fn error_of(reply: &Reply) -> Value {
    let body: Value = serde_json::from_slice(&reply.body).unwrap_or_else(|error| panic!("{error}: {reply:?}"));
    for member in ["kind", "message", "hint"] {
        assert!(body["error"][member].is_string(), "an error has its {member}: {body}");
    }
    body["error"].clone()
}

fn check_told(raw: &RawRequest, reply: &Reply) {
    assert!((200..500).contains(&reply.status), "{reply:?} to {raw:?}");
    let text = std::str::from_utf8(&reply.body).expect("an answer of the admin API is UTF-8");
    match reply.header("content-type") {
        _ if reply.status >= 400 => drop(error_of(reply)),
        Some("application/json") => {
            let read: Result<Value, _> = serde_json::from_str(text);
            assert!(read.is_ok() || text.is_empty(), "{read:?}: {text}");
        }
        Some("application/jsonl") => {
            let is_json = |line: &str| serde_json::from_str::<Value>(line).is_ok();
            assert!(text.lines().all(is_json), "{text}");
        }
        _ => {}
    }
    let below = raw.path().strip_prefix(PREFIX).unwrap_or("");
    if !SECRET.iter().any(|secret| below.starts_with(secret)) {
        for secret in ["localtestsecret000000000000000", "demo-session-token", TOKEN] {
            let of_client =
                raw.target.contains(secret) || raw.body.windows(secret.len()).any(|w| w == secret.as_bytes());
            // A rule may have what its author puts into it; an error quotes nothing of the kind.
            let may_quote = of_client && reply.status < 400;
            assert!(!text.contains(secret) || may_quote, "{secret} stands in the answer to {raw:?}: {text}");
        }
    }
    for (name, value) in reply.headers.iter() {
        assert!(!value.chars().any(char::is_control), "the header {name} has a control character: {value:?}");
    }
}
