//! The admin API without a socket: its guard, its list, and what each endpoint does.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use ticketbooth::admin::{self, Access, Answer, ENDPOINTS, PREFIX, Streaming, Takes, openapi};
use ticketbooth::call::RawRequest;
use ticketbooth::emulator::{AuthMode, Emulator, Guard, SandboxOptions, Settings};
use ticketbooth::reply::Reply;
use ticketbooth::trust::Alpn;
use ticketbooth::world::World;

use crate::certificates::trust;
use crate::kit::{self, NOON, demo, json as body_of, raw, read, repository};

/// An emulator whose clock stands and whose admin API wants a token.
fn guarded() -> Emulator {
    let guard = Guard { token: Some("the-token".to_owned()), hosts: vec!["booth.test".to_owned()] };
    Emulator::new(Settings { guard, clock: Some(NOON.parse().unwrap()), ..Settings::new(World::demo()) })
}

fn open() -> Emulator {
    Emulator::new(Settings { clock: Some(NOON.parse().unwrap()), ..Settings::new(World::demo()) })
}

/// The answer, which in these tests is there at once; for a stream, an empty one.
pub fn answer(emulator: &Emulator, request: &RawRequest) -> Reply {
    match admin::answer(emulator, request) {
        Answer::Now(reply) => reply,
        Answer::Later(pending) => pending.ask_last(),
        Answer::Stream(Streaming::Pieces { media_type, pieces }) => {
            Reply::new(200, media_type, pieces.collect::<String>())
        }
        Answer::Stream(Streaming::Events(_)) => Reply::new(200, "text/event-stream", ""),
    }
}

/// A change or a look as a program of one's own sends it.
pub fn ask(emulator: &Emulator, method: &str, path: &str, body: &Value) -> (u16, Value) {
    let text = if body.is_null() { String::new() } else { body.to_string() };
    let headers = [("host", "127.0.0.1:4240"), ("content-type", "application/json")];
    let reply = answer(emulator, &raw(method, &format!("{PREFIX}{path}"), &headers, text.as_bytes()));
    (reply.status, body_of(&reply))
}

fn kind(reply: &Reply) -> String {
    let value: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
    value["error"]["kind"].as_str().unwrap_or("").to_owned()
}

/// Requests that must not pass, each with the kind of its refusal.
fn intrusions(method: &str, target: &str) -> Vec<(RawRequest, &'static str)> {
    let json_type = ("content-type", "application/json");
    let token = ("authorization", "Bearer the-token");
    let with = |headers: &[(&str, &str)]| raw(method, target, headers, b"");
    let mut requests = vec![
        (with(&[("host", "evil.test:4240"), json_type, token]), "foreign_host"),
        (with(&[("host", "127.0.0.1.evil.test"), json_type, token]), "foreign_host"),
        (with(&[("host", ""), json_type, token]), "bad_host"),
        (with(&[json_type, token]), "bad_host"),
        (with(&[("host", "127.0.0.1:4240"), ("host", "127.0.0.1:4240"), json_type, token]), "bad_host"),
        (with(&[("host", "localhost:80:80"), json_type, token]), "bad_host"),
        (with(&[("host", "[::1].evil.example:1"), json_type, token]), "bad_host"),
        (with(&[("host", "[::1"), json_type, token]), "bad_host"),
        (with(&[("host", "::1"), json_type, token]), "bad_host"),
        (with(&[("host", "[localhost]"), json_type, token]), "bad_host"),
        (with(&[("host", "evil@localhost"), json_type, token]), "bad_host"),
        (with(&[("host", "localhost:http"), json_type, token]), "bad_host"),
        (with(&[("host", "localhost:65536"), json_type, token]), "bad_host"),
        (
            RawRequest {
                authority: Some("evil.test:4240".into()),
                ..with(&[("host", "127.0.0.1:4240"), json_type, token])
            },
            "foreign_host",
        ),
        (with(&[("host", "127.0.0.1:4240"), json_type, token, ("origin", "http://evil.test")]), "foreign_origin"),
        (with(&[("host", "127.0.0.1:4240"), json_type, token, ("origin", "null")]), "foreign_origin"),
        (with(&[("host", "127.0.0.1:4240"), json_type, token, ("origin", "http://127.0.0.1:1")]), "foreign_origin"),
        (with(&[("host", "127.0.0.1:4240"), json_type, token, ("sec-fetch-site", "cross-site")]), "foreign_origin"),
        (with(&[("host", "127.0.0.1:4240"), json_type, token, ("sec-fetch-site", "same-site")]), "foreign_origin"),
        (with(&[("host", "127.0.0.1:4240"), json_type]), "missing_token"),
        (with(&[("host", "127.0.0.1:4240"), json_type, ("authorization", "Bearer wrong")]), "wrong_token"),
    ];
    if method != "GET" {
        for simple in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""] {
            requests.push((with(&[("host", "127.0.0.1:4240"), token, ("content-type", simple)]), "media_type"));
        }
        requests.push((with(&[("host", "127.0.0.1:4240"), token]), "media_type"));
    }
    requests
}

