//! The code in the newest entry of the journal is the code in the body of the answer, and every reader of the
//! journal says the same of it.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::Value;
use ticketbooth::call::RawRequest;
use ticketbooth::cloud::client::visit_request;
use ticketbooth::cloud::examples::{ExampleRequest, How};
use ticketbooth::cloud::{Vendor, vendors};
use ticketbooth::domain::{Assumption, Choice};
use ticketbooth::emulator::{AuthClock, AuthMode, Emulator, RateLimits};
use ticketbooth::journal::Outcome;
use ticketbooth::reply::Reply;

use super::answers::{Answers, renewed};
use super::{Answer, answers, emulator, questions};
use crate::admin::ask;
use crate::assumptions::consulted;
use crate::bad_input::nearly_right;
use crate::catalogue::{Client, Shape, answer};

/// The code that a client reads in an answer, in whichever form it came; `None`: it is no refusal.
fn on_the_wire(reply: &Reply) -> Option<String> {
    let body = std::str::from_utf8(&reply.body).unwrap();
    let between = |from: &str, to: &str| Some(body.split_once(from)?.1.split_once(to)?.0.to_owned());
    let kind = reply.header("content-type").unwrap_or("");
    if kind.starts_with("text/html") {
        return between("data-code=\"", "\"");
    }
    if kind.starts_with("text/xml") {
        return between("<Code>", "</Code>");
    }
    let body: Value = serde_json::from_str(body).unwrap();
    let members = [&body["Response"]["Error"]["Code"], &body["Code"], &body["code"]];
    let code = members.into_iter().find_map(Value::as_str);
    code.filter(|code| *code != "0").map(str::to_owned)
}

/// What is wrong with what is told of the answer, which the newest entry is of.
fn contradiction(emulator: &Emulator, reply: &Reply) -> Option<String> {
    // What never reached the API is no call.
    let request_id = reply.header("x-ticketbooth-request")?;
    let sandboxes = emulator.all_sandboxes();
    let epoch = sandboxes[0].epoch();
    let entry = epoch.journal.last_entry().unwrap();
    let wire = on_the_wire(reply);
    let said = entry.told.outcome.code().map(str::to_owned);
    if said != wire {
        return Some(format!("the answer says {wire:?} and the journal {said:?}: {:?}", reply.body));
    }
    let is_refused = matches!(entry.told.outcome, Outcome::Refused(_));
    if is_refused != wire.is_some() {
        return Some(format!("{wire:?} is {}", entry.told.outcome.name()));
    }
    // The page is HTML and has its status; an envelope has that of the row.
    if entry
        .told
        .outcome
        .said()
        .is_some_and(|said| said.kind.is_none() && !is_page(reply) && said.status != reply.status)
    {
        return Some(format!("HTTP {} is not what was said", reply.status));
    }
    let shown = ask(emulator, "GET", "/explain/last", &Value::Null).1;
    let listed = ask(emulator, "GET", "/journal?limit=1", &Value::Null).1;
    let views = [&shown, &listed["entries"][0]];
    let wrong = views
        .into_iter()
        .find(|view| view["code"].as_str().map(str::to_owned) != wire || view["request_id"] != request_id);
    if let Some(view) = wrong {
        return Some(format!("the answer says {wire:?} and one view {view:#}"));
    }
    let counted = epoch
        .journal
        .counters()
        .all_counts()
        .iter()
        .filter(|count| count.code == wire.as_deref())
        .map(|count| count.calls)
        .sum::<u64>();
    (counted == 0).then(|| format!("{wire:?} was not counted"))
}

/// The answer of an open page's data call keeps its own status.
fn is_page(reply: &Reply) -> bool {
    reply.header("x-ticketbooth-visit").is_some() || on_the_wire(reply).is_some_and(|code| code.contains("LoginToken"))
}

