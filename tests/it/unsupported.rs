//! Actions that are not served, and answered from the examples of the vendors' documents all the same.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use ticketbooth::cloud::catalog::Does;
use ticketbooth::cloud::vendors;
use ticketbooth::emulator::{AuthMode, Emulator, Settings};
use ticketbooth::explain::{EntryView, explain, explanation_text};
use ticketbooth::pipeline;
use ticketbooth::world::{Unsupported, World};

use crate::kit::{
    NOON, alibaba, alibaba_raw, assumptions, code, emulator, json as json_of, read, tencent, tencent_raw,
};

fn with_examples() -> Emulator {
    let settings = Settings { unsupported: Some(Unsupported::Example), ..Settings::new(World::demo()) };
    Emulator::new(Settings { auth: AuthMode::Off, ..settings })
}

fn models(vendor: &str) -> Map<String, Value> {
    serde_json::from_str(&read(&format!("tests/models/{vendor}.json"))).unwrap()
}

/// Whether a value has the shape that the vendor's model has.
fn fits(value: &Value, shape: &Value) -> bool {
    match (shape, value) {
        (_, Value::Null) | (Value::Null, _) => value.is_null(),
        (Value::String(word), value) => match word.as_str() {
            "string" => value.is_string(),
            "integer" => value.is_i64(),
            "float" => value.is_number(),
            "boolean" => value.is_boolean(),
            "map" => value.is_object(),
            _ => false,
        },
        (Value::Array(shapes), Value::Array(items)) => items.iter().all(|item| fits(item, &shapes[0])),
        (Value::Object(shapes), Value::Object(members)) => {
            members.iter().all(|(name, value)| shapes.get(name).is_some_and(|shape| fits(value, shape)))
        }
        _ => false,
    }
}

#[test]
fn every_action_that_is_not_served_has_an_example_of_the_documented_shape() {
    for vendor in vendors().iter().filter(|vendor| ["tencent", "alibaba"].contains(&vendor.name)) {
        let models = models(vendor.name);
        for action in vendor.catalog.rows().filter(|action| matches!(action.does, Does::Nothing)) {
            let example = vendor.catalog.answer_examples.find(action.name);
            let example = example.unwrap_or_else(|| panic!("{} has no example", action.name));
            let value: Value = serde_json::from_str(example.as_json()).unwrap();
            assert!(fits(&value, &models[action.name]["result"]), "{}: {value}", action.name);
        }
    }
}

#[test]
fn an_example_is_an_answer_of_the_vendor_and_marked() {
    let emulator = with_examples();
    let page = json!({ "ProjectId": "117", "PageId": "11520" });
    let reply = pipeline::serve(&emulator, tencent_raw("ExportScreenPage", &page.to_string()));
    assert_eq!(reply.header("x-ticketbooth-made-up"), Some("example"));
    let response = &json_of(&reply)["Response"];
    assert_eq!(response["Data"]["PicType"], "PNG");
    let members: BTreeSet<&str> = response.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(members, BTreeSet::from(["Data", "Extra", "Msg", "RequestId"]));
    let params = [("StartDate", "20260101"), ("EndDate", "20260102"), ("LogType", "view")];
    let reply = pipeline::serve(&emulator, alibaba_raw("2022-01-01", "QueryAuditLog", &params));
    assert_eq!((reply.status, reply.header("x-ticketbooth-made-up")), (200, Some("example")));
    assert_eq!(json_of(&reply)["Result"][0]["OperatorType"], "CREATE");
}

#[test]
fn parameters_are_checked_before_and_what_is_served_is_not_made_up() {
    let emulator = with_examples();
    let (_, body) = alibaba(&emulator, "2022-01-01", "QueryAuditLog", &[("LogType", "view")]);
    assert_eq!(code(&body), "MissingEndDate");
    assert_eq!(code(&tencent(&emulator, "ExportScreenPage", &json!({ "PageId": "1" }))), "MissingParameter");
    assert_eq!(code(&tencent(&emulator, "DescribeNothing", &json!({}))), "InvalidAction");
    let reply = pipeline::serve(&emulator, tencent_raw("DescribeProjectList", "{}"));
    assert_eq!((reply.status, reply.header("x-ticketbooth-made-up")), (200, None));
}

#[test]
fn the_journal_and_the_explanation_say_that_it_is_made_up() {
    let emulator = with_examples();
    alibaba(&emulator, "2022-01-01", "QueryCubeOptimization", &[("WorkspaceId", "workspace-demo")]);
    let epoch = emulator.default_sandbox().epoch();
    let entry = epoch.journal.extract().entries.pop().unwrap();
    let redactor = emulator.redactor_of(&epoch);
    let view = serde_json::to_value(EntryView::from_entry(&entry, &redactor)).unwrap();
    assert_eq!((view["made_up"].as_str(), view["outcome"].as_str()), (Some("example"), Some("success")));
    let explained = serde_json::to_value(explain(&entry, &redactor)).unwrap();
    assert_eq!(explained["made_up"], "example");
    let text = explanation_text(&explained, ticketbooth::explain::Detail::Brief);
    assert!(text.contains("the example of the vendor's documents"), "{text}");
}

#[test]
fn a_world_file_may_say_it_and_a_flag_goes_before() {
    let text = "ticketbooth: 1\nname: open\nunsupported: example\nalibaba:\n  credentials:\n    - { access_key_id: \
                LTAIlocaltest000000000000, access_key_secret: s, organization: o }\n  organizations: [{ id: o }]\n";
    let world = || World::load("open.yaml", text, &assumptions()).unwrap();
    let params = [("WorkspaceId", "w")];
    let ask = |emulator: &Emulator| alibaba(emulator, "2022-01-01", "QueryCubeOptimization", &params);
    assert_eq!(ask(&emulator(world(), AuthMode::Off, NOON)).0, 200);
    let settings = Settings { unsupported: Some(Unsupported::Refuse), auth: AuthMode::Off, ..Settings::new(world()) };
    let (status, body) = ask(&Emulator::new(settings));
    assert_eq!((status, code(&body)), (400, "UnsupportedOperation"));
    let wrong = text.replace("unsupported: example", "unsupported: perhaps");
    let problems = World::load("open.yaml", &wrong, &assumptions()).unwrap_err().to_string();
    assert!(problems.contains("open.yaml:3:14"), "{problems}");
}
