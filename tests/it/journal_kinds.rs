//! What stands in a journal beside calls, the journals of all sandboxes together, and who visited.

use serde_json::{Value, json};
use ticketbooth::admin::{Answer, PREFIX, Streaming, answer as admin};
use ticketbooth::emulator::{AuthMode, Bounds, Emulator, Guard, SandboxOptions, Settings};
use ticketbooth::world::World;

use crate::admin::ask;
use crate::catalogue::answer;
use crate::kit::{NOON, alibaba_raw, demo, open, raw, tencent_raw};

const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";

fn get(emulator: &Emulator, path: &str) -> Value {
    let (status, body) = ask(emulator, "GET", path, &Value::Null);
    assert_eq!(status, 200, "{path}: {body}");
    body
}

/// Kinds and texts of a list, oldest first.
fn listed(emulator: &Emulator, query: &str) -> Vec<String> {
    let body = get(emulator, &format!("/journal?{query}"));
    let line = |entry: &Value| {
        let text = entry["text"].as_str().or(entry["action"].as_str()).unwrap();
        format!("{}: {text}", entry["kind"].as_str().unwrap())
    };
    body["entries"].as_array().unwrap().iter().rev().map(line).collect()
}

fn create(emulator: &Emulator) {
    answer(emulator, &alibaba_raw("2022-01-01", "CreateTicket", &[("WorksId", WORK)]));
}

#[test]
fn what_was_done_to_a_sandbox_stands_between_its_calls() {
    let emulator = demo(AuthMode::Off);
    let change = |method: &str, path: &str, body: Value| {
        let (status, told) = ask(&emulator, method, path, &body);
        assert!(status < 300, "{path}: {told}");
    };
    change("POST", "/journal/mark", json!({ "text": "test_one" }));
    create(&emulator);
    change("POST", "/clock", json!({ "advance": "1m" }));
    change("POST", "/rules", json!({ "on": "alibaba.visit", "then": "proceed" }));
    change("PATCH", "/assumptions", json!({ "assume": { "alibaba.delay_base": "now" } }));
    answer(&emulator, &raw("OPTIONS", "/", &[("host", "h"), ("x-acs-action", "CreateTicket")], b""));
    answer(&emulator, &raw("GET", "/nothing?secret=x", &[("host", "h")], b""));
    change("POST", "/reset", json!({ "what": ["tickets"] }));
    create(&emulator);
    assert_eq!(
        listed(&emulator, "kind=all"),
        [
            "mark: test_one",
            "call: CreateTicket",
            "clock: 2026-01-05T00:00:00Z → 2026-01-05T00:01:00Z, frozen",
            "rules: 1 rules are in force",
            "assumptions: alibaba.delay_base=now",
            "preflight: OPTIONS / answered with 200 before the API of alibaba",
            "stranger: GET /nothing fits no vendor",
            "reset: reset of tickets",
            "call: CreateTicket",
        ]
    );
    // Lists, totals and verdicts are of calls alone, unless somebody asks for more.
    assert_eq!(listed(&emulator, ""), ["call: CreateTicket"; 2]);
    assert_eq!(get(&emulator, "/journal")["total"], 2);
    assert_eq!(listed(&emulator, "kind=mark,stranger"), ["mark: test_one", "stranger: GET /nothing fits no vendor"]);
    assert_eq!(listed(&emulator, "kind=all&since=1&action=CreateTicket"), ["call: CreateTicket"]);
    let (status, told) = ask(&emulator, "GET", "/journal?kind=marks", &Value::Null);
    assert!(status == 400 && told.to_string().contains("did you mean"), "{told}");
    // A scenario makes the whole sandbox anew, its journal included.
    change("PUT", "/scenario", json!({ "ticketbooth": 1, "name": "s" }));
    assert_eq!(listed(&emulator, "kind=all"), ["scenario: scenario s begins"]);
    // An author may have put anything into the name, and the journal shows no secret.
    let secret = crate::signer::TENCENT_SECRET;
    change("PUT", "/scenario", json!({ "ticketbooth": 1, "name": format!("of {secret}") }));
    assert_eq!(listed(&emulator, "kind=all"), ["scenario: scenario of [redacted] begins"]);
    for bad in [json!({ "text": "" }), json!({ "text": "a\u{1}" }), json!({ "text": "x".repeat(501) }), json!({})] {
        assert!((400..=422).contains(&ask(&emulator, "POST", "/journal/mark", &bad).0), "{bad}");
    }
}

