//! Files that change while the emulator runs.

use std::fs;
use std::io::BufRead;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;
use ticketbooth::cli::Failure;
use ticketbooth::cli::inputs::{self, Inputs};
use ticketbooth::cli::watch::{Watch, WatchPass};
use ticketbooth::emulator::{Aspect, Emulator, Settings};
use ticketbooth::http;
use ticketbooth::world::DEMO;

use crate::harness::Process;
use crate::kit::raw;

/// An emulator that watches a scenario.
struct Watching(Process);

impl Watching {
    fn start(file: &str) -> Self {
        Self(Process::start_with_log(&["--watch", "--scenario", file]))
    }

    fn scenario(&self) -> String {
        let look = raw("GET", "/_ticketbooth/scenario", &[("host", "127.0.0.1")], b"");
        let answer = http::send_request(self.0.authority(), &look, Duration::from_secs(30)).unwrap();
        let view: Value = serde_json::from_slice(&answer.body).unwrap();
        view["name"].as_str().unwrap_or("none").to_owned()
    }

    /// Waits for lines that have these texts in them, in any order: what is logged comes by a thread of its own.
    fn until_told(&mut self, texts: &[&str]) {
        let mut told = String::new();
        while !texts.iter().all(|text| told.contains(text)) {
            assert_ne!(
                self.0.log.as_mut().unwrap().read_line(&mut told).unwrap(),
                0,
                "it ended without saying all of {texts:?}: {told}"
            );
        }
    }
}

#[test]
fn a_changed_scenario_is_taken_over_and_a_bad_one_is_not() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("scenario.yaml");
    fs::write(&file, "ticketbooth: 1\nname: first\n").unwrap();
    let mut watching = Watching::start(file.to_str().unwrap());
    assert_eq!(watching.scenario(), "first");
    fs::write(&file, "ticketbooth: 1\nname: bad\nrulez: []\n").unwrap();
    watching.until_told(&["the old one stays in force", "did you mean \"rules\"?"]);
    assert_eq!(watching.scenario(), "first");
    fs::write(&file, "ticketbooth: 1\nname: second\n").unwrap();
    watching.until_told(&["reset in the default sandbox: scenario, journal"]);
    assert_eq!(watching.scenario(), "second");
}

fn watching(scenario: Option<&Path>, world: Option<&Path>) -> (Watch, Arc<Emulator>) {
    let (scenarios, world) = (scenario.map(Path::to_owned), world.map(Path::to_owned));
    let read = move |paths: &mut Vec<PathBuf>| {
        let Inputs { scene, world, .. } = inputs::read_inputs(scenarios.as_slice(), world.as_deref(), paths)?;
        Ok(Settings { scenario: scene, world, ..Settings::default() })
    };
    let emulator = Arc::new(Emulator::new(read(&mut Vec::new()).unwrap()));
    (Watch::new(Box::new(read), Arc::clone(&emulator)), emulator)
}

/// Looks until the files look the same twice.
fn settled(watch: &mut Watch) -> WatchPass {
    loop {
        match watch.look_again() {
            WatchPass::Unsettled => {}
            look => return look,
        }
    }
}

fn renewed(watch: &mut Watch) -> Vec<Aspect> {
    match settled(watch) {
        WatchPass::Taken(renewed) => renewed,
        other => panic!("{other:?}"),
    }
}

fn name(emulator: &Emulator) -> String {
    let epoch = emulator.default_sandbox().epoch();
    epoch.scenario.as_ref().map_or_else(String::new, |scenario| scenario.name.clone())
}

/// A file that says so, and the one watch of it.
fn one(text: &str) -> (TempDir, PathBuf, Watch, Arc<Emulator>) {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("scenario.yaml");
    fs::write(&file, text).unwrap();
    let (watch, emulator) = watching(Some(&file), None);
    (folder, file, watch, emulator)
}

const FIRST: &str = "ticketbooth: 1\nname: first\n";
const OTHER: &str = "ticketbooth: 1\nname: other\n";

#[test]
fn a_touch_changes_nothing() {
    let (_folder, file, mut watch, emulator) = one(FIRST);
    let before = emulator.default_sandbox().epoch();
    fs::write(&file, FIRST).unwrap();
    let later = std::time::UNIX_EPOCH + Duration::from_secs(4_000_000_000);
    fs::File::options().write(true).open(&file).unwrap().set_modified(later).unwrap();
    assert!(matches!(watch.look_again(), WatchPass::Unchanged));
    assert!(Arc::ptr_eq(&before, &emulator.default_sandbox().epoch()));
}

#[test]
fn another_text_of_the_same_size_and_time_is_taken() {
    let (_folder, file, mut watch, emulator) = one(FIRST);
    let time = fs::metadata(&file).unwrap().modified().unwrap();
    fs::write(&file, OTHER).unwrap();
    fs::File::options().write(true).open(&file).unwrap().set_modified(time).unwrap();
    assert_eq!(fs::metadata(&file).unwrap().modified().unwrap(), time);
    assert!(matches!(watch.look_again(), WatchPass::Unsettled));
    assert_eq!(renewed(&mut watch), [Aspect::Scenario, Aspect::Journal]);
    assert_eq!(name(&emulator), "other");
}

