//! `ticketbooth check`: scenario and world files before anybody serves them.
//!
//! Everything that is wrong with every file goes to stderr, what is good has a line on stdout. Which
//! files there are, and which kind each is of, is found in `check_files`.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};

use super::Failure;
use super::file_kind::{FileKind, detect_kind};
use super::files::{self, TextFile};
use super::output::{print_json, print_text, tell_people};
use crate::cloud::all_assumptions;
use crate::document::{MAX_BYTES, Problems};
use crate::rules::{self, Rule, Scenario};
use crate::world::World;

#[derive(Debug, Args)]
pub(crate) struct CheckFlags {
    /// Scenario and world files, and folders of them: `*.yaml`, `*.yml` and `*.json`, however deep.
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// The result of one file.
#[derive(Debug)]
struct FileReport {
    path: PathBuf,
    /// `None`: nobody can tell.
    kind: Option<FileKind>,
    outcome: Result<Good, Fault>,
}

/// Why a file is no good.
#[derive(Debug)]
enum Fault {
    Unreadable(String),
    Wrong(Problems),
}

pub(crate) fn run(flags: &CheckFlags) -> Result<(), Failure> {
    let mut session = Session::default();
    for path in &flags.paths {
        match files_below(path).and_then(|files| session.only_ours(path, files)) {
            Ok(files) => files.iter().for_each(|file| session.check_file(file)),
            Err(message) => {
                let outcome = Err(Fault::Unreadable(message));
                session.reports.push(FileReport { path: path.clone(), kind: None, outcome });
            }
        }
    }
    if session.left_out > 0 {
        tell_people(&format!("{} further files do not say `ticketbooth:` and were left out", session.left_out));
    }
    let reports = session.reports;
    if flags.json {
        print_json(&reports_json(&reports))?;
    } else {
        let good: Vec<String> = reports.iter().filter_map(FileReport::success_line).collect();
        if !good.is_empty() {
            print_text(&good.join("\n"))?;
        }
    }
    let bad: Vec<String> = reports.iter().filter_map(FileReport::failure_text).collect();
    if bad.is_empty() { Ok(()) } else { Err(Failure::File(bad.join("\n\n"))) }
}

/// The files that were looked at so far: a world that several scenarios name is told of once.
#[derive(Debug, Default)]
struct Session {
    reports: Vec<FileReport>,
    /// Whether the world of this real path is good.
    done: HashMap<PathBuf, bool>,
    /// Files of folders that are somebody else's.
    left_out: usize,
}

impl Session {
    /// Of a folder the files that say to be ours; a file that was named is looked at whatever it says.
    fn only_ours(&mut self, path: &Path, files: Vec<PathBuf>) -> Result<Vec<PathBuf>, String> {
        if !path.is_dir() {
            return Ok(files);
        }
        let count = files.len();
        // One that cannot be read is told of.
        let is_ours =
            |file: &PathBuf| files::read_text(file, MAX_BYTES as u64).map_or(true, |read| says_ours(&read.text));
        let ours: Vec<PathBuf> = files.into_iter().filter(is_ours).collect();
        if ours.is_empty() {
            return Err(format!("there is nothing to check in {}: no file there says `ticketbooth:`", path.display()));
        }
        self.left_out += count - ours.len();
        Ok(ours)
    }

    fn check_file(&mut self, path: &Path) {
        let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        if self.done.contains_key(&real) {
            return;
        }
        let read = match files::read_text(path, MAX_BYTES as u64) {
            Ok(read) => read,
            Err(message) => return self.note_outcome(real, path, None, Err(Fault::Unreadable(message))),
        };
        match detect_kind(&read.name, &read.text) {
            Ok(kind @ FileKind::World) => self.note_outcome(real, path, Some(kind), check_world(&read)),
            Ok(kind @ FileKind::Scenario) => {
                let at = self.reports.len();
                let outcome = self.check_scenario(path, &read);
                self.note_outcome(real, path, Some(kind), outcome);
                // The scenario stands before the world that it led to.
                self.reports[at..].rotate_right(1);
            }
            Err(problems) => self.note_outcome(real, path, None, Err(Fault::Wrong(read.show_problems(problems)))),
        }
    }

    fn check_scenario(&mut self, path: &Path, read: &TextFile) -> Result<Good, Fault> {
        let session = RefCell::new(self);
        let named = |world: &Path| session.borrow_mut().check_named_world(path, world);
        let scenario = Scenario::load_with(&read.name, &read.text, &named);
        let scenario = scenario.map_err(|problems| Fault::Wrong(read.show_problems(problems)))?;
        Ok(Good { name: scenario.name, rules: scenario.rules })
    }

    /// Looks at the world that the scenario names; what is wrong with the name is the scenario's fault.
    fn check_named_world(&mut self, scenario: &Path, world: &Path) -> Result<(), String> {
        let (path, real) = (rules::world_path(scenario, world), rules::world_of(scenario, world)?);
        if !self.done.contains_key(&real) {
            let outcome = match files::read_text(&path, MAX_BYTES as u64) {
                Ok(read) => self::check_world(&read),
                Err(message) => Err(Fault::Unreadable(message)),
            };
            self.note_outcome(real.clone(), &path, Some(FileKind::World), outcome);
        }
        match self.done.get(&real) {
            Some(true) => Ok(()),
            _ => Err(format!("{} is not a valid world file", path.display())),
        }
    }

