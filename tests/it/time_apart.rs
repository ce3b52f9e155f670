//! A sandbox whose clock has parted from the one on the wall: how an application follows, and what the limits on calls
//! a second do.

use serde_json::{Value, json};
use ticketbooth::emulator::{AuthMode, Emulator, RateClock, RateLimits, Settings, wall_now};
use ticketbooth::pipeline;
use ticketbooth::reply::Reply;
use ticketbooth::web;
use ticketbooth::world::World;

use crate::admin::ask;
use crate::harness::{Process, finish, ticketbooth};
use crate::kit;

const HEADER: &str = "x-ticketbooth-now";
const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";

fn create(emulator: &Emulator) -> Reply {
    pipeline::serve(emulator, kit::alibaba_raw("2022-01-01", "CreateTicket", &[("WorksId", WORK)]))
}

fn visit(emulator: &Emulator, ticket: &str) -> Reply {
    let target = format!("/token3rd/dashboard/view/pc.htm?pageId={WORK}&accessTicket={ticket}");
    web::serve_page(emulator, kit::raw("GET", &target, &[("host", "127.0.0.1:4240")], b"")).unwrap()
}

fn by_the_wall() -> Emulator {
    Emulator::new(Settings { auth: AuthMode::Off, ..Settings::new(World::demo()) })
}

#[test]
fn answers_and_pages_tell_the_time_of_a_clock_that_has_parted_and_of_no_other() {
    let emulator = by_the_wall();
    let reply = create(&emulator);
    let ticket = kit::json(&reply)["Result"].as_str().unwrap().to_owned();
    assert_eq!((reply.header(HEADER), visit(&emulator, &ticket).header(HEADER)), (None, None));
    ask(&emulator, "POST", "/clock", &json!({ "freeze": true }));
    let told = ask(&emulator, "GET", "/clock", &Value::Null).1["now"].as_str().unwrap().to_owned();
    assert_eq!(create(&emulator).header(HEADER), Some(&*told), "a clock that stands parts with the next second");
    ask(&emulator, "POST", "/clock", &json!({ "set": "2040-01-05T00:00:00Z" }));
    assert_eq!(create(&emulator).header(HEADER), Some("2040-01-05T00:00:00Z"));
    let page = visit(&emulator, &ticket);
    assert_eq!(page.header(HEADER), Some("2040-01-05T00:00:00Z"), "a page that is refused tells it as well");
    let refused = pipeline::serve(&emulator, kit::alibaba_raw("2022-01-01", "CreateTicket", &[]));
    assert_eq!((refused.status, refused.header(HEADER)), (400, Some("2040-01-05T00:00:00Z")));
}

#[test]
fn a_clock_that_runs_ahead_is_told_and_one_that_is_back_is_not() {
    let emulator = by_the_wall();
    ask(&emulator, "POST", "/clock", &json!({ "advance": "1h" }));
    let told: jiff::Timestamp = create(&emulator).header(HEADER).unwrap().parse().unwrap();
    let ahead = told.as_second() - wall_now().unix_seconds();
    assert!((3590..=3600).contains(&ahead), "{ahead}");
    ask(&emulator, "POST", "/clock", &json!({ "advance": "-1h", "allow_backwards": true }));
    assert_eq!(create(&emulator).header(HEADER), None);
    ask(&emulator, "POST", "/clock", &json!({ "advance": "1h" }));
    ask(&emulator, "POST", "/reset", &json!({ "what": ["clock"] }));
    assert_eq!(create(&emulator).header(HEADER), None);
}

#[test]
fn a_rule_that_moves_the_clock_has_the_new_time_told_by_the_answer_that_it_shapes() {
    let rule = "- { id: leap, on: alibaba.CreateTicket, calls: 1, then: { advance_clock: 2h } }";
    let emulator = kit::ruled(AuthMode::Off, rule);
    assert_eq!(create(&emulator).header(HEADER), Some("2026-01-05T02:00:00Z"));
    assert_eq!(create(&emulator).header(HEADER), Some("2026-01-05T02:00:00Z"));
}

/// Codes of 25 calls in a row, of which the vendor lets 20 into a second.
fn codes(emulator: &Emulator) -> Vec<String> {
    let call = || kit::tencent(emulator, "CreateEmbedToken", &json!({ "ProjectId": 117, "Scope": "panel" }));
    (0..25).map(|_| kit::code(&call()).to_owned()).collect()
}

fn limited(clock: RateClock) -> Emulator {
    Emulator::new(Settings {
        auth: AuthMode::Off,
        clock: Some(kit::NOON.parse().unwrap()),
        rate_limits: RateLimits::Vendor,
        rate_clock: clock,
        ..Settings::new(World::demo())
    })
}

#[test]
fn a_second_of_a_limit_ends_by_the_wall_while_the_world_stands_still() {
    let emulator = limited(RateClock::Wall);
    codes(&emulator);
    let epoch = emulator.default_sandbox().epoch();
    let windows = epoch.state.rates.all_windows();
    let now = wall_now().unix_seconds();
    assert!(windows.iter().all(|window| (now - 60..=now).contains(&window.second.unix_seconds())), "{windows:?}");
    let emulator = limited(RateClock::World);
    let refused = codes(&emulator).iter().filter(|code| code.contains("RequestLimitExceeded")).count();
    assert_eq!(refused, 5, "no second ends");
    ask(&emulator, "POST", "/clock", &json!({ "advance": "1s" }));
    assert!(!codes(&emulator)[0].contains("RequestLimitExceeded"));
}

#[test]
fn the_doctor_says_that_world_and_wall_have_parted() {
    let finding = |served: &Process| {
        let (_, stdout, _) = finish(ticketbooth(&["doctor", "--json", "--url", served.url()]));
        let found: Value = serde_json::from_str(&stdout).unwrap();
        found["findings"].as_array().unwrap().iter().find(|one| one["about"] == "world clock").unwrap().clone()
    };
    let served = Process::start(&[]);
    assert_eq!(finding(&served)["state"], "ok");
    finish(ticketbooth(&["clock", "advance", "1h", "--url", served.url()]));
    let parted = finding(&served);
    assert_eq!(parted["state"], "look");
    assert!(parted["says"].as_str().unwrap().ends_with("3600 s ahead of the wall clock"), "{parted}");
    assert!(parted["help"].as_str().unwrap().contains(HEADER), "{parted}");
    let frozen = &["--clock", "frozen@2020-01-01T00:00:00Z", "--rate-limits", "vendor", "--rate-clock", "world"];
    let says = finding(&Process::start(frozen))["says"].to_string();
    assert!(
        says.contains("2020-01-01T00:00:00Z") && says.contains("behind the wall clock, and stands still"),
        "{says}"
    );
    assert!(says.contains("no second of a rate limit ends"), "{says}");
}
