//! Choices of a sandbox where no public source settles what the vendor does: listed, given, changed, kept.

use serde_json::{Value, json};
use ticketbooth::emulator::{AuthMode, Emulator};

use crate::admin::ask;
use crate::kit;

const MISSING: &str = "alibaba.missing_param";

/// The code for a ticket without a work, which depends on [`MISSING`].
fn code(emulator: &Emulator, key: &str) -> String {
    let params = [("AccessKeyId", key)];
    kit::code(&kit::alibaba(emulator, "2022-01-01", "CreateTicket", &params).1).to_owned()
}

/// The choice that holds in the sandbox.
fn choice(emulator: &Emulator, sandbox: &str, name: &str) -> String {
    let (status, list) = ask(emulator, "GET", &format!("/assumptions?sandbox={sandbox}"), &Value::Null);
    assert_eq!((status, list["sandbox"].as_str()), (200, Some(sandbox)));
    let row = list["assumptions"].as_array().unwrap().iter().find(|row| row["name"] == name).unwrap();
    row["choice"].as_str().unwrap().to_owned()
}

fn change(emulator: &Emulator, sandbox: &str, assume: &Value) -> (u16, Value) {
    ask(emulator, "PATCH", &format!("/assumptions?sandbox={sandbox}"), &json!({ "assume": assume }))
}

/// A sandbox that was made as wished for, and its key.
fn made(emulator: &Emulator, wish: &Value) -> (String, String) {
    let (status, made) = ask(emulator, "POST", "/sandboxes", wish);
    assert_eq!(status, 201, "{made}");
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (text(&made["id"]), text(&made["alibaba"]["access_key_id"]))
}

#[test]
fn all_are_listed_with_what_they_change_and_whose_they_are() {
    let (_, list) = ask(&kit::demo(AuthMode::Off), "GET", "/assumptions", &Value::Null);
    let rows = list["assumptions"].as_array().unwrap();
    assert_eq!((rows.len(), list["total"].as_u64()), (kit::assumptions().len(), Some(rows.len() as u64)));
    for (row, known) in rows.iter().zip(kit::assumptions()) {
        assert_eq!((row["name"].as_str(), row["choice"].as_str()), (Some(known.name), Some(known.default)), "{row}");
        assert_eq!(row["choices"], json!(known.choices));
        for member in ["effect", "reason"] {
            assert!(row[member].as_str().is_some_and(|text| text.ends_with('.')), "{row}");
        }
        assert!(["cloud", "emulator"].contains(&row["speaks_of"].as_str().unwrap()), "{row}");
        assert!(row["settle"].as_str().unwrap().ends_with('.'), "{row}");
        assert!(["documented", "seen", "assumed"].contains(&row["evidence"].as_str().unwrap()), "{row}");
    }
}

#[test]
fn a_sandbox_is_made_with_its_own_and_changes_them_while_it_lives() {
    let emulator = kit::demo(AuthMode::Off);
    let (mine, key) = made(&emulator, &json!({ "name": "mine", "assume": { MISSING: "service" } }));
    assert_eq!(
        (choice(&emulator, &mine, MISSING), choice(&emulator, "default", MISSING)),
        ("service".into(), "gateway".into())
    );
    assert_eq!([code(&emulator, &key), code(&emulator, "")], ["System.Param.Empty", "MissingWorksId"]);
    let (status, list) = change(&emulator, &mine, &json!({ MISSING: "gateway" }));
    assert_eq!((status, list["sandbox"].as_str()), (200, Some("mine")));
    change(&emulator, "default", &json!({ MISSING: "service" }));
    assert_eq!([code(&emulator, &key), code(&emulator, "")], ["MissingWorksId", "System.Param.Empty"]);
    let (other, _) = made(&emulator, &Value::Null);
    assert_eq!(choice(&emulator, &other, MISSING), "gateway", "a new one is as the default one began");
}

