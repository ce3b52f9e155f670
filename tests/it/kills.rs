//! Processes that are killed around a snapshot: every restart works, and no ticket gets a use back.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;
use ticketbooth::http;

use crate::harness::{FREE, Process, finish, ticketbooth};
use crate::kit::{alibaba_raw, raw};
use crate::remote;

const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";
/// So many tickets that a snapshot is more than a few lines.
const TICKETS: usize = 200;
const USES: usize = 50_000;
const PATIENCE: Duration = Duration::from_secs(60);

fn serve() -> Process {
    remote::serve(&["--auth", "off"])
}

fn get(served: &Process, target: &str) -> Value {
    let answer = http::send_request(served.authority(), &raw("GET", target, &[("host", "127.0.0.1")], b""), PATIENCE);
    serde_json::from_slice(&answer.unwrap().body).unwrap_or_default()
}

fn create_ticket(served: &Process) -> String {
    let request = alibaba_raw("2022-01-01", "CreateTicket", &[("WorksId", WORK), ("TicketNum", &USES.to_string())]);
    let answer = http::send_request(served.authority(), &request, PATIENCE).unwrap();
    let body: Value = serde_json::from_slice(&answer.body).unwrap();
    body["Result"].as_str().unwrap_or_else(|| panic!("{body}")).to_owned()
}

/// The uses that were taken of the ticket.
fn uses(served: &Process, ticket: &str) -> u64 {
    let view = get(served, &format!("/_ticketbooth/tickets/{ticket}"));
    view["uses"].as_u64().unwrap_or_else(|| panic!("{view}"))
}

/// The next number of a row that is the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

/// Looks after the process so many times, which is a moment in its life, or the time after it.
fn look_after(child: &mut Child, times: u64) {
    for _ in 0..times {
        if child.try_wait().unwrap().is_some() {
            return;
        }
    }
}

fn send(signal: &str, id: u32) {
    // One that has ended meanwhile needs no signal.
    let _ = Command::new("kill").args([signal, &id.to_string()]).stderr(Stdio::null()).status().unwrap();
}

fn names(folder: &Path) -> usize {
    fs::read_dir(folder).unwrap().count()
}

/// The signals that a save gets, or who gets one in its place.
const VICTIMS: &[&str] = &["-KILL", "-TERM", "-KILL", "-INT", "the emulator"];

/// What the cycles did, for people.
#[derive(Debug, Default)]
struct Told {
    finished: usize,
    killed: usize,
    replaced_and_killed: usize,
    left_behind: usize,
}

/// Kills an emulator while it starts, at some moment or when it is ready.
fn disturb_start(dice: &mut Dice, longest: u64, ready: &Path) {
    let mut command = ticketbooth(&["--listen", FREE, "--log", "off", "--ready-file", ready.to_str().unwrap()]);
    let mut starting = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    look_after(&mut starting, dice.roll(longest));
    send("-KILL", starting.id());
    starting.wait().unwrap();
    // What is left of it is in nobody's way, and is whole.
    if let Ok(text) = fs::read_to_string(ready) {
        let said: Value = serde_json::from_str(&text).expect("a whole ready file stands there");
        assert!(said["http"].is_string(), "{said}");
    }
    let next = Process::start(&["--log", "off", "--ready-file", ready.to_str().unwrap()]);
    assert!(fs::read_to_string(ready).unwrap().contains(next.url()));
    assert_eq!(next.end("-TERM").0.code(), Some(0));
    assert_eq!(names(ready.parent().unwrap()), 0, "the next start takes away what the killed one left");
}

