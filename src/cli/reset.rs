//! `ticketbooth reset`: makes a sandbox anew, or parts of it.

use clap::Args;
use serde_json::json;

use super::Failure;
use super::remote::{Question, Remote, cell, rows};
use crate::emulator::Aspect;

#[derive(Debug, Args)]
pub(crate) struct Flags {
    #[arg(value_name = "WHAT", help = help())]
    what: Vec<String>,
    #[command(flatten)]
    remote: Remote,
}

fn help() -> String {
    let mut text =
        "What is made anew. Without any: all of it, and chance; a scenario that was begun meanwhile ends then, \
                    and the sandbox is as it was made.\n"
            .to_owned();
    for aspect in Aspect::ALL {
        text.push_str(&format!("\n- {:<8}  {}", aspect.name(), aspect.about()));
    }
    text
}

pub(crate) fn run(flags: &Flags) -> Result<(), Failure> {
    let question = Question::change("POST", "/reset");
    let question = if flags.what.is_empty() { question } else { question.body(json!({ "what": flags.what })) };
    flags.remote.print(&flags.remote.ask(question)?, |done| {
        let names: Vec<String> = rows(&done["reset"]).iter().map(cell).collect();
        format!("made anew: {}", names.join(", "))
    })
}
