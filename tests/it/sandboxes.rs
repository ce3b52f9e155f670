//! Sandboxes side by side: what one does never changes a byte of what another one gets.

use std::sync::{Arc, Barrier, LazyLock};
use std::thread;

use serde_json::{Value, json};
use ticketbooth::call::RawRequest;
use ticketbooth::emulator::{Emulator, Minted, SandboxOptions, Settings, wall_now};
use ticketbooth::pipeline;
use ticketbooth::world::World;

use crate::admin::ask;
use crate::kit::{json as body_of, open, verdict};
use crate::signer::{Acs3, Rpc, Tc3};

const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";
const SANDBOXES: usize = 200;
const THREADS: usize = 16;
const ROUNDS: usize = 6;

/// The keys of one sandbox, as a test that minted it has them.
#[derive(Clone, Copy)]
pub struct Keys {
    tencent: (&'static str, &'static str),
    alibaba: (&'static str, &'static str),
}

impl Keys {
    pub fn of(minted: &Minted) -> Self {
        let first = |vendor: &str| {
            let key = minted.keys.iter().find(|key| key.vendor == vendor).unwrap();
            // The signers of the tests take texts that live as long as the tests do.
            let kept = |text: &str| -> &'static str { Box::leak(text.to_owned().into_boxed_str()) };
            (kept(&key.id), kept(&key.secret))
        };
        Self { tencent: first("tencent"), alibaba: first("alibaba") }
    }

    pub fn create_token(&self, minutes: usize) -> RawRequest {
        let (key, secret) = self.tencent;
        let signer = Tc3 { key, secret, ..Tc3::at(wall_now().unix_seconds()) };
        let body = json!({ "ProjectId": 117, "PageId": 11520, "ExpireTime": minutes.to_string() });
        signer.post("CreateEmbedToken", &body.to_string())
    }

    pub fn create_ticket(&self, uses: usize, nonce: &'static str) -> RawRequest {
        let (key, secret) = self.alibaba;
        let signer = Acs3 { key, secret, nonce: Some(nonce), ..Acs3::at(wall_now().unix_seconds()) };
        signer.post("CreateTicket", &[("WorksId", WORK), ("TicketNum", &uses.to_string()), ("ExpireTime", "60")])
    }

    pub fn query_ticket(&self, ticket: &str, nonce: &str) -> RawRequest {
        let (key, secret) = self.alibaba;
        let signer = Rpc { secret, ..Rpc::at(wall_now().unix_seconds()) };
        let signer = signer.with("AccessKeyId", key).with("SignatureNonce", nonce).with("Ticket", ticket);
        signer.get("QueryTicketInfo")
    }
}

/// Read once: two hundred emulators would read the same file two hundred times.
static DEMO: LazyLock<World> = LazyLock::new(World::demo);

fn emulator() -> Emulator {
    Emulator::new(Settings::new(DEMO.clone()))
}

/// The sandbox of this number, whose name, seed and time are its own.
fn mint(emulator: &Emulator, number: usize) -> Minted {
    let wish = SandboxOptions {
        name: Some(format!("test-{number}")),
        seed: Some(number as u64),
        clock: Some(format!("frozen@2026-01-{:02}T{:02}:00:00Z", 1 + number % 28, number % 24).parse().unwrap()),
        ..SandboxOptions::default()
    };
    emulator.create_sandbox(wish).unwrap()
}

/// One round of one sandbox's own test, and everything that it saw.
fn round(emulator: &Emulator, number: usize, round: usize, keys: Keys) -> Vec<String> {
    let mut seen = Vec::new();
    let mut call = |request: &RawRequest| -> Value {
        let reply = pipeline::serve(emulator, request);
        seen.push(format!("{:?} {}", reply.header("x-ticketbooth-request"), String::from_utf8_lossy(&reply.body)));
        body_of(&reply)
    };
    let nonce = |what: &str| -> &'static str { Box::leak(format!("{number}-{round}-{what}").into_boxed_str()) };
    let token = call(&keys.create_token(1 + number % 240));
    let token = token["Response"]["Data"]["BIToken"].as_str().unwrap().to_owned();
    let ticket = call(&keys.create_ticket(1 + number % 3, nonce("create")));
    let ticket = ticket["Result"].as_str().unwrap().to_owned();
    call(&keys.query_ticket(&ticket, nonce("query")));
    for _ in 0..4 {
        let page = format!("/token3rd/dashboard/view/pc.htm?pageId={WORK}&accessTicket={ticket}");
        seen.push(verdict(&open(emulator, &page)).to_owned());
    }
    let page = format!("/page/embed?authType=strong&projectId=117&pageId=11520&scope=page&token={token}");
    seen.push(verdict(&open(emulator, &page)).to_owned());
    let minutes = 1 + (number * 7 + round) % 90;
    let (_, moved) =
        ask(emulator, "POST", &format!("/clock?sandbox=test-{number}"), &json!({ "advance": format!("{minutes}m") }));
    let transitions = moved["transitions"].as_array().unwrap();
    seen.push(format!("{} {transitions:?}", moved["now"]));
    seen.push(verdict(&open(emulator, &page)).to_owned());
    seen
}

