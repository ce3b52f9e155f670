//! What the admin API tells for the console: what a jump of the clock would do, programs, examples, and a ticket's story.

use serde_json::{Value, json};
use ticketbooth::cloud::all_snippets;
use ticketbooth::emulator::{AuthMode, Emulator};

use crate::admin::ask;
use crate::kit;

const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";

fn look(emulator: &Emulator, path: &str) -> Value {
    let (status, body) = ask(emulator, "GET", path, &Value::Null);
    assert_eq!(status, 200, "{path}: {body}");
    body
}

fn create_ticket(emulator: &Emulator, params: &[(&str, &str)]) -> String {
    let (_, body) = kit::alibaba(emulator, "2022-01-01", "CreateTicket", &[&[("WorksId", WORK)], params].concat());
    body["Result"].as_str().unwrap().to_owned()
}

#[test]
fn a_dry_run_tells_what_a_move_would_do_and_makes_none() {
    let emulator = kit::demo(AuthMode::Off);
    let ticket = create_ticket(&emulator, &[("ExpireTime", "10")]);
    let before = [look(&emulator, "/clock"), look(&emulator, "/journal?kind=all"), look(&emulator, "/tickets")];
    let feed_before = emulator.default_sandbox().epoch().feed.newest_id();
    let wishes = [json!({ "advance": "1h" }), json!({ "set": "2026-01-05T00:10:00Z" }), json!({ "freeze": true })];
    for wish in wishes {
        let mut asked = wish.clone();
        asked["dry_run"] = true.into();
        let (status, told) = ask(&emulator, "POST", "/clock", &asked);
        assert_eq!(status, 200, "{told}");
        assert_eq!(
            [look(&emulator, "/clock"), look(&emulator, "/journal?kind=all"), look(&emulator, "/tickets")],
            before
        );
        let became = told["transitions"].as_array().unwrap().iter().map(|one| one["ticket"].as_str().unwrap());
        let expected: &[&str] = if wish["freeze"] == true { &[] } else { &[&ticket] };
        assert_eq!(became.collect::<Vec<_>>(), expected, "{wish}");
    }
    assert_eq!(emulator.default_sandbox().epoch().feed.newest_id(), feed_before);
    let (status, refused) =
        ask(&emulator, "POST", "/clock", &json!({ "set": "2020-01-01T00:00:00Z", "dry_run": true }));
    assert_eq!((status, refused["error"]["kind"].as_str()), (409, Some("backwards")));
    // What was told is what happens.
    let (_, told) = ask(&emulator, "POST", "/clock", &json!({ "advance": "1h", "dry_run": true }));
    assert_eq!(ask(&emulator, "POST", "/clock", &json!({ "advance": "1h" })), (200, told));
}

#[test]
fn every_program_has_the_address_and_the_keys_of_the_sandbox() {
    let emulator = kit::demo(AuthMode::Strict);
    let (_, made) = ask(&emulator, "POST", "/sandboxes", &json!({ "name": "mine" }));
    for (sandbox, keys) in [("default", look(&emulator, "/sandboxes/default")), ("mine", made)] {
        let found = look(&emulator, &format!("/snippets?sandbox={sandbox}"));
        let snippets = found["snippets"].as_array().unwrap();
        assert_eq!(snippets.len(), all_snippets().count());
        for snippet in snippets {
            let (text, vendor) = (snippet["text"].as_str().unwrap(), snippet["vendor"].as_str().unwrap());
            let own: Vec<&str> =
                keys[vendor].as_object().unwrap().values().map(|half| half.as_str().unwrap()).collect();
            for half in own {
                assert!(text.contains(half), "{snippet} has no {half}");
            }
            assert_eq!(sandbox == "default", text.contains("localtestsecret"), "{snippet}");
        }
    }
    let asked = kit::raw("GET", "/_ticketbooth/snippets", &[("host", "localhost:5000")], b"");
    let text = String::from_utf8(crate::admin::answer(&emulator, &asked).body.to_vec()).unwrap();
    assert!(text.contains("localhost:5000") && !text.contains("127.0.0.1:4240"));
}

