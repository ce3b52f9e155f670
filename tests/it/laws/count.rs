//! A rule and an expectation with the same words count the same calls.

use proptest::prelude::*;
use serde_json::{Value, json};
use ticketbooth::call::RawRequest;
use ticketbooth::cloud::client::owned_pairs;
use ticketbooth::cloud::examples::ExampleRequest;
use ticketbooth::cloud::{Vendor, vendors};
use ticketbooth::emulator::{AuthMode, Emulator};
use ticketbooth::pipeline;

use crate::admin::ask;
use crate::catalogue::answer;
use crate::kit::{self, raw, ruled};

/// The words of a selector, as a rule and as an expectation have them.
fn rule(on: &str, wanted: &Value) -> Value {
    json!([{ "id": "r", "on": on, "where": wanted, "then": { "delay": "0s" }, "optional": true }])
}

/// How many calls the rule matched, and how many the expectation counts.
fn both(emulator: &Emulator, on: &str, wanted: &Value) -> (u64, u64) {
    let epoch = emulator.default_sandbox().epoch();
    let of_rule = epoch.rules.all_stats()[0].eligible;
    let question = json!({ "on": on, "where": wanted, "calls": { "exactly": of_rule } });
    let (status, verdict) = ask(emulator, "POST", "/verify", &question);
    assert_eq!(status, 200, "{verdict}");
    let message = verdict["message"].as_str().unwrap();
    let came = message.split("came ").nth(1).unwrap().split([';', ' ']).next().unwrap();
    let came = if came == "once" { 1 } else { came.parse().unwrap() };
    (of_rule, came)
}

/// Calls that come as far as the rules, in every form of the vendor.
fn requests(vendor: &str, action: &str, version: &str, params: &[(String, String)]) -> Vec<RawRequest> {
    let pairs: Vec<(&str, &str)> = params.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("Action", action).append_pair("Version", version).extend_pairs(&pairs);
    let form = form.finish();
    let of_form = ("content-type", "application/x-www-form-urlencoded");
    let host = ("host", "127.0.0.1:4240");
    if vendor == "alibaba" {
        let headers = [host, of_form, ("x-acs-action", action), ("x-acs-version", version)];
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&pairs).finish();
        return vec![kit::alibaba_raw(version, action, &pairs), raw("POST", "/", &headers, body.as_bytes())];
    }
    let mut members = serde_json::Map::new();
    for (name, value) in params {
        // A repeated name is a list in JSON.
        let value = serde_json::from_str(value).unwrap_or_else(|_| Value::from(value.as_str()));
        match members.get_mut(name) {
            None => _ = members.insert(name.clone(), value),
            Some(Value::Array(items)) => items.push(value),
            Some(first) => *first = json!([first.take(), value]),
        }
    }
    vec![
        kit::tencent_raw(action, &Value::Object(members).to_string()),
        raw("POST", "/", &[host, of_form], format!("{form}&SecretId=x").as_bytes()),
    ]
}

#[test]
fn a_rule_and_an_expectation_count_the_calls_of_every_example_alike() {
    let mut counted = 0;
    for vendor in vendors() {
        for example in vendor.catalog.examples.rows {
            let ExampleRequest::Call(ask) = example.what else { continue };
            if !vendor.catalog.actions.iter().any(|action| action.name == ask.action) {
                continue;
            }
            // What no action has as its own is the gateway's, which refuses before any rule is asked.
            let own = |name: &str| {
                vendor.catalog.actions.iter().any(|action| action.params.iter().any(|row| row.name == name))
            };
            let params: Vec<_> = owned_pairs(ask.params).into_iter().filter(|(name, _)| own(name)).collect();
            counted += of_example(vendor, ask.action, &params);
        }
    }
    println!("{counted} calls counted by rules and expectations");
    assert!(counted > 500, "{counted}");
}

fn of_example(vendor: &Vendor, action: &str, params: &[(String, String)]) -> u64 {
    let versions = vendor.catalog.actions.iter().find(|known| known.name == action).unwrap().versions;
    let known = |name: &str| {
        vendor
            .catalog
            .actions
            .iter()
            .any(|known| known.name == action && known.params.iter().any(|row| row.name == name))
    };
    // A selector that fits, one that fits in part, and none at all.
    let wanted = params
        .iter()
        .filter(|(name, _)| known(name))
        .map(|(name, value)| (name.clone(), Value::from(value.replace('*', "?"))));
    let whole: serde_json::Map<String, Value> = wanted.collect();
    let globs = whole.iter().map(|(name, value)| {
        (name.clone(), Value::from(format!("{}*", value.as_str().unwrap().chars().take(2).collect::<String>())))
    });
    let mut counted = 0;
    for wanted in [Value::Object(whole.clone()), Value::Object(globs.collect()), json!({})] {
        let on = format!("{}.{action}", vendor.name);
        let emulator = ruled(AuthMode::Off, &rule(&on, &wanted).to_string());
        for version in versions {
            for request in requests(vendor.name, action, version, params) {
                pipeline::serve(&emulator, &request);
            }
        }
        let (of_rule, of_expectation) = both(&emulator, &on, &wanted);
        assert_eq!(of_rule, of_expectation, "{on} where {wanted}");
        counted += of_rule;
    }
    counted
}

