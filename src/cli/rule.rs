//! `ticketbooth rule`: what is ordered instead of the normal answers.

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::Value;

use super::Failure;
use super::failure::Complaint;
use super::files;
use super::output::print_json;
use super::remote::{AdminCall, Remote, VerbFlags, cell_text, list_rows, path_segment, row_cells};
use super::table::TableData;
use crate::rules;

pub(crate) type RuleFlags = VerbFlags<RuleVerb>;

#[derive(Debug, Subcommand)]
pub(crate) enum RuleVerb {
    /// Print the rules in their order, with their counters (the default).
    List,
    /// Print one rule, with its counters.
    Show {
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Add the rule of a file after the others.
    Add {
        /// One rule in YAML or JSON; `-` for stdin.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Replace all rules by those of a file.
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

pub(crate) fn run(flags: &RuleFlags) -> Result<(), Failure> {
    let remote = &flags.remote;
    match flags.what.as_ref().unwrap_or(&RuleVerb::List) {
        RuleVerb::List => print_rules(remote, &remote.ask_json(AdminCall::get("/rules"))?),
        RuleVerb::Show { id } => print_json(&remote.ask_json(AdminCall::get(rule_path(id)))?),
        RuleVerb::Add { file } => {
            let read = files::read_file(file, HELP)?;
            // Checked here, so that what is wrong is told with the lines of the file.
            let rule = rules::read_rule(&read.name, &read.text);
            let rule = rule.map_err(|problems| Failure::File(read.show_problems(problems).to_string()))?;
            let question = AdminCall::change("POST", "/rules").with_body(as_json(&rule)?);
            remote.print_answer(&remote.ask_json(question)?, |rule| format!("added {}", cell_text(&rule["id"])))
        }
        RuleVerb::Replace { file } => {
            let read = files::read_file(file, HELP)?;
            let rules = rules::read_rules(&read.name, &read.text);
            let rules = rules.map_err(|problems| Failure::File(read.show_problems(problems).to_string()))?;
            let question = AdminCall::change("PUT", "/rules").with_body(as_json(&rules)?);
            print_rules(remote, &remote.ask_json(question)?)
        }
        RuleVerb::Delete { id } => {
            remote.print_answer(&remote.ask_json(AdminCall::change("DELETE", rule_path(id)))?, removal_text)
        }
        RuleVerb::Clear => remote.print_answer(&remote.ask_json(AdminCall::change("DELETE", "/rules"))?, removal_text),
    }
}

fn rule_path(id: &str) -> String {
    format!("/rules/{}", path_segment(id))
}

fn as_json(rules: &impl serde::Serialize) -> Result<Value, Failure> {
    serde_json::to_value(rules).map_err(|error| Failure::Own(Complaint::new(error.to_string())))
}

fn print_rules(remote: &Remote, list: &Value) -> Result<(), Failure> {
    let line = |rule: &Value| {
        let mut line = row_cells(rule, &["id", "on", "eligible", "hits"]);
        line.push(cell_text(if rule["then"].is_null() { &rule["sequence"] } else { &rule["then"] }));
        line
    };
    let table =
        TableData::new(&["Rule", "On", "Eligible", "Hits", "Then…"], list_rows(&list["rules"]).iter().map(line));
    let foot = table.is_empty().then(|| "there are no rules".to_owned());
    remote.print_list(list, &table, foot)
}

fn removal_text(answer: &Value) -> String {
    let ids: Vec<String> = list_rows(&answer["removed"]).iter().map(cell_text).collect();
    if ids.is_empty() { "there were no rules".to_owned() } else { format!("removed {}", ids.join(" ")) }
}