#[test]
fn only_what_has_changed_is_made_anew() {
    let (_folder, file, mut watch, emulator) = one(FIRST);
    let mut after = |text: &str| {
        let before = emulator.default_sandbox().epoch();
        fs::write(&file, format!("{FIRST}{text}")).unwrap();
        let renewed = renewed(&mut watch);
        let after = emulator.default_sandbox().epoch();
        let kept = Arc::ptr_eq(&before.state.tickets, &after.state.tickets);
        assert_eq!(kept, !renewed.contains(&Aspect::Tickets), "{text:?}");
        renewed
    };
    assert_eq!(after("# a comment\n"), []);
    let clock = "clock: { start: 2030-01-01T00:00:00Z, frozen: true }\n";
    assert_eq!(after(clock), [Aspect::Clock, Aspect::Scenario, Aspect::Journal]);
    assert_eq!(after(&format!("{clock}seed: 7\n")), Aspect::ALL);
    assert_eq!(emulator.default_sandbox().epoch().state.seed, 7);
}

#[test]
fn a_world_is_exchanged_alone() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("world.yaml");
    fs::write(&file, DEMO).unwrap();
    let (mut watch, emulator) = watching(None, Some(&file));
    fs::write(&file, DEMO.replacen("name: demo", "name: mine", 1)).unwrap();
    assert_eq!(renewed(&mut watch), [Aspect::World]);
    assert_eq!(emulator.default_sandbox().epoch().world.name, "mine");
}

#[test]
fn what_vanishes_or_is_wrong_leaves_the_old_in_force_and_is_told_once() {
    let (folder, file, mut watch, emulator) = one(FIRST);
    fs::remove_file(&file).unwrap();
    assert!(matches!(settled(&mut watch), WatchPass::Wrong(_)));
    assert!(matches!(watch.look_again(), WatchPass::Unchanged));
    assert_eq!(name(&emulator), "first");
    fs::write(&file, FIRST).unwrap();
    assert_eq!(renewed(&mut watch), []);
    fs::write(&file, "ticketbooth: 1\nname: bad\nrulez: []\n").unwrap();
    assert!(matches!(settled(&mut watch), WatchPass::Wrong(Failure::File(text)) if text.contains("\"rules\"")));
    assert!(matches!(watch.look_again(), WatchPass::Unchanged));
    assert_eq!(name(&emulator), "first");
    let aside = folder.path().join("scenario.yaml~");
    fs::write(&aside, OTHER).unwrap();
    fs::rename(&aside, &file).unwrap();
    assert_eq!(renewed(&mut watch), [Aspect::Scenario, Aspect::Journal]);
    assert_eq!(name(&emulator), "other");
}

#[cfg(unix)]
#[test]
fn what_is_no_file_any_more_is_told_and_holds_nothing_up() {
    let (_folder, file, mut watch, emulator) = one(FIRST);
    fs::remove_file(&file).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(&file).status().unwrap().success());
    assert!(matches!(settled(&mut watch), WatchPass::Wrong(Failure::Usage(told)) if told.message.contains("a FIFO")));
    assert_eq!(name(&emulator), "first");
    fs::remove_file(&file).unwrap();
    fs::write(&file, OTHER).unwrap();
    assert_eq!(renewed(&mut watch), [Aspect::Scenario, Aspect::Journal]);
}

#[test]
fn a_hundred_saves_end_with_the_last() {
    let (_folder, file, mut watch, emulator) = one(FIRST);
    for number in 0..100 {
        fs::write(&file, format!("ticketbooth: 1\nname: save-{number}\n")).unwrap();
        assert!(matches!(watch.look_again(), WatchPass::Unsettled), "half of it may stand there");
    }
    assert_eq!(renewed(&mut watch), [Aspect::Scenario, Aspect::Journal]);
    assert_eq!(name(&emulator), "save-99");
}

#[test]
fn files_of_a_folder_come_and_go() {
    let folder = TempDir::new().unwrap();
    let write = |name: &str| {
        fs::write(folder.path().join(name), format!("ticketbooth: 1\nname: {name}\n")).unwrap();
    };
    write("a.yaml");
    let (mut watch, emulator) = watching(Some(folder.path()), None);
    write("b.yaml");
    assert_eq!(renewed(&mut watch), [Aspect::Scenario, Aspect::Journal]);
    assert_eq!(name(&emulator), "a.yaml + b.yaml");
    fs::remove_file(folder.path().join("a.yaml")).unwrap();
    renewed(&mut watch);
    assert_eq!(name(&emulator), "b.yaml");
    fs::remove_file(folder.path().join("b.yaml")).unwrap();
    assert!(matches!(settled(&mut watch), WatchPass::Wrong(_)), "a folder without a scenario is a mistake");
    assert_eq!(name(&emulator), "b.yaml");
}

#[test]
fn the_world_that_a_scenario_waits_for_is_looked_at_too() {
    let (folder, file, mut watch, emulator) = one(FIRST);
    fs::write(&file, format!("{FIRST}world: late.yaml\n")).unwrap();
    assert!(matches!(settled(&mut watch), WatchPass::Wrong(_)));
    fs::write(folder.path().join("late.yaml"), DEMO.replacen("name: demo", "name: late", 1)).unwrap();
    assert_eq!(renewed(&mut watch), [Aspect::World]);
    assert_eq!(emulator.default_sandbox().epoch().world.name, "late");
}