fn examples_of(
    vendor: &'static Vendor,
    given: Answer,
    consulted: &mut BTreeSet<Choice>,
    told: &mut Answers,
) -> (usize, Vec<String>) {
    let mut client = Client { vendor, nonce: 0 };
    let (mut calls, mut wrong) = (0, Vec::new());
    for example in vendor.catalog.examples.rows {
        let switch = match example.how {
            How::Switch(switch) => crate::catalogue::switch(switch),
            How::Request | How::World => None,
        };
        let limits = if matches!(example.how, How::Switch(text) if text.starts_with("--")) {
            RateLimits::Vendor
        } else {
            RateLimits::Off
        };
        let emulator = emulator(&[switch, given], AuthMode::Strict, AuthClock::World, limits);
        let versions: Vec<&str> = match &example.what {
            ExampleRequest::Call(ask) if ask.version.is_empty() => {
                let known = vendor.catalog.known_actions.iter().find(|known| known.name == ask.action);
                known.map_or_else(|| vec![vendor.catalog.actions[0].versions[0]], |known| known.versions.to_vec())
            }
            ExampleRequest::Call(ask) => vec![ask.version],
            ExampleRequest::Link(_) => vec![""],
        };
        for version in versions {
            let reply = match &example.what {
                ExampleRequest::Call(ask) => match client.try_call(&emulator, ask, version, Shape::Plain) {
                    Some(reply) => reply,
                    // Under this answer the ticket that the example acts on cannot be made.
                    None => continue,
                },
                ExampleRequest::Link(link) => match client.try_stocked(&emulator, link) {
                    Some(link) => answer(&emulator, &visit_request("127.0.0.1:4240", &link)),
                    None => continue,
                },
            };
            calls += 1;
            told.take(example.code, version, &reply, &ask(&emulator, "GET", "/explain/last", &Value::Null).1);
            let entries = emulator.default_sandbox().epoch().journal.extract().entries;
            consulted.extend(entries.iter().flat_map(|entry| entry.told.assumed_choices()));
            if let Some(problem) = contradiction(&emulator, &reply) {
                let given = given.map_or_else(String::new, |(row, choice)| format!(" under {}={choice}", row.name));
                wrong.push(format!("{} {version}{given}: {problem}", example.code));
            }
        }
    }
    (calls, wrong)
}

/// Answers that no trail of these calls names, with the reason.
const UNASKED: &[(Choice, &str)] = &[
    (("tencent.replay", "accept"), "a call that comes this far with a nonce is in the law of steps"),
    (("tencent.other_paths", "refuse"), "the request never reaches the API"),
    (("tencent.plain_http", "refuse"), "the request never reaches the API"),
    (("alibaba.page_paths", "known"), "there is no page then"),
    (("alibaba.xml_lists", "flat"), "no example is answered with a list"),
    (("alibaba.options_method", "cors"), "a browser's question before a call is no call"),
    (("alibaba.options_method", "plain"), "a browser's question before a call is no call"),
];

