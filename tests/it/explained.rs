//! What people read first: explanations as text, for the ways in which calls usually go wrong.
//!
//! `BLESS=1 cargo test --test it explained` writes tests/golden/explained.txt anew.

use std::fmt::Write as _;

use ticketbooth::call::RawRequest;
use ticketbooth::emulator::{AuthMode, Emulator};
use ticketbooth::pipeline;
use ticketbooth::rules::Scenario;

use crate::admin;
use crate::kit::{NOON_UNIX, alibaba_raw, assuming, demo, json, open, raw};
use crate::laws::answers::renewed;
use crate::signer::{
    ALIBABA_KEY, ALIBABA_SECRET, Acs3, LOOPBACK, OTHER_TENCENT_SECRET, Rpc, TENCENT_KEY, TENCENT_SECRET, Tc3, V1, slip,
};

const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";
const BOARD: &str = "{\"ProjectId\":117,\"PageId\":11520,\"Scope\":\"page\"}";
const HOUR: i64 = 3600;

/// The explanation of the newest call, as text.
fn text_of(emulator: &Emulator, query: &str) -> String {
    let headers = [("host", LOOPBACK), ("accept", "text/plain")];
    let request = raw("GET", &format!("/_ticketbooth/explain/last{query}"), &headers, b"");
    let reply = admin::answer(emulator, &request);
    assert_eq!(reply.header("content-type"), Some("text/plain; charset=utf-8"));
    String::from_utf8(reply.body.to_vec()).unwrap()
}

/// Cases that are told one after the other.
#[derive(Default)]
struct Told(String);

impl Told {
    fn add(&mut self, title: &str, emulator: &Emulator) {
        let text = text_of(emulator, "");
        for secret in [TENCENT_SECRET, ALIBABA_SECRET, OTHER_TENCENT_SECRET] {
            assert!(!text.contains(secret), "{title}: {text}");
        }
        let _ = write!(self.0, "==== {title}\n\n{text}\n");
    }

    /// The call that is refused by a strict emulator of the demo world.
    fn call(&mut self, title: &str, request: &RawRequest) {
        let emulator = demo(AuthMode::Strict);
        pipeline::serve(&emulator, request);
        self.add(title, &emulator);
    }

    /// A call of Quick BI whose parameters alone are wrong.
    fn params(&mut self, title: &str, action: &str, params: &[(&str, &str)]) {
        let emulator = demo(AuthMode::Off);
        pipeline::serve(&emulator, alibaba_raw("2022-01-01", action, params));
        self.add(title, &emulator);
    }
}

fn with_header(mut request: RawRequest, name: &str, value: &str) -> RawRequest {
    let lines = request
        .headers
        .iter()
        .map(|(known, old)| (known.to_owned(), if known == name { value } else { old }.to_owned()));
    request.headers = lines.collect();
    request
}

fn keys_and_secrets(told: &mut Told) {
    let at = || Tc3::at(NOON_UNIX);
    let embed = |call: Tc3| call.post("CreateEmbedToken", BOARD);
    told.call("an id with a slip of the pen", &embed(Tc3 { key: "AKIDlocaltest000000000000000000000O", ..at() }));
    told.call("an id that is none", &embed(Tc3 { key: "nobody", ..at() }));
    told.call("an id with quotes", &embed(Tc3 { key: "\"AKIDlocaltest0000000000000000000000\"", ..at() }));
    told.call(
        "an id with a byte order mark",
        &Rpc::at(NOON_UNIX).with("AccessKeyId", &format!("\u{feff}{ALIBABA_KEY}\n")).get("CreateTicket"),
    );
    told.call("id and secret exchanged", &embed(Tc3 { key: TENCENT_SECRET, secret: TENCENT_KEY, ..at() }));
    told.call("a key of the other vendor", &embed(Tc3 { key: ALIBABA_KEY, ..at() }));
    told.call(
        "a key that is switched off",
        &Acs3 { key: "LTAIdisabledkey000000000000", ..Acs3::at(NOON_UNIX) }.post("CreateTicket", &[("WorksId", WORK)]),
    );
    told.call("the secret of a key of the other vendor", &embed(Tc3 { secret: ALIBABA_SECRET, ..at() }));
    told.call("a secret that nobody has", &embed(Tc3 { secret: "somebody-else's", ..at() }));
    told.call(
        "a line break behind the secret",
        &Rpc { secret: "localtestsecret000000000000000\n", ..Rpc::at(NOON_UNIX) }
            .with("WorksId", WORK)
            .get("CreateTicket"),
    );
    told.call(
        "a session token with a blank",
        &Tc3 {
            key: "AKIDtemporarykey0000000000000000000",
            more: vec![("x-tc-token", " demo-session-token")],
            secret: "temporarysecret00000000000000000",
            ..at()
        }
        .post("CreateEmbedToken", BOARD),
    );
}