#[test]
fn one_that_is_wrong_is_named_with_the_nearest_word_and_none_is_taken() {
    let emulator = kit::demo(AuthMode::Off);
    let wrong = json!({ MISSING: "service", "alibaba.misssing_param": "service", "tencent.replay": "refused" });
    let told = "unknown assumption \"alibaba.misssing_param\"; invalid choice \"refused\" for tencent.replay";
    let hint = "did you mean \"alibaba.missing_param\"?; did you mean \"refuse\"?";
    let (status, answer) = change(&emulator, "default", &wrong);
    let error = &answer["error"];
    assert_eq!((status, error["message"].as_str(), error["hint"].as_str()), (400, Some(told), Some(hint)));
    assert_eq!(choice(&emulator, "default", MISSING), "gateway");
    let (status, answer) = ask(&emulator, "POST", "/sandboxes", &json!({ "name": "mine", "assume": wrong }));
    assert_eq!((status, answer["error"]["message"].as_str()), (400, Some(told)));
    assert!(emulator.find_sandbox("mine").is_none());
    assert_eq!(ask(&emulator, "PATCH", "/assumptions", &json!({ MISSING: "service" })).0, 400, "`assume` is left out");
    assert_eq!(change(&emulator, "nobody", &json!({})).0, 404);
    let many: Value = (0..50_000).map(|number| (format!("tencent.replay{number}"), json!("accept"))).collect();
    let (status, answer) = change(&emulator, "default", &many);
    let told = answer["error"]["message"].as_str().unwrap();
    assert!(status == 400 && told.len() < 5000, "{} bytes", told.len());
}

#[test]
fn they_hold_until_the_world_is_reset() {
    let emulator = kit::demo(AuthMode::Off);
    let (mine, _) = made(&emulator, &json!({ "assume": { MISSING: "service" } }));
    for (path, what, stays) in [
        ("/reset", json!({ "what": ["tickets", "clock", "scenario", "journal", "nonces", "rates"] }), true),
        ("/reset", json!({ "what": ["world"] }), false),
        ("/reset", Value::Null, false),
    ] {
        change(&emulator, &mine, &json!({ MISSING: "gateway", "alibaba.time_zone": "utc" }));
        assert_eq!(ask(&emulator, "POST", &format!("{path}?sandbox={mine}"), &what).0, 200);
        let held = [choice(&emulator, &mine, MISSING), choice(&emulator, &mine, "alibaba.time_zone")];
        assert_eq!(held, if stays { ["gateway", "utc"] } else { ["service", "utc+8"] }, "{what}");
    }
}

#[test]
fn a_snapshot_keeps_them() {
    let emulator = kit::demo(AuthMode::Off);
    let (mine, _) = made(&emulator, &json!({ "assume": { MISSING: "service" } }));
    change(&emulator, &mine, &json!({ "alibaba.time_zone": "utc", MISSING: "gateway" }));
    let (_, document) = ask(&emulator, "GET", &format!("/snapshot?sandbox={mine}"), &Value::Null);
    let (other, _) = made(&emulator, &json!({ "assume": { MISSING: "service" } }));
    assert_eq!(ask(&emulator, "PUT", &format!("/snapshot?sandbox={other}"), &document).0, 200);
    let held = |name: &str| choice(&emulator, &other, name);
    assert_eq!([held("alibaba.time_zone"), held(MISSING)], ["utc", "gateway"]);
    ask(&emulator, "POST", &format!("/reset?sandbox={other}"), &Value::Null);
    assert_eq!([held("alibaba.time_zone"), held(MISSING)], ["utc+8", "service"], "a reset undoes the loading");
}

#[test]
fn changes_at_the_same_time_take_nothing_from_each_other() {
    let emulator = kit::demo(AuthMode::Off);
    let start = std::sync::Barrier::new(3);
    std::thread::scope(|scope| {
        for (name, choices) in [(MISSING, ["service", "gateway"]), ("alibaba.time_zone", ["utc", "utc+8"])] {
            scope.spawn({
                let (emulator, start) = (&emulator, &start);
                move || {
                    start.wait();
                    for wanted in choices.repeat(50) {
                        assert_eq!(change(emulator, "default", &json!({ name: wanted })).0, 200);
                        assert_eq!(choice(emulator, "default", name), wanted);
                    }
                }
            });
        }
        start.wait();
        for _ in 0..300 {
            let code = code(&emulator, "");
            assert!(["MissingWorksId", "System.Param.Empty"].contains(&code.as_str()), "{code}");
        }
    });
}