#[test]
fn the_guard_stands_in_front_of_every_route_and_method() {
    let mut emulator = guarded();
    emulator.trust = Some(trust(Alpn::H1));
    let mut refused = 0;
    for endpoint in ENDPOINTS {
        let target = format!("{PREFIX}{}", endpoint.path.replace("{id}", "x"));
        for (request, expected) in intrusions(endpoint.method, &target) {
            let reply = answer(&emulator, &request);
            match endpoint.access {
                Access::Public => assert_eq!(reply.status, 200, "{target}"),
                Access::Guarded => {
                    assert_eq!(kind(&reply), expected, "{} {target}: {request:?}", endpoint.method);
                    refused += 1;
                }
            }
        }
    }
    assert!(refused > 100, "{refused}");
    println!("{refused} intrusions refused");
}

#[test]
fn unknown_paths_and_methods_are_guarded_as_well() {
    let emulator = guarded();
    for (method, path) in [("GET", "/nothing"), ("PATCH", "/clock"), ("POST", ""), ("POST", "/health")] {
        for (request, expected) in intrusions(method, &format!("{PREFIX}{path}")) {
            assert_eq!(kind(&answer(&emulator, &request)), expected, "{method} {path}");
        }
    }
}

#[test]
fn no_refusal_of_the_guard_changes_anything() {
    let emulator = guarded();
    let target = format!("{PREFIX}/clock");
    for (mut request, _) in intrusions("POST", &target) {
        request.body = bytes::Bytes::from_static(b"{\"advance\":\"1h\"}");
        answer(&emulator, &request);
    }
    assert_eq!(emulator.default_sandbox().epoch().state.clock.now().unix_seconds(), kit::NOON_UNIX);
}

#[test]
fn names_of_this_machine_and_allowed_ones_pass() {
    let emulator = guarded();
    for host in ["127.0.0.1:4240", "localhost", "[::1]:4240", "127.8.9.1", "LOCALHOST:1", "booth.test:4240"] {
        let headers = [("host", host), ("x-ticketbooth-admin-token", "the-token")];
        assert_eq!(answer(&emulator, &raw("GET", "/_ticketbooth/info", &headers, b"")).status, 200, "{host}");
    }
}

#[test]
fn no_answer_carries_a_header_for_other_origins() {
    let emulator = open();
    let headers = [("host", "127.0.0.1:4240"), ("origin", "http://127.0.0.1:4240")];
    for endpoint in ENDPOINTS.iter().filter(|endpoint| endpoint.method == "GET") {
        let reply = answer(&emulator, &raw("GET", &format!("{PREFIX}{}", endpoint.path), &headers, b""));
        assert!(reply.headers.iter().all(|(name, _)| !name.starts_with("access-control")), "{}", endpoint.path);
    }
}

#[test]
fn openapi_has_every_route_and_nothing_else() {
    let document = openapi::openapi_document();
    let paths = document["paths"].as_object().unwrap();
    let described: BTreeSet<(String, String)> = paths
        .iter()
        .flat_map(|(path, methods)| methods.as_object().unwrap().keys().map(|method| (method.clone(), path.clone())))
        .collect();
    let listed: BTreeSet<(String, String)> = ENDPOINTS
        .iter()
        .map(|endpoint| (endpoint.method.to_ascii_lowercase(), format!("{PREFIX}{}", endpoint.path)))
        .collect();
    assert_eq!(described, listed);
    let ids: BTreeSet<&str> = paths
        .values()
        .flat_map(|methods| methods.as_object().unwrap().values())
        .map(|operation| operation["operationId"].as_str().unwrap())
        .collect();
    assert_eq!(ids.len(), ENDPOINTS.len(), "two operations share an id");
}

#[test]
fn every_reference_of_openapi_leads_somewhere() {
    let document = openapi::openapi_document();
    let text = document.to_string();
    for reference in text.split("\"$ref\":\"#").skip(1) {
        let pointer = reference.split('"').next().unwrap();
        assert!(document.pointer(pointer).is_some(), "{pointer}");
    }
    let validator = jsonschema::meta::validate(&document["components"]["schemas"]["Error"]);
    assert!(validator.is_ok());
}