fn signatures(told: &mut Told) {
    let signed = Acs3 { host: "127.0.0.1", ..Acs3::at(NOON_UNIX) }
        .post("CreateTicket", &[("WorksId", WORK), ("TicketNum", "2")]);
    told.call("a host without its port", &with_header(signed, "host", LOOPBACK));
    let signed = Acs3::at(NOON_UNIX).post("CreateTicket", &[("WorksId", WORK), ("WatermarkParam", "a b")]);
    told.call(
        "a parameter that was added after signing",
        &RawRequest { target: format!("{}&TicketNum=2", signed.target).into(), ..signed },
    );
    let signed = Tc3::at(NOON_UNIX).post("CreateEmbedToken", BOARD);
    told.call(
        "a body that was changed after signing",
        &RawRequest { body: BOARD.replace("117", "118").into(), ..signed },
    );
    told.call("a parameter that was not signed", &{
        let signed = V1::at(NOON_UNIX).with("ProjectId", "117").get("CreateEmbedToken");
        RawRequest { target: format!("{}&PageId=11520", signed.target).into(), ..signed }
    });
}

/// Clients that sign by themselves, each with the mistake of this name.
fn own_recipes(told: &mut Told) {
    for (title, cases, mistake) in [
        ("HMAC-SHA1 in TC3", slip::tc3(NOON_UNIX), "signed-with-sha1"),
        ("a listed header without its line", slip::tc3(NOON_UNIX), "header-line-left-out"),
        ("the date of another zone", slip::tc3(NOON_UNIX), "local-date"),
        ("a query encoded twice", slip::acs3(NOON_UNIX), "query-encoded-twice"),
        ("parameters in another order", slip::rpc(NOON_UNIX), "parameters-unsorted"),
    ] {
        let case = cases.iter().rfind(|case| case.mistake == mistake).unwrap_or_else(|| panic!("{mistake}"));
        told.call(title, &case.request);
    }
}

fn times(told: &mut Told) {
    for (title, off) in [
        ("Beijing time as UTC", 8 * HOUR),
        ("UTC as Beijing time", -8 * HOUR),
        ("local time of another zone", -5 * HOUR),
        ("a clock that goes wrong", 1000),
    ] {
        told.call(title, &Acs3::at(NOON_UNIX + off).post("CreateTicket", &[("WorksId", WORK)]));
    }
    let milliseconds = Tc3 { date: Some("2026-01-05"), ..Tc3::at(NOON_UNIX * 1000) };
    told.call("milliseconds as seconds", &milliseconds.post("CreateEmbedToken", BOARD));
    told.call(
        "a time with an offset",
        &Rpc::at(NOON_UNIX).with("Timestamp", "2026-01-05T08:00:00+08:00").get("CreateTicket"),
    );
    told.call("a time in seconds", &Rpc::at(NOON_UNIX).with("Timestamp", &NOON_UNIX.to_string()).get("CreateTicket"));
    let emulator = demo(AuthMode::Strict);
    let twice = Acs3::at(NOON_UNIX).post("CreateTicket", &[("WorksId", WORK)]);
    pipeline::serve(&emulator, &twice);
    pipeline::serve(&emulator, &twice);
    told.add("a nonce used twice", &emulator);
}

