//! What a sandbox begins with and goes back to: what was given, what a scenario says, what is usual.

use serde_json::{Value, json};
use ticketbooth::emulator::{Aspect, Emulator, SandboxOptions, Scene, Settings};
use ticketbooth::rules::{self, Scenario};
use ticketbooth::world::{DEMO, World};

use crate::admin::ask;
use crate::harness::ticketbooth;
use crate::kit::{NOON, assumptions, read};

const NEW_YEAR: &str = "2030-01-01T00:00:00Z";

/// A scenario with everything that one can bring.
fn new_year() -> Value {
    json!({
        "ticketbooth": 1, "name": "new-year", "seed": 9, "clock": { "start": NEW_YEAR, "frozen": true },
        "rules": [{ "id": "busy", "on": "alibaba.CreateTicket", "then": { "error": "Throttling.User" } }],
    })
}

fn scene() -> Scene {
    let world = World::load("world", &DEMO.replacen("name: demo", "name: fair", 1), &assumptions()).unwrap();
    Scene { scenario: Scenario::load("scenario", &new_year().to_string()).unwrap(), world: Some(world) }
}

/// Seed, clock, world, rules and scenario of the sandbox.
fn state(emulator: &Emulator, id: &str) -> (u64, String, String, usize, Option<String>) {
    let epoch = emulator.find_sandbox(id).unwrap().epoch();
    let (_, clock) = ask(emulator, "GET", &format!("/clock?sandbox={id}"), &Value::Null);
    (
        epoch.state.seed,
        format!("{} {}", clock["now"].as_str().unwrap(), clock["mode"].as_str().unwrap()),
        epoch.world.name.clone(),
        epoch.rules.all_stats().len(),
        epoch.scenario.as_ref().map(|scenario| scenario.name.clone()),
    )
}

fn at_noon() -> Emulator {
    Emulator::new(Settings { clock: Some(NOON.parse().unwrap()), ..Settings::default() })
}

#[test]
fn what_ends_a_scenario_takes_back_all_that_it_brought() {
    let emulator = at_noon();
    let before = state(&emulator, "default");
    assert_eq!(before, (1, "2026-01-05T00:00:00Z frozen".to_owned(), "demo".to_owned(), 0, None));
    let played = (9, format!("{NEW_YEAR} frozen"), "demo".to_owned(), 1, Some("new-year".to_owned()));
    for end in [
        |emulator: &Emulator| ask(emulator, "DELETE", "/scenario", &Value::Null),
        |emulator: &Emulator| ask(emulator, "POST", "/reset", &Value::Null),
    ] {
        assert_eq!(ask(&emulator, "PUT", "/scenario", &new_year()).0, 200);
        assert_eq!(state(&emulator, "default"), played);
        let (_, made) = ask(&emulator, "POST", "/sandboxes", &Value::Null);
        let made = made["id"].as_str().unwrap();
        assert_eq!(state(&emulator, made), before, "a new sandbox is none of the scenario's business");
        end(&emulator);
        assert_eq!(state(&emulator, "default"), before);
        ask(&emulator, "POST", "/reset", &Value::Null);
        assert_eq!(state(&emulator, "default"), before);
        assert_eq!(state(&emulator, made), before);
        let (_, later) = ask(&emulator, "POST", "/sandboxes", &Value::Null);
        assert_eq!(state(&emulator, later["id"].as_str().unwrap()), before);
    }
}

#[test]
fn what_happened_under_a_scenario_stays_when_it_ends() {
    let emulator = at_noon();
    ask(&emulator, "PUT", "/scenario", &json!({ "ticketbooth": 1, "name": "quiet", "seed": 9 }));
    let issue = || crate::kit::alibaba(&emulator, "2022-01-01", "CreateTicket", &[]).1["RequestId"].to_string();
    let first = issue();
    ask(&emulator, "DELETE", "/scenario", &Value::Null);
    assert_eq!(ask(&emulator, "GET", "/journal", &Value::Null).1["total"], 1);
    assert_ne!(issue(), first);
}

#[test]
fn a_scenario_of_the_start_is_begun_again_by_a_reset_of_everything() {
    let emulator = Emulator::new(Settings { scenario: Some(scene()), ..Settings::default() });
    let start = state(&emulator, "default");
    assert_eq!(start, (9, format!("{NEW_YEAR} frozen"), "fair".to_owned(), 1, Some("new-year".to_owned())));
    ask(&emulator, "DELETE", "/scenario", &Value::Null);
    let (seed, clock, world, rules, scenario) = state(&emulator, "default");
    assert_eq!((seed, world.as_str(), rules, scenario), (1, "demo", 0, None));
    assert!(clock.ends_with(" running"), "{clock}");
    ask(&emulator, "POST", "/reset", &Value::Null);
    assert_eq!(state(&emulator, "default"), start);
    ask(&emulator, "PUT", "/scenario", &json!({ "ticketbooth": 1, "name": "other" }));
    let (seed, clock, ..) = state(&emulator, "default");
    assert!(seed == 1 && clock.ends_with(" running"), "the first scenario's seed and clock went with it");
    ask(&emulator, "POST", "/reset", &Value::Null);
    assert_eq!(state(&emulator, "default"), start);
}