#[test]
fn two_hundred_sandboxes_from_sixteen_threads_see_what_each_sees_alone() {
    let shared = emulator();
    let keys: Vec<Keys> = (0..SANDBOXES).map(|number| Keys::of(&mint(&shared, number))).collect();
    let start = Barrier::new(THREADS);
    let together: Vec<Vec<String>> = thread::scope(|scope| {
        let workers: Vec<_> = (0..THREADS)
            .map(|worker| {
                let (shared, keys, start) = (&shared, &keys, &start);
                scope.spawn(move || {
                    let mine: Vec<usize> = (worker..SANDBOXES).step_by(THREADS).collect();
                    let mut seen = vec![Vec::new(); mine.len()];
                    start.wait();
                    // Round by round, so that all two hundred are under way at the same time.
                    for number_of_round in 0..ROUNDS {
                        for (place, number) in mine.iter().enumerate() {
                            seen[place].extend(round(shared, *number, number_of_round, keys[*number]));
                        }
                    }
                    mine.into_iter().zip(seen).collect::<Vec<_>>()
                })
            })
            .collect();
        let mut all: Vec<(usize, Vec<String>)> =
            workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect();
        all.sort();
        all.into_iter().map(|(_, seen)| seen).collect()
    });
    for (number, seen) in together.iter().enumerate() {
        let alone = emulator();
        let keys = Keys::of(&mint(&alone, number));
        let expected: Vec<String> = (0..ROUNDS).flat_map(|each| round(&alone, number, each, keys)).collect();
        assert_eq!(*seen, expected, "sandbox {number}");
        let calls =
            |emulator: &Emulator| emulator.find_sandbox(&format!("test-{number}")).unwrap().epoch().journal.counters();
        assert_eq!(calls(&shared), calls(&alone), "the journal of sandbox {number}");
    }
    assert_eq!(shared.default_sandbox().epoch().journal.total_calls(), 0, "nothing of it reached the default sandbox");
    println!(
        "{SANDBOXES} sandboxes, {THREADS} threads, {} answers compared",
        together.iter().map(Vec::len).sum::<usize>()
    );
}

#[test]
fn a_key_opens_its_own_sandbox_and_no_other() {
    let emulator = emulator();
    let (one, two) = (mint(&emulator, 1), mint(&emulator, 2));
    let (keys_of_one, keys_of_two) = (Keys::of(&one), Keys::of(&two));
    let ticket = body_of(&pipeline::serve(&emulator, keys_of_one.create_ticket(5, "1")));
    let ticket = ticket["Result"].as_str().unwrap();
    let own = body_of(&pipeline::serve(&emulator, keys_of_one.query_ticket(ticket, "2")));
    assert_eq!(own["Success"], true, "{own}");
    let other = body_of(&pipeline::serve(&emulator, keys_of_two.query_ticket(ticket, "3")));
    assert_ne!(other["Success"], true, "{other}");
    let mixed = Keys { alibaba: (keys_of_one.alibaba.0, keys_of_two.alibaba.1), ..keys_of_one };
    let forged = body_of(&pipeline::serve(&emulator, mixed.create_ticket(1, "4")));
    assert_eq!(forged["Code"], "SignatureDoesNotMatch");
}

