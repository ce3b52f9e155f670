//! `ticketbooth reset`: makes a sandbox anew, or parts of it.

use clap::Args;
use serde_json::json;

use super::Failure;
use super::remote::{Question, Remote, cell, rows};

#[derive(Debug, Args)]
pub(crate) struct Flags {
    /// What is made anew: tickets, clock, journal, nonces, rates, world; all of it when nothing is named.
    #[arg(value_name = "WHAT")]
    what: Vec<String>,
    #[command(flatten)]
    remote: Remote,
}

pub(crate) fn run(flags: &Flags) -> Result<(), Failure> {
    let question = Question::change("POST", "/reset");
    let question = if flags.what.is_empty() { question } else { question.body(json!({ "what": flags.what })) };
    flags.remote.print(&flags.remote.ask(question)?, |done| {
        let names: Vec<String> = rows(&done["reset"]).iter().map(cell).collect();
        format!("made anew: {}", names.join(", "))
    })
}
