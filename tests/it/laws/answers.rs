//! Answers are byte for byte those that were recorded for the same seed, so that a change of how they are made is
//! none of what they say.
//!
//! `BLESS=1 cargo test --test it laws` records them anew, for a change that is meant.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;
use sha2::{Digest as _, Sha256};
use ticketbooth::cloud::client::{SignatureForm, signed_request, visit_request};
use ticketbooth::cloud::{Vendor, vendors};
use ticketbooth::emulator::{AuthClock, AuthMode, RateLimits};
use ticketbooth::reply::Reply;

use super::{Answer, emulator};
use crate::admin::ask;
use crate::catalogue::{Client, answer};

/// Compares the text with the recorded one, or records it.
pub fn renewed(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let recorded = std::fs::read_to_string(&path).unwrap();
    let other = recorded.lines().zip(text.lines()).find(|(recorded, told)| recorded != told);
    assert_eq!(other, None, "{name}: the recorded answer and that of now");
    assert_eq!(recorded.lines().count(), text.lines().count(), "{name}");
}

/// Status, headers and body on one line.
fn line(reply: &Reply) -> String {
    let headers: Vec<String> = reply.headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    format!("{} {} {}", reply.status, headers.join("; "), String::from_utf8_lossy(&reply.body).replace('\n', "\\n"))
}

/// The answers to all examples of a vendor, in their order.
pub struct Answers {
    name: String,
    digest: Sha256,
}

impl Answers {
    pub fn of(vendor: &Vendor, given: Answer) -> Self {
        let given = given.map_or_else(|| "-".to_owned(), |(row, choice)| format!("{}={choice}", row.name));
        Self { name: format!("{} {given}", vendor.name), digest: Sha256::new() }
    }

    pub fn take(&mut self, code: &str, version: &str, reply: &Reply, explained: &Value) {
        self.digest.update(format!("{code} {version} {} {explained}\n", line(reply)));
    }

    pub fn end(self) -> String {
        format!("{} {}\n", self.name, hex::encode(self.digest.finalize()))
    }
}

type Pairs = &'static [(&'static str, &'static str)];

/// A call of each served action that succeeds, in the order of a ticket's life: `$1` is the first ticket.
const CALLS: &[(&str, &str, Pairs)] = &[
    ("tencent", "CreateEmbedToken", &[("ProjectId", "117"), ("PageId", "11520")]),
    (
        "tencent",
        "CreateEmbedToken",
        &[("ProjectId", "117"), ("PageId", "11520"), ("Scope", "page"), ("ExpireTime", "60"), ("TicketNum", "7")],
    ),
    (
        "tencent",
        "CreateEmbedToken",
        &[
            ("ProjectId", "117"),
            ("Scope", "panel"),
            ("TokenType", "300"),
            ("TokenNum", "3"),
            ("UserCorpId", "100022975249"),
            ("UserId", "100024664626"),
        ],
    ),
    ("tencent", "ApplyEmbedInterval", &[("ProjectId", "117"), ("PageId", "11520"), ("BIToken", "$1")]),
    ("tencent", "ClearEmbedToken", &[("ProjectId", "117"), ("PageId", "11520")]),
    ("alibaba", "CreateTicket", &[("WorksId", WORK)]),
    (
        "alibaba",
        "CreateTicket",
        &[
            ("WorksId", WORK),
            ("ExpireTime", "60"),
            ("TicketNum", "5"),
            ("WatermarkParam", "\u{6c34}\u{5370}"),
            ("GlobalParam", "[]"),
        ],
    ),
    ("alibaba", "QueryTicketInfo", &[("Ticket", "$1")]),
    ("alibaba", "DelayTicketExpireTime", &[("Ticket", "$1"), ("ExpireTime", "30")]),
    ("alibaba", "UpdateTicketNum", &[("Ticket", "$1"), ("TicketNum", "9")]),
    ("alibaba", "DeleteTicket", &[("Ticket", "$1")]),
    ("alibaba", "CreateEmbedToken", &[("WorksId", WORK)]),
    ("alibaba", "QueryEmbedTokenInfo", &[("Token", "$2")]),
    ("alibaba", "DelayEmbedToken", &[("Token", "$2"), ("ExpireTime", "30")]),
    ("alibaba", "DeleteEmbedToken", &[("Token", "$2")]),
];

const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";

/// Where a ticket may stand in an answer.
const TICKETS: &[&str] = &["/Response/Data/BIToken", "/Result", "/Result/AccessToken"];

fn lives(vendor: &'static Vendor, form: SignatureForm, format: Option<&str>) -> String {
    let emulator = emulator(&[], AuthMode::Strict, AuthClock::World, RateLimits::Off);
    let mut client = Client { vendor, nonce: 0 };
    let (mut text, mut tickets) = (String::new(), Vec::<String>::new());
    for (_, action, params) in CALLS.iter().filter(|(name, ..)| *name == vendor.name) {
        let action = *action;
        let versions = vendor.catalog.known_actions.iter().find(|known| known.name == action).unwrap().versions;
        for version in versions {
            let mut wish = client.wish(action);
            (wish.form, wish.version) = (form, (*version).to_owned());
            let filled = |value: &str| match value.strip_prefix('$').and_then(|place| place.parse::<usize>().ok()) {
                // The second ticket of Alibaba's list is the first that is a token.
                Some(2) => tickets.iter().rev().find(|ticket| ticket.len() > 3).cloned().unwrap_or_default(),
                Some(_) => tickets.first().cloned().unwrap_or_default(),
                None => value.to_owned(),
            };
            wish.params = params.iter().map(|(name, value)| ((*name).to_owned(), filled(value))).collect();
            wish.params.extend(format.map(|format| ("Format".to_owned(), format.to_owned())));
            let reply = answer(&emulator, &signed_request(vendor, &wish));
            let body: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
            tickets.extend(TICKETS.iter().filter_map(|at| body.pointer(at)?.as_str()).map(str::to_owned));
            writeln!(text, "{} {form:?} {action} {version} {}", vendor.name, line(&reply)).unwrap();
            let explained = ask(&emulator, "GET", "/explain/last", &Value::Null).1;
            writeln!(text, "  explain {}", hex::encode(Sha256::digest(explained.to_string()))).unwrap();
        }
    }
    for ticket in &tickets {
        let link = match vendor.name {
            "tencent" => format!("/page/embed?authType=strong&projectId=117&pageId=11520&scope=page&token={ticket}"),
            _ => format!("/token3rd/dashboard/view/pc.htm?pageId={WORK}&accessTicket={ticket}"),
        };
        let reply = answer(&emulator, &visit_request("127.0.0.1:4240", &link));
        writeln!(text, "{} visit {} {}", vendor.name, reply.status, hex::encode(Sha256::digest(line(&reply)))).unwrap();
    }
    text
}

#[test]
fn answers_are_those_that_were_recorded() {
    let mut text = String::new();
    for vendor in vendors() {
        for form in [SignatureForm::Newest, SignatureForm::Older] {
            for format in [None, Some("XML")].into_iter().filter(|format| format.is_none() || vendor.name == "alibaba")
            {
                text += &lives(vendor, form, format);
            }
        }
    }
    renewed("answers.txt", &text);
}
