//! Rules that act on the ticket of their call, count calls apart, or are for sandboxes by their names.

use std::sync::Barrier;
use std::thread;

use serde_json::{Value, json};
use ticketbooth::call::RawRequest;
use ticketbooth::emulator::{Aspect, AuthMode, Bounds, Emulator, SandboxOptions, Scene, Settings};
use ticketbooth::pipeline;
use ticketbooth::rules::{self, Scenario};
use ticketbooth::verify::{Report, Verdict};
use ticketbooth::world::World;

use crate::admin::ask;
use crate::kit::{self, NOON, NOON_UNIX, alibaba_raw, code, json, open, ruled, verdict};

const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";

fn create(emulator: &Emulator) -> String {
    let params = [("WorksId", WORK), ("TicketNum", "9"), ("ExpireTime", "60")];
    let body = kit::alibaba(emulator, "2022-01-01", "CreateTicket", &params).1;
    body["Result"].as_str().unwrap_or_else(|| panic!("{body}")).to_owned()
}

fn delay(ticket: &str) -> RawRequest {
    alibaba_raw("2022-01-01", "DelayTicketExpireTime", &[("Ticket", ticket), ("ExpireTime", "30")])
}

fn visit(emulator: &Emulator, ticket: &str) -> String {
    let link = format!("/token3rd/dashboard/view/pc.htm?pageId={WORK}&accessTicket={ticket}");
    verdict(&open(emulator, &link)).to_owned()
}

#[test]
fn the_ticket_of_a_call_ends_before_the_call_is_decided_or_after() {
    for (ending, before, after) in [
        ("expire", "Authorize3rdTicket.Expired", "expired"),
        ("use_up", "none", "used-up"),
        ("revoke", "Authorize3rdTicket.NotExist", "revoked"),
    ] {
        let rule =
            |when: &str| format!("[{{ on: alibaba.DelayTicketExpireTime, then: {{ ticket: {ending}{when} }} }}]");
        let emulator = ruled(AuthMode::Off, &rule(""));
        let ticket = create(&emulator);
        assert_eq!(code(&json(&pipeline::serve(&emulator, delay(&ticket)))), before, "{ending}");
        let emulator = ruled(AuthMode::Off, &rule(", when: after"));
        let ticket = create(&emulator);
        assert_eq!(code(&json(&pipeline::serve(&emulator, delay(&ticket)))), "none", "{ending}");
        assert_eq!(visit(&emulator, &ticket), after, "{ending}");
        let told = ask(&emulator, "GET", "/journal?limit=2", &Value::Null).1;
        let id = told["entries"][1]["request_id"].as_str().unwrap();
        let effects = ask(&emulator, "GET", &format!("/explain/{id}"), &Value::Null).1["tickets"].to_string();
        assert!(effects.contains("end 2026") && effects.contains("live → "), "{effects}");
    }
    // A visit has a ticket, too, and a call that issues one has it afterwards.
    let emulator = ruled(AuthMode::Off, "[{ on: alibaba.visit, calls: 2, then: { ticket: revoke } }]");
    let ticket = create(&emulator);
    assert_eq!([visit(&emulator, &ticket), visit(&emulator, &ticket)], ["admitted", "revoked"]);
    let emulator = ruled(AuthMode::Off, "[{ on: alibaba.CreateTicket, then: { ticket: use_up, when: after } }]");
    let ticket = create(&emulator);
    assert_eq!(visit(&emulator, &ticket), "used-up");
}

