//! Expectations held against the journal: every verdict, and waiting for one.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::thread;

use serde_json::{Value, json};
use ticketbooth::admin::{Answer, PREFIX, answer};
use ticketbooth::emulator::{AuthMode, Emulator};
use ticketbooth::sandbox::clock::Stopwatch;

use crate::admin::ask;
use crate::harness::Served;
use crate::journal::keeping;
use crate::kit::{self, raw};

const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";

fn create(emulator: &Emulator, work: &str) {
    kit::alibaba(emulator, "2022-01-01", "CreateTicket", &[("WorksId", work)]);
}

fn verdict(emulator: &Emulator, question: &Value) -> (String, usize) {
    let (status, body) = ask(emulator, "POST", "/verify", question);
    assert_eq!(status, 200, "{question} {body}");
    assert!(!body["message"].as_str().unwrap().is_empty());
    (body["verdict"].as_str().unwrap().to_owned(), body["evidence"].as_array().unwrap().len())
}

#[track_caller]
fn expect(emulator: &Emulator, question: Value, expected: &str, evidence: usize) {
    assert_eq!(verdict(emulator, &question), (expected.to_owned(), evidence), "{question}");
}

#[test]
fn a_number_of_calls_is_judged_exactly() {
    let emulator = keeping(100);
    create(&emulator, WORK);
    create(&emulator, WORK);
    create(&emulator, "nothing");
    let on = "alibaba.CreateTicket";
    expect(&emulator, json!({ "on": on }), "pass", 3);
    expect(&emulator, json!({ "on": on, "calls": { "exactly": 3 } }), "pass", 3);
    expect(&emulator, json!({ "on": on, "calls": { "exactly": 2 } }), "fail", 3);
    expect(&emulator, json!({ "on": on, "calls": { "at_least": 4 } }), "fail", 3);
    expect(&emulator, json!({ "on": on, "calls": { "at_least": 1, "at_most": 3 } }), "pass", 3);
    expect(&emulator, json!({ "on": on, "where": { "WorksId": "a206*" }, "calls": { "exactly": 2 } }), "pass", 2);
    expect(&emulator, json!({ "on": on, "where": { "WorksId": "a206f5f?-*" } }), "pass", 2);
    expect(&emulator, json!({ "on": "alibaba.*", "calls": { "exactly": 3 } }), "pass", 3);
    expect(&emulator, json!({ "on": "alibaba.visit", "calls": "never" }), "pass", 0);
    expect(&emulator, json!({ "on": "alibaba.DeleteTicket" }), "fail", 0);
    let refused = ask(&emulator, "GET", "/journal/last", &Value::Null).1["code"].clone();
    expect(&emulator, json!({ "on": on, "code": refused, "calls": { "exactly": 1 } }), "pass", 1);
}

#[test]
fn numbers_and_the_links_of_visits_can_be_asked_for() {
    let emulator = keeping(100);
    kit::tencent(&emulator, "CreateEmbedToken", &json!({ "ProjectId": 117, "PageId": 11520 }));
    kit::open(&emulator, "/token3rd/report/view.htm?id=the-work");
    expect(&emulator, json!({ "on": "tencent.CreateEmbedToken", "where": { "ProjectId": 117 } }), "pass", 1);
    expect(&emulator, json!({ "on": "tencent.CreateEmbedToken", "where": { "ProjectId": 118 } }), "fail", 0);
    expect(&emulator, json!({ "on": "alibaba.visit", "where": { "id": "the-*" } }), "pass", 1);
    let refused = ask(&emulator, "GET", "/journal/last", &Value::Null).1["code"].clone();
    expect(&emulator, json!({ "on": "alibaba.visit", "code": refused, "calls": { "exactly": 1 } }), "pass", 1);
}

#[test]
fn what_had_nothing_to_look_at_is_vacuous() {
    let emulator = keeping(100);
    let never = json!({ "on": "alibaba.CreateTicket", "calls": "never" });
    expect(&emulator, never.clone(), "vacuous", 0);
    kit::open(&emulator, "/token3rd/report/view.htm?id=x");
    expect(&emulator, never, "pass", 0);
    let narrow = json!({ "on": "alibaba.CreateTicket", "where": { "WorksId": "x" }, "calls": "never" });
    expect(&emulator, narrow.clone(), "vacuous", 0);
    create(&emulator, WORK);
    expect(&emulator, narrow, "pass", 0);
}

