//! `ticketbooth reset`: makes a sandbox anew, or parts of it.

use clap::Args;
use serde_json::json;

use super::Failure;
use super::remote::{AdminCall, Remote, cell_text, list_rows};
use crate::emulator::Aspect;

#[derive(Debug, Args)]
pub(crate) struct ResetFlags {
    #[arg(value_name = "WHAT", help = aspects_help())]
    what: Vec<String>,
    #[command(flatten)]
    remote: Remote,
}

fn aspects_help() -> String {
    let mut text = "What to reset. Without any: all of it, and chance; a scenario that was begun meanwhile ends then, \
                    and the sandbox is as it was made.\n"
        .to_owned();
    for aspect in Aspect::ALL {
        text.push_str(&format!("\n- {:<8}  {}", aspect.name(), aspect.about()));
    }
    text
}

pub(crate) fn run(flags: &ResetFlags) -> Result<(), Failure> {
    let question = AdminCall::change("POST", "/reset");
    let question = if flags.what.is_empty() { question } else { question.with_body(json!({ "what": flags.what })) };
    flags.remote.print_answer(&flags.remote.ask_json(question)?, |done| {
        let names: Vec<String> = list_rows(&done["reset"]).iter().map(cell_text).collect();
        format!("reset: {}", names.join(", "))
    })
}