#[test]
fn the_clock_moves_to_the_end_of_the_ticket() {
    let at_end =
        |plus: &str| format!("[{{ on: alibaba.CreateTicket, then: {{ advance_clock: {{ to: expiry{plus} }} }} }}]");
    for (plus, seconds, verdict) in
        [("", 3_600, "expired"), (", plus: -1s", 3_599, "admitted"), (", plus: 1 day", 90_000, "expired")]
    {
        let emulator = ruled(AuthMode::Off, &at_end(plus));
        let ticket = create(&emulator);
        let now = emulator.default_sandbox().epoch().state.clock.now();
        assert_eq!(now.unix_seconds(), NOON_UNIX + seconds, "{plus}");
        assert_eq!(visit(&emulator, &ticket), verdict, "{plus}");
    }
    // Before the call is decided, it meets the ticket at its end.
    let rule = "[{ on: alibaba.DelayTicketExpireTime, then: { advance_clock: { to: expiry }, when: before } }]";
    let emulator = ruled(AuthMode::Off, rule);
    let ticket = create(&emulator);
    assert_eq!(code(&json(&pipeline::serve(&emulator, delay(&ticket)))), "Authorize3rdTicket.Expired");
    // Without a ticket the clock stands.
    let emulator = ruled(AuthMode::Off, rule);
    pipeline::serve(&emulator, delay("nothing"));
    assert_eq!(emulator.default_sandbox().epoch().state.clock.now().unix_seconds(), NOON_UNIX);
}

/// From outside, through events, this came too late in a quarter of the calls.
#[test]
fn no_call_meets_its_ticket_alive_however_many_call_at_once() {
    let emulator = ruled(AuthMode::Off, "[{ on: alibaba.DelayTicketExpireTime, then: { ticket: expire } }]");
    let tickets: Vec<String> = (0..200).map(|_| create(&emulator)).collect();
    let barrier = Barrier::new(8);
    thread::scope(|scope| {
        for part in tickets.chunks(25) {
            let (emulator, barrier) = (&emulator, &barrier);
            scope.spawn(move || {
                barrier.wait();
                for ticket in part {
                    let body = json(&pipeline::serve(emulator, delay(ticket)));
                    assert_eq!(code(&body), "Authorize3rdTicket.Expired");
                }
            });
        }
    });
}

#[test]
fn a_rule_for_a_ticket_that_no_call_names_is_refused() {
    for (text, message) in [
        ("{ on: alibaba.CreateTicket, then: { ticket: expire } }", "names no ticket before it is decided"),
        ("{ on: alibaba.CreateTicket, then: { advance_clock: { to: expiry }, when: before } }", "names no ticket"),
        ("{ on: alibaba.visit, then: { delay: 1s, when: after } }", "`when` needs `ticket` or `advance_clock`"),
        ("{ on: alibaba.visit, then: { ticket: expires } }", "unknown word \"expires\""),
        ("{ on: alibaba.visit, then: { advance_clock: { to: expiry, plus: soon } } }", "invalid duration \"soon\""),
        (
            "{ on: alibaba.CreateTicket, calls: { nth: 2, each: [WorkId] }, then: proceed }",
            "unknown parameter \"WorkId\"",
        ),
        ("{ on: alibaba.CreateTicket, calls: { nth: 0 }, then: proceed }", "`nth` is at least 1"),
    ] {
        let problems = rules::read_rule("rule", text).expect_err(text).to_string();
        assert!(problems.contains(message), "{text}: {problems}");
    }
}

#[test]
fn calls_are_counted_apart_for_each_value_of_the_named_parameters() {
    let rules =
        "[{ on: alibaba.CreateTicket, calls: { nth: 2, each: [WorksId, UserId] }, then: { error: Instance.Expired } }]";
    let emulator = ruled(AuthMode::Off, rules);
    let call = |work: &str, user: Option<&str>| {
        let params: Vec<(&str, &str)> =
            [("WorksId", work)].into_iter().chain(user.map(|user| ("UserId", user))).collect();
        code(&kit::alibaba(&emulator, "2022-01-01", "CreateTicket", &params).1) == "Instance.Expired"
    };
    let users = [None, Some("a"), Some("b")];
    let mut hits = Vec::new();
    for _ in 0..3 {
        hits.push(users.map(|user| [call("x", user), call("y", user)]));
    }
    assert_eq!(hits, [[[false; 2]; 3], [[true; 2]; 3], [[false; 2]; 3]]);
    ask(&emulator, "POST", "/reset", &json!({ "what": ["rules"] }));
    assert!(!call("x", None) && call("x", None), "a reset begins the counts anew");
    let rules =
        "[{ on: alibaba.CreateTicket, calls: { first: 1, each: [WorksId] }, sequence: [{ error: Instance.Expired }] }]";
    let emulator = ruled(AuthMode::Off, rules);
    let works: Vec<String> = (0..8).map(|n| format!("w{n}")).collect();
    let barrier = Barrier::new(works.len());
    let hits: usize = thread::scope(|scope| {
        let calls = works.iter().map(|work| {
            let (emulator, barrier) = (&emulator, &barrier);
            scope.spawn(move || {
                barrier.wait();
                let one = || kit::alibaba(emulator, "2022-01-01", "CreateTicket", &[("WorksId", work)]).1;
                (0..20).filter(|_| code(&one()) == "Instance.Expired").count()
            })
        });
        calls.collect::<Vec<_>>().into_iter().map(|call| call.join().unwrap()).sum()
    });
    assert_eq!(hits, works.len());
}