#[test]
fn examples_are_those_of_the_catalogue_and_lead_to_the_address_that_was_asked() {
    let emulator = kit::demo(AuthMode::Strict);
    let all = look(&emulator, "/examples");
    let examples = all["examples"].as_array().unwrap();
    assert_eq!(all["total"], examples.len());
    let codes = look(&emulator, "/codes");
    for row in codes["codes"].as_array().unwrap().iter().filter(|row| !row["example"].is_null()) {
        let fits = |example: &&Value| example["code"] == row["code"] && example["line"] == row["example"];
        assert!(examples.iter().any(|example| fits(&example)), "{row}");
    }
    assert!(examples.iter().any(|one| one["needs"] == "world") && examples.iter().any(|one| one["switch"].is_string()));
    let asked = kit::raw("GET", "/_ticketbooth/examples?vendor=tencent", &[("host", "localhost:5000")], b"");
    let elsewhere = kit::json(&crate::admin::answer(&emulator, &asked));
    for example in elsewhere["examples"].as_array().unwrap() {
        assert!(example["line"].as_str().unwrap().contains("http://localhost:5000"), "{example}");
        assert_eq!(example["vendor"], "tencent");
    }
}

/// Codes with a placeholder in their name are ordered by what fills it.
#[test]
fn every_code_can_be_ordered_for_each_target_that_it_names() {
    let emulator = kit::demo(AuthMode::Strict);
    let codes = look(&emulator, "/codes");
    let mut ordered = 0;
    for row in codes["codes"].as_array().unwrap() {
        for on in row["on"].as_array().unwrap() {
            let rule = json!({ "on": on, "calls": 1, "then": { "error": row["code"] } });
            let (status, answer) = ask(&emulator, "PUT", "/rules", &json!([rule]));
            assert_eq!(status, 200, "{rule}: {answer}");
            ordered += 1;
        }
    }
    assert!(ordered > 300, "{ordered}");
}

#[test]
fn a_timeline_has_what_issued_changed_and_named_a_ticket_in_its_order() {
    let emulator = kit::demo(AuthMode::Off);
    let ticket = create_ticket(&emulator, &[("TicketNum", "1")]);
    create_ticket(&emulator, &[]);
    let link = look(&emulator, &format!("/tickets/{ticket}"))["link"].as_str().unwrap().to_owned();
    for verdict in ["admitted", "used-up"] {
        assert_eq!(kit::verdict(&kit::open(&emulator, &link)), verdict);
    }
    kit::alibaba(&emulator, "2022-01-01", "DeleteTicket", &[("Ticket", &ticket)]);
    let told = look(&emulator, &format!("/tickets/{ticket}/timeline"));
    assert_eq!((told["ticket"]["status"].as_str(), told["total"].as_u64()), (Some("revoked"), Some(4)));
    let calls = told["calls"].as_array().unwrap();
    let line =
        |call: &Value| format!("{} {}", call["action"].as_str().unwrap(), call["effect"]["says"].as_str().unwrap());
    let lines: Vec<String> = calls.iter().map(line).collect();
    assert!(lines[0].starts_with("CreateTicket issued: uses 1"), "{lines:?}");
    assert_eq!(lines[1], "visit uses 1 → 0, live → used-up");
    assert_eq!(lines[2], "visit unchanged: used-up");
    assert_eq!(lines[3], "DeleteTicket used-up → revoked");
    assert_eq!(ask(&emulator, "GET", "/tickets/nonsense/timeline", &Value::Null).0, 404);
}

/// A link that no page takes helps nobody.
#[test]
fn the_link_of_every_kind_of_ticket_opens_it() {
    let emulator = kit::demo(AuthMode::Off);
    let component = ("CmptId", "0fc6a275c7f64f17b1aabbcca306ce0f31");
    create_ticket(&emulator, &[]);
    create_ticket(&emulator, &[component]);
    for work in ["workbook-demo", "screen-demo", "data-entry-demo"] {
        let (_, body) = kit::alibaba(&emulator, "2022-01-01", "CreateTicket", &[("WorksId", work)]);
        assert!(body["Result"].is_string(), "{body}");
    }
    kit::alibaba(&emulator, "2021-03-25", "CreateEmbedToken", &[("WorksId", WORK)]);
    for body in [
        json!({ "ProjectId": 117, "PageId": 11520, "Scope": "page" }),
        json!({ "ProjectId": 117, "Scope": "panel" }),
        json!({
            "ProjectId": 111, "Intention": "chatBIEmbed", "Scope": "project",
            "UserCorpId": "100022975249", "UserId": "100024664626"
        }),
    ] {
        kit::tencent(&emulator, "CreateEmbedToken", &body);
    }
    let list = look(&emulator, "/tickets");
    assert_eq!(list["total"], 9, "{list}");
    for ticket in list["tickets"].as_array().unwrap() {
        assert_eq!(kit::verdict(&kit::open(&emulator, ticket["link"].as_str().unwrap())), "admitted", "{ticket}");
    }
}
