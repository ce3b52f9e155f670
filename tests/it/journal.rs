//! The journal over the admin API: what is kept, how it is found, and what is covered.

use serde_json::{Value, json};
use ticketbooth::admin::PREFIX;
use ticketbooth::emulator::{AuthMode, Bounds, Emulator, Guard, Settings};
use ticketbooth::pipeline;
use ticketbooth::world::World;

use crate::admin::{answer, ask};
use crate::kit::{self, NOON, NOON_UNIX, raw};
use crate::signer::{Acs3, Rpc, Tc3};

const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";

/// An emulator that takes anything and keeps so many calls.
pub fn keeping(entries: usize) -> Emulator {
    let journal = Bounds { entries, ..Bounds::default() };
    let settings = Settings { auth: AuthMode::Off, journal, ..Settings::new(World::demo()) };
    Emulator::new(Settings { clock: Some(NOON.parse().unwrap()), ..settings })
}

fn create(emulator: &Emulator, work: &str) {
    kit::alibaba(emulator, "2022-01-01", "CreateTicket", &[("WorksId", work)]);
}

fn actions(list: &Value) -> Vec<String> {
    let entries = list["entries"].as_array().unwrap();
    entries.iter().map(|entry| format!("{}.{}", entry["vendor"], entry["action"]).replace('"', "")).collect()
}

#[test]
fn calls_are_listed_newest_first_and_filtered() {
    let emulator = keeping(100);
    create(&emulator, WORK);
    kit::tencent(&emulator, "CreateEmbedToken", &json!({ "ProjectId": 117, "PageId": 11520 }));
    ask(&emulator, "POST", "/clock", &json!({ "advance": "1h" }));
    create(&emulator, "nothing");
    kit::open(&emulator, "/token3rd/report/view.htm?id=x");
    let (_, all) = ask(&emulator, "GET", "/journal", &Value::Null);
    let newest_first = ["alibaba.visit", "alibaba.CreateTicket", "tencent.CreateEmbedToken", "alibaba.CreateTicket"];
    assert_eq!(actions(&all), newest_first);
    assert_eq!((all["total"].as_u64(), all["dropped"].as_u64()), (Some(4), Some(0)));
    let total = |query: &str| ask(&emulator, "GET", &format!("/journal?{query}"), &Value::Null).1["total"].clone();
    assert_eq!(total("vendor=tencent"), 1);
    assert_eq!(total("action=CreateTicket"), 2);
    assert_eq!(total("since=2"), 2);
    assert_eq!(total("since=2026-01-05T01:00:00Z"), 2);
    let code = all["entries"][1]["code"].as_str().unwrap();
    assert_eq!(total(&format!("code={code}")), 1);
    let (_, limited) = ask(&emulator, "GET", "/journal?limit=1", &Value::Null);
    assert_eq!((limited["entries"].as_array().unwrap().len(), limited["total"].as_u64()), (1, Some(4)));
    for wrong in ["vendor=nobody", "since=yesterday", "limit=few", "colour=red"] {
        assert_eq!(ask(&emulator, "GET", &format!("/journal?{wrong}"), &Value::Null).0, 400, "{wrong}");
    }
}

#[test]
fn one_call_is_found_by_its_request_id_in_any_case() {
    let emulator = keeping(100);
    assert_eq!(ask(&emulator, "GET", "/journal/last", &Value::Null).0, 404);
    let request = kit::alibaba_raw("2022-01-01", "CreateTicket", &[("WorksId", WORK)]);
    let reply = pipeline::serve(&emulator, &request);
    create(&emulator, "nothing");
    let id = reply.header("x-ticketbooth-request").unwrap();
    for id in [id.to_lowercase(), id.to_uppercase()] {
        let (status, entry) = ask(&emulator, "GET", &format!("/journal/{id}"), &Value::Null);
        assert_eq!((status, entry["serial"].as_u64(), entry["code"].is_null()), (200, Some(1), true), "{entry}");
        assert_eq!(entry["request"]["target"], &*request.target);
        assert_eq!(entry["answer"]["body"]["text"], String::from_utf8_lossy(&reply.body).as_ref());
        assert_eq!(entry["explanation"]["tickets"].as_array().unwrap().len(), 1);
    }
    let (_, last) = ask(&emulator, "GET", "/journal/last", &Value::Null);
    assert_eq!(last["serial"], 2);
    assert_eq!(ask(&emulator, "GET", "/journal/nonsense", &Value::Null).0, 400);
    let unknown = "/journal/00000000-0000-4000-8000-000000000000";
    assert_eq!(ask(&emulator, "GET", unknown, &Value::Null).0, 404);
}

#[test]
fn what_is_kept_no_more_is_counted_and_a_delete_begins_anew() {
    let emulator = keeping(2);
    (0..5).for_each(|_| create(&emulator, WORK));
    let (_, list) = ask(&emulator, "GET", "/journal", &Value::Null);
    assert_eq!((list["total"].as_u64(), list["dropped"].as_u64()), (Some(2), Some(3)));
    let (_, emptied) = ask(&emulator, "DELETE", "/journal", &Value::Null);
    assert_eq!(emptied["removed"], 2);
    let (_, list) = ask(&emulator, "GET", "/journal", &Value::Null);
    assert_eq!((list["total"].as_u64(), list["dropped"].as_u64()), (Some(0), Some(0)));
}

#[test]
fn a_body_that_is_no_text_is_shown_as_base64() {
    let emulator = keeping(10);
    let headers = [("x-tc-action", "CreateEmbedToken"), ("x-tc-version", "2022-01-05")];
    pipeline::serve(&emulator, raw("POST", "/", &headers, &[0xff, 0x00]));
    let (_, entry) = ask(&emulator, "GET", "/journal/last", &Value::Null);
    let body = &entry["request"]["body"];
    assert_eq!((body["base64"].as_str(), body["bytes"].as_u64()), (Some("/wA="), Some(2)));
    assert!(body["note"].is_string() && body["text"].is_null(), "{body}");
}