    fn note_outcome(&mut self, real: PathBuf, path: &Path, kind: Option<FileKind>, outcome: Result<Good, Fault>) {
        self.done.insert(real, kind == Some(FileKind::World) && outcome.is_ok());
        self.reports.push(FileReport { path: path.to_owned(), kind, outcome });
    }
}

fn check_world(read: &TextFile) -> Result<Good, Fault> {
    let world = World::load(&read.name, &read.text, &all_assumptions());
    let world = world.map_err(|problems| Fault::Wrong(read.show_problems(problems)))?;
    Ok(Good { name: world.name, rules: Vec::new() })
}

/// The content of a valid file.
#[derive(Debug)]
struct Good {
    name: String,
    rules: Vec<Rule>,
}

impl Good {
    /// A line for each rule that is for some actions of a vendor and passes the others by.
    fn describe_reach(&self) -> impl Iterator<Item = String> {
        let partial = self.rules.iter().filter(|rule| rule.is_partial());
        partial.map(|rule| format!("\n  rule {} reaches {}", rule.id(), rule.reachable_codes().join(", ")))
    }
}

impl FileReport {
    /// The line of a good file.
    fn success_line(&self) -> Option<String> {
        let (kind, good) = (self.kind?, self.outcome.as_ref().ok()?);
        let reach: String = good.describe_reach().collect();
        Some(format!("ok {} {} {}{reach}", kind.name(), good.name, self.path.display()))
    }

    /// The errors of an invalid one.
    fn failure_text(&self) -> Option<String> {
        match self.outcome.as_ref().err()? {
            Fault::Unreadable(message) => Some(format!("error: {message}")),
            Fault::Wrong(problems) => Some(problems.to_string().trim_end().to_owned()),
        }
    }

    fn to_json(&self) -> Value {
        let problems: Vec<Value> = match &self.outcome {
            Ok(_) => Vec::new(),
            Err(Fault::Unreadable(message)) => vec![json!({ "message": message })],
            Err(Fault::Wrong(problems)) => problems.iter().map(problem_json).collect(),
        };
        let rule = |rule: &Rule| json!({ "id": &**rule.id(), "reaches": rule.reachable_codes() });
        let rules: Vec<Value> = self.outcome.iter().flat_map(|good| &good.rules).map(rule).collect();
        json!({
            "path": self.path.display().to_string(),
            "kind": self.kind.map(FileKind::name),
            "name": self.outcome.as_ref().ok().map(|good| &good.name),
            "rules": rules,
            "ok": self.outcome.is_ok(),
            "problems": problems,
        })
    }
}

fn problem_json(problem: &crate::document::Problem) -> Value {
    json!({
        "file": &*problem.file, "line": problem.line, "column": problem.column,
        "message": problem.message, "help": problem.help,
    })
}

fn reports_json(reports: &[FileReport]) -> Value {
    let files: Vec<Value> = reports.iter().map(FileReport::to_json).collect();
    json!({ "ok": reports.iter().all(|report| report.outcome.is_ok()), "files": files })
}

/// Whether a line of the text begins with the key that every file of ours has.
fn says_ours(text: &str) -> bool {
    let is_key =
        |line: &str| ["ticketbooth:", "\"ticketbooth\"", "'ticketbooth'"].iter().any(|key| line.starts_with(key));
    text.lines().any(|line| is_key(line.trim_start_matches(['\u{feff}', ' ', '\t', '{'])))
}

/// The endings of the files that are ours to look at in a folder.
pub(super) const ENDINGS: &[&str] = &["yaml", "yml", "json"];

/// The file itself, or the files of the folder, however deep, in the order of their names.
///
/// Hidden files and folders and `node_modules` are left out, and links to folders are not followed: they may lead in a circle.
pub(super) fn files_below(path: &Path) -> Result<Vec<PathBuf>, String> {
    let unreadable = |path: &Path, error: std::io::Error| format!("cannot read {}: {error}", path.display());
    if !fs::metadata(path).map_err(|error| unreadable(path, error))?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let (mut found, mut folders) = (Vec::new(), vec![path.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(|error| unreadable(&folder, error))? {
            let entry = entry.map_err(|error| unreadable(&folder, error))?;
            let (path, kind) = (entry.path(), entry.file_type().map_err(|error| unreadable(&folder, error))?);
            let is_ours = path.extension().and_then(|ending| ending.to_str()).is_some_and(|it| ENDINGS.contains(&it));
            match entry.file_name().to_str() {
                Some(name) if name.starts_with('.') || name == "node_modules" => {}
                _ if kind.is_dir() => folders.push(path),
                _ if is_ours && !path.is_dir() => found.push(path),
                _ => {}
            }
        }
    }
    if found.is_empty() {
        let endings: Vec<String> = ENDINGS.iter().map(|ending| format!("*.{ending}")).collect();
        return Err(format!("there is no file to check in {}: none ends in {}", path.display(), endings.join(", ")));
    }
    found.sort();
    Ok(found)
}
