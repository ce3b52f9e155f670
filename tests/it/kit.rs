//! What the tests share: emulators with a clock that stands, and requests without a signer.

use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use serde_json::Value;
use ticketbooth::call::{Arrival, Headers, RawRequest};
use ticketbooth::cloud::vendors;
use ticketbooth::domain::Assumption;
use ticketbooth::emulator::{AuthClock, AuthMode, ClockSpec, Emulator, Settings};
use ticketbooth::pipeline;
use ticketbooth::reply::Reply;
use ticketbooth::rules;
use ticketbooth::web;
use ticketbooth::world::World;

/// A second that every test may rely on: 2026-01-05T08:00:00 in Beijing.
pub const NOON: &str = "frozen@2026-01-05T00:00:00Z";
/// The same as Unix seconds.
pub const NOON_UNIX: i64 = 1_767_571_200;

/// A file of the repository.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

pub fn read(path: &str) -> String {
    fs::read_to_string(repository(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

pub fn assumptions() -> Vec<&'static Assumption> {
    vendors().iter().flat_map(|vendor| vendor.catalog.assumptions.iter().copied()).collect()
}

/// The demo world under the given authentication, at [`NOON`].
pub fn demo(auth: AuthMode) -> Emulator {
    emulator(World::demo(), auth, NOON)
}

/// The demo world with other answers to open questions: `assuming(&[("alibaba.delay_base", "now")])`.
pub fn assuming(answers: &[(&str, &str)]) -> Emulator {
    let mut world = World::demo();
    for (name, choice) in answers {
        let row = assumptions().into_iter().find(|row| row.name == *name).expect("the assumption exists");
        assert!(world.assumptions.choose(row, choice), "{name} has no choice {choice}");
    }
    emulator(world, AuthMode::Off, NOON)
}

pub fn emulator(world: World, auth: AuthMode, clock: &str) -> Emulator {
    Emulator::new(Settings {
        auth,
        auth_clock: AuthClock::World,
        clock: Some(ClockSpec::from_str(clock).expect("the tests write good clocks")),
        ..Settings::new(world)
    })
}

/// The demo world with rules from the beginning, at [`NOON`].
pub fn ruled(auth: AuthMode, text: &str) -> Emulator {
    Emulator::new(Settings {
        auth,
        auth_clock: AuthClock::World,
        clock: Some(ClockSpec::from_str(NOON).expect("the tests write good clocks")),
        rules: rules::read_rules("rules", text).unwrap_or_else(|problems| panic!("{problems}")),
        ..Settings::new(World::demo())
    })
}

/// How many tickets were ever made in the default sandbox.
pub fn tickets(emulator: &Emulator) -> usize {
    emulator.default_sandbox().epoch().state.tickets.all_tickets().len()
}

pub fn raw(method: &str, target: &str, headers: &[(&str, &str)], body: &[u8]) -> RawRequest {
    RawRequest {
        method: method.into(),
        target: target.into(),
        headers: headers.iter().map(|(name, value)| (*name, *value)).collect::<Headers>(),
        body: bytes::Bytes::copy_from_slice(body),
        oversize: false,
        authority: None,
        port_of: None,
        client: "127.0.0.1".into(),
        arrival: Arrival::default(),
    }
}

/// A Tencent call in the newer form, unsigned, and its `Response`.
pub fn tencent(emulator: &Emulator, action: &str, body: &Value) -> Value {
    let reply = pipeline::serve(emulator, tencent_raw(action, &body.to_string()));
    json(&reply)["Response"].take()
}

pub fn tencent_raw(action: &str, body: &str) -> RawRequest {
    let headers = [
        ("host", "127.0.0.1:4240"),
        ("content-type", "application/json"),
        ("x-tc-action", action),
        ("x-tc-version", "2022-01-05"),
    ];
    raw("POST", "/", &headers, body.as_bytes())
}

/// An Alibaba call with everything in the query, unsigned: its status and body.
pub fn alibaba(emulator: &Emulator, version: &str, action: &str, params: &[(&str, &str)]) -> (u16, Value) {
    let reply = pipeline::serve(emulator, alibaba_raw(version, action, params));
    (reply.status, json(&reply))
}

pub fn alibaba_raw(version: &str, action: &str, params: &[(&str, &str)]) -> RawRequest {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("Action", action).append_pair("Version", version).append_pair("Format", "JSON");
    query.extend_pairs(params);
    let target = format!("/?{}", query.finish());
    raw("POST", &target, &[("host", "127.0.0.1:4240")], b"")
}

/// The error code of a Tencent `Response`, or of an Alibaba body.
pub fn code(body: &Value) -> &str {
    body["Error"]["Code"].as_str().or_else(|| body["Code"].as_str()).unwrap_or("none")
}

/// Opens an embed page.
pub fn open(emulator: &Emulator, target: &str) -> Reply {
    let request = raw("GET", target, &[("host", "127.0.0.1:4240")], b"");
    web::serve_page(emulator, &request).expect("the target is an embed page")
}

/// `admitted`, or the kind of the refusal.
pub fn verdict(reply: &Reply) -> &str {
    match reply.header("x-ticketbooth-visit") {
        Some("refused") => reply.header("x-ticketbooth-refusal").expect("a refusal has its kind"),
        other => other.expect("an embed page has a verdict"),
    }
}

pub fn json(reply: &Reply) -> Value {
    serde_json::from_slice(&reply.body).unwrap_or_else(|error| panic!("{error}: {:?}", reply.body))
}

/// The fenced blocks of the page: their info strings and texts.
pub fn fenced_blocks(page: &str) -> Vec<(String, String)> {
    let page = read(page);
    let mut blocks = Vec::new();
    let mut rest = page.as_str();
    while let Some((_, opened)) = rest.split_once("\n```") {
        let (info, body) = opened.split_once('\n').unwrap();
        let (text, after) = body.split_once("```").expect("a block is closed");
        blocks.push((info.to_owned(), text.to_owned()));
        rest = after;
    }
    blocks
}