fn names_and_values(told: &mut Told) {
    told.params("an action with a slip of the pen", "CreateTickets", &[("WorksId", WORK)]);
    told.params("an action in another case", "createTicket", &[("WorksId", WORK)]);
    told.params("an action of another version", "CreateEmbedToken", &[("WorksId", WORK)]);
    told.params("an action of the other vendor", "ApplyEmbedInterval", &[]);
    told.params("an action that is not served", "QueryCubeOptimization", &[("WorkspaceId", "workspace-demo")]);
    told.params("a parameter in another case", "CreateTicket", &[("worksId", WORK)]);
    told.params("a parameter that is not there", "CreateTicket", &[]);
    told.params(
        "an optional parameter with a slip of the pen",
        "CreateTicket",
        &[("WorksId", WORK), ("ExpireTIme", "30")],
    );
    told.params("a required parameter with a slip of the pen", "CreateTicket", &[("WorkId", WORK)]);
    told.params("minutes below the range", "CreateTicket", &[("WorksId", WORK), ("ExpireTime", "-1")]);
    told.params("minutes over the range", "CreateTicket", &[("WorksId", WORK), ("ExpireTime", "300")]);
    told.params("no visits", "CreateTicket", &[("WorksId", WORK), ("TicketNum", "0")]);
    told.params("letters for a number", "CreateTicket", &[("WorksId", WORK), ("TicketNum", "two")]);
    told.params("a text that is too long", "CreateTicket", &[("WorksId", WORK), ("WatermarkParam", &"长".repeat(51))]);
    told.params("a work that is not there", "CreateTicket", &[("WorksId", "a206f5f3")]);
    let bi = |told: &mut Told, title: &str, body: &str| {
        let emulator = demo(AuthMode::Off);
        pipeline::serve(&emulator, crate::kit::tencent_raw("CreateEmbedToken", body));
        told.add(title, &emulator);
    };
    bi(told, "a field with a slip of the pen", "{\"ProjectID\":117}");
    bi(told, "a scope that does not exist", "{\"ProjectId\":117,\"Scope\":\"pages\"}");
    bi(told, "a number as text", "{\"ProjectId\":\"117\"}");
    bi(told, "minutes over the range in text", "{\"ProjectId\":117,\"ExpireTime\":\"241\"}");
    let emulator = assuming(&[("alibaba.delay_cap", "240")]);
    let ticket = issue(&emulator);
    pipeline::serve(
        &emulator,
        alibaba_raw("2022-01-01", "DelayTicketExpireTime", &[("Ticket", &ticket), ("ExpireTime", "60")]),
    );
    told.add("an extension beyond the most", &emulator);
}

fn issue(emulator: &Emulator) -> String {
    let body = json(&pipeline::serve(emulator, alibaba_raw("2022-01-01", "CreateTicket", &[("WorksId", WORK)])));
    body["Result"].as_str().unwrap().to_owned()
}

fn visits(told: &mut Told) {
    let link = |ticket: &str| format!("/token3rd/dashboard/view/pc.htm?pageId={WORK}&accessTicket={ticket}");
    let emulator = demo(AuthMode::Off);
    let ticket = issue(&emulator);
    open(&emulator, &link(&ticket));
    told.add("a visit that is admitted", &emulator);
    open(&emulator, &link(&ticket));
    told.add("a ticket without uses", &emulator);
    let ticket = issue(&emulator);
    open(&emulator, &link(&ticket).replace(WORK, "screen-demo"));
    told.add("a ticket of another work", &emulator);
    let ticket = issue(&emulator);
    admin::ask(&emulator, "POST", "/clock", &serde_json::json!({ "advance": "241m" }));
    open(&emulator, &link(&ticket));
    told.add("a ticket that has ended", &emulator);
}

const SCENARIO: &str = "\
ticketbooth: 1
name: night
rules:
  - id: busy
    on: alibaba.CreateTicket
    calls: 1
    then: { error: Throttling.User }
  - { id: down, on: alibaba.CreateTicket, calls: 2, then: { respond: { status: 502, body: '<h1>502</h1>' } } }
  - { id: gone, on: alibaba.CreateTicket, calls: 3, then: { lose: request } }
  - { id: mute, on: alibaba.CreateTicket, calls: 4, then: { lose: reply, how: reset } }
  - { id: late, on: alibaba.CreateTicket, calls: 5, then: { delay: 1s } }
  - { id: cut, on: alibaba.QueryTicketInfo, then: { mangle: truncated_json } }
  - { id: torn, on: alibaba.CreateTicket, calls: 6, then: { mangle: truncated_json } }
";

fn rules(told: &mut Told) {
    let emulator = demo(AuthMode::Off);
    let scenario = Scenario::load("scenarios/night.yaml", SCENARIO).unwrap_or_else(|problems| panic!("{problems}"));
    emulator.default_sandbox().play_scenario(scenario);
    for rule in ["an error", "an answer of its own", "a lost request", "a lost answer", "a delay", "a mangled answer"] {
        pipeline::serve(&emulator, alibaba_raw("2022-01-01", "CreateTicket", &[("WorksId", WORK)]));
        told.add(&format!("a rule with {rule}"), &emulator);
    }
    pipeline::serve(&emulator, alibaba_raw("2022-01-01", "QueryTicketInfo", &[("Ticket", "0")]));
    told.add("a rule that mangles a refusal of the vendor's", &emulator);
}

