//! `ticketbooth check`: scenario and world files before anybody serves them.
//!
//! Everything that is wrong with every file goes to stderr, what is good has a line on stdout. Which
//! files there are, and which kind each is of, is found in `check_files`.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};

use super::Failure;
use super::check_files::{self, Kind};
use super::files;
use super::output::{print, print_json};
use crate::document::Problems;
use crate::rules::{self, Rule, Scenario};
use crate::vendor::assumptions;
use crate::world::World;

#[derive(Debug, Args)]
pub(crate) struct Flags {
    /// Scenario and world files, and folders of them: `*.yaml`, `*.yml` and `*.json`, however deep.
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// What came of one file.
#[derive(Debug)]
struct Report {
    path: PathBuf,
    /// `None`: nobody can tell.
    kind: Option<Kind>,
    outcome: Result<Good, Fault>,
}

/// Why a file is no good.
#[derive(Debug)]
enum Fault {
    Unreadable(String),
    Wrong(Problems),
}

pub(crate) fn run(flags: &Flags) -> Result<(), Failure> {
    let mut session = Session::default();
    for path in &flags.paths {
        match check_files::below(path) {
            Ok(files) => files.iter().for_each(|file| session.check(file)),
            Err(message) => {
                let outcome = Err(Fault::Unreadable(message));
                session.reports.push(Report { path: path.clone(), kind: None, outcome });
            }
        }
    }
    let reports = session.reports;
    if flags.json {
        print_json(&data(&reports))?;
    } else {
        let good: Vec<String> = reports.iter().filter_map(Report::line).collect();
        if !good.is_empty() {
            print(&good.join("\n"))?;
        }
    }
    let bad: Vec<String> = reports.iter().filter_map(Report::complaint).collect();
    if bad.is_empty() { Ok(()) } else { Err(Failure::File(bad.join("\n\n"))) }
}

/// The files that were looked at so far: a world that several scenarios name is told of once.
#[derive(Debug, Default)]
struct Session {
    reports: Vec<Report>,
    /// Whether the world of this real path is good.
    done: HashMap<PathBuf, bool>,
}

impl Session {
    fn check(&mut self, path: &Path) {
        let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        if self.done.contains_key(&real) {
            return;
        }
        let text = match files::text(path) {
            Ok(text) => text,
            Err(message) => return self.note(real, path, None, Err(Fault::Unreadable(message))),
        };
        let name = path.display().to_string();
        match check_files::kind(&name, &text) {
            Ok(kind @ Kind::World) => self.note(real, path, Some(kind), world(&name, &text)),
            Ok(kind @ Kind::Scenario) => {
                let at = self.reports.len();
                let outcome = self.scenario(path, &text);
                self.note(real, path, Some(kind), outcome);
                // The scenario stands before the world that it led to.
                self.reports[at..].rotate_right(1);
            }
            Err(problems) => self.note(real, path, None, Err(Fault::Wrong(problems))),
        }
    }

    fn scenario(&mut self, path: &Path, text: &str) -> Result<Good, Fault> {
        let session = RefCell::new(self);
        let named = |world: &Path| session.borrow_mut().named_world(path, world);
        let scenario = Scenario::load_with(&path.display().to_string(), text, &named).map_err(Fault::Wrong)?;
        Ok(Good { name: scenario.name, rules: scenario.rules })
    }

    /// Looks at the world that the scenario names; what is wrong with the name is the scenario's fault.
    fn named_world(&mut self, scenario: &Path, world: &Path) -> Result<(), String> {
        let (path, real) = (rules::world_path(scenario, world), rules::world_of(scenario, world)?);
        if !self.done.contains_key(&real) {
            let name = path.display().to_string();
            let outcome = match files::text(&path) {
                Ok(text) => self::world(&name, &text),
                Err(message) => Err(Fault::Unreadable(message)),
            };
            self.note(real.clone(), &path, Some(Kind::World), outcome);
        }
        match self.done.get(&real) {
            Some(true) => Ok(()),
            _ => Err(format!("{} is no world file without mistakes", path.display())),
        }
    }

    fn note(&mut self, real: PathBuf, path: &Path, kind: Option<Kind>, outcome: Result<Good, Fault>) {
        self.done.insert(real, kind == Some(Kind::World) && outcome.is_ok());
        self.reports.push(Report { path: path.to_owned(), kind, outcome });
    }
}

fn world(name: &str, text: &str) -> Result<Good, Fault> {
    let world = World::load(name, text, &assumptions()).map_err(Fault::Wrong)?;
    Ok(Good { name: world.name, rules: Vec::new() })
}

/// What a good file holds.
#[derive(Debug)]
struct Good {
    name: String,
    rules: Vec<Rule>,
}

impl Good {
    /// A line for each rule that is for some actions of a vendor and passes the others by.
    fn reach(&self) -> impl Iterator<Item = String> {
        let partial = self.rules.iter().filter(|rule| rule.is_partial());
        partial.map(|rule| format!("\n  rule {} reaches {}", rule.id(), rule.reaches().join(", ")))
    }
}

impl Report {
    /// The line of a good file.
    fn line(&self) -> Option<String> {
        let (kind, good) = (self.kind?, self.outcome.as_ref().ok()?);
        let reach: String = good.reach().collect();
        Some(format!("ok {} {} {}{reach}", kind.name(), good.name, self.path.display()))
    }

    /// What is said of a bad one.
    fn complaint(&self) -> Option<String> {
        match self.outcome.as_ref().err()? {
            Fault::Unreadable(message) => Some(format!("error: {message}")),
            Fault::Wrong(problems) => Some(problems.to_string().trim_end().to_owned()),
        }
    }

    fn data(&self) -> Value {
        let problems: Vec<Value> = match &self.outcome {
            Ok(_) => Vec::new(),
            Err(Fault::Unreadable(message)) => vec![json!({ "message": message })],
            Err(Fault::Wrong(problems)) => problems.iter().map(located).collect(),
        };
        let rule = |rule: &Rule| json!({ "id": &**rule.id(), "reaches": rule.reaches() });
        let rules: Vec<Value> = self.outcome.iter().flat_map(|good| &good.rules).map(rule).collect();
        json!({
            "path": self.path.display().to_string(),
            "kind": self.kind.map(Kind::name),
            "name": self.outcome.as_ref().ok().map(|good| &good.name),
            "rules": rules,
            "ok": self.outcome.is_ok(),
            "problems": problems,
        })
    }
}

fn located(problem: &crate::document::Problem) -> Value {
    json!({
        "file": &*problem.file, "line": problem.line, "column": problem.column,
        "message": problem.message, "help": problem.help,
    })
}

fn data(reports: &[Report]) -> Value {
    let files: Vec<Value> = reports.iter().map(Report::data).collect();
    json!({ "ok": reports.iter().all(|report| report.outcome.is_ok()), "files": files })
}