/// Every answer has the shape that the OpenAPI document promises.
#[test]
fn answers_are_as_described() {
    let emulator = open();
    let (_, made) = ask(&emulator, "POST", "/sandboxes", &Value::Null);
    assert!(made["tencent"]["secret_id"].is_string(), "{made}");
    for endpoint in ENDPOINTS.iter().filter(|endpoint| endpoint.method == "GET" && !endpoint.path.contains("{id}")) {
        let Some(schema) = endpoint.gives.schema else { continue };
        let headers = [("host", "127.0.0.1:4240")];
        let reply = answer(&emulator, &raw("GET", &format!("{PREFIX}{}", endpoint.path), &headers, b""));
        assert_eq!((reply.status, reply.header("content-type")), (200, Some("application/json")), "{}", endpoint.path);
        if let Err(error) = jsonschema::validate(&schema(), &body_of(&reply)) {
            panic!("{}: {error}", endpoint.path);
        }
    }
}

#[test]
fn a_bad_body_is_answered_with_place_and_nearest_word() {
    let emulator = open();
    for endpoint in ENDPOINTS.iter().filter(|endpoint| matches!(endpoint.takes, Some(Takes::Json(_)))) {
        let (status, body) = ask(&emulator, endpoint.method, &endpoint.path.replace("{id}", "x"), &json!({ "zzz": 1 }));
        assert!((400..=422).contains(&status), "{} {body}", endpoint.path);
        assert!(body["error"]["message"].as_str().is_some_and(|text| !text.is_empty()), "{} {body}", endpoint.path);
    }
    let (status, body) = ask(&emulator, "POST", "/clock", &json!({ "advence": "1h" }));
    assert_eq!(status, 400);
    let message = body["error"]["message"].as_str().unwrap();
    assert!(message.contains("body:1:") && message.contains("did you mean \"advance\"?"), "{message}");
}

#[test]
fn the_book_of_the_admin_api_is_generated() {
    let book = openapi::admin_book();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(repository("docs/admin.md"), &book).unwrap();
    }
    assert_eq!(read("docs/admin.md"), book, "BLESS=1 cargo test --test it admin renews it");
}

#[test]
fn a_clock_is_moved_and_tells_what_ended() {
    let emulator = kit::demo(ticketbooth::emulator::AuthMode::Off);
    let issue = |minutes: &str| {
        let params = [("WorksId", "a206f5f3-0000-4000-8000-e9b17c835b03"), ("ExpireTime", minutes)];
        let (_, body) = kit::alibaba(&emulator, "2022-01-01", "CreateTicket", &params);
        body["Result"].as_str().unwrap().to_owned()
    };
    let (long, short) = (issue("240"), issue("10"));
    let (status, moved) = ask(&emulator, "POST", "/clock", &json!({ "advance": "241m" }));
    assert_eq!((status, moved["now"].as_str()), (200, Some("2026-01-05T04:01:00Z")));
    let ended: Vec<&str> =
        moved["transitions"].as_array().unwrap().iter().map(|one| one["ticket"].as_str().unwrap()).collect();
    assert_eq!(ended, [short.as_str(), long.as_str()]);
    assert_eq!(moved["transitions"][0]["at"], "2026-01-05T00:10:00Z");
    let (status, refused) = ask(&emulator, "POST", "/clock", &json!({ "set": "2026-01-05T00:00:00Z" }));
    assert_eq!((status, refused["error"]["kind"].as_str()), (409, Some("backwards")));
    let back = json!({ "set": "2026-01-05T00:05:00Z", "allow_backwards": true });
    let (_, revived) = ask(&emulator, "POST", "/clock", &back);
    assert_eq!(revived["transitions"].as_array().unwrap().len(), 2);
    assert_eq!(revived["transitions"][0]["became"], "live");
}

#[test]
fn a_wrong_wish_for_the_clock_moves_nothing() {
    let emulator = open();
    let wrong = [
        json!({}),
        json!({ "advance": "1h", "freeze": true }),
        json!({ "advance": "soon" }),
        json!({ "advance": "1500ms" }),
        json!({ "advance": "9999999999h" }),
        json!({ "set": "yesterday" }),
        json!({ "freeze": false }),
        json!({ "advance": 5 }),
        json!([]),
    ];
    for body in wrong {
        let (status, answer) = ask(&emulator, "POST", "/clock", &body);
        assert_eq!(status, 400, "{body} {answer}");
    }
    let (_, clock) = ask(&emulator, "GET", "/clock", &Value::Null);
    assert_eq!(clock["now"], "2026-01-05T00:00:00Z");
}