/// Suites that make a sandbox for each test are in reach of the scenario that the emulator begins with.
#[test]
fn a_rule_that_names_sandboxes_is_for_those_that_are_made_later() {
    let text = "{ ticketbooth: 1, name: s, rules: [\
        { id: tests, sandbox: 'test-*', on: alibaba.CreateTicket, calls: 1, then: { error: Instance.Expired } },\
        { id: own, on: alibaba.visit, then: proceed, optional: true }] }";
    let scenario = Scenario::load("s.yaml", text).unwrap();
    let emulator = Emulator::new(Settings {
        auth: AuthMode::Off,
        clock: Some(NOON.parse().unwrap()),
        scenario: Some(Scene::from(scenario.clone())),
        ..Settings::new(World::demo())
    });
    let ids = |emulator: &Emulator, id: &str| -> Vec<String> {
        let rules = emulator.find_sandbox(id).unwrap().epoch().rules.all_stats();
        rules.iter().map(|standing| standing.rule.id().to_string()).collect()
    };
    let report = |emulator: &Emulator| {
        let epoch = emulator.default_sandbox().epoch();
        Report::from_journal(&scenario, emulator.rule_stats(&epoch), &epoch.journal.extract()).verdict
    };
    let make = |name: &str| {
        emulator.create_sandbox(SandboxOptions { name: Some(name.to_owned()), ..SandboxOptions::default() }).unwrap()
    };
    assert_eq!(ids(&emulator, "default"), ["own"]);
    assert_eq!(report(&emulator), Verdict::Vacuous);
    for name in ["test-1", "test-2"] {
        let minted = make(name);
        assert_eq!(ids(&emulator, name), ["tests"]);
        let key = minted.keys.iter().find(|key| key.stands_for == "LTAIlocaltest000000000000").unwrap();
        let params = [("WorksId", WORK), ("AccessKeyId", &*key.id)];
        let mut codes = (0..2).map(|_| kit::alibaba(&emulator, "2022-01-01", "CreateTicket", &params).1);
        assert_eq!(code(&codes.next().unwrap()), "Instance.Expired", "{name}");
        assert_ne!(code(&codes.next().unwrap()), "Instance.Expired", "{name}");
        assert!(emulator.remove_sandbox(name));
    }
    make("other");
    assert_eq!(ids(&emulator, "other"), Vec::<String>::new());
    assert_eq!(report(&emulator), Verdict::Pass);
    let rule = json!({ "sandbox": "test-*", "on": "alibaba.visit", "then": "proceed" });
    let (status, told) = ask(&emulator, "POST", "/rules", &rule);
    assert!(status == 422 && told["error"]["kind"] == "other_sandbox", "{told}");
    // A scenario that is begun later is for sandboxes that are made after it.
    assert_eq!(
        ask(&emulator, "PUT", "/scenario?sandbox=default", &serde_json::from_str(&json_of(text)).unwrap()).0,
        200
    );
    make("test-3");
    assert_eq!(ids(&emulator, "test-3"), ["tests"]);
}

fn json_of(yaml: &str) -> String {
    let scenario: Scenario = Scenario::load("s.yaml", yaml).unwrap();
    let rules = serde_json::to_value(&scenario.rules).unwrap();
    json!({ "ticketbooth": 1, "name": scenario.name, "rules": rules }).to_string()
}