/// Kills whoever loads, or the emulator that is loaded into, which is only one of many.
fn disturb_load(dice: &mut Dice, longest: u64, file: &str) {
    let served = serve();
    let mut command = ticketbooth(&["snapshot", "load", file]);
    command.env("TICKETBOOTH_URL", served.url()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut loader = command.spawn().unwrap();
    look_after(&mut loader, dice.roll(longest));
    if dice.roll(2) == 0 {
        send("-KILL", served.id());
        loader.wait().unwrap();
        return;
    }
    send("-KILL", loader.id());
    loader.wait().unwrap();
    // All of it was loaded or nothing; the half of a request loads nothing.
    let tickets = get(&served, "/_ticketbooth/tickets")["total"].as_u64();
    assert!([Some(0), Some(TICKETS as u64)].contains(&tickets), "{tickets:?}");
}

/// Saves, and kills the victim at some moment, or sees how often one looks at a save until it is done.
fn disturb_save(
    served: &Process,
    name: &str,
    victim: Option<&str>,
    dice: &mut Dice,
    longest: &mut u64,
) -> std::process::ExitStatus {
    let mut command = ticketbooth(&["snapshot", "save", name]);
    command.env("TICKETBOOTH_URL", served.url()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut saver = command.spawn().unwrap();
    let mut looks = 0;
    match victim {
        None => {
            while saver.try_wait().unwrap().is_none() {
                looks += 1;
            }
            *longest = looks.max(1);
        }
        Some(victim) => {
            look_after(&mut saver, dice.roll(*longest + *longest / 8));
            match victim {
                "the emulator" => send("-KILL", served.id()),
                signal => send(signal, saver.id()),
            }
        }
    }
    saver.wait().unwrap()
}

fn run_cycles(cycles: usize) -> Told {
    let (folder, elsewhere) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let file = folder.path().join("state.json");
    let name = file.to_str().unwrap();
    let mut served = serve();
    let tickets: Vec<String> = (0..TICKETS).map(|_| create_ticket(&served)).collect();
    let ticket = &tickets[0];
    assert_eq!(remote::run(&served, &["snapshot", "save", name]).0, Some(0));
    let (mut dice, mut told, mut saved, mut longest) = (Dice(1), Told::default(), 0, 1);
    for cycle in 0..cycles {
        for _ in 0..=dice.roll(3) {
            get(&served, &format!("/token3rd/dashboard/view/pc.htm?pageId={WORK}&accessTicket={ticket}"));
        }
        let made = uses(&served, ticket);
        let before = fs::read(&file).unwrap();
        let orphans_before = names(folder.path()) - 1;
        // One of some is left alone, and tells how long one lives at present.
        let victim = if cycle % 8 == 0 { None } else { Some(VICTIMS[cycle % VICTIMS.len()]) };
        let status = disturb_save(&served, name, victim, &mut dice, &mut longest);
        let there = fs::read(&file).unwrap();
        let document: Value = serde_json::from_slice(&there).expect("a whole snapshot stands there");
        assert_eq!(document["tickets"].as_array().unwrap().len(), TICKETS);
        told.finished += usize::from(status.success());
        told.killed += usize::from(!status.success());
        told.replaced_and_killed += usize::from(!status.success() && there != before);
        let orphans = names(folder.path()) - 1;
        // A save that did not come to write takes nothing away either.
        let allowed = orphans_before + usize::from(victim == Some("-KILL"));
        assert!(orphans <= allowed, "{victim:?} left something: {orphans_before} and then {orphans}");
        told.left_behind += usize::from(orphans > orphans_before);
        // The emulator goes without a word, and another takes what the file says.
        send("-KILL", served.id());
        match cycle % 3 {
            0 => disturb_start(&mut dice, longest, &elsewhere.path().join("ready")),
            1 => disturb_load(&mut dice, longest, name),
            _ => {}
        }
        served = serve();
        let (code, _, stderr) = remote::run(&served, &["snapshot", "load", name]);
        assert_eq!(code, Some(0), "cycle {cycle}: {stderr}");
        let loaded = uses(&served, ticket);
        assert!((saved..=made).contains(&loaded), "cycle {cycle}: {saved} were saved, {made} made, {loaded} are left");
        assert!(!status.success() || loaded == made, "cycle {cycle}: a save that went well is not there");
        saved = loaded;
    }
    // The next save takes away whatever was left behind.
    assert_eq!(remote::run(&served, &["snapshot", "save", name]).0, Some(0));
    assert_eq!(names(folder.path()), 1);
    told
}

#[test]
fn a_few_kills_around_a_snapshot_lose_nothing() {
    println!("{:?}", run_cycles(8));
}

/// The whole number of `docs/reliability.md`: `cargo test --test it three_hundred -- --ignored --nocapture`.
#[test]
#[ignore = "takes minutes"]
fn three_hundred_kills_around_a_snapshot_lose_nothing() {
    let told = run_cycles(300);
    println!("{told:?}");
    assert!(told.killed > 100 && told.finished > 20, "the kills come at all moments: {told:?}");
}

/// Every sort of save that was killed is one of a file that is then saved by somebody else.
#[test]
fn a_save_that_ended_leaves_one_file_to_whoever_comes_next() {
    let served = serve();
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("state.json");
    let name = file.to_str().unwrap();
    for orphan in [".state.json.1-0.tmp", ".state.json.4194304-7.tmp"] {
        fs::write(folder.path().join(orphan), "half of one").unwrap();
    }
    let kept = [".state.json.tmp", ".state.json.a-0.tmp", ".other.json.1-0.tmp", "state.json.1-0.tmp"];
    for other in kept {
        fs::write(folder.path().join(other), "somebody else's").unwrap();
    }
    let (code, _, stderr) = finish({
        let mut command = ticketbooth(&["snapshot", "save", name]);
        command.env("TICKETBOOTH_URL", served.url());
        command
    });
    assert_eq!(code, Some(0), "{stderr}");
    assert_eq!(names(folder.path()), kept.len() + 1);
}