#[test]
fn a_sandbox_is_made_chosen_and_taken_away() {
    let emulator = open();
    let wish = json!({ "name": "mine", "seed": 7, "clock": "frozen@2030-01-01T00:00:00Z" });
    let (status, made) = ask(&emulator, "POST", "/sandboxes", &wish);
    assert_eq!((status, made["id"].as_str()), (201, Some("mine")));
    assert_eq!(ask(&emulator, "POST", "/sandboxes", &wish).0, 409);
    let (_, clock) = ask(&emulator, "GET", "/clock?sandbox=mine", &Value::Null);
    assert_eq!(clock["now"], "2030-01-01T00:00:00Z");
    let (_, unnamed) = ask(&emulator, "POST", "/sandboxes", &json!({}));
    assert_eq!(unnamed["id"], "sandbox-1");
    assert_eq!(ask(&emulator, "DELETE", "/sandboxes/mine", &Value::Null).0, 200);
    let (status, gone) = ask(&emulator, "GET", "/clock?sandbox=mine", &Value::Null);
    assert_eq!((status, gone["error"]["kind"].as_str()), (404, Some("unknown_sandbox")));
    assert_eq!(ask(&emulator, "DELETE", "/sandboxes/default", &Value::Null).0, 409);
    let (status, bad) = ask(&emulator, "POST", "/sandboxes", &json!({ "world": { "ticketbooth": 1, "nome": "x" } }));
    assert_eq!((status, bad["error"]["kind"].as_str()), (422, Some("bad_world")));
}

#[test]
fn tickets_are_listed_and_ended_by_hand() {
    let emulator = kit::demo(ticketbooth::emulator::AuthMode::Off);
    let work = "a206f5f3-0000-4000-8000-e9b17c835b03";
    let mut issued = Vec::new();
    for _ in 0..3 {
        let (_, body) = kit::alibaba(&emulator, "2022-01-01", "CreateTicket", &[("WorksId", work)]);
        issued.push(body["Result"].as_str().unwrap().to_owned());
    }
    let (_, list) = ask(&emulator, "GET", "/tickets?limit=2", &Value::Null);
    assert_eq!((list["total"].as_u64(), list["tickets"].as_array().unwrap().len()), (Some(3), 2));
    assert_eq!(list["tickets"][0]["id"], issued[2].as_str());
    let (_, expired) = ask(&emulator, "POST", &format!("/tickets/{}/expire", issued[0]), &Value::Null);
    assert_eq!(expired["status"], "expired");
    let (_, revoked) = ask(&emulator, "DELETE", &format!("/tickets/{}", issued[1]), &Value::Null);
    assert_eq!(revoked["status"], "revoked");
    let (_, epoch) = ask(&emulator, "GET", "/tickets?status=live&vendor=alibaba", &Value::Null);
    assert_eq!(epoch["total"], 1);
    assert_eq!(ask(&emulator, "GET", "/tickets?status=alive", &Value::Null).0, 400);
    assert_eq!(ask(&emulator, "GET", "/tickets?stat=live", &Value::Null).0, 400);
    assert_eq!(ask(&emulator, "GET", "/tickets/nonsense", &Value::Null).0, 404);
}

#[test]
fn a_reset_is_of_the_parts_that_are_named() {
    let emulator = kit::demo(ticketbooth::emulator::AuthMode::Off);
    let work = "a206f5f3-0000-4000-8000-e9b17c835b03";
    let issue = || kit::alibaba(&emulator, "2022-01-01", "CreateTicket", &[("WorksId", work)]).1.to_string();
    let first = issue();
    ask(&emulator, "POST", "/clock", &json!({ "advance": "1h" }));
    ask(&emulator, "POST", "/reset", &json!({ "what": ["tickets"] }));
    let (_, tickets) = ask(&emulator, "GET", "/tickets", &Value::Null);
    let (_, clock) = ask(&emulator, "GET", "/clock", &Value::Null);
    assert_eq!((tickets["total"].as_u64(), clock["now"].as_str()), (Some(0), Some("2026-01-05T01:00:00Z")));
    assert_ne!(issue(), first);
    ask(&emulator, "POST", "/reset", &Value::Null);
    assert_eq!(issue(), first, "after a whole reset everything begins again");
    let (status, bad) = ask(&emulator, "POST", "/reset", &json!({ "what": ["tickts"] }));
    assert_eq!(status, 400);
    assert!(bad["error"]["hint"].as_str().unwrap().contains("did you mean \"tickets\"?"), "{bad}");
}