#[test]
fn what_was_evicted_is_a_doubt_only_where_it_could_matter() {
    let emulator = keeping(2);
    (0..3).for_each(|_| create(&emulator, WORK));
    kit::tencent(&emulator, "CreateEmbedToken", &json!({ "ProjectId": 1 }));
    let on = "alibaba.CreateTicket";
    expect(&emulator, json!({ "on": on, "calls": { "exactly": 3 } }), "pass", 1);
    let works = |calls: Value| json!({ "on": on, "where": { "WorksId": WORK }, "calls": calls });
    expect(&emulator, works(json!({ "exactly": 3 })), "indeterminate", 1);
    expect(&emulator, works(json!({ "at_least": 1, "at_most": 3 })), "pass", 1);
    expect(&emulator, works(json!({ "at_least": 4 })), "fail", 1);
    expect(&emulator, works(json!("never")), "fail", 1);
    // The calls that are gone were of another action.
    let other = json!({ "on": "tencent.CreateEmbedToken", "where": { "ProjectId": 1 }, "calls": { "exactly": 1 } });
    expect(&emulator, other, "pass", 1);
    let step = |work: &str| json!({ "on": on, "where": { "WorksId": work } });
    let last = json!({ "on": "tencent.*" });
    expect(&emulator, json!({ "order": [step("x"), step(WORK), last] }), "indeterminate", 1 - 1);
    expect(&emulator, json!({ "order": [last, step("x")] }), "fail", 1);
}

#[test]
fn an_order_leaves_room_for_other_calls() {
    let emulator = keeping(100);
    create(&emulator, WORK);
    create(&emulator, "nothing");
    kit::open(&emulator, "/token3rd/report/view.htm?id=x");
    let (create, visit) = (json!({ "on": "alibaba.CreateTicket" }), json!({ "on": "alibaba.visit" }));
    expect(&emulator, json!({ "order": [create, visit] }), "pass", 2);
    expect(&emulator, json!({ "order": [visit, create] }), "fail", 1);
    expect(&emulator, json!({ "order": [create, create, create] }), "fail", 2);
}

#[test]
fn a_wrong_word_is_answered_with_the_nearest_one() {
    let emulator = keeping(1);
    let wrong = [
        (json!({ "on": "alibbaba.CreateTicket" }), 422, "alibaba"),
        (json!({ "on": "alibaba.CreateTickt" }), 422, "CreateTicket"),
        (json!({ "on": "alibaba.CreateTicket", "code": "Instance.Expird" }), 422, "Instance.Expired"),
        (json!({ "on": "alibaba.CreateTicket", "call": "never" }), 422, "calls"),
        (json!({ "on": "alibaba.CreateTicket", "calls": "nevr" }), 422, "never"),
        (json!({ "on": "alibaba.CreateTicket", "calls": {} }), 422, "at_least"),
        (json!({ "on": "alibaba.CreateTicket", "calls": { "exactly": 1, "at_most": 2 } }), 422, "exactly"),
        (json!({ "on": "alibaba.CreateTicket", "within": "soon" }), 422, "300ms"),
        (json!({ "on": "alibaba.CreateTicket", "order": [] }), 422, "order"),
        (json!({ "order": [] }), 422, "order"),
        (json!({}), 422, "on"),
    ];
    for (question, expected, word) in wrong {
        let (status, body) = ask(&emulator, "POST", "/verify", &question);
        assert_eq!(status, expected, "{question} {body}");
        assert!(body["error"].to_string().contains(word), "{question} {body}");
    }
}

/// What is known of a question that waits: `None` as long as it goes on.
fn early(emulator: &Emulator, question: &Value) -> impl FnMut() -> Option<String> + use<> {
    let headers = [("host", "localhost"), ("content-type", "application/json")];
    let request = raw("POST", &format!("{PREFIX}/verify"), &headers, question.to_string().as_bytes());
    let Answer::Later(pending) = answer(emulator, &request) else { panic!("it does not wait") };
    move || Some(kit::json(&pending.ask(&mut 0)?)["verdict"].as_str()?.to_owned())
}

#[test]
fn waiting_ends_when_nothing_more_can_come_of_it() {
    let emulator = keeping(100);
    let on = |calls: Value| json!({ "on": "alibaba.CreateTicket", "calls": calls, "within": "1h" });
    let mut exactly = early(&emulator, &on(json!({ "exactly": 1 })));
    let mut never = early(&emulator, &on(json!("never")));
    let mut at_least = early(&emulator, &on(json!({ "at_least": 2 })));
    let mut from_to = early(&emulator, &on(json!({ "at_least": 1, "at_most": 2 })));
    let mut at_most = early(&emulator, &on(json!({ "at_most": 1 })));
    assert_eq!((exactly(), never(), at_most()), (None, None, None));
    create(&emulator, WORK);
    assert_eq!((exactly(), never().as_deref(), at_most()), (None, Some("fail"), None));
    // What it waits for outlives a reset of the journal.
    ask(&emulator, "DELETE", "/journal", &Value::Null);
    assert_eq!((exactly(), never()), (None, None));
    create(&emulator, WORK);
    create(&emulator, WORK);
    assert_eq!((exactly().as_deref(), at_most().as_deref()), (Some("fail"), Some("fail")));
    assert_eq!((at_least().as_deref(), from_to()), (Some("pass"), None));
    create(&emulator, WORK);
    assert_eq!(from_to().as_deref(), Some("fail"));
}

