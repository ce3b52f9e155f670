//! Files that people and programs write: worlds, scenarios and snapshots.

use std::sync::Arc;

use serde_json::{Value, json};
use ticketbooth::cloud::client::{ClientCall, signed_request};
use ticketbooth::cloud::{all_assumptions, vendors};
use ticketbooth::document::Problems;
use ticketbooth::domain::TicketId;
use ticketbooth::emulator::{AuthClock, AuthMode, Emulator, Scene, Settings};
use ticketbooth::rules::Scenario;
use ticketbooth::snapshot::{VERSION, checksum_of, read_snapshot};
use ticketbooth::world::World;

use super::actions::check_saved;
use super::booth::{HOST, NOON, PlainCall, answer, signed_call, strict_booth};
use super::laws::{check_views, last_entry, look_at, send_request};

/// A refused file says what is wrong, and where: at a line that it has.
fn check_problems(problems: &Problems, text: &str) {
    assert!(problems.count() > 0 && problems.iter().next().is_some(), "nothing is wrong with {text:?}");
    // In YAML a carriage return ends a line as well. One line more: the end of a file has a place too.
    let lines = text.replace("\r\n", "\n").split(['\n', '\r']).count() + 1;
    for problem in problems.iter() {
        assert!((1..=lines).contains(&problem.line) && problem.column >= 1, "{problem:?} of {lines} lines");
        assert!(!problem.message.trim().is_empty() && &*problem.file == "file", "{problem:?}");
        assert!(!problem.to_string().is_empty());
    }
}

/// A world that loads can be called, and its sandbox can be saved and loaded.
pub fn load_world(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let world = match World::load("file", text, &all_assumptions()) {
        Err(problems) => return check_problems(&problems, text),
        Ok(world) => world,
    };
    assert_eq!(world.source_text(), text);
    let emulator = strict_booth(world.clone());
    for (place, vendor) in vendors().iter().enumerate() {
        let Some(key) = world.credentials().find(|key| key.vendor == vendor.name) else { continue };
        for (number, action) in vendor.catalog.actions.iter().enumerate() {
            let mut wish = ClientCall::new(vendor, action.name, HOST, NOON, (place * 100 + number).to_string());
            key.id.clone_into(&mut wish.key);
            key.secret.clone_into(&mut wish.secret);
            wish.session_token = key.session_tokens.first().cloned();
            for row in action.params {
                let value = match row.name {
                    "WorksId" => "a206f5f3-0000-4000-8000-e9b17c835b03",
                    "ProjectId" => "117",
                    "PageId" => "11520",
                    _ => continue,
                };
                wish.params.push((row.name.to_owned(), value.to_owned()));
            }
            send_request(&emulator, &Arc::new(signed_request(vendor, &wish)));
        }
    }
    check_views(&emulator);
    check_saved(&emulator);
}

/// A scenario that loads is the same when it is written and read again, and whatever it orders, calls are answered.
pub fn play_scenario(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let scenario = match Scenario::load_alone("file", text) {
        Err(problems) => return check_problems(&problems, text),
        Ok(scenario) => scenario,
    };
    check_written(&scenario);
    let emulator = Emulator::new(Settings {
        auth: AuthMode::Strict,
        auth_clock: AuthClock::Off,
        scenario: Some(Scene::from(scenario)),
        guard: strict_booth(World::demo()).guard,
        ..Settings::default()
    });
    // What counts calls is reached by the first actions, the rest by every action once.
    for (round, most) in [(0, usize::MAX), (1, 2), (2, 2)] {
        for vendor in vendors() {
            for (number, action) in vendor.catalog.actions.iter().take(most).enumerate() {
                let call = signed_call(
                    vendor,
                    action.name,
                    round * 100 + number,
                    &[("WorksId", "a206f5f3-0000-4000-8000-e9b17c835b03"), ("ProjectId", "117")],
                );
                answer(&emulator, &call);
                let ticket =
                    last_entry(&emulator).and_then(|entry| Some(entry.told.changes.last()?.after.id.to_string()));
                let ticket = ticket.unwrap_or_default();
                open_link(&emulator, &ticket);
            }
        }
    }
    for path in ["/scenario", "/rules", "/journal?kind=all", "/journal?format=jsonl", "/metrics", "/explain/last"] {
        let reply = look_at(&emulator, path);
        assert!(reply.status < 500, "{path}: {reply:?}");
    }
    check_saved(&emulator);
}