#[test]
fn rules_are_added_counted_and_taken_away() {
    let emulator = kit::demo(ticketbooth::emulator::AuthMode::Off);
    let rule =
        json!({ "id": "third", "on": "alibaba.CreateTicket", "calls": 3, "then": { "error": "Instance.Expired" } });
    let (status, added) = ask(&emulator, "POST", "/rules", &rule);
    assert_eq!((status, added["id"].as_str(), added["hits"].as_u64()), (201, Some("third"), Some(0)));
    let work = "a206f5f3-0000-4000-8000-e9b17c835b03";
    let codes: Vec<String> = (0..4)
        .map(|_| kit::code(&kit::alibaba(&emulator, "2022-01-01", "CreateTicket", &[("WorksId", work)]).1).to_owned())
        .collect();
    assert_eq!(codes, ["none", "none", "Instance.Expired", "none"]);
    let (_, list) = ask(&emulator, "GET", "/rules", &Value::Null);
    assert_eq!(list["rules"][0]["eligible"], 4);
    assert_eq!(list["rules"][0]["hits"], 1);
    assert_eq!(list["rules"][0]["then"], json!({ "error": "Instance.Expired" }));
    assert_eq!(ask(&emulator, "POST", "/rules", &rule).0, 409);
    let (status, never) = ask(
        &emulator,
        "POST",
        "/rules",
        &json!({ "id": "never", "on": "alibaba.CreateTiket", "then": { "error": "Instance.Expired" } }),
    );
    assert_eq!(status, 422);
    assert!(never["error"]["message"].as_str().unwrap().contains("alibaba.CreateTicket"), "{never}");
    let (_, replaced) = ask(&emulator, "PUT", "/rules", &json!([{ "id": "a", "on": "tencent.*", "then": "proceed" }]));
    assert_eq!((replaced["total"].as_u64(), replaced["rules"][0]["id"].as_str()), (Some(1), Some("a")));
    assert_eq!(ask(&emulator, "DELETE", "/rules/third", &Value::Null).0, 404);
    assert_eq!(ask(&emulator, "DELETE", "/rules/a", &Value::Null).0, 200);
    assert_eq!(ask(&emulator, "GET", "/rules", &Value::Null).1["total"], 0);
}

#[test]
fn no_answer_of_the_admin_api_is_taken_for_what_it_is_not() {
    let emulator = demo(AuthMode::Off);
    for endpoint in ENDPOINTS.iter().filter(|endpoint| endpoint.path != "/events") {
        let json_type = ("content-type", "application/json");
        for site in ["same-origin", "none"] {
            let headers = [("host", "127.0.0.1:4240"), json_type, ("sec-fetch-site", site)];
            let request = raw(endpoint.method, &format!("{PREFIX}{}", endpoint.path), &headers, b"");
            let Answer::Now(reply) = admin::answer(&emulator, &request) else { continue };
            assert_ne!(reply.status, 403, "{} for {site}", endpoint.path);
            assert_eq!(
                reply.header("x-content-type-options"),
                Some("nosniff"),
                "{} {}",
                endpoint.method,
                endpoint.path
            );
        }
    }
}

#[test]
fn whoever_has_no_token_learns_no_name_of_a_sandbox() {
    let guard = Guard { token: Some("the-token".to_owned()), ..Guard::default() };
    let emulator = Emulator::new(Settings { guard, ..Settings::new(World::demo()) });
    emulator
        .create_sandbox(SandboxOptions { name: Some("secret-name".to_owned()), ..SandboxOptions::default() })
        .unwrap();
    for path in ENDPOINTS.iter().filter(|endpoint| endpoint.access == Access::Public).map(|endpoint| endpoint.path) {
        let answers = ["secret-name", "another-name", "*"].map(|name| {
            let target = format!("{PREFIX}{path}?sandbox={name}");
            let reply = answer(&emulator, &raw("GET", &target, &[("host", "127.0.0.1:4240")], b""));
            (reply.status, reply.body)
        });
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{path}: {answers:?}");
    }
}

#[test]
fn no_error_quotes_a_secret_whatever_part_of_the_request_it_came_in() {
    let secret = "demo-session-token";
    for (method, path) in [(secret, "/rules"), ("GET", "/demo-session-token"), ("GET", "/rules?demo-session-token=1")] {
        let (status, body) = ask(&open(), method, path, &Value::Null);
        assert!(status >= 400 && !body.to_string().contains(secret), "{status} {body}");
    }
}