#[test]
fn explanations_are_told_as_they_were_written_down() {
    let mut told = Told::default();
    keys_and_secrets(&mut told);
    signatures(&mut told);
    own_recipes(&mut told);
    times(&mut told);
    names_and_values(&mut told);
    visits(&mut told);
    rules(&mut told);
    renewed("explained.txt", &told.0);
}

/// Whatever number a client sends as a time, its explanation is told.
#[test]
fn no_time_is_too_far_to_be_explained() {
    for time in [i64::MIN, i64::MIN + 1800, i64::MAX, -1, 0] {
        for request in [
            V1::at(NOON_UNIX).with("Timestamp", &time.to_string()).get("CreateEmbedToken"),
            with_header(Tc3::at(NOON_UNIX).post("CreateEmbedToken", BOARD), "x-tc-timestamp", &time.to_string()),
        ] {
            let emulator = demo(AuthMode::Strict);
            pipeline::serve(&emulator, &request);
            assert!(text_of(&emulator, "?detail=full").contains("was refused"), "{time}");
        }
    }
}

#[test]
fn text_comes_to_whoever_asks_for_it_and_json_to_everybody_else() {
    let emulator = demo(AuthMode::Off);
    pipeline::serve(&emulator, alibaba_raw("2022-01-01", "CreateTicket", &[]));
    let media_type = |query: &str, accept: &str| {
        let headers = [("host", LOOPBACK), ("accept", accept)];
        let reply = admin::answer(&emulator, &raw("GET", &format!("/_ticketbooth/explain/last{query}"), &headers, b""));
        (reply.status, reply.header("content-type").unwrap_or("").split(';').next().unwrap().to_owned())
    };
    let (text, json) = ((200, "text/plain".to_owned()), (200, "application/json".to_owned()));
    for (query, accept, expected) in [
        ("", "text/plain", &text),
        ("", "text/html, text/plain;q=0.9, application/json;q=0.1", &text),
        ("?format=text", "", &text),
        ("?format=text&detail=full", "application/json", &text),
        ("", "", &json),
        ("", "*/*", &json),
        ("", "application/json, text/plain, */*", &json),
        ("", "text/plain;q=0", &json),
        ("?format=json", "text/plain", &json),
    ] {
        assert_eq!(media_type(query, accept), *expected, "{query} {accept}");
    }
    assert_eq!(media_type("?format=xml", "").0, 400);
    assert_eq!(media_type("?detail=some", "").0, 400);
    let full = text_of(&emulator, "?detail=full");
    assert!(full.contains("assumed  alibaba.") && full.contains("skipped  signature:"), "{full}");
}

/// A suite asks for all at once, where a test failed: nothing of what succeeded, the oldest first, also afterwards.
#[test]
fn the_calls_of_a_sandbox_that_did_not_succeed_are_explained_in_one_text() {
    let emulator = demo(AuthMode::Off);
    let call =
        |works: &str| pipeline::serve(&emulator, alibaba_raw("2022-01-01", "CreateTicket", &[("WorksId", works)]));
    let ask = |query: &str| {
        admin::answer(&emulator, &raw("GET", &format!("/_ticketbooth/explain?{query}"), &[("host", LOOPBACK)], b""))
    };
    let text = |query: &str| String::from_utf8(ask(query).body.to_vec()).unwrap();
    call(WORK);
    assert_eq!(text("format=text"), "");
    call("first");
    let first = text_of(&emulator, "");
    call(WORK);
    pipeline::serve(&emulator, alibaba_raw("2022-01-01", "CreateTickets", &[]));
    let second = text_of(&emulator, "");
    assert_eq!(text("format=text"), format!("{first}\n{second}"));
    assert_eq!(text("format=text&sandbox=*"), text("format=text"));
    assert!(text("format=text&detail=full").contains("assumed  "));
    let told: serde_json::Value = serde_json::from_slice(&ask("").body).unwrap();
    let codes: Vec<_> = told["explanations"].as_array().unwrap().iter().map(|one| one["action"].clone()).collect();
    assert_eq!((told["total"].as_u64(), codes), (Some(2), vec!["CreateTicket".into(), "CreateTickets".into()]));
    assert_eq!(ask("format=xml").status, 400);
    for _ in 0..100 {
        call("another");
    }
    let told: serde_json::Value = serde_json::from_slice(&ask("").body).unwrap();
    assert_eq!((told["total"].as_u64(), told["explanations"].as_array().unwrap().len()), (Some(102), 100));
    assert!(told["explanations"].as_array().unwrap().iter().all(|one| one["action"] == "CreateTicket"));
}
