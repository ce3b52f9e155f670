//! `ticketbooth verify --history`: the checker on journals that were written out.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::harness::{Process, finish, ticketbooth};

const WORK: &str = "WorksId=a206f5f3-0000-4000-8000-e9b17c835b03";

fn run(served: &Process, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = ticketbooth(arguments);
    command.env("TICKETBOOTH_URL", served.url());
    finish(command)
}

/// Exit code and text of the verdict on a file.
pub fn judge_file(file: &Path) -> (Option<i32>, String) {
    let (code, stdout, stderr) = finish(ticketbooth(&["verify", "--history", file.to_str().unwrap()]));
    (code, stdout + &stderr)
}

/// A journal in which a ticket of three uses was issued, visited twice, extended, and ended by hand.
fn export(folder: &Path, serving: &[&str]) -> String {
    let served = Process::start(&[&["--log", "off", "--clock", "frozen@2026-01-05T00:00:00Z"], serving].concat());
    let (_, made, _) = run(&served, &["call", "alibaba.CreateTicket", WORK, "TicketNum=3"]);
    let made: Value = serde_json::from_str(&made).unwrap();
    let ticket = made["Result"].as_str().unwrap_or_else(|| panic!("{made}")).to_owned();
    let of_it = format!("Ticket={ticket}");
    let link = format!("/token3rd/dashboard/view/pc.htm?pageId={}&accessTicket={ticket}", &WORK[8..]);
    for arguments in [
        &["call", "alibaba.visit", &link][..],
        &["call", "alibaba.DelayTicketExpireTime", &of_it, "ExpireTime=10"],
        &["call", "alibaba.visit", &link],
        &["ticket", "expire", &ticket],
        &["call", "alibaba.visit", &link],
        &["call", "alibaba.QueryTicketInfo", &of_it],
    ] {
        let (_, stdout, stderr) = run(&served, arguments);
        assert!(!stderr.contains("usage"), "{arguments:?}: {stdout} {stderr}");
    }
    let file = folder.join("good.jsonl");
    assert_eq!(run(&served, &["journal", "export", file.to_str().unwrap()]).0, Some(0));
    fs::read_to_string(file).unwrap()
}

/// The verdict on the journal after `change` was made to the effect on the ticket of its entry with this number.
fn judge_changed(folder: &Path, written: &str, serial: u64, change: impl Fn(&mut Value)) -> (Option<i32>, String) {
    let line = |line: &str| {
        let mut entry: Value = serde_json::from_str(line).unwrap();
        if entry["entry"]["serial"] == serial {
            change(&mut entry["entry"]["explanation"]["tickets"]);
        }
        format!("{entry}\n")
    };
    let file = folder.join("changed.jsonl");
    fs::write(&file, written.lines().map(line).collect::<String>()).unwrap();
    judge_file(&file)
}

#[test]
fn a_journal_whose_tickets_were_counted_wrong_contradicts_itself() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let written = export(folder, &[]);
    let (code, said) = judge_changed(folder, &written, 0, |_| {});
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("pass: one order explains what 6 calls did to 1 tickets"), "{said}");

    // The second visit finds the use that the first one took.
    let again = |effects: &mut Value| {
        effects[0]["before"]["used"] = 0.into();
        effects[0]["before"]["uses_left"] = 3.into();
        effects[0]["after"]["used"] = 1.into();
        effects[0]["after"]["uses_left"] = 2.into();
    };
    let (code, said) = judge_changed(folder, &written, 4, again);
    assert_eq!(code, Some(6), "{said}");
    for words in ["no order of these operations on ticket", "visit, done, 3 uses left and 0 taken", "it began with"] {
        assert!(said.contains(words), "{said}");
    }
    let took_none = |effects: &mut Value| effects[0]["after"] = effects[0]["before"].clone();
    assert_eq!(judge_changed(folder, &written, 4, took_none).0, Some(6));
    let call_took_one = |effects: &mut Value| {
        effects[0]["after"]["used"] = 2.into();
        effects[0]["after"]["uses_left"] = 1.into();
    };
    assert_eq!(judge_changed(folder, &written, 3, call_took_one).0, Some(6));
    let nothing = |effects: &mut Value| *effects = Value::Array(Vec::new());
    assert_eq!(judge_changed(folder, &written, 4, nothing).0, Some(6), "the look afterwards shows the use");
}

#[test]
fn what_a_journal_cannot_tell_is_not_decided() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let written = export(folder, &["--journal-entries", "4"]);
    let (code, said) = judge_changed(folder, &written, 0, |_| {});
    assert_eq!(code, Some(4), "{said}");
    assert!(said.contains("what is there does not contradict itself, but 2 calls are kept no more"), "{said}");
    // What is there contradicts itself whatever is missing.
    let took_none = |effects: &mut Value| effects[0]["after"] = effects[0]["before"].clone();
    assert_eq!(judge_changed(folder, &written, 4, took_none).0, Some(6));

    let set_back = written.replace("\"answered\":\"2", "\"answered\":\"1");
    fs::write(folder.join("back.jsonl"), set_back).unwrap();
    let (code, said) = judge_file(&folder.join("back.jsonl"));
    assert!(code == Some(4) && said.contains("the system clock was set back"), "{said}");

    let header: String =
        written.lines().take(1).map(|line| line.replace("\"total\":6", "\"total\":2") + "\n").collect();
    fs::write(folder.join("empty.jsonl"), &header).unwrap();
    assert_eq!(judge_file(&folder.join("empty.jsonl")).0, Some(4));
    fs::write(folder.join("none.jsonl"), header.replace("\"total\":2,\"dropped\":2", "\"total\":0,\"dropped\":0"))
        .unwrap();
    assert_eq!(judge_file(&folder.join("none.jsonl")).0, Some(5));
    fs::write(folder.join("text"), "hello").unwrap();
    assert_eq!(judge_file(&folder.join("text")).0, Some(2));
    let (code, _, stderr) = finish(ticketbooth(&["verify", "--history", "x", "--on", "alibaba.*"]));
    assert!(code == Some(2) && stderr.contains("cannot be used with"), "{stderr}");
}
