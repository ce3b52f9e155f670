//! A panic, whoever has it: one call is answered with a fault, the log says it, and nothing else notices.
//!
//! A vendor whose functions panic when they are told to is walked through every stage at which somebody else's code runs.

#![allow(clippy::unwrap_used, reason = "in a test, an unwrap is an assertion")]

#[allow(dead_code, reason = "another test uses the rest of it")]
#[path = "../third_vendor/mini.rs"]
mod mini;

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::panic;

use mini::MINI;
use parking_lot::Mutex;
use serde_json::Value;
use ticketbooth::cloud;
use ticketbooth::cloud::{Answers, Catalog, Check, CheckInput, Gateway, Requests, Vendor, install};
use ticketbooth::domain::Refusal;
use ticketbooth::emulator::{AuthMode, Emulator};
use ticketbooth::trail::{Checked, Step};
use ticketbooth::world::World;

const WORLD: &str = "{ ticketbooth: 1, name: mini, mini: { keys: [{ key: K1, secret: s1 }], works: [sales] } }";

/// The stage that panics.
static BROKEN: Mutex<&str> = Mutex::new("");

fn pass(stage: &str) {
    let is_broken = *BROKEN.lock() == stage;
    assert!(!is_broken, "the planted panic of {stage}");
}

/// In the order in which a call meets them, with whether the vendor can still say that the fault is its own.
const STAGES: &[(&str, bool)] = &[
    ("has_marks", false),
    ("read", false),
    ("settle", true),
    ("preflight", true),
    ("check", true),
    ("terms", true),
    ("as_told", true),
    ("language", false),
    ("envelope", false),
];

static BREAKING: Vendor = Vendor {
    requests: Requests {
        has_marks: |raw| {
            pass("has_marks");
            (MINI.requests.has_marks)(raw)
        },
        read: |raw| {
            pass("read");
            (MINI.requests.read)(raw)
        },
        settle: |_, _| pass("settle"),
        preflight: |_, _| {
            pass("preflight");
            None
        },
        ..MINI.requests
    },
    catalog: Catalog {
        terms: |action, work, call, assumptions| {
            pass("terms");
            (MINI.catalog.terms)(action, work, call, assumptions)
        },
        ..MINI.catalog
    },
    gateway: Gateway { checks: &[Check::Form { step: Step::Action, test: check }], ..MINI.gateway },
    answers: Answers {
        as_told: |_, _| {
            pass("as_told");
            None
        },
        language: |row, spoken| {
            pass("language");
            (MINI.answers.language)(row, spoken)
        },
        envelope: |stamp, call, outcome| {
            pass("envelope");
            (MINI.answers.envelope)(stamp, call, outcome)
        },
        ..MINI.answers
    },
    ..MINI
};

fn check(_: &CheckInput<'_>) -> Result<Checked, Refusal> {
    pass("check");
    Ok(Checked::Made)
}

/// Status and body of an IssuePass for the work.
fn issue(address: SocketAddr, work: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(address).unwrap();
    let target = format!("/?Action=IssuePass&MiniKey=K1&Work={work}");
    write!(stream, "GET {target} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head[9..12].parse().unwrap(), body.to_owned())
}

/// One test, as the vendors of a process are settled once.
#[test]
fn a_panic_is_one_answer_and_nothing_is_poisoned() {
    install(&[&BREAKING]).unwrap();
    // What a panic prints is for people; here they are many, and planted.
    panic::set_hook(Box::new(|_| {}));
    let world = World::load("mini.yaml", WORLD, &cloud::all_assumptions()).unwrap();
    let booth = Emulator::builder().world(world).auth(AuthMode::Off).start_blocking().unwrap();
    let address = booth.addresses().listen;
    let mut issued = 0;
    for (stage, can_say) in STAGES {
        *BROKEN.lock() = stage;
        // A refusal passes more stages than a success.
        for work in ["sales", "nothing"] {
            let (status, body) = issue(address, work);
            let is_met = work == "nothing" || !["as_told", "language"].contains(stage);
            match (stage, is_met && (work == "sales" || *stage != "terms")) {
                (_, true) => assert_eq!(status, 500, "{stage} {work}: {body}"),
                (_, false) => assert_ne!(status, 500, "{stage} {work}: {body}"),
            }
            if status == 500 && *can_say {
                let said: Value = serde_json::from_str(&body).unwrap();
                assert_eq!(said["code"], "Broken", "{stage}: {body}");
            }
            assert!(status != 500 || body.contains("bug of ticketbooth"), "{stage}: {body}");
            issued += usize::from(status == 200);
        }
        *BROKEN.lock() = "";
        let (status, body) = issue(address, "sales");
        assert_eq!(status, 200, "after a panic in {stage}: {body}");
        issued += 1;
    }
    let lost_answer = 1;
    // The pass of the call that panicked in its envelope was issued, and its answer is the fault.
    assert_eq!(booth.emulator().default_sandbox().epoch().state.tickets.issued(), (issued + lost_answer) as u64);
    assert_eq!(booth.emulator().load.bodies.held(), 0);
}
