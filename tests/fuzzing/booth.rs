//! Emulators for the targets, and requests as they are written in an input.

use std::sync::{Arc, LazyLock};

use bytes::Bytes;
use ticketbooth::call::{Arrival, Headers, RawRequest};
use ticketbooth::cloud::client::{ClientCall, signed_request};
use ticketbooth::cloud::{Vendor, all_assumptions, vendor_named};
use ticketbooth::emulator::{AuthClock, AuthMode, Emulator, Guard, Settings};
use ticketbooth::pipeline;
use ticketbooth::reply::Reply;
use ticketbooth::web;
use ticketbooth::world::World;

/// The admin token of every emulator here.
pub const TOKEN: &str = "fuzz-admin-token-0123456789";

/// The second at which the clock stands.
pub const NOON: i64 = 1_767_571_200;

pub const HOST: &str = "127.0.0.1:4240";

/// The world in which the captures of the official clients make sense.
pub static GOLDEN: LazyLock<World> = LazyLock::new(|| load_world(include_str!("../worlds/golden.yaml")));

pub fn load_world(text: &str) -> World {
    World::load("world", text, &all_assumptions()).expect("the world of a target is sound")
}

/// An emulator that verifies every signature, at whatever time it was made.
pub fn strict_booth(world: World) -> Emulator {
    let guard = Guard { token: Some(TOKEN.to_owned()), hosts: Vec::new() };
    let clock = Some("frozen@2026-01-05T00:00:00Z".parse().expect("it is a clock"));
    let settings = Settings::new(world);
    Emulator::new(Settings { auth: AuthMode::Strict, auth_clock: AuthClock::Off, clock, guard, ..settings })
}

/// The answer that `http` would send.
pub fn answer(emulator: &Emulator, raw: &Arc<RawRequest>) -> Reply {
    web::serve_page(emulator, Arc::clone(raw)).unwrap_or_else(|| pipeline::serve(emulator, Arc::clone(raw)))
}

/// A call that the library's own client signs, at [`NOON`].
pub fn signed_call(vendor: &'static Vendor, action: &str, nonce: usize, params: &[(&str, &str)]) -> Arc<RawRequest> {
    let mut wish = ClientCall::new(vendor, action, HOST, NOON, nonce.to_string());
    wish.params = params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Arc::new(signed_request(vendor, &wish))
}

/// A call of an action, by the names of vendor and action and its parameters.
pub struct PlainCall {
    pub vendor: &'static str,
    pub action: &'static str,
    pub params: &'static [(&'static str, &'static str)],
}

impl PlainCall {
    /// The call, signed, with a further parameter where there is one.
    pub fn sign(&self, nonce: usize, further: Option<(&str, &str)>) -> Arc<RawRequest> {
        let vendor = vendor_named(self.vendor).expect("the vendor is served");
        let params: Vec<(&str, &str)> = self.params.iter().copied().chain(further).collect();
        signed_call(vendor, self.action, nonce, &params)
    }
}

/// The chat that the demo world has.
pub const CHAT: PlainCall = PlainCall {
    vendor: "tencent",
    action: "CreateEmbedToken",
    params: &[
        ("ProjectId", "111"),
        ("Intention", "chatBIEmbed"),
        ("Scope", "project"),
        ("UserCorpId", "100022975249"),
        ("UserId", "100024664626"),
    ],
};

/// Parts of an input that stand between lines of `%%`, at most so many.
pub fn split_parts(data: &[u8], most: usize) -> Vec<&[u8]> {
    let mut parts = Vec::new();
    let mut rest = data;
    while let Some(at) = rest.windows(4).position(|piece| piece == b"\n%%\n").filter(|_| parts.len() + 1 < most) {
        parts.push(&rest[..at]);
        rest = &rest[at + 4..];
    }
    parts.push(rest);
    parts
}

/// A request as it would be written over the wire: a line with method and target, headers, an empty line, the body.
///
/// A first byte of 1 or 2 says that it came in by the port of the first or the second vendor.
pub fn parse_request(data: &[u8]) -> RawRequest {
    let (port_of, data) = match data.first() {
        Some(1) => (Some("tencent"), &data[1..]),
        Some(2) => (Some("alibaba"), &data[1..]),
        _ => (None, data),
    };
    let ends = [&b"\r\n\r\n"[..], b"\n\n"];
    let found = ends.iter().find_map(|end| data.windows(end.len()).position(|piece| piece == *end).map(|at| (at, end)));
    let (head, body) = found.map_or((data, &b""[..]), |(at, end)| (&data[..at], &data[at + end.len()..]));
    let head = String::from_utf8_lossy(head);
    let mut lines = head.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    let mut words = lines.next().unwrap_or("").splitn(3, ' ');
    let (method, target) = (words.next().unwrap_or(""), words.next().unwrap_or("/"));
    let headers = lines.filter_map(|line| line.split_once(':')).map(|(name, value)| (name.trim(), value.trim()));
    raw_request(method, target, headers.collect(), Bytes::copy_from_slice(body), port_of)
}

pub fn raw_request(
    method: &str,
    target: &str,
    headers: Headers,
    body: Bytes,
    port_of: Option<&'static str>,
) -> RawRequest {
    RawRequest {
        method: method.into(),
        target: target.into(),
        authority: None,
        headers,
        body,
        oversize: false,
        port_of,
        client: "127.0.0.1".into(),
        arrival: Arrival::default(),
    }
}

/// The request as [`parse_request`] reads it.
pub fn write_request(raw: &RawRequest) -> Vec<u8> {
    let mut text = format!("{} {} HTTP/1.1\r\n", raw.method, raw.target);
    for (name, value) in raw.headers.iter() {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    [text.as_bytes(), b"\r\n", &raw.body].concat()
}
