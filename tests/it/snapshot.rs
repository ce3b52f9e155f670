//! A sandbox as a document: what is loaded goes on as the original would have.

use serde_json::{Value, json};
use ticketbooth::call::RawRequest;
use ticketbooth::cloud::client::{ClientCall, signed_request};
use ticketbooth::cloud::vendor_named;
use ticketbooth::emulator::{AuthMode, Emulator};
use ticketbooth::pipeline;
use ticketbooth::snapshot::{read_snapshot, snapshot_pieces};

use crate::admin::ask;
use crate::kit::{NOON_UNIX, alibaba, alibaba_raw, code, demo, json as body_of, open, tencent_raw, verdict};

const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";

fn dashboard(ticket: &str) -> String {
    format!("/token3rd/dashboard/view/pc.htm?pageId={WORK}&accessTicket={ticket}")
}

fn create(emulator: &Emulator) -> String {
    let (_, body) = alibaba(emulator, "2022-01-01", "CreateTicket", &[("WorksId", WORK), ("TicketNum", "2")]);
    body["Result"].as_str().unwrap_or_else(|| panic!("{body}")).to_owned()
}

/// A signed `CreateTicket` with this key.
fn signed(key: &Value, nonce: &str) -> RawRequest {
    let vendor = vendor_named("alibaba").unwrap();
    let mut wish = ClientCall::new(vendor, "CreateTicket", "127.0.0.1:4240", NOON_UNIX, nonce.to_owned());
    wish.key = key["access_key_id"].as_str().unwrap().to_owned();
    wish.secret = key["access_key_secret"].as_str().unwrap().to_owned();
    wish.params.push(("WorksId".to_owned(), WORK.to_owned()));
    signed_request(vendor, &wish)
}

fn demo_key() -> Value {
    json!({ "access_key_id": "LTAIlocaltest000000000000", "access_key_secret": "localtestsecret000000000000000" })
}

fn save(emulator: &Emulator, sandbox: &str) -> Value {
    let (status, document) = ask(emulator, "GET", &format!("/snapshot?sandbox={sandbox}"), &Value::Null);
    assert_eq!(status, 200, "{document}");
    document
}

fn load(emulator: &Emulator, sandbox: &str, document: &Value) -> Value {
    let (status, loaded) = ask(emulator, "PUT", &format!("/snapshot?sandbox={sandbox}"), document);
    assert_eq!(status, 200, "{loaded}");
    loaded
}

/// The answers to a day of calls, visits and moves of the clock.
fn day(emulator: &Emulator, ticket: &str) -> Vec<String> {
    let mut answers = Vec::new();
    for round in 0..3 {
        let asked =
            json!({ "ProjectId": 117, "PageId": 11520, "Scope": "page", "UserCorpId": "100022975249" }).to_string();
        for raw in [
            tencent_raw("CreateEmbedToken", &asked),
            tencent_raw("CreateEmbedToken", "{}"),
            alibaba_raw("2022-01-01", "CreateTicket", &[("WorksId", WORK)]),
            alibaba_raw("2021-03-25", "CreateEmbedToken", &[("WorksId", WORK), ("UserId", "nobody")]),
            alibaba_raw("2022-01-01", "DelayTicketExpireTime", &[("Ticket", ticket), ("ExpireTime", "5")]),
            alibaba_raw("2022-01-01", "QueryTicketInfo", &[("Ticket", ticket)]),
        ] {
            let reply = pipeline::serve(emulator, &raw);
            answers.push(format!("{} {}", reply.status, String::from_utf8_lossy(&reply.body)));
        }
        let page = open(emulator, &dashboard(ticket));
        answers.push(format!("{} {}", verdict(&page), String::from_utf8_lossy(&page.body)));
        let mut moved = ask(emulator, "POST", "/clock", &json!({ "advance": format!("{}m", 7 * (round + 1)) })).1;
        // How far the clock is from the one on the wall is told in whole seconds, and the wall's goes on.
        moved.as_object_mut().unwrap().remove("offset_seconds");
        answers.push(moved.to_string());
    }
    answers
}

#[test]
fn the_same_calls_give_the_same_bytes_as_the_original_would_have() {
    let original = demo(AuthMode::Off);
    let ticket = create(&original);
    day(&original, &ticket);
    let document = save(&original, "default");
    let copy = demo(AuthMode::Off);
    create(&copy);
    load(&copy, "default", &document);
    assert_eq!(save(&copy, "default").to_string(), document.to_string(), "what was loaded is what was saved");
    let (expected, got) = (day(&original, &ticket), day(&copy, &ticket));
    assert_eq!(expected, got);
    assert!(expected.iter().filter(|answer| answer.starts_with("200")).count() >= 9, "{expected:#?}");
    assert_eq!(save(&original, "default").to_string(), save(&copy, "default").to_string());
}