/// The signature of a request, as its vendor reads it.
fn signature_of(vendor: &str, request: &ticketbooth::call::RawRequest) -> String {
    (ticketbooth::cloud::vendor_named(vendor).unwrap().requests.read)(request).claim.signature.unwrap().to_string()
}

#[test]
fn signatures_are_covered_in_the_journal() {
    let emulator = kit::demo(AuthMode::Strict);
    let calls = [
        ("tencent", Tc3::at(NOON_UNIX).post("CreateEmbedToken", "{\"ProjectId\":117}")),
        ("alibaba", Acs3::at(NOON_UNIX).post("CreateTicket", &[("WorksId", WORK)])),
        ("alibaba", Rpc::at(NOON_UNIX).with("WorksId", WORK).get("CreateTicket")),
        ("alibaba", Rpc::at(NOON_UNIX).with("WorksId", WORK).post("CreateTicket")),
    ];
    for (vendor, request) in calls {
        let signature = signature_of(vendor, &request);
        pipeline::serve(&emulator, &request);
        let (_, entry) = ask(&emulator, "GET", "/journal/last", &Value::Null);
        let shown = entry["request"].to_string() + &entry["target"].to_string();
        let encoded: String = form_urlencoded::byte_serialize(signature.as_bytes()).collect();
        assert!(shown.contains("[redacted]"), "{shown}");
        assert!(!shown.contains(&signature) && !shown.contains(&encoded), "{signature} in {shown}");
    }
}

#[test]
fn the_admin_token_is_covered_wherever_it_was_sent() {
    const TOKEN: &str = "CanaryAdminToken0123456789";
    let guard = Guard { token: Some(TOKEN.to_owned()), ..Guard::default() };
    let emulator = Emulator::new(Settings { guard, auth: AuthMode::Off, ..Settings::new(World::demo()) });
    pipeline::serve(&emulator, kit::alibaba_raw("2022-01-01", TOKEN, &[("WorksId", TOKEN), ("AccessKeyId", TOKEN)]));
    kit::open(&emulator, &format!("/token3rd/{TOKEN}?accessTicket={TOKEN}"));
    let headers = [("host", "localhost"), ("x-ticketbooth-admin-token", TOKEN)];
    let paths = [
        "/journal",
        "/journal/last",
        "/explain/last",
        "/metrics",
        "/info",
        &format!("/{TOKEN}"),
        &format!("/info?{TOKEN}=1"),
    ];
    for path in paths {
        let reply = answer(&emulator, &raw("GET", &format!("{PREFIX}{path}"), &headers, b""));
        let text = String::from_utf8(reply.body.to_vec()).unwrap();
        assert!(!text.to_lowercase().contains(&TOKEN.to_lowercase()), "{path} {text}");
    }
}

#[test]
fn metrics_count_calls_tickets_and_what_is_kept() {
    let emulator = keeping(2);
    create(&emulator, WORK);
    create(&emulator, WORK);
    create(&emulator, "nothing");
    let (_, made) = ask(&emulator, "POST", "/sandboxes", &json!({ "name": "mine" }));
    let key = made["alibaba"]["access_key_id"].as_str().unwrap();
    kit::alibaba(&emulator, "2022-01-01", "CreateTicket", &[("WorksId", WORK), ("AccessKeyId", key)]);
    let reply = answer(&emulator, &raw("GET", &format!("{PREFIX}/metrics"), &[("host", "localhost")], b""));
    assert_eq!(reply.status, 200);
    let text = String::from_utf8(reply.body.to_vec()).unwrap();
    let calls = "ticketbooth_calls_total{sandbox=";
    for line in [
        &format!("{calls}\"default\",vendor=\"alibaba\",action=\"CreateTicket\",outcome=\"success\",code=\"none\"}} 2"),
        &format!("{calls}\"other\",vendor=\"alibaba\",action=\"CreateTicket\",outcome=\"success\",code=\"none\"}} 1"),
        "ticketbooth_tickets_live{sandbox=\"default\",vendor=\"alibaba\"} 2",
        "ticketbooth_tickets_live{sandbox=\"default\",vendor=\"tencent\"} 0",
        "ticketbooth_sandboxes 2",
        "ticketbooth_journal_entries{sandbox=\"default\"} 2",
        "ticketbooth_journal_dropped_total{sandbox=\"default\"} 1",
        "ticketbooth_info{version=\"0.1.0\"} 1",
        "# EOF",
    ] {
        assert!(text.lines().any(|known| known == line), "{line} is not in\n{text}");
    }
}

#[test]
fn the_catalogue_is_had_as_data() {
    let emulator = keeping(1);
    let get = |path: &str| ask(&emulator, "GET", path, &Value::Null);
    let (_, actions) = get("/actions?vendor=alibaba&action=CreateTicket");
    assert!(actions["actions"].as_array().unwrap().iter().all(|action| action["action"] == "CreateTicket"));
    let (_, codes) = get("/codes?vendor=tencent");
    assert!(codes["total"].as_u64().unwrap() > 10);
    assert!(codes["codes"].as_array().unwrap().iter().all(|code| code["vendor"] == "tencent"));
    assert_eq!(get("/codes?vendor=nobody").0, 400);
    let (status, wrong) = get("/actions?action=CreateTickt");
    assert_eq!(status, 400);
    assert!(wrong["error"]["hint"].as_str().unwrap().contains("CreateTicket"), "{wrong}");
    let (_, schema) = get("/schema/world.json");
    assert!(schema["properties"]["tencent"].is_object());
}