fn open_link(emulator: &Emulator, ticket: &str) {
    for link in [
        format!("/page/embed?projectId=117&pageId=11520&scope=page&token={ticket}"),
        format!("/token3rd/dashboard/view/pc.htm?pageId=a206f5f3-0000-4000-8000-e9b17c835b03&accessTicket={ticket}"),
    ] {
        answer(emulator, &Arc::new(ticketbooth::cloud::client::visit_request(HOST, &link)));
    }
}

/// The scenario as JSON, without the clock, is the same when it is read.
fn check_written(scenario: &Scenario) {
    let expect: Vec<_> = scenario.expect.iter().map(|expect| expect.source_file().clone()).collect();
    let written = json!({
        "ticketbooth": 1, "name": scenario.name, "about": scenario.about, "seed": scenario.seed, "rules": scenario.rules,
        "expect": expect,
    });
    let again = Scenario::load_alone("file", &written.to_string());
    let mut again = again.unwrap_or_else(|problems| panic!("what was read is refused:\n{problems}\n{written}"));
    again.clock = scenario.clock;
    assert!(scenario.says_the_same(&again), "{written} is another scenario");
}

/// Calls that look at a ticket, make it last longer, and issue others; the ticket goes behind the last parameter.
const CALLS: &[(PlainCall, Option<&str>)] = &[
    (PlainCall { vendor: "alibaba", action: "QueryTicketInfo", params: &[] }, Some("Ticket")),
    (
        PlainCall { vendor: "alibaba", action: "DelayTicketExpireTime", params: &[("ExpireTime", "240")] },
        Some("Ticket"),
    ),
    (
        PlainCall {
            vendor: "alibaba",
            action: "CreateTicket",
            params: &[("WorksId", "a206f5f3-0000-4000-8000-e9b17c835b03")],
        },
        None,
    ),
    (
        PlainCall {
            vendor: "tencent",
            action: "ApplyEmbedInterval",
            params: &[("ProjectId", "117"), ("PageId", "11520")],
        },
        Some("BIToken"),
    ),
    (
        PlainCall {
            vendor: "tencent",
            action: "CreateEmbedToken",
            params: &[("ProjectId", "117"), ("PageId", "11520")],
        },
        None,
    ),
];

/// The text with the checksum that a snapshot has which says this. Otherwise the checksum would refuse whatever is changed,
/// and no other check of the document were ever reached.
fn seal_snapshot(text: &str) -> String {
    let Ok(Value::Object(mut document)) = serde_json::from_str(text) else { return text.to_owned() };
    // Inputs of the format before have the version 1 and no checksum.
    document.insert("ticketbooth_snapshot".to_owned(), VERSION.into());
    document.insert("sha256".to_owned(), "".into());
    let Some(checksum) = checksum_of(&Value::Object(document.clone()).to_string()) else { return text.to_owned() };
    document.insert("sha256".to_owned(), checksum.into());
    Value::Object(document).to_string()
}

/// A snapshot is refused with place and cause and next step, or is loaded as what it says; no ticket of it can be used
/// more often than it may.
pub fn load_snapshot(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let text = &seal_snapshot(text);
    let arrival = match read_snapshot(text) {
        Err(bad) => {
            assert!(!bad.place.is_empty() && !bad.cause.is_empty() && !bad.hint.is_empty(), "{bad:?}");
            return;
        }
        Ok(arrival) => arrival,
    };
    let emulator = strict_booth(World::demo());
    let adopted = emulator.import_sandbox(emulator.default_sandbox(), arrival).expect("the default sandbox is there");
    let sent: Value = serde_json::from_str(text).expect("a snapshot is JSON");
    assert_eq!(sent["tickets"].as_array().map_or(0, Vec::len), adopted.tickets, "tickets were lost");
    check_saved(&emulator);
    let tickets = emulator.default_sandbox().epoch().state.tickets.all_tickets();
    for (number, before) in tickets.iter().take(8).enumerate() {
        let id = before.id.to_string();
        open_link(&emulator, &id);
        for (place, (call, name)) in CALLS.iter().enumerate() {
            answer(&emulator, &call.sign(number * 10 + place, name.map(|name| (name, id.as_str()))));
        }
    }
    for path in ["/tickets", "/sandboxes", "/info", "/clock", "/metrics"] {
        let reply = look_at(&emulator, path);
        assert_eq!(reply.status, 200, "{path}: {reply:?}");
    }
    check_saved(&emulator);
    for before in &tickets {
        let after = emulator.default_sandbox().epoch().state.tickets.by_id(before.id);
        let after = after.unwrap_or_else(|| panic!("{} is gone", TicketId::to_string(&before.id)));
        let most = before.max_uses.unwrap_or(u32::MAX).max(before.used);
        assert!(after.used >= before.used && after.used <= most, "{before:?} became {after:?}");
    }
}
