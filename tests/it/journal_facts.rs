//! What an entry of the journal tells of its call: all of it as it was then.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;

use serde_json::{Value, json};
use ticketbooth::emulator::{AuthMode, Backwards, Emulator, Shift};

use crate::admin::ask;
use crate::catalogue::answer;
use crate::harness::Served;
use crate::kit::NOON_UNIX;
use crate::kit::{self, alibaba_raw, demo, open, ruled, tencent_raw};
use crate::signer::{Acs3, Tc3};

const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";

fn last(emulator: &Emulator) -> Value {
    ask(emulator, "GET", "/journal/last", &Value::Null).1
}

fn issued(emulator: &Emulator, uses: &str) -> String {
    let params = [("WorksId", WORK), ("TicketNum", uses), ("ExpireTime", "60")];
    kit::alibaba(emulator, "2022-01-01", "CreateTicket", &params).1["Result"].as_str().unwrap().to_owned()
}

fn link(ticket: &str) -> String {
    format!("/token3rd/dashboard/view/pc.htm?pageId={WORK}&accessTicket={ticket}")
}

fn says(emulator: &Emulator) -> Vec<String> {
    let entry = last(emulator);
    let tickets = entry["explanation"]["tickets"].as_array().unwrap();
    tickets.iter().map(|ticket| ticket["says"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_effects_on_tickets_are_told_as_they_were() {
    let emulator = demo(AuthMode::Off);
    let ticket = issued(&emulator, "2");
    assert_eq!(says(&emulator), ["issued: uses 2, until 2026-01-05T01:00:00Z"]);
    open(&emulator, &link(&ticket));
    assert_eq!(says(&emulator), ["uses 2 → 1"]);
    kit::alibaba(&emulator, "2022-01-01", "DelayTicketExpireTime", &[("Ticket", &ticket), ("ExpireTime", "30")]);
    assert_eq!(says(&emulator), ["end 2026-01-05T01:00:00Z → 2026-01-05T01:30:00Z"]);
    open(&emulator, &link(&ticket));
    assert_eq!(says(&emulator), ["uses 1 → 0, live → used-up"]);
    open(&emulator, &link(&ticket));
    assert_eq!(says(&emulator), ["unchanged: used-up"]);
    kit::alibaba(&emulator, "2022-01-01", "DeleteTicket", &[("Ticket", &ticket)]);
    assert_eq!(says(&emulator), ["used-up → revoked"]);
    // A token that takes the place of another one ends it.
    let token = json!({ "ProjectId": 117, "PageId": 11520, "TokenType": 200, "UserCorpId": "100022975249", "UserId": "100024664626" });
    let emulator = kit::assuming(&[("tencent.user_token", "replace")]);
    kit::tencent(&emulator, "CreateEmbedToken", &token);
    kit::tencent(&emulator, "CreateEmbedToken", &token);
    let effects = says(&emulator);
    assert!(effects.len() == 2 && effects[0] == "live → revoked" && effects[1].starts_with("issued"), "{effects:?}");
}

/// An explanation is of the moment of the call, whatever became of its ticket, its world and its clock.
#[test]
fn an_explanation_stays_what_it_was() {
    let emulator = demo(AuthMode::Off);
    let ticket = issued(&emulator, "1");
    open(&emulator, &link(&ticket).replace(WORK, "another-work"));
    let of_mismatch = last(&emulator);
    open(&emulator, &link(&ticket));
    open(&emulator, &link(&ticket));
    let of_used_up = last(&emulator);
    let then = [of_mismatch, of_used_up];
    assert_eq!(then[0]["explanation"]["tickets"][0]["after"]["status"], "live");
    emulator.default_sandbox().shift_clock(Shift::Advance(99_999), Backwards::Refused).unwrap();
    kit::alibaba(&emulator, "2022-01-01", "DeleteTicket", &[("Ticket", &ticket)]);
    ask(&emulator, "POST", "/reset", &json!({ "what": ["tickets", "clock", "world"] }));
    for entry in then {
        let path = format!("/journal/{}", entry["request_id"].as_str().unwrap());
        assert_eq!(ask(&emulator, "GET", &path, &Value::Null).1, entry);
    }
}

#[test]
fn the_proof_of_a_call_stands_beside_the_clock_that_it_was_judged_by() {
    let emulator = demo(AuthMode::Strict);
    answer(&emulator, &Acs3 { secret: "wrong", ..Acs3::at(NOON_UNIX - 40) }.post("CreateTicket", &[]));
    let signed = last(&emulator)["signed"].take();
    assert_eq!(
        signed,
        json!({ "scheme": "ACS3-HMAC-SHA256", "key": "LTAIlocaltest000000000000", "at": "2026-01-04T23:59:20Z", "skew_seconds": -40 })
    );
    answer(&emulator, &Tc3::at(NOON_UNIX + 7).post("CreateEmbedToken", "{}"));
    let signed = last(&emulator)["signed"].take();
    assert_eq!((signed["scheme"].as_str(), signed["skew_seconds"].as_i64()), (Some("TC3-HMAC-SHA256"), Some(7)));
    open(&emulator, &link("x"));
    assert!(last(&emulator)["signed"].is_null());
}

#[test]
fn what_a_rule_did_to_an_answer_is_its_delivery() {
    let step = |then: &str| format!("[{{ id: r, on: tencent.*, sequence: [proceed, {then}], repeat: last }}]");
    for (then, kind, how, outcome) in [
        ("{ lose: request, how: close }", "lost", Some("close"), "lost"),
        ("{ lose: reply, how: hang }", "lost", Some("hang"), "lost"),
        ("{ respond: { body: x } }", "replaced", None, "scripted"),
        ("{ cut: 7 }", "cut", Some("7 bytes"), "success"),
        ("{ mangle: html_502 }", "mangled", Some("html_502"), "success"),
        ("{ mangle: wrong_length }", "mangled", Some("wrong_length"), "success"),
        ("{ error: InternalError }", "whole", None, "refused"),
        ("{ delay: 5ms }", "whole", None, "success"),
    ] {
        let emulator = ruled(AuthMode::Off, &step(then));
        let call = tencent_raw("CreateEmbedToken", "{\"ProjectId\":117,\"PageId\":11520}");
        answer(&emulator, &call);
        assert_eq!(last(&emulator)["delivery"]["step"], 1);
        answer(&emulator, &call);
        let entry = last(&emulator);
        let delivery = &entry["delivery"];
        assert_eq!((delivery["kind"].as_str(), delivery["how"].as_str()), (Some(kind), how), "{then}: {delivery}");
        assert_eq!((delivery["rule"].as_str(), delivery["step"].as_u64()), (Some("r"), Some(2)), "{then}: {delivery}");
        assert_eq!(delivery["delayed_ms"].as_u64(), then.contains("delay").then_some(5), "{then}: {delivery}");
        assert_eq!(entry["outcome"], outcome, "{then}");
    }
    let emulator = demo(AuthMode::Off);
    answer(&emulator, &tencent_raw("CreateEmbedToken", "{}"));
    assert_eq!(last(&emulator)["delivery"], json!({ "kind": "whole" }));
}

/// A call that a rule lost or answered by itself is neither a success nor a code, for whoever counts.
#[test]
fn what_a_rule_lost_or_answered_has_an_outcome_of_its_own() {
    let rules = "[{ on: tencent.*, calls: 1, then: { lose: request } }, { on: tencent.*, calls: 2, then: { lose: reply } }, \
        { on: tencent.*, calls: 3, then: { respond: { status: 200 } } }, { on: tencent.*, calls: 4, then: { error: InternalError } }]";
    let emulator = ruled(AuthMode::Off, rules);
    for _ in 0..5 {
        answer(&emulator, &tencent_raw("CreateEmbedToken", "{\"ProjectId\":117,\"PageId\":11520}"));
    }
    for (outcome, calls) in [("lost", 2), ("scripted", 1), ("refused", 1), ("success", 1)] {
        let question = json!({ "on": "tencent.CreateEmbedToken", "outcome": outcome, "calls": calls });
        let (status, verdict) = ask(&emulator, "POST", "/verify", &question);
        assert_eq!((status, verdict["verdict"].as_str()), (200, Some("pass")), "{outcome}: {verdict}");
    }
    let counts = emulator.default_sandbox().epoch().journal.counters();
    assert_eq!(counts.sum_where(|count| count.outcome == "success"), 1);
    let contradiction = json!({ "on": "tencent.*", "outcome": "lost", "code": "InternalError" });
    assert_eq!(ask(&emulator, "POST", "/verify", &contradiction).0, 422);
}

#[test]
fn the_places_of_what_was_covered_are_named() {
    let emulator = demo(AuthMode::Strict);
    answer(
        &emulator,
        &Tc3 { more: vec![("x-tc-token", "demo-session-token")], ..Tc3::at(NOON_UNIX) }
            .post("CreateEmbedToken", "{\"Note\":\"demo-session-token\"}"),
    );
    let covered = last(&emulator)["covered"].clone();
    let has = |place: &str| covered.as_array().unwrap().iter().any(|known| known == place);
    assert!(
        has("request.headers.authorization") && has("request.headers.x-tc-token") && has("request.body"),
        "{covered}"
    );
    assert!(!has("request.target") && !has("answer.body"), "{covered}");
    let emulator = demo(AuthMode::Off);
    answer(&emulator, &alibaba_raw("2022-01-01", "CreateTicket", &[("WorksId", WORK), ("Signature", "abcdefgh")]));
    assert_eq!(last(&emulator)["covered"], json!(["request.target"]));
}

/// What only a connection can tell.
#[test]
fn a_connection_is_numbered_and_a_client_that_leaves_before_its_answer_is_told_of() {
    let running =
        Served::on_thread(ruled(AuthMode::Off, "[{ on: alibaba.CreateTicket, calls: 3, then: { delay: 10m } }]"));
    let call = "POST /?Action=CreateTicket&Version=2022-01-01&AccessKeyId=x&WorksId=y HTTP/1.1\r\nhost: h\r\ncontent-length: 0\r\n\r\n";
    let connect = || TcpStream::connect(running.address).unwrap();
    let answered = |stream: &mut TcpStream| {
        stream.write_all(call.as_bytes()).unwrap();
        let mut piece = [0; 4096];
        assert!(stream.read(&mut piece).unwrap() > 0);
    };
    let arrival = || last(&running.emulator)["arrival"].take();
    let mut first = connect();
    answered(&mut first);
    let one = arrival();
    answered(&mut first);
    assert_eq!(arrival()["connection"], one["connection"], "a connection that is kept has one number");
    assert_eq!((one["http"].as_str(), one["tls"].as_bool()), (Some("HTTP/1.1"), Some(false)));
    assert!(one["received"].as_str() <= one["answered"].as_str() && one["client_left"].is_null(), "{one}");
    let mut second = connect();
    second.write_all(call.as_bytes()).unwrap();
    while running.emulator.default_sandbox().epoch().journal.total_calls() < 3 {
        thread::yield_now();
    }
    assert!(arrival()["client_left"].is_null());
    assert_ne!(arrival()["connection"], one["connection"]);
    drop(second);
    while arrival()["client_left"].is_null() {
        thread::yield_now();
    }
}