#[test]
fn a_sandbox_that_is_taken_away_leaves_nothing() {
    let emulator = emulator();
    let minted: Vec<Minted> = (0..300).map(|number| mint(&emulator, number)).collect();
    let keys = Keys::of(&minted[7]);
    let ticket =
        body_of(&pipeline::serve(&emulator, keys.create_ticket(5, "1")))["Result"].as_str().unwrap().to_owned();
    let page = format!("/token3rd/dashboard/view/pc.htm?pageId={WORK}&accessTicket={ticket}");
    assert_eq!(verdict(&open(&emulator, &page)), "admitted");
    let left: Vec<_> = minted.iter().map(|minted| Arc::downgrade(&minted.sandbox)).collect();
    let parts: Vec<_> = minted.iter().map(|minted| Arc::downgrade(&minted.sandbox.epoch().state.tickets)).collect();
    for minted in &minted {
        assert!(emulator.remove_sandbox(&minted.sandbox.id()));
    }
    drop(minted);
    assert!(left.iter().all(|sandbox| sandbox.strong_count() == 0));
    assert!(parts.iter().all(|tickets| tickets.strong_count() == 0));
    assert_eq!(emulator.all_sandboxes().len(), 1);
    assert_eq!(verdict(&open(&emulator, &page)), "unknown-ticket");
    let refused = body_of(&pipeline::serve(&emulator, keys.create_ticket(1, "2")));
    assert_eq!(refused["Code"], "InvalidAccessKeyId.NotFound");
    // The name is free again, and begins anew.
    mint(&emulator, 7);
    assert_eq!(verdict(&open(&emulator, &page)), "unknown-ticket");
}

#[test]
fn ten_thousand_sandboxes_live_on_one_emulator() {
    let emulator = emulator();
    let keys: Vec<Keys> = (0..10_000).map(|number| Keys::of(&mint(&emulator, number))).collect();
    for number in [0, 4_242, 9_999] {
        let answer = body_of(&pipeline::serve(&emulator, keys[number].create_ticket(1, "1")));
        assert_eq!(answer["Success"], true, "{answer}");
        let epoch = emulator.find_sandbox(&format!("test-{number}")).unwrap().epoch();
        assert_eq!((epoch.state.tickets.count(), epoch.journal.total_calls()), (1, 1));
    }
    assert_eq!(emulator.all_sandboxes().len(), 10_001);
    assert_eq!(emulator.default_sandbox().epoch().journal.total_calls(), 0);
}

#[test]
fn a_call_ends_in_the_world_it_began_in() {
    let emulator = emulator();
    let minted = mint(&emulator, 1);
    let before = minted.sandbox.epoch();
    pipeline::serve(&emulator, Keys::of(&minted).create_ticket(1, "1"));
    minted.sandbox.reset_aspects(&[ticketbooth::emulator::Aspect::Tickets]);
    assert_eq!(before.state.tickets.count(), 1, "whoever began before the reset still sees what was there");
    assert_eq!(minted.sandbox.epoch().state.tickets.count(), 0);
    assert_eq!(minted.sandbox.epoch().journal.total_calls(), 1, "what was not named stays");
}

#[test]
fn expiry_is_exact_to_the_second_at_both_ends_for_both_vendors() {
    for number in 0..20 {
        let emulator = emulator();
        let keys = Keys::of(&mint(&emulator, number));
        let path = format!("/clock?sandbox=test-{number}");
        let minutes = 1 + number % 240;
        let token = body_of(&pipeline::serve(&emulator, keys.create_token(minutes)));
        let token = token["Response"]["Data"]["BIToken"].as_str().unwrap();
        let ticket = body_of(&pipeline::serve(&emulator, keys.create_ticket(99, "1")));
        let ticket = ticket["Result"].as_str().unwrap();
        let of_token = format!("/page/embed?authType=strong&projectId=117&pageId=11520&scope=page&token={token}");
        let of_ticket = format!("/token3rd/dashboard/view/pc.htm?pageId={WORK}&accessTicket={ticket}");
        let mut ends = [(minutes * 60, &of_token), (60 * 60, &of_ticket)];
        ends.sort();
        let mut passed = 0;
        for (end, page) in ends {
            let wait = |seconds: usize| {
                ask(&emulator, "POST", &path, &json!({ "advance": format!("{seconds}s") }));
            };
            wait((end - passed).saturating_sub(1));
            if end > passed {
                assert_eq!(verdict(&open(&emulator, page)), "admitted", "a second before {end}");
                wait(1);
            }
            assert_eq!(verdict(&open(&emulator, page)), "expired", "at {end}");
            passed = end;
        }
    }
}

