//! `docs/rules.md` is true: its examples run, and no key of a file is missing in it. So do the calls of `docs/worlds.md`.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use ticketbooth::cloud::client::{ClientCall, signed_request, visit_request};
use ticketbooth::cloud::vendor_named;
use ticketbooth::emulator::{AuthClock, Emulator, Settings};
use ticketbooth::rules::{self, Scenario};
use ticketbooth::verify::Question;
use ticketbooth::world::World;

use crate::admin::ask;
use crate::catalogue::{Client, answer};
use crate::kit::{NOON, fenced_blocks, read};

const PAGE: &str = "docs/rules.md";

/// An emulator with the rules of a block.
fn with_rules(text: &str) -> Emulator {
    let rules = rules::read_rules(PAGE, text).unwrap_or_else(|problems| panic!("{problems}"));
    Emulator::new(Settings {
        auth_clock: AuthClock::Off,
        clock: Some(NOON.parse().unwrap()),
        rules,
        ..Settings::new(World::demo())
    })
}

/// Makes the call of a line, and gives the outcome and code of what it came to.
fn called(emulator: &Emulator, client_of: &mut dyn FnMut(&str) -> Client, line: &str) -> String {
    let mut words = line.strip_prefix("$ ticketbooth call ").expect("a line is a call").split(' ');
    let (vendor, action) = words.next().unwrap().split_once('.').unwrap();
    let mut client = client_of(vendor);
    let raw = if action == "visit" {
        visit_request("127.0.0.1", &client.stocked(emulator, words.next().unwrap()))
    } else {
        let mut wish: ClientCall = client.wish(action);
        while let Some(word) = words.next() {
            if word == "--key" {
                wish.key = words.next().unwrap().to_owned();
                continue;
            }
            let (name, value) = word.split_once('=').unwrap();
            let value = client.stocked(emulator, value);
            wish.params.push((name.to_owned(), value));
        }
        signed_request(client.vendor, &wish)
    };
    answer(emulator, &raw);
    let epoch = emulator.default_sandbox().epoch();
    let entry = epoch.journal.last_entry().unwrap();
    let outcome = &entry.told.outcome;
    outcome.code().map_or_else(|| outcome.name().to_owned(), |code| format!("{} {code}", outcome.name()))
}

#[test]
fn the_calls_of_the_page_on_worlds_run_as_they_show() {
    let emulator = with_rules("[]");
    let mut nonce = 0;
    let mut client_of = |name: &str| {
        nonce += 1_000;
        Client { vendor: vendor_named(name).unwrap(), nonce }
    };
    let blocks = fenced_blocks("docs/worlds.md");
    let (_, text) = blocks.iter().find(|(info, _)| info == "console").expect("the page has some");
    let lines: Vec<&str> = text.lines().collect();
    for pair in lines.chunks(2) {
        assert_eq!(called(&emulator, &mut client_of, pair[0]), pair[1], "{}", pair[0]);
    }
}

#[test]
fn the_examples_of_the_rules_page_run_as_they_show() {
    let (mut calls, mut refused, mut loaded, mut questions, mut nonce) = (0, 0, 0, 0, 0);
    let mut client_of = |name: &str| {
        nonce += 1_000;
        Client { vendor: vendor_named(name).unwrap(), nonce }
    };
    let mut emulator: Option<Emulator> = None;
    let mut complaint = String::new();
    for (info, text) in fenced_blocks(PAGE) {
        match info.as_str() {
            "yaml" => {
                emulator = Some(with_rules(&text));
                loaded += 1;
            }
            "yaml scenario" => {
                Scenario::load(PAGE, &text).unwrap_or_else(|problems| panic!("{problems}"));
                loaded += 1;
            }
            "yaml refused" => {
                complaint = rules::read_rules(PAGE, &text).expect_err(&text).to_string();
                refused += 1;
            }
            "text" => assert!(complaint.contains(text.trim_end()), "{text} is not in {complaint}"),
            "console" => {
                let emulator = emulator.as_ref().expect("the rules stand before the calls");
                let lines: Vec<&str> = text.lines().collect();
                for pair in lines.chunks(2) {
                    assert_eq!(called(emulator, &mut client_of, pair[0]), pair[1], "{}", pair[0]);
                    calls += 1;
                }
            }
            "json" => {
                let question: Value = serde_json::from_str(&text).unwrap();
                let read = ticketbooth::document::read_document(PAGE, &text, |question: &Question, flaws| {
                    question.read(flaws)
                });
                read.unwrap_or_else(|problems| panic!("{problems}")).expect("it can be judged");
                // Who waits is not answered by this face of the API.
                if question["within"].is_null() {
                    let (status, told) = ask(&with_rules("[]"), "POST", "/verify", &question);
                    assert_eq!((status, told["verdict"].as_str()), (200, Some("fail")), "{told}");
                }
                questions += 1;
            }
            other => panic!("there is no kind of block {other:?}"),
        }
    }
    println!("{loaded} files, {calls} calls, {refused} refusals, {questions} questions");
    assert!(loaded >= 9 && calls >= 18 && refused >= 2 && questions >= 2, "{loaded} {calls} {refused} {questions}");
}

/// Every key and every fixed word of a schema.
fn words(schema: &Value, found: &mut BTreeSet<String>) {
    match schema {
        Value::Object(members) => {
            if let Some(Value::Object(properties)) = members.get("properties") {
                found.extend(properties.keys().cloned());
            }
            found.extend(members.get("const").and_then(Value::as_str).map(str::to_owned));
            let listed = members.get("enum").and_then(Value::as_array).into_iter().flatten();
            found.extend(listed.filter_map(Value::as_str).map(str::to_owned));
            members.values().for_each(|value| words(value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| words(item, found)),
        _ => {}
    }
}

#[test]
fn every_key_and_word_of_scenarios_and_questions_stands_on_the_page() {
    let page = read(PAGE);
    let mut found = BTreeSet::new();
    words(&Scenario::schema(), &mut found);
    words(&json!(schemars::schema_for!(Question)), &mut found);
    assert!(found.len() > 70, "{found:?}");
    let is_there = |word: &String| {
        [format!("`{word}`"), format!("{word}:"), format!("\"{word}\"")].iter().any(|shape| page.contains(shape))
    };
    let missing: Vec<&String> = found.iter().filter(|word| !is_there(word)).collect();
    assert!(missing.is_empty(), "missing: {missing:?}");
}