#[test]
fn the_journal_has_the_code_of_the_answer_for_every_example_version_and_assumption() {
    let (mut calls, mut wrong, mut consulted) = (0, Vec::new(), consulted());
    let mut golden = String::new();
    for vendor in vendors() {
        for given in answers(vendor) {
            let mut told = Answers::of(vendor, given);
            let (made, found) = examples_of(vendor, given, &mut consulted, &mut told);
            golden += &told.end();
            calls += made;
            wrong.extend(found);
        }
    }
    renewed("answers_to_examples.txt", &golden);
    println!("{calls} answers read back from the journal");
    assert!(wrong.is_empty(), "{} of {calls}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(calls > 8_000, "{calls}");
    let all = questions().into_iter().flat_map(|row| row.choices.iter().map(|choice| (row.name, *choice)));
    let silent: Vec<Choice> = all.filter(|choice| !consulted.contains(choice)).collect();
    let odd: Vec<&Choice> = silent.iter().filter(|choice| !UNASKED.iter().any(|(known, _)| known == *choice)).collect();
    assert!(odd.is_empty(), "no trail names these: {odd:?}");
}

/// Some of the open questions, answered at random.
fn some_answers() -> impl Strategy<Value = Vec<(&'static Assumption, &'static str)>> {
    let one = (prop::sample::select(questions()), any::<prop::sample::Index>());
    let one = one.prop_map(|(row, index)| (row, *index.get(row.choices)));
    prop::collection::vec(one, 0..12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn the_journal_has_the_code_of_any_answer((_, request) in nearly_right(), answers in some_answers(), xml in any::<bool>()) {
        let answers: Vec<Answer> = answers.into_iter().map(Some).collect();
        let emulator = emulator(&answers, AuthMode::Off, AuthClock::Off, RateLimits::Off);
        let request = RawRequest {
            target: if xml { request.target.replace("Format=JSON", "Format=XML").into() } else { request.target },
            ..request
        };
        let reply = answer(&emulator, &request);
        prop_assert_eq!(contradiction(&emulator, &reply), None);
    }
}

fn missing_works_id(emulator: &Emulator, params: &[(&str, &str)]) -> (String, Value) {
    let reply = answer(emulator, &crate::kit::alibaba_raw("2022-01-01", "CreateTicket", params));
    (on_the_wire(&reply).unwrap(), ask(emulator, "GET", "/journal?limit=1", &Value::Null).1["entries"][0].take())
}

#[test]
fn a_parameter_that_the_service_finds_missing_is_missing_by_its_code_everywhere() {
    for (question, params, code) in [
        ("alibaba.missing_param", vec![], "System.Param.Empty"),
        (
            "alibaba.wrong_type",
            vec![("WorksId", "a206f5f3-0000-4000-8000-e9b17c835b03"), ("TicketNum", "abc")],
            "Invalid.Parameter.Error",
        ),
    ] {
        let emulator = crate::kit::assuming(&[(question, "service")]);
        let (wire, entry) = missing_works_id(&emulator, &params);
        assert_eq!((wire.as_str(), entry["code"].as_str()), (code, Some(code)), "{question}");
        let wanted = serde_json::json!({ "on": "alibaba.CreateTicket", "code": code, "calls": { "exactly": 1 } });
        let (status, verdict) = ask(&emulator, "POST", "/verify", &wanted);
        assert_eq!((status, verdict["verdict"].as_str()), (200, Some("pass")), "{verdict:#}");
        let explained = ask(&emulator, "GET", "/explain/last", &Value::Null).1;
        assert_eq!(explained["code"], code);
        let assumed = &explained["assumptions"];
        assert!(
            assumed.as_array().unwrap().contains(&serde_json::json!({ "name": question, "choice": "service" })),
            "{assumed}"
        );
    }
}

#[test]
fn a_request_id_is_shown_as_the_vendor_spells_it_and_found_in_any_case() {
    let emulator = crate::kit::demo(AuthMode::Off);
    for (request, path) in [
        (crate::kit::alibaba_raw("2022-01-01", "CreateTicket", &[]), &["RequestId"][..]),
        (crate::kit::tencent_raw("CreateEmbedToken", "{}"), &["Response", "RequestId"][..]),
    ] {
        let reply = answer(&emulator, &request);
        let body = crate::kit::json(&reply);
        let id = path.iter().fold(&body, |value, name| &value[*name]).as_str().unwrap().to_owned();
        assert_eq!(reply.header("x-ticketbooth-request"), Some(&*id));
        assert_eq!(reply.header("x-ticketbooth-explain"), Some(&*format!("/_ticketbooth/explain/{id}")));
        for written in [id.clone(), id.to_lowercase(), id.to_uppercase()] {
            assert_eq!(ask(&emulator, "GET", &format!("/explain/{written}"), &Value::Null).1["request_id"], *id);
            assert_eq!(ask(&emulator, "GET", &format!("/journal/{written}"), &Value::Null).1["request_id"], *id);
        }
    }
}
