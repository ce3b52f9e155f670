//! Why a call was answered as it was: every refusal that an example provokes, and successes.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use ticketbooth::cloud::client::visit_request;
use ticketbooth::cloud::examples::ExampleRequest;
use ticketbooth::cloud::{Check, Vendor, vendors};
use ticketbooth::domain::Reason;
use ticketbooth::emulator::{AuthMode, Emulator};
use ticketbooth::explain::{Row, first_difference, row_of};
use ticketbooth::pipeline;
use ticketbooth::reply::Reply;
use ticketbooth::trail::Step;

use crate::admin::ask;
use crate::catalogue::{Client, Shape, answer, emulator};
use crate::kit::{self, NOON_UNIX, demo};
use crate::signer::{ALIBABA_SECRET, Acs3, TENCENT_SECRET, Tc3};

const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";

fn explained(emulator: &Emulator, reply: &Reply) -> Value {
    let path = reply.header("x-ticketbooth-explain").expect("a refusal says where it is explained");
    let (status, body) = ask(emulator, "GET", path.strip_prefix("/_ticketbooth").unwrap(), &Value::Null);
    assert_eq!(status, 200, "{body}");
    body
}

fn last(emulator: &Emulator) -> Value {
    ask(emulator, "GET", "/explain/last", &Value::Null).1
}

/// The step at which it was refused, once everything about it is sound.
fn refused_at(explanation: &Value) -> String {
    let steps = explanation["steps"].as_array().unwrap();
    let (refused, before) = steps.split_last().unwrap();
    assert_eq!(refused["outcome"], "refused", "{explanation:#}");
    assert!(before.iter().all(|step| step["outcome"] != "refused"), "{explanation:#}");
    assert!(refused["detail"].as_str().is_some_and(|text| !text.is_empty()), "{explanation:#}");
    assert!(explanation["advice"].as_str().is_some_and(|text| text.ends_with('.')), "{explanation:#}");
    for part in ["detail", "expected", "got"] {
        let text = refused[part].as_str().unwrap_or("");
        // What a client sent may have braces, too: a hole is a name in them.
        let mut holes = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
        let is_hole =
            |name: &str| !name.is_empty() && name.chars().all(|sign| sign.is_ascii_lowercase() || sign == '_');
        let is_filled = refused["canonical_request"].is_string() || !holes.any(|(name, _)| is_hole(name));
        assert!(is_filled, "{part} has a hole: {explanation:#}");
    }
    refused["step"].as_str().unwrap().to_owned()
}

/// Where the examples of a vendor are refused.
fn steps_of_examples(vendor: &'static Vendor) -> BTreeSet<String> {
    let mut client = Client { vendor, nonce: 0 };
    let mut steps = BTreeSet::new();
    for example in vendor.catalog.examples.rows {
        let emulator = emulator(example.how);
        let reply = match example.what {
            ExampleRequest::Link(link) => {
                let link = client.stocked(&emulator, link);
                answer(&emulator, &visit_request("127.0.0.1", &link))
            }
            ExampleRequest::Call(ask) => {
                let wish = client.wish(ask.action);
                let version = if ask.version.is_empty() { &wish.version } else { ask.version };
                client.call_to(&emulator, &ask, version, Shape::Plain)
            }
        };
        if reply.header("x-ticketbooth-request").is_none() {
            continue;
        }
        let explanation = explained(&emulator, &reply);
        steps.insert(refused_at(&explanation));
        let text = explanation.to_string();
        for secret in [TENCENT_SECRET, ALIBABA_SECRET] {
            assert!(!text.contains(secret), "{text}");
        }
    }
    steps
}

#[test]
fn every_refusal_that_an_example_provokes_is_explained_at_its_step() {
    for vendor in vendors() {
        // Too large a request is no example that anybody would paste.
        let steps = steps_of_examples(vendor);
        let checks = vendor.gateway.checks.iter().filter(|check| check.step() != Step::RequestSize);
        for step in checks.map(Check::step).chain([Step::Parameters, Step::World, Step::Ticket]) {
            let check = step.name();
            assert!(steps.contains(check), "no example of {} is refused at {check}: {steps:?}", vendor.name);
        }
    }
}

#[test]
fn every_reason_has_advice() {
    for reason in Reason::ALL {
        assert!(!row_of(*reason).advice.is_empty(), "{}", reason.name());
    }
}

