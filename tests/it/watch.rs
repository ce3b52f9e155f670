//! Files that change while the emulator runs.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use assert_cmd::cargo::CommandCargoExt;
use serde_json::Value;
use tempfile::TempDir;
use ticketbooth::http;

use crate::kit::raw;

/// An emulator that watches a scenario, which is killed at the end.
struct Watching {
    child: Child,
    authority: String,
    log: BufReader<std::process::ChildStderr>,
}

impl Watching {
    fn start(file: &str) -> Self {
        let mut command = Command::cargo_bin("ticketbooth").unwrap();
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("TICKETBOOTH_")) {
            command.env_remove(name);
        }
        command.args(["--listen", "127.0.0.1:0", "--watch", "--scenario", file]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut ready = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut ready).unwrap();
        let authority = ready.trim_end().strip_prefix("ticketbooth ready on http://").unwrap().to_owned();
        let log = BufReader::new(child.stderr.take().unwrap());
        Self { child, authority, log }
    }

    fn scenario(&self) -> String {
        let look = raw("GET", "/_ticketbooth/scenario", &[("host", "127.0.0.1")], b"");
        let answer = http::send(&self.authority, &look, Duration::from_secs(30)).unwrap();
        let view: Value = serde_json::from_slice(&answer.body).unwrap();
        view["name"].as_str().unwrap_or("none").to_owned()
    }

    /// Waits for the line that has this text in it.
    fn until_told(&mut self, text: &str) {
        let mut line = String::new();
        while !line.contains(text) {
            line.clear();
            assert_ne!(self.log.read_line(&mut line).unwrap(), 0, "it ended without saying {text:?}");
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
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
    watching.until_told("the old one stays in force");
    watching.until_told("did you mean \"rules\"?");
    assert_eq!(watching.scenario(), "first");
    fs::write(&file, "ticketbooth: 1\nname: second\n").unwrap();
    watching.until_told("read the changed files again");
    assert_eq!(watching.scenario(), "second");
}