#[test]
fn notes_are_bounded_and_push_no_call_out() {
    let journal = Bounds { entries: 5, bytes: 1 << 20 };
    let emulator = Emulator::new(Settings {
        auth: AuthMode::Off,
        clock: Some(NOON.parse().unwrap()),
        journal,
        ..Settings::new(World::demo())
    });
    create(&emulator);
    for number in 0..50 {
        ask(&emulator, "POST", "/journal/mark", &json!({ "text": number.to_string() }));
    }
    let extract = emulator.default_sandbox().epoch().journal.extract();
    assert_eq!((extract.entries.len(), extract.notes.len(), extract.dropped_calls()), (1, 5, 0));
}

#[test]
fn requests_of_strangers_take_no_room_of_calls() {
    let journal = Bounds { entries: 10_000, bytes: 100_000 };
    let emulator = Emulator::new(Settings {
        auth: AuthMode::Off,
        clock: Some(NOON.parse().unwrap()),
        journal,
        ..Settings::new(World::demo())
    });
    create(&emulator);
    for _ in 0..400 {
        answer(&emulator, &raw("GET", &format!("/{}", "x".repeat(500)), &[("host", "h")], b""));
    }
    let journal = &emulator.default_sandbox().epoch().journal;
    let (extract, holding) = (journal.extract(), journal.memory_held());
    assert_eq!((extract.entries.len(), extract.dropped_calls()), (1, 0));
    assert!((1..100).contains(&extract.notes.len()) && holding.bytes < 100_000 / 8 + 5_000, "{holding:?}");
}

#[test]
fn a_mark_keeps_no_secret_and_outlives_its_sandbox() {
    let token = "an-admin-token-of-some-length";
    let guard = Guard { token: Some(token.to_owned()), ..Guard::default() };
    let emulator = Emulator::new(Settings { guard, ..Settings::new(World::demo()) });
    emulator.create_sandbox(SandboxOptions { name: Some("one".to_owned()), ..SandboxOptions::default() }).unwrap();
    let bearer = format!("Bearer {token}");
    let asked = |method: &str, path: &str, body: &str| {
        let headers = [("host", "localhost"), ("authorization", &*bearer), ("content-type", "application/json")];
        match admin(&emulator, &raw(method, &format!("{PREFIX}{path}"), &headers, body.as_bytes())) {
            Answer::Now(reply) => String::from_utf8(reply.body.to_vec()).unwrap(),
            Answer::Stream(Streaming::Pieces { pieces, .. }) => pieces.collect(),
            _ => panic!("{path} is answered at once"),
        }
    };
    let secret = &emulator.find_sandbox("one").unwrap().epoch().world.credentials().next().unwrap().secret.clone();
    let marked =
        asked("POST", "/journal/mark?sandbox=one", &json!({ "text": format!("a {token} b {secret}") }).to_string());
    assert!(marked.contains("a [redacted] b [redacted]"), "{marked}");
    asked("DELETE", "/sandboxes/one", "");
    for path in ["/journal?sandbox=one&kind=all", "/journal?sandbox=*&kind=mark", "/journal?format=jsonl"] {
        let told = asked("GET", path, "");
        assert!(told.contains("a [redacted] b [redacted]") && told.contains("\"sandbox\":\"one\""), "{path}: {told}");
        assert!(!told.contains(token) && !told.contains(secret), "{path}: {told}");
    }
}