/// Values that a selector's patterns come across.
fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("a206".to_owned()),
        Just("b1".to_owned()),
        Just("*".to_owned()),
        Just("?".to_owned()),
        Just("\\".to_owned()),
        Just(String::new()),
        Just("117".to_owned()),
        Just("true".to_owned()),
        Just("[\"b1\",2]".to_owned()),
        Just("{\"b1\":2}".to_owned()),
        Just("null".to_owned()),
        Just("1.50".to_owned()),
        "[ab1*?\\\\ +&=%]{0,6}",
    ]
}

/// Patterns of values.
fn wanted() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!("b*")),
        Just(json!("*")),
        Just(json!("?1")),
        Just(json!(r"\*")),
        Just(json!(r"\?")),
        Just(json!(r"\\")),
        Just(json!("")),
        Just(json!(117)),
        Just(json!(true)),
        Just(json!(2)),
        Just(json!("[*")),
        Just(json!("*b1*")),
        Just(json!(1.5)),
        "[ab1*?\\\\]{0,5}".prop_map(Value::from),
    ]
}

const NAMES: &[&str] = &["WorksId", "UserId", "TicketNum"];
const BI_NAMES: &[&str] = &["ProjectId", "PageId", "UserId"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn a_rule_and_an_expectation_count_any_calls_alike(
        calls in prop::collection::vec(prop::collection::vec((0_usize..3, value()), 0..5), 1..6),
        filters in prop::collection::vec((0_usize..3, wanted()), 0..3),
        tencent in any::<bool>(),
        every in any::<bool>(),
    ) {
        let (vendor, action, version, names) =
            if tencent { ("tencent", "CreateEmbedToken", "2022-01-05", BI_NAMES) } else { ("alibaba", "CreateTicket", "2022-01-01", NAMES) };
        let wanted: serde_json::Map<String, Value> = filters.into_iter().map(|(name, wanted)| (names[name].to_owned(), wanted)).collect();
        let wanted = Value::Object(wanted);
        let on = format!("{vendor}.{}", if every { "*" } else { action });
        let emulator = ruled(AuthMode::Off, &rule(&on, &wanted).to_string());
        for params in calls {
            let params: Vec<(String, String)> = params.into_iter().map(|(name, value)| (names[name].to_owned(), value)).collect();
            for request in requests(vendor, action, version, &params) {
                pipeline::serve(&emulator, &request);
            }
        }
        let (of_rule, of_expectation) = both(&emulator, &on, &wanted);
        prop_assert_eq!(of_rule, of_expectation, "{} where {}", on, wanted);
    }
}

#[test]
fn a_repeated_name_fits_by_any_of_its_values_in_rules_and_expectations() {
    let wanted = json!({ "WorksId": "b*" });
    let emulator = ruled(AuthMode::Off, &rule("alibaba.CreateTicket", &wanted).to_string());
    let call = kit::alibaba_raw("2022-01-01", "CreateTicket", &[("WorksId", "a206"), ("WorksId", "b1")]);
    answer(&emulator, &call);
    assert_eq!(both(&emulator, "alibaba.CreateTicket", &wanted), (1, 1));
}

#[test]
fn a_parameter_that_nobody_has_is_refused_with_the_nearest_word_everywhere() {
    let emulator = kit::demo(AuthMode::Off);
    answer(&emulator, &kit::alibaba_raw("2022-01-01", "CreateTicket", &[("WorksId", "a206")]));
    let selector = json!({ "on": "alibaba.CreateTicket", "where": { "WorkId": "a206*" } });
    let with = |key: &str, value: Value| {
        let mut all = selector.clone();
        all[key] = value;
        all
    };
    let scenario = json!({ "ticketbooth": 1, "name": "s", "expect": [selector] });
    let order = json!({ "order": [selector] });
    for (method, path, body) in [
        ("POST", "/verify", with("calls", json!("never"))),
        ("POST", "/verify", order),
        ("POST", "/rules", with("then", json!({ "error": "Throttling.User" }))),
        ("PUT", "/scenario", scenario),
    ] {
        let (status, told) = ask(&emulator, method, path, &body);
        assert_eq!(status, 422, "{path}: {told}");
        let text = told.to_string();
        assert!(text.contains("WorkId") && text.contains("did you mean") && text.contains("WorksId"), "{path}: {text}");
    }
    // A verdict on a secret would not be the same where it is covered.
    for (on, name) in
        [("alibaba.CreateTicket", "SecurityToken"), ("tencent.*", "Token"), ("alibaba.visit", "signature")]
    {
        let question = json!({ "on": on, "where": { name: "x*" }, "calls": "never" });
        let (status, told) = ask(&emulator, "POST", "/verify", &question);
        assert!(status == 422 && told.to_string().contains("is secret"), "{told}");
    }
    // Other names are open: those of the gateway, and whatever a visitor's link may carry.
    for (on, name) in [("alibaba.CreateTicket", "RegionId"), ("tencent.*", "Region"), ("alibaba.visit", "utm_source")] {
        let (status, told) =
            ask(&emulator, "POST", "/verify", &json!({ "on": on, "where": { name: "*" }, "calls": "never" }));
        assert_eq!(status, 200, "{told}");
    }
}