#[test]
fn tickets_and_keys_work_in_another_sandbox_of_another_emulator() {
    let (here, there) = (demo(AuthMode::Strict), demo(AuthMode::Strict));
    let (_, mine) = ask(&here, "POST", "/sandboxes", &json!({ "name": "mine", "seed": 9 }));
    let ticket = body_of(&pipeline::serve(&here, signed(&mine["alibaba"], "1")))["Result"].as_str().unwrap().to_owned();
    let document = save(&here, "mine");

    let (_, other) = ask(&there, "POST", "/sandboxes", &json!({ "name": "other" }));
    let loaded = load(&there, "other", &document);
    assert_eq!((loaded["sandbox"].as_str(), loaded["tickets"].as_u64()), (Some("other"), Some(1)));
    assert!(loaded["keys"].as_array().unwrap().iter().all(|key| key["belongs_to"].is_null()), "{loaded}");

    for emulator in [&here, &there] {
        let replayed = body_of(&pipeline::serve(emulator, signed(&mine["alibaba"], "1")));
        assert_eq!(code(&replayed), "SignatureNonceUsed");
    }
    let next = |emulator: &Emulator| body_of(&pipeline::serve(emulator, signed(&mine["alibaba"], "2")));
    assert_eq!(next(&there), next(&here));
    let with_own_key = body_of(&pipeline::serve(&there, signed(&other["alibaba"], "3")));
    assert_eq!(code(&with_own_key), "none", "{with_own_key}");
    let (_, tickets) = ask(&there, "GET", "/tickets?sandbox=other", &Value::Null);
    assert_eq!(tickets["total"], 3);
    let made_there = with_own_key["Result"].as_str().unwrap();
    for ticket in [ticket.as_str(), made_there] {
        assert_eq!(verdict(&open(&there, &dashboard(ticket))), "admitted");
    }

    assert_eq!(ask(&there, "DELETE", "/sandboxes/other", &Value::Null).0, 200);
    assert_eq!(verdict(&open(&there, &dashboard(&ticket))), "unknown-ticket");
    assert_eq!(code(&next(&there)), "InvalidAccessKeyId.NotFound");
    let (_, again) = ask(&there, "POST", "/sandboxes", &json!({ "name": "mine", "seed": 9 }));
    assert_eq!(again["alibaba"], mine["alibaba"]);
    assert_eq!(code(&body_of(&pipeline::serve(&there, signed(&mine["alibaba"], "4")))), "none");
}

#[test]
fn nobodys_calls_change_their_sandbox_because_somebody_loads_theirs() {
    let emulator = demo(AuthMode::Strict);
    let ticket = body_of(&pipeline::serve(&emulator, signed(&demo_key(), "1")))["Result"].as_str().unwrap().to_owned();
    let document = save(&emulator, "default");
    for name in ["a", "b"] {
        let (_, made) = ask(&emulator, "POST", "/sandboxes", &json!({ "name": name }));
        let loaded = load(&emulator, name, &document);
        assert_eq!(loaded["keys"][0]["belongs_to"], "default");
        let (_, held) = ask(&emulator, "GET", &format!("/tickets/{ticket}?sandbox={name}"), &Value::Null);
        assert_eq!(held["status"], "live");
        assert_eq!(code(&body_of(&pipeline::serve(&emulator, signed(&made["alibaba"], "2")))), "none");
    }
    let total =
        |name: &str| ask(&emulator, "GET", &format!("/tickets?sandbox={name}"), &Value::Null).1["total"].as_u64();
    assert_eq!(code(&body_of(&pipeline::serve(&emulator, signed(&demo_key(), "3")))), "none");
    assert_eq!([total("default"), total("a"), total("b")], [Some(2); 3]);
    // Of those that have the ticket, the one that gave it out opens it.
    assert_eq!(verdict(&open(&emulator, &dashboard(&ticket))), "admitted");
    let uses = |name: &str| {
        ask(&emulator, "GET", &format!("/tickets/{ticket}?sandbox={name}"), &Value::Null).1["uses"].as_u64()
    };
    assert_eq!([uses("default"), uses("a"), uses("b")], [Some(1), Some(0), Some(0)]);
}

#[test]
fn a_reset_takes_a_loaded_snapshot_out_again() {
    let (here, there) = (demo(AuthMode::Off), demo(AuthMode::Off));
    let first = create(&here);
    ask(&here, "POST", "/clock", &json!({ "advance": "1h" }));
    let (_, _) = ask(&there, "POST", "/sandboxes", &json!({ "name": "other" }));
    let before = save(&there, "other");
    load(&there, "other", &save(&here, "default"));
    assert_eq!(ask(&there, "GET", &format!("/tickets/{first}?sandbox=other"), &Value::Null).0, 200);
    ask(&there, "POST", "/reset?sandbox=other", &Value::Null);
    assert_eq!(save(&there, "other").to_string(), before.to_string());
}