/// A scenario with one rule for sandboxes whose names begin with `test-`, and its emulator.
fn for_tests(rule: &str, journal: Bounds) -> (Scenario, Emulator) {
    let text =
        format!("{{ ticketbooth: 1, name: s, rules: [{{ sandbox: 'test-*', on: alibaba.CreateTicket, {rule} }}] }}");
    let scenario = Scenario::load("s.yaml", &text).unwrap();
    let settings = Settings {
        auth: AuthMode::Off,
        clock: Some(NOON.parse().unwrap()),
        scenario: Some(Scene::from(scenario.clone())),
        journal,
        ..Settings::new(World::demo())
    };
    (scenario, Emulator::new(settings))
}

/// Makes a sandbox, calls in it, and takes it away where that is wanted.
fn create_in(emulator: &Emulator, name: &str, params: &[(&str, &str)], scene: Option<Scene>) {
    let wish = SandboxOptions { name: Some(name.to_owned()), scenario: scene, ..SandboxOptions::default() };
    let minted = emulator.create_sandbox(wish).unwrap();
    let key = minted.keys.iter().find(|key| key.stands_for == "LTAIlocaltest000000000000").unwrap();
    let params: Vec<_> = params.iter().copied().chain([("WorksId", WORK), ("AccessKeyId", &*key.id)]).collect();
    kit::alibaba(emulator, "2022-01-01", "CreateTicket", &params);
}

fn judged(scenario: &Scenario, emulator: &Emulator) -> Verdict {
    let epoch = emulator.default_sandbox().epoch();
    Report::from_journal(scenario, emulator.rule_stats(&epoch), &epoch.journal.extract()).verdict
}

#[test]
fn a_rule_for_other_sandboxes_is_put_into_none_that_it_is_not_for() {
    let emulator = kit::demo(AuthMode::Off);
    let rules = json!([{ "sandbox": "test-*", "on": "alibaba.visit", "then": "proceed" }]);
    let (status, told) = ask(&emulator, "PUT", "/rules", &rules);
    assert!(status == 422 && told["error"]["kind"] == "other_sandbox", "{told}");
}

#[test]
fn what_is_counted_over_sandboxes_is_this_rule_and_no_other_of_its_id() {
    let (scenario, emulator) = for_tests("then: { error: Instance.Expired }", Bounds::default());
    let own = "{ ticketbooth: 1, name: o, rules: [{ on: alibaba.CreateTicket, then: proceed }] }";
    let own = || Some(Scene::from(Scenario::load("o.yaml", own).unwrap()));
    // Both rules are the first of their files.
    create_in(&emulator, "other", &[], own());
    assert_eq!(judged(&scenario, &emulator), Verdict::Vacuous);
    create_in(&emulator, "test-1", &[], None);
    assert_eq!(judged(&scenario, &emulator), Verdict::Pass);
    // In one sandbox, no two have one id.
    create_in(&emulator, "test-2", &[], own());
    let rules = emulator.find_sandbox("test-2").unwrap().epoch().rules.all_stats();
    let ids: Vec<&str> = rules.iter().map(|standing| &**standing.rule.id()).collect();
    assert_eq!(ids, ["rule-1", "rule-2"]);
    // A reset of the sandbox that has the scenario begins its counts anew.
    emulator.default_sandbox().reset_aspects(Aspect::ALL);
    assert_eq!(judged(&scenario, &emulator), Verdict::Vacuous);
}

#[test]
fn counts_over_sandboxes_outlive_their_journals() {
    let (scenario, emulator) = for_tests(
        "where: { UserId: first }, then: { error: Instance.Expired }",
        Bounds { entries: 3, ..Bounds::default() },
    );
    for number in 0..10 {
        let name = format!("test-{number}");
        create_in(&emulator, &name, &[("UserId", if number == 0 { "first" } else { "later" })], None);
        assert_eq!(ask(&emulator, "DELETE", &format!("/journal?sandbox={name}"), &serde_json::Value::Null).0 / 100, 2);
        assert!(emulator.remove_sandbox(&name));
    }
    assert_eq!(judged(&scenario, &emulator), Verdict::Pass);
}