fn post(address: SocketAddr, body: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    let head =
        "POST /_ticketbooth/verify HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: application/json";
    stream.write_all(format!("{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len()).as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn an_awaited_call_is_answered_at_once() {
    let running = Served::on_thread(keeping(100));
    let feed = Arc::clone(&running.emulator.default_sandbox().epoch().feed);
    // Whoever waits holds the feed, beside the sandbox and this test.
    let waiting = || Arc::strong_count(&feed) > 2;
    let mut quickest = u64::MAX;
    for calls in 1..=5 {
        let calls = json!({ "at_least": calls });
        let question = json!({ "on": "alibaba.CreateTicket", "calls": calls, "within": "60s" }).to_string();
        while waiting() {
            thread::yield_now();
        }
        thread::scope(|scope| {
            let asking = scope.spawn(|| post(running.address, &question));
            while !waiting() {
                thread::yield_now();
            }
            create(&running.emulator, WORK);
            let watch = Stopwatch::start();
            let answer = asking.join().unwrap();
            quickest = quickest.min(watch.elapsed_us());
            assert!(answer.contains("\"verdict\":\"pass\""), "{answer}");
        });
    }
    // Of several tries, because other tests run beside this one.
    assert!(quickest < 50_000, "{quickest} µs");
}

#[test]
fn what_must_not_happen_is_watched_for_the_whole_time() {
    let running = Served::on_thread(keeping(100));
    create(&running.emulator, WORK);
    let watch = Stopwatch::start();
    let question = json!({ "on": "alibaba.DeleteTicket", "calls": "never", "within": "200ms" });
    let answer = post(running.address, &question.to_string());
    assert!(answer.contains("\"verdict\":\"pass\""), "{answer}");
    assert!(watch.elapsed_us() >= 200_000);
}

/// What no call can be answered with is no question, and the help names what can.
#[test]
fn a_code_that_no_call_can_have_is_refused() {
    let emulator = kit::demo(AuthMode::Off);
    for (on, code, help) in [
        // A page of this vendor has a code for each kind of refusal, and the journal has that code.
        ("alibaba.visit", "used-up", "Authorize3rdTicket.Num.HasNoLeft"),
        ("alibaba.visit", "no-ticket", "Authorize3rdTicket."),
        // What a generic code names is a parameter of the action.
        ("alibaba.CreateTicket", "MissingWorkId", "ticketbooth codes alibaba.CreateTicket"),
        ("alibaba.CreateTicket", "InvalidTicketNumm", "ticketbooth codes alibaba.CreateTicket"),
        ("alibaba.QueryTicketInfo", "MissingWorksId", "ticketbooth codes alibaba.QueryTicketInfo"),
    ] {
        let (status, told) = ask(&emulator, "POST", "/verify", &json!({ "on": on, "code": code, "calls": "never" }));
        assert!(status == 422 && told.to_string().contains(help), "{on} {code}: {told}");
    }
    // Tencent's pages have no codes, so there the kind is what the journal has.
    for (on, code) in [("tencent.visit", "expired"), ("alibaba.*", "MissingWorksId"), ("alibaba.*", "MissingTimestamp")]
    {
        let (status, told) = ask(&emulator, "POST", "/verify", &json!({ "on": on, "code": code, "calls": "never" }));
        assert_eq!(status, 200, "{on} {code}: {told}");
    }
}

#[test]
fn a_selector_has_bounds_that_it_tells() {
    let emulator = keeping(10);
    let refused = |question: &Value| {
        let (status, body) = ask(&emulator, "POST", "/verify", question);
        assert_eq!(status, 422, "{body}");
        body["error"]["message"].as_str().unwrap().to_owned()
    };
    let long = json!({ "on": "alibaba.CreateTicket", "where": { "WorksId": "*a".repeat(10_000) } });
    let said = refused(&long);
    assert!(said.contains("the pattern is too long") && said.contains("256 characters at most"), "{said}");
    let params: serde_json::Map<String, Value> = (0..65).map(|number| (format!("p{number}"), "*".into())).collect();
    let said = refused(&json!({ "on": "alibaba.visit", "where": params }));
    assert!(said.contains("65 parameters are too many") && said.contains("64 at most"), "{said}");
    let said = refused(&json!({ "order": vec![json!({ "on": "alibaba.*" }); 1001] }));
    assert!(said.contains("1001 steps are too many") && said.contains("1000 at most"), "{said}");
    let rule = json!({ "id": "r", "on": "alibaba.*", "sandbox": "a".repeat(257), "then": "proceed" });
    let (status, body) = ask(&emulator, "POST", "/rules", &rule);
    assert!(status == 422 && body.to_string().contains("the pattern is too long"), "{status} {body}");
}