#[test]
fn all_sandboxes_are_read_at_once() {
    let emulator = demo(AuthMode::Off);
    let call = |key: &str| {
        answer(&emulator, &alibaba_raw("2022-01-01", "CreateTicket", &[("WorksId", WORK), ("AccessKeyId", key)]));
    };
    let mut keys = vec!["LTAIlocaltest000000000000".to_owned()];
    for name in ["one", "two"] {
        let minted = emulator
            .create_sandbox(SandboxOptions { name: Some(name.to_owned()), ..SandboxOptions::default() })
            .unwrap();
        keys.push(minted.keys.iter().find(|key| key.stands_for == keys[0]).unwrap().id.to_string());
    }
    let request = raw("GET", &format!("{PREFIX}/events?sandbox=*"), &[("host", "localhost")], b"");
    let Answer::Stream(Streaming::Events(mut events)) = admin(&emulator, &request) else { panic!("no events") };
    keys.iter().for_each(|key| call(key));
    emulator.remove_sandbox("two");
    let body = get(&emulator, "/journal?sandbox=*");
    let mut sandboxes: Vec<&str> =
        body["entries"].as_array().unwrap().iter().map(|entry| entry["sandbox"].as_str().unwrap()).collect();
    sandboxes.sort_unstable();
    assert_eq!(sandboxes, ["default", "one", "two"]);
    let question = json!({ "on": "alibaba.CreateTicket", "calls": 3 });
    let (status, verdict) = ask(&emulator, "POST", "/verify?sandbox=*", &question);
    assert_eq!((status, verdict["verdict"].as_str()), (200, Some("pass")), "{verdict}");
    let id = verdict["evidence"][2].as_str().unwrap();
    assert_eq!(get(&emulator, &format!("/explain/{id}?sandbox=*"))["request_id"], id);
    let context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(Some(told)) = events.poll_next(&context) else { panic!("nothing was told") };
    for name in ["default", "one", "two"] {
        assert!(told.contains(&format!("\"sandbox\":\"{name}\"")), "{told}");
    }
    // What is of one sandbox says so.
    for path in ["/clock?sandbox=*", "/tickets?sandbox=*"] {
        let (status, told) = ask(&emulator, "GET", path, &Value::Null);
        assert!(status == 400 && told["error"]["kind"] == "one_sandbox", "{path}: {told}");
    }
    // A call in a sandbox that is made while somebody waits is waited for, too.
    let question = json!({ "on": "alibaba.CreateTicket", "calls": { "at_least": 4 }, "within": "1h" }).to_string();
    let headers = [("host", "localhost"), ("content-type", "application/json")];
    let request = raw("POST", &format!("{PREFIX}/verify?sandbox=*"), &headers, question.as_bytes());
    let Answer::Later(pending) = admin(&emulator, &request) else { panic!("it does not wait") };
    let mut seen = 0;
    assert!(pending.ask(&mut seen).is_none());
    let minted = emulator
        .create_sandbox(SandboxOptions { name: Some("three".to_owned()), ..SandboxOptions::default() })
        .unwrap();
    call(&minted.keys.iter().find(|key| key.stands_for == keys[0]).unwrap().id);
    assert!(pending.poll_news(seen, &context).is_ready());
    assert!(pending.ask(&mut seen).is_some());
}

#[test]
fn two_readers_with_one_browser_are_two() {
    let emulator = demo(AuthMode::Off);
    let visitor = |headers: &[(&str, &str)]| {
        let headers: Vec<(&str, &str)> = [("host", "h")].into_iter().chain(headers.iter().copied()).collect();
        let link = format!("/token3rd/dashboard/view/pc.htm?pageId={WORK}&accessTicket=x");
        let reply = answer(&emulator, &raw("GET", &link, &headers, b""));
        let cookie = reply.headers.iter().find(|(name, value)| name == "set-cookie" && value.contains("visitor"));
        let cookie = cookie.map(|(_, value)| value.split(['=', ';']).nth(1).unwrap().to_owned());
        let entry = get(&emulator, "/journal?limit=1")["entries"][0].take();
        (entry["visitor"].as_str().unwrap().to_owned(), cookie)
    };
    let (first, cookie) = visitor(&[]);
    assert_eq!(cookie.as_ref(), Some(&first));
    let kept = format!("other=1; ticketbooth_visitor={first}");
    assert_eq!(visitor(&[("cookie", &kept)]), (first.clone(), None));
    assert_eq!(visitor(&[("cookie", &kept), ("x-ticketbooth-viewer", "anna")]), ("anna".to_owned(), None));
    let long = "x".repeat(65);
    let (second, cookie) = visitor(&[("x-ticketbooth-viewer", &long)]);
    assert!(second != first && cookie.is_some(), "{second}");
    answer(&emulator, &tencent_raw("CreateEmbedToken", "{}"));
    assert!(get(&emulator, "/journal?limit=1")["entries"][0]["visitor"].is_null());
    open(&emulator, "/page/embed?token=x");
    assert!(get(&emulator, "/journal?limit=1")["entries"][0]["visitor"].is_string());
}