#[test]
fn what_is_given_goes_before_the_scenario_wherever_one_is_given() {
    let given = (7, "2026-01-05T00:00:00Z frozen".to_owned(), "demo".to_owned(), 2, Some("new-year".to_owned()));
    let rule = "[{ id: mine, on: tencent.*, then: proceed }]";
    let settings = Settings {
        world: Some(World::demo()),
        seed: Some(7),
        clock: Some(NOON.parse().unwrap()),
        rules: rules::read_rules("rules", rule).unwrap(),
        scenario: Some(scene()),
        ..Settings::default()
    };
    let emulator = Emulator::new(settings);
    assert_eq!(state(&emulator, "default"), given);
    let wish = SandboxOptions {
        name: Some("mine".to_owned()),
        world: Some(World::demo()),
        seed: Some(7),
        clock: Some(NOON.parse().unwrap()),
        rules: rules::read_rules("rules", rule).unwrap(),
        scenario: Some(scene()),
        ..SandboxOptions::default()
    };
    at_noon().create_sandbox(wish.clone()).unwrap();
    emulator.create_sandbox(wish).unwrap();
    assert_eq!(state(&emulator, "mine"), given);
    let built = Emulator::builder().scenario(scene()).unwrap().seed(7).world(World::demo());
    let built = built.clock(NOON.parse().unwrap()).rules(rule).unwrap().start_blocking().unwrap();
    assert_eq!(state(built.emulator(), "default"), given);
    let text = new_year().to_string();
    let alone = Emulator::builder().scenario(text.as_str()).unwrap().start_blocking().unwrap();
    let (seed, clock, ..) = state(alone.emulator(), "default");
    assert_eq!((seed, clock), (9, format!("{NEW_YEAR} frozen")));
    let refused = Emulator::builder().scenario("{ ticketbooth: 1, name: x, world: w.yaml }").unwrap_err().to_string();
    assert!(refused.contains("no folder to look in"), "{refused}");
    let wish = json!({ "name": "sent", "seed": 7, "scenario": new_year() });
    assert_eq!(ask(&emulator, "POST", "/sandboxes", &wish).0, 201);
    let (seed, clock, ..) = state(&emulator, "sent");
    assert_eq!((seed, clock), (7, format!("{NEW_YEAR} frozen")));
}

#[test]
fn the_keys_of_a_sandbox_stay_whatever_is_played_in_it() {
    let emulator = at_noon();
    let minted =
        emulator.create_sandbox(SandboxOptions { scenario: Some(scene()), ..SandboxOptions::default() }).unwrap();
    let key = minted.keys.iter().find(|key| key.vendor == "alibaba").unwrap().id.clone();
    let id = minted.sandbox.id();
    let leads_here = || {
        let epoch = emulator.epoch_of_key(&key);
        assert_eq!(epoch.state.id, id);
        assert!(epoch.world.credential("alibaba", &key).is_some());
    };
    leads_here();
    minted.sandbox.end_scenario();
    assert_eq!(state(&emulator, &id).2, "demo");
    leads_here();
    minted.sandbox.play_scenario(Scenario::load("other", "{ ticketbooth: 1, name: x, seed: 4 }").unwrap());
    leads_here();
    minted.sandbox.reset_aspects(Aspect::ALL);
    leads_here();
    assert!(emulator.remove_sandbox(&id));
    assert_eq!(&*emulator.epoch_of_key(&key).state.id, "default");
}

#[test]
fn a_reset_names_in_its_help_and_its_answer_what_it_can_reset() {
    let names: Vec<&str> = Aspect::ALL.iter().map(|aspect| aspect.name()).collect();
    let (_, done) = ask(&at_noon(), "POST", "/reset", &Value::Null);
    assert_eq!(done["reset"], json!(names));
    let (_, done) = ask(&at_noon(), "POST", "/reset", &json!({ "what": ["rules", "clock"] }));
    assert_eq!(done["reset"], json!(["rules", "clock"]));
    let help = ticketbooth(&["reset", "--help"]).output().unwrap();
    let (help, book) = (String::from_utf8(help.stdout).unwrap(), read("docs/admin.md"));
    for name in names {
        assert!(help.contains(&format!("- {name} ")) && book.contains(&format!("`{name}`: ")), "{name}: {help}");
    }
}
