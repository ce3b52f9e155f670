//! `ticketbooth rule`: what is ordered instead of the normal answers.

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::Value;

use super::Failure;
use super::failure::Complaint;
use super::files;
use super::output::{Form, table};
use super::remote::{Question, Verb, cell, cells, rows, segment};
use crate::rules;

pub(crate) type Flags = Verb<What>;

#[derive(Debug, Subcommand)]
pub(crate) enum What {
    /// Print the rules in the order in which they are asked, with their counters (the default).
    List,
    /// Print one rule, with its counters.
    Show {
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Put the rule of a file behind the others.
    Add {
        /// One rule in YAML or JSON; `-` for stdin.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Put the rules of a file in the place of all.
    Replace {
        /// A list of rules in YAML or JSON; `-` for stdin.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Take a rule away.
    Delete {
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Take all rules away.
    Clear,
}

const HELP: &str = "name a file with a rule in YAML or JSON, or `-` for stdin";

pub(crate) fn run(flags: &Flags) -> Result<(), Failure> {
    let remote = &flags.remote;
    match flags.what.as_ref().unwrap_or(&What::List) {
        What::List => remote.print(&remote.ask(Question::get("/rules"))?, listed),
        What::Show { id } => remote.print(&remote.ask(Question::get(one(id)))?, |rule| format!("{rule:#}")),
        What::Add { file } => {
            let (name, text) = (files::name(file), files::read(file, HELP)?);
            // Checked here, so that what is wrong is told with the lines of the file.
            let rule = rules::one(&name, &text).map_err(|problems| Failure::File(problems.to_string()))?;
            let question = Question::change("POST", "/rules").body(as_json(&rule)?);
            remote.print(&remote.ask(question)?, |rule| format!("added {}", cell(&rule["id"])))
        }
        What::Replace { file } => {
            let (name, text) = (files::name(file), files::read(file, HELP)?);
            let rules = rules::read(&name, &text).map_err(|problems| Failure::File(problems.to_string()))?;
            let question = Question::change("PUT", "/rules").body(as_json(&rules)?);
            remote.print(&remote.ask(question)?, listed)
        }
        What::Delete { id } => remote.print(&remote.ask(Question::change("DELETE", one(id)))?, removed),
        What::Clear => remote.print(&remote.ask(Question::change("DELETE", "/rules"))?, removed),
    }
}

fn one(id: &str) -> String {
    format!("/rules/{}", segment(id))
}

fn as_json(rules: &impl serde::Serialize) -> Result<Value, Failure> {
    serde_json::to_value(rules).map_err(|error| Failure::Own(Complaint::new(error.to_string())))
}

fn listed(list: &Value) -> String {
    let rules = rows(&list["rules"]);
    if rules.is_empty() {
        return "there are no rules".to_owned();
    }
    let line = |rule: &Value| {
        let mut line = cells(rule, &["id", "on", "eligible", "hits"]);
        line.push(cell(if rule["then"].is_null() { &rule["sequence"] } else { &rule["then"] }));
        line
    };
    table(Form::Text, &["Rule", "On", "Eligible", "Hits", "Then"], rules.iter().map(line))
}

fn removed(answer: &Value) -> String {
    let ids: Vec<String> = rows(&answer["removed"]).iter().map(cell).collect();
    if ids.is_empty() { "there were no rules".to_owned() } else { format!("removed {}", ids.join(" ")) }
}