#[test]
fn a_sandbox_says_who_it_was_made_for() {
    let emulator = Emulator::new(Settings::new(World::demo()));
    let origin = json!({ "test": "checkout::pays once", "file": "tests/checkout.rs", "line": 42 });
    let make = |origin: &Value| ask(&emulator, "POST", "/sandboxes", &json!({ "name": "mine", "origin": origin }));
    for (wrong, told) in [
        (json!({ "test": "a\u{1}b" }), "the test of an origin has a control character"),
        (json!({ "file": "" }), "the file of an origin has 1 to 1024 bytes"),
        (json!({ "test": "x".repeat(1025) }), "the test of an origin has 1 to 1024 bytes"),
        (json!({ "tset": "x" }), "did you mean \"test\"?"),
    ] {
        let (status, answer) = make(&wrong);
        let message = answer["error"]["message"].as_str().unwrap();
        assert!(status == 400 && message.contains(told), "{answer}");
    }
    assert_eq!(make(&origin).0, 201, "nothing was made before");
    let of = |list: &Value| {
        list["sandboxes"].as_array().unwrap().iter().map(|row| row["origin"].clone()).collect::<Vec<_>>()
    };
    for path in ["/sandboxes", "/info"] {
        assert_eq!(of(&ask(&emulator, "GET", path, &Value::Null).1), [Value::Null, origin.clone()]);
    }
    ask(&emulator, "POST", "/reset?sandbox=mine", &Value::Null);
    assert_eq!(emulator.find_sandbox("mine").unwrap().origin().unwrap().line(), Some(42), "a reset changes no origin");
}

#[test]
fn the_journal_of_a_sandbox_outlives_it_within_the_bounds_of_one() {
    let bounds = ticketbooth::emulator::Bounds { entries: 4, ..Default::default() };
    let emulator = Emulator::new(Settings { journal: bounds, ..Settings::new(World::demo()) });
    let entries_of = |name: &str, calls: usize| {
        let minted = emulator
            .create_sandbox(SandboxOptions { name: Some(name.to_owned()), ..SandboxOptions::default() })
            .unwrap();
        for _ in 0..calls {
            pipeline::serve(&emulator, Keys::of(&minted).query_ticket("x", "n"));
        }
        ask(&emulator, "GET", &format!("/journal?sandbox={name}"), &Value::Null).1
    };
    let before = entries_of("first", 2);
    entries_of("silent", 0);
    assert_eq!(before["entries"].as_array().unwrap().len(), 2);
    for id in ["first", "silent"] {
        assert!(emulator.remove_sandbox(id));
    }
    assert_eq!(ask(&emulator, "GET", "/journal?sandbox=first", &Value::Null), (200, before.clone()));
    let last = before["entries"][0]["request_id"].as_str().unwrap();
    assert_eq!(ask(&emulator, "GET", &format!("/explain/{last}?sandbox=first"), &Value::Null).0, 200);
    let question = json!({ "on": "alibaba.QueryTicketInfo", "calls": { "exactly": 2 } });
    assert_eq!(ask(&emulator, "POST", "/verify?sandbox=first", &question).1["verdict"], "pass");
    for (method, path) in
        [("GET", "/journal?sandbox=silent"), ("GET", "/tickets?sandbox=first"), ("DELETE", "/journal?sandbox=first")]
    {
        assert_eq!(ask(&emulator, method, path, &Value::Null).0, 404, "{method} {path}");
    }
    // A new one of the name has a journal of its own, and the oldest goes where there is no more room.
    assert_eq!(entries_of("first", 3)["total"], 3);
    assert!(emulator.remove_sandbox("first"));
    let (_, list) = ask(&emulator, "GET", "/sandboxes", &Value::Null);
    assert_eq!(list["departed"], json!([{ "id": "first", "calls": 3, "origin": null }]));
}

#[test]
fn a_sandbox_of_a_rust_test_knows_the_test() {
    let booth = Emulator::builder().start_blocking().unwrap();
    let (mine, line) = (booth.sandbox("mine").unwrap(), line!());
    let origin = mine.origin().unwrap();
    assert_eq!(origin.test(), Some("sandboxes::a_sandbox_of_a_rust_test_knows_the_test"));
    assert_eq!((origin.file(), origin.line()), (Some(file!()), Some(line)));
    assert_eq!(booth.origin(), None);
}