#[test]
fn a_bad_document_is_refused_with_its_place_and_changes_nothing() {
    let emulator = demo(AuthMode::Off);
    create(&emulator);
    tencent(&emulator);
    let (_, before) = ask(&emulator, "GET", "/snapshot", &Value::Null);
    let mut foreign = before.clone();
    foreign["ticketbooth_snapshot"] = 7.into();
    let mut twice = before.clone();
    twice["tickets"][1] = before["tickets"][0].clone();
    let mut stranger = before.clone();
    stranger["sandbox"] = "another".into();
    let mut serial = before.clone();
    serial["serials"][0]["last"] = 0.into();
    let mut target = before.clone();
    target["tickets"][0]["target"] = json!({ "work": "w", "project": 1 });
    let cases = [
        (foreign, "ticketbooth_snapshot: format version 7"),
        (twice, "tickets[1].id"),
        (stranger, "tickets[0].id"),
        (serial, "tickets[0].serial"),
        (target, "tickets[0].target"),
        (json!({}), "not a snapshot"),
        (json!([]), "line 1"),
    ];
    for (document, expected) in cases {
        let (status, refused) = ask(&emulator, "PUT", "/snapshot", &document);
        assert_eq!((status, refused["error"]["kind"].as_str()), (422, Some("bad_snapshot")), "{expected}: {refused}");
        let message = refused["error"]["message"].as_str().unwrap();
        assert!(message.contains(expected), "{expected}: {message}");
    }
    let (_, after) = ask(&emulator, "GET", "/snapshot", &Value::Null);
    assert_eq!(before, after);
}

fn tencent(emulator: &Emulator) {
    let asked = json!({ "ProjectId": 117, "PageId": 11520, "Scope": "page" });
    let response = crate::kit::tencent(emulator, "CreateEmbedToken", &asked);
    assert!(response["Data"].is_object(), "{response}");
}

/// A small generator, so that the same places are damaged every time.
fn next_number(state: &mut u64) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*state >> 33).unwrap()
}

/// A small world, because every damaged document has it read.
const SMALL: &str =
    "{ ticketbooth: 1, name: small, tencent: { credentials: [{ secret_id: AKIDsmall, secret_key: smallsecret }] } }";

/// Cut or with one bit changed, a snapshot is refused or says what it said: there is no third thing.
#[test]
fn a_damaged_snapshot_is_refused_or_the_same() {
    let rounds = std::env::var("TICKETBOOTH_DAMAGES").ok().and_then(|count| count.parse().ok()).unwrap_or(300);
    let world = ticketbooth::world::World::load("small.yaml", SMALL, &crate::kit::assumptions()).unwrap();
    let emulator = crate::kit::emulator(world, AuthMode::Off, crate::kit::NOON);
    let state = demo(AuthMode::Off);
    create(&state);
    tencent(&state);
    emulator.default_sandbox().exchange_epoch(|epoch| epoch.state = state.default_sandbox().epoch().state.clone());
    let text: String = snapshot_pieces(&emulator.default_sandbox().epoch()).collect();
    let whole = read_snapshot(&text).map(|import| import.state).unwrap();
    let (mut numbers, mut same) = (7, 0);
    for round in 0..rounds {
        let mut bytes = text.clone().into_bytes();
        let at = next_number(&mut numbers) % bytes.len();
        if round % 4 == 0 {
            bytes.truncate(at);
        } else {
            bytes[at] ^= 1 << (next_number(&mut numbers) % 7);
        }
        // What is no UTF-8 any more does not come so far.
        let Ok(damaged) = String::from_utf8(bytes) else { continue };
        if let Ok(import) = read_snapshot(&damaged) {
            assert_eq!(import.state, whole, "round {round}: {at} was changed and nobody noticed");
            same += 1;
        }
    }
    assert!(same * 10 < rounds, "{same} of {rounds} are the same");
    // Whoever writes the same values as other JSON has changed nothing.
    let value: Value = serde_json::from_str(&text).unwrap();
    let import = read_snapshot(&serde_json::to_string_pretty(&value).unwrap()).unwrap();
    assert_eq!(import.state, whole);
}

#[test]
fn a_value_that_was_changed_by_hand_is_told() {
    let emulator = demo(AuthMode::Off);
    create(&emulator);
    let mut document = save(&emulator, "default");
    document["tickets"][0]["used"] = 0.into();
    assert_eq!(ask(&emulator, "PUT", "/snapshot", &document).0, 200, "it is as it was");
    document["tickets"][0]["max_uses"] = 9.into();
    let (status, refused) = ask(&emulator, "PUT", "/snapshot", &document);
    let message = refused["error"]["message"].as_str().unwrap();
    assert!(status == 422 && message.starts_with("sha256: the contents are not those that were saved"), "{message}");
}
