//! How many threads the emulator starts.

use std::process::Command;
use std::thread;

use serde_json::{Value, json};
use ticketbooth::emulator::AuthMode;

use crate::admin::ask;
use crate::kit;

/// The number of a thread that begins now: they are numbered from the start of the process.
fn begun() -> u64 {
    let id = format!("{:?}", thread::spawn(|| ()).thread().id());
    id.trim_matches(|sign: char| !sign.is_ascii_digit()).parse().unwrap()
}

#[test]
#[ignore = "counts the threads of its process, so it runs in one of its own"]
fn in_a_process_of_its_own() {
    let emulator = kit::demo(AuthMode::Off);
    let before = begun();
    for number in 0..200 {
        let rule = json!({ "id": format!("r{number}"), "on": "tencent.*", "calls": number + 1, "then": "proceed" });
        assert_eq!(ask(&emulator, "POST", "/rules", &rule).0, 201);
    }
    ask(&emulator, "DELETE", "/rules", &Value::Null);
    assert_eq!(begun(), before + 1, "rules are cheap to drop");
    for _ in 0..200 {
        ask(&emulator, "POST", "/reset", &Value::Null);
    }
    assert_eq!(begun(), before + 3, "one thread for all that is large");
}

#[test]
fn what_is_cheap_is_dropped_in_place_and_what_is_large_by_one_thread() {
    let mut alone = Command::new(std::env::current_exe().unwrap());
    alone.args(["--exact", "threads::in_a_process_of_its_own", "--ignored", "--nocapture"]);
    let output = alone.output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && told.contains("1 passed"), "{told}{}", String::from_utf8_lossy(&output.stderr));
}