#[test]
fn a_wrong_signature_is_explained_with_what_the_server_signed() {
    let emulator = demo(AuthMode::Strict);
    let wrong = Tc3 { secret: "another-secret", ..Tc3::at(NOON_UNIX) };
    let reply = pipeline::serve(&emulator, wrong.post("CreateEmbedToken", "{\"ProjectId\":117}"));
    let explanation = explained(&emulator, &reply);
    assert_eq!(refused_at(&explanation), "signature");
    let step = explanation["steps"].as_array().unwrap().last().unwrap();
    assert!(step["canonical_request"].as_str().unwrap().starts_with("POST\n/\n"), "{step}");
    assert!(step["string_to_sign"].as_str().unwrap().starts_with("TC3-HMAC-SHA256\n"), "{step}");
    assert!(step["expected"].is_string() && step["expected"] != step["got"], "{step}");
    let window = explanation["steps"].as_array().unwrap().iter().find(|step| step["step"] == "timestamp window");
    assert_eq!(window.unwrap()["outcome"], "passed");
    assert!(window.unwrap()["detail"].as_str().unwrap().contains("0 s ahead"), "{window:?}");
}

#[test]
fn a_stale_signature_is_explained_with_both_times() {
    let emulator = demo(AuthMode::Strict);
    let stale = Acs3::at(NOON_UNIX - 3600).post("CreateTicket", &[("WorksId", WORK)]);
    let explanation = explained(&emulator, &pipeline::serve(&emulator, &stale));
    assert_eq!(refused_at(&explanation), "timestamp window");
    let step = explanation["steps"].as_array().unwrap().last().unwrap();
    assert_eq!(step["expected"], "within 900 s of 2026-01-05T00:00:00Z");
    assert_eq!(step["got"], "2026-01-04T23:00:00Z, 3600 s behind");
}

#[test]
fn a_success_says_what_was_issued_and_what_nobody_looked_at() {
    let emulator = demo(AuthMode::Off);
    let (_, body) = kit::alibaba(&emulator, "2022-01-01", "CreateTicket", &[("WorksId", WORK)]);
    let explanation = last(&emulator);
    assert!(explanation["advice"].is_null() && explanation["code"].is_null(), "{explanation}");
    assert_eq!(explanation["tickets"][0]["id"], body["Result"]);
    let skipped = |step: &Value| step["step"] == "signature" && step["outcome"] == "skipped";
    assert!(explanation["steps"].as_array().unwrap().iter().any(skipped), "{explanation}");
    let link =
        format!("/token3rd/dashboard/view/pc.htm?pageId={WORK}&accessTicket={}", body["Result"].as_str().unwrap());
    kit::open(&emulator, &link);
    let visit = last(&emulator);
    assert_eq!(
        (visit["action"].as_str(), visit["tickets"][0]["after"]["status"].as_str()),
        (Some("visit"), Some("used-up"))
    );
}

#[test]
fn a_visit_to_another_target_is_explained_with_both() {
    let emulator = demo(AuthMode::Off);
    let asked = json!({ "ProjectId": 117, "PageId": 11520 });
    let token = kit::tencent(&emulator, "CreateEmbedToken", &asked)["Data"]["BIToken"].as_str().unwrap().to_owned();
    let link = format!("/page/embed?authType=strong&projectId=117&pageId=1&scope=page&token={token}");
    let explanation = explained(&emulator, &kit::open(&emulator, &link));
    assert_eq!(refused_at(&explanation), "ticket");
    let step = explanation["steps"].as_array().unwrap().last().unwrap();
    assert_eq!(step["expected"], "page 11520 of project 117");
    assert_eq!(step["got"], "project 117, page 1, as page");
}

#[test]
fn every_reason_says_what_is_the_matter_and_what_to_change() {
    for reason in Reason::ALL {
        let Row { detail, advice, .. } = row_of(*reason);
        assert!(!detail.is_empty() && !detail.ends_with('.'), "{}", reason.name());
        assert!(advice.ends_with('.') && advice.starts_with(char::is_uppercase), "{}", reason.name());
    }
}

#[test]
fn the_first_difference_is_told_by_line_and_column() {
    let at = |expected: &str, got: &str| {
        first_difference(expected, got).map(|part| (part.line, part.column, part.expected, part.got))
    };
    let found = |line, column, expected: &str, got: &str| Some((line, column, expected.to_owned(), got.to_owned()));
    assert_eq!(at("a\nb", "a\nb"), None);
    assert_eq!(at("", ""), None);
    assert_eq!(at("POST\n/\n", "post\n/\n"), found(1, 1, "POST", "post"));
    assert_eq!(at("host:a:80\nx", "host:a\nx"), found(1, 7, ":80", "\\n"));
    assert_eq!(at("湖水x", "湖山x"), found(1, 2, "水x", "山x"));
    assert_eq!(at("a\n\nb", "a\nb"), found(2, 1, "\\n", "b"));
    assert_eq!(at("a", "a\n"), found(1, 2, "", "\\n"));
    assert_eq!(at("a\r\n", "a\n"), found(1, 2, "\\n", "\\n"));
    assert_eq!(at("", &"y".repeat(100)), found(1, 1, "", &"y".repeat(24)));
}
