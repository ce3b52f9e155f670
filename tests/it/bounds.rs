//! The table of bounds, row by row: what fits is taken, and what does not is answered as the row says.
//!
//! Each row has a probe here, or the test fails.

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::{Value, json};
use ticketbooth::admin::{self, Answer, ENDPOINTS};
use ticketbooth::bounds::{self, BOUNDS, Bound};
use ticketbooth::call::RawRequest;
use ticketbooth::domain::Timestamp;
use ticketbooth::emulator::{Aspect, AuthMode, Emulator};
use ticketbooth::http::Limits;
use ticketbooth::pipeline;
use ticketbooth::sandbox::Nonces;

use crate::admin::ask;
use crate::harness::Served;
use crate::kit::{alibaba, alibaba_raw, code, demo, json as body_of, raw, read, repository, tencent, tencent_raw};

const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";

/// A text of so many bytes.
fn text(bytes: usize) -> String {
    "a".repeat(bytes)
}

/// The probe of the row.
#[expect(clippy::too_many_lines, reason = "it is one table")]
fn probe(bound: &'static Bound) {
    let most = bound.most;
    let is = |other: &'static Bound| std::ptr::eq(bound, other);
    match bound {
        _ if is(&bounds::ACTION) => {
            let emulator = demo(AuthMode::Off);
            for length in [most, most + 1, 1 << 20] {
                let response = tencent(&emulator, &text(length), &json!({}));
                assert!(code(&response).starts_with("InvalidAction"), "{response}");
                assert_eq!(last_entry(&emulator)["action"].as_str().unwrap().len(), most);
            }
        }
        _ if is(&bounds::VERSION) => {
            let emulator = demo(AuthMode::Off);
            let (_, long) = alibaba(&emulator, &text(1 << 20), "CreateTicket", &[("AccessKeyId", "x")]);
            assert!(code(&long).contains("Version") && long.to_string().len() < 1000, "{long}");
            assert_eq!(last_entry(&emulator)["version"].as_str().unwrap().len(), most);
        }
        _ if is(&bounds::ACCESS_KEY) => {
            let emulator = demo(AuthMode::Strict);
            let raw = raw("GET", &signed_query(&text(1 << 16)), &[("host", "h")], b"");
            let reply = pipeline::serve(&emulator, raw);
            let said: Value = serde_json::from_slice(&reply.body).unwrap();
            assert_eq!(code(&said), "InvalidAccessKeyId.NotFound");
            let told = last_entry(&emulator)["explanation"].to_string();
            assert!(told.contains(&text(most)) && !told.contains(&text(most + 1)), "{told}");
        }
        _ if is(&bounds::NONCE) => {
            let (nonces, at) = (Nonces::default(), Timestamp::from_unix(0));
            for nonce in [text(most), text(most + 1), text(9 << 20)] {
                assert!(nonces.take_nonce("key", &nonce, at, at), "the first time");
                assert!(!nonces.take_nonce("key", &nonce, at, at), "the second time");
            }
            assert!(nonces.all_taken().iter().all(|taken| taken.nonce.len() <= most));
        }
        _ if is(&bounds::PARAMETER_NAME) => {
            let response = tencent(&demo(AuthMode::Off), "CreateEmbedToken", &json!({ text(1 << 20): 1 }));
            let message = response["Error"]["Message"].as_str().unwrap();
            assert!(message.contains(&text(most)) && !message.contains(&text(most + 1)), "{message}");
        }
        _ if is(&bounds::PARAMETER) => probe_parameter(most),
        _ if is(&bounds::TARGET) || is(&bounds::HEAD) || is(&bounds::HEADER_LINES) => probe_head(bound),
        _ if is(&bounds::BODY) => {
            let answer = |bytes: usize| {
                let body = format!("{{\"ProjectId\":117,\"a\":\"{}\"}}", text(bytes - 24));
                assert_eq!(body.len(), bytes);
                let served = Served::on_thread(demo(AuthMode::Off));
                let head =
                    "x-tc-action: DescribeProjectList\r\nx-tc-version: 2022-01-05\r\ncontent-type: application/json";
                talk(
                    &served,
                    &format!(
                        "POST / HTTP/1.1\r\nhost: h\r\nconnection: close\r\n{head}\r\ncontent-length: {bytes}\r\n\r\n{body}"
                    ),
                )
            };
            assert!(!answer(most).contains("RequestSizeLimitExceeded"));
            assert!(answer(most + 1).contains("RequestSizeLimitExceeded"));
        }
        _ if is(&bounds::ADMIN_BODY) => {
            let emulator = demo(AuthMode::Off);
            assert_eq!(ask(&emulator, "POST", "/journal/mark", &json!({ "text": text(most) })).0, 413);
            assert_eq!(ask(&emulator, "POST", "/journal/mark", &json!({ "text": text(most - 11) })).0, 422);
        }
        _ if is(&bounds::SNAPSHOT) => {
            let of_snapshot =
                ENDPOINTS.iter().find(|endpoint| endpoint.path == "/snapshot" && endpoint.method == "PUT");
            assert!(std::ptr::eq(of_snapshot.unwrap().body, bound));
            let request = raw(
                "PUT",
                "/_ticketbooth/snapshot",
                &[("host", "localhost"), ("content-type", "application/json")],
                b"",
            );
            let Answer::Now(reply) = admin::answer(&demo(AuthMode::Off), &RawRequest { oversize: true, ..request })
            else {
                panic!("it is answered at once")
            };
            assert_eq!(reply.status, 413, "{}", body_of(&reply));
        }
        _ if is(&bounds::BODIES) || is(&bounds::CONNECTIONS) || is(&bounds::WAITERS) || is(&bounds::STREAMS) => {
            assert!(read("tests/it/overload.rs").contains(overload_name(bound)), "it takes sockets");
            let limits = Limits::default();
            assert!([limits.bodies_bytes, limits.connections, limits.waiters, bounds::STREAMS.most].contains(&most));
        }
        _ if is(&bounds::SANDBOXES) => {
            let emulator = demo(AuthMode::Off);
            assert_eq!(emulator.load.sandboxes.most(), most);
            emulator.load.sandboxes.set_most(2);
            let make = || ask(&emulator, "POST", "/sandboxes", &json!({}));
            let (first, _, third) = (make(), make(), make());
            assert_eq!((first.0, third.0, third.1["error"]["kind"].as_str()), (201, 503, Some("too_many")));
            assert_eq!(emulator.load.sandboxes.refused(), 1);
            let id = first.1["id"].as_str().unwrap();
            assert_eq!(ask(&emulator, "DELETE", &format!("/sandboxes/{id}"), &Value::Null).0, 200);
            assert_eq!(make().0, 201, "there is room again");
        }
        _ if is(&bounds::TICKETS) => probe_tickets(most),
        _ if is(&bounds::CHANGES) => {
            let emulator = demo(AuthMode::Off);
            // A rule with a text as long as a parameter may be takes about so much.
            let content = text(bounds::PARAMETER.most - 1000);
            let model = |rule: usize| {
                json!({ "cubeId": "dataset-demo", "ruleName": format!("r{rule}"), "ruleLevelType": "ROW_LEVEL",
                "isOpen": 1, "ruleUsersModel": { "users": [], "userGroups": [] }, "ruleContentModel": { "ruleContentJson": content } })
            };
            let set = |rule: usize| {
                let model = model(rule).to_string();
                let request = alibaba_raw("2022-01-01", "SetDataLevelPermissionRuleConfig", &[("RuleModel", &model)]);
                pipeline::serve(&emulator, request).status
            };
            let fit = most / bounds::PARAMETER.most;
            let kept = (0..fit + 2).take_while(|rule| set(*rule) == 200).count();
            assert!((fit - 2..=fit + 1).contains(&kept), "{kept} of {fit}");
            assert_eq!(set(fit + 2), 503);
            emulator.default_sandbox().reset_aspects(&[Aspect::World]);
            assert_eq!(set(0), 200);
        }
        _ if is(&bounds::RULES) => {
            let emulator = demo(AuthMode::Off);
            let rule = |index: usize| json!({ "id": format!("r{index}"), "on": "tencent.CreateEmbedToken", "where": { "PageId": index.to_string() }, "then": { "delay": "1s" } });
            let rules = |count: usize| (0..count).map(rule).collect::<Value>();
            assert_eq!(ask(&emulator, "PUT", "/rules", &rules(most + 1)).0, 422);
            let (status, said) = ask(&emulator, "PUT", "/rules", &rules(most));
            assert_eq!(status, 200, "{said}");
            assert_eq!(ask(&emulator, "POST", "/rules", &rule(most)).0, 409);
        }
        _ if is(&bounds::PATTERN) || is(&bounds::SELECTED) || is(&bounds::ORDER) => probe_question(bound),
        _ if is(&bounds::VISITOR) => {
            let emulator = demo(AuthMode::Off);
            for (length, is_named) in [(most, true), (most + 1, false)] {
                let name = text(length);
                let target = format!("/token3rd/dashboard/view/pc.htm?pageId={WORK}&accessTicket=x");
                let request = raw("GET", &target, &[("host", "h"), ("x-ticketbooth-viewer", &name)], b"");
                ticketbooth::web::serve_page(&emulator, request).unwrap();
                assert_eq!(last_entry(&emulator)["visitor"] == *name, is_named, "{length}");
            }
        }
        _ if is(&bounds::MARK) => {
            let emulator = demo(AuthMode::Off);
            let mark = |length: usize| ask(&emulator, "POST", "/journal/mark", &json!({ "text": text(length) })).0;
            assert_eq!((mark(most), mark(most + 1)), (201, 422));
        }
        _ if is(&bounds::NOTED_TEXT) => {
            let emulator = demo(AuthMode::Off);
            pipeline::serve(&emulator, raw("GET", &format!("/{}", text(60_000)), &[("host", "h")], b""));
            let (_, list) = ask(&emulator, "GET", "/journal?kind=stranger", &Value::Null);
            let listed = list.to_string();
            assert!(listed.contains(&text(most - 1)) && !listed.contains(&text(most)), "the path begins with a slash");
        }
        _ if is(&bounds::SANDBOX_NAME) => {
            let emulator = demo(AuthMode::Off);
            let make = |length: usize| ask(&emulator, "POST", "/sandboxes", &json!({ "name": text(length) })).0;
            assert_eq!((make(most), make(most + 1)), (201, 400));
        }
        other => panic!("the bound \"{}\" has no probe", other.of),
    }
}

/// The name of the test of such a bound.
fn overload_name(bound: &'static Bound) -> &'static str {
    match bound.unit {
        "connections" => "fn a_crowd_of_idle_connections_makes_room_for_whoever_comes",
        "streams" => "fn a_client_is_told_how_many_streams_it_may_open",
        "requests" => "fn too_many_listeners_are_refused_until_others_leave",
        _ => "fn bodies_that_are_too_large_together_are_refused",
    }
}

fn last_entry(emulator: &Emulator) -> Value {
    ask(emulator, "GET", "/journal/last", &Value::Null).1
}

fn signed_query(key: &str) -> String {
    format!(
        "/?Action=CreateTicket&Version=2022-01-01&AccessKeyId={key}&SignatureMethod=HMAC-SHA1&SignatureVersion=1.0\
         &SignatureNonce=n&Timestamp=2026-01-05T00%3A00%3A00Z&Signature=x&Format=JSON"
    )
}

fn probe_parameter(most: usize) {
    let emulator = demo(AuthMode::Off);
    let filter = |bytes: usize| {
        let begin = r#"[{"paramKey":"p","joinType":"and","conditionList":[{"operate":"=","value":""#;
        let end = r#""}]}]"#;
        format!("{begin}{}{end}", text(bytes - begin.len() - end.len()))
    };
    let create = |bytes: usize| {
        let params = [("WorksId", WORK), ("GlobalParam", &filter(bytes))];
        alibaba(&emulator, "2022-01-01", "CreateTicket", &params).1
    };
    assert_eq!(code(&create(most)), "none");
    assert_eq!(code(&create(most + 1)), "Invalid.Parameter.Error");
    let (_, tickets) = ask(&emulator, "GET", "/tickets", &Value::Null);
    assert_eq!(tickets["total"], 1);
}

/// Whether a question fits is for its reader to say.
fn probe_question(bound: &'static Bound) {
    let emulator = demo(AuthMode::Off);
    let on = "alibaba.CreateTicket";
    let question = |count: usize| match bound.unit {
        "steps" => json!({ "order": vec![json!({ "on": on }); count] }),
        "parameters" => {
            let params: serde_json::Map<_, _> = (0..count).map(|index| (format!("Own{index}"), json!("x"))).collect();
            json!({ "on": "*", "calls": 0, "where": params })
        }
        _ => json!({ "on": on, "calls": 0, "where": { "WorksId": text(count) } }),
    };
    let said = |count: usize| ask(&emulator, "POST", "/verify", &question(count)).1.to_string();
    let is_too_much = |said: &str| said.contains("too long") || said.contains("too many") || said.contains("at most");
    assert!(!is_too_much(&said(bound.most)), "{}", bound.of);
    assert!(is_too_much(&said(bound.most + 1)), "{}", bound.of);
}

/// Whether the head fits is for the wire to say.
fn probe_head(bound: &'static Bound) {
    let served = Served::on_thread(demo(AuthMode::Off));
    let get = |target: &str, lines: &str| {
        talk(&served, &format!("GET {target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{lines}\r\n"))
    };
    let health = |query: usize| format!("/_ticketbooth/health?{}", text(query - "/_ticketbooth/health?".len()));
    let (fits, exceeds) = match bound.unit {
        "lines" => {
            let lines = |count: usize| (2..count).map(|index| format!("x-{index}: 1\r\n")).collect::<String>();
            (get("/_ticketbooth/health", &lines(bound.most)), get("/_ticketbooth/health", &lines(bound.most + 1)))
        }
        _ if std::ptr::eq(bound, &bounds::TARGET) => (get(&health(bound.most), ""), get(&health(bound.most + 1), "")),
        _ => {
            let line = |bytes: usize| format!("x-long: {}\r\n", text(bytes));
            (get("/_ticketbooth/health", &line(bound.most - 200)), get("/_ticketbooth/health", &line(bound.most)))
        }
    };
    assert!(fits.starts_with("HTTP/1.1 200"), "{}: {}", bound.of, &fits[..fits.len().min(200)]);
    let expected = format!("HTTP/1.1 {}", &bound.beyond[..3]);
    assert!(exceeds.starts_with(&expected), "{}: {}", bound.of, &exceeds[..exceeds.len().min(200)]);
}

/// Everything that comes back on a new connection until the server closes it.
fn talk(served: &Served, request: &str) -> String {
    let mut stream = TcpStream::connect(served.address).unwrap();
    // A server that has seen enough may close before it has read all.
    let _ = stream.write_all(request.as_bytes());
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

/// A sandbox whose serials say that it has all the tickets that it may have, but one.
fn probe_tickets(most: usize) {
    let emulator = demo(AuthMode::Off);
    let page = json!({ "ProjectId": 117, "PageId": 11520 });
    let create = || pipeline::serve(&emulator, tencent_raw("CreateEmbedToken", &page.to_string()));
    assert_eq!(create().status, 200);
    emulator.default_sandbox().exchange_epoch(|epoch| {
        let mut state = epoch.state.save_state();
        state.holdings.serials[0].1 = most as u64 - 1;
        epoch.state = ticketbooth::sandbox::SandboxState::of_state("default", state);
    });
    assert_eq!(create().status, 200);
    let refused = create();
    let said: Value = serde_json::from_slice(&refused.body).unwrap();
    assert_eq!((refused.status, code(&said["Response"])), (503, "InternalError"));
    assert!(said["Response"]["Error"]["Message"].as_str().unwrap().contains(&most.to_string()), "{said}");
    let wrong = last_entry(&emulator)["explanation"]["wrong"].to_string();
    assert!(wrong.contains("a bound of its own"), "{wrong}");
    assert_eq!(ask(&emulator, "POST", "/reset", &Value::Null).0, 200);
    assert_eq!(create().status, 200, "after a reset there is room");
}

#[test]
fn every_bound_holds_and_answers_as_its_row_says() {
    for bound in BOUNDS {
        probe(bound);
    }
}

#[test]
fn the_documents_list_the_bounds_as_they_are() {
    let rows = BOUNDS
        .iter()
        .map(|bound| format!("| {} | {} {} | {} |\n", bound.of, group_digits(bound.most), bound.unit, bound.beyond));
    let table: String =
        ["| what | bound | beyond it |\n| --- | --- | --- |\n".to_owned()].into_iter().chain(rows).collect();
    let page = read("docs/reliability.md");
    let (before, rest) = page.split_once("<!-- bounds -->\n").expect("the page has the table");
    let (now, after) = rest.split_once("<!-- end of bounds -->").expect("the table has an end");
    if std::env::var_os("BLESS").is_some() {
        let page = format!("{before}<!-- bounds -->\n{table}<!-- end of bounds -->{after}");
        std::fs::write(repository("docs/reliability.md"), page).unwrap();
    } else {
        assert!(now == table, "BLESS=1 cargo test --test it bounds renews docs/reliability.md");
    }
}

/// The number with a comma between each three digits.
fn group_digits(number: usize) -> String {
    let digits = number.to_string();
    let grouped: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|piece| std::str::from_utf8(piece).unwrap()).collect();
    grouped.join(",")
}
