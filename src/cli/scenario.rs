//! `ticketbooth scenario`: begins a scenario in a running emulator, and tells how it stands.

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::Value;

use super::Failure;
use super::failure::VERDICT_CODES;
use super::files;
use super::remote::{Question, Verb, cell, rows};

pub(crate) type Flags = Verb<What>;

#[derive(Debug, Subcommand)]
pub(crate) enum What {
    /// Show rules, expectations and the verdict so far (the default).
    Show,
    /// Make the sandbox anew and begin this scenario; `-` reads it from stdin.
    Play {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// End it: rules, expectations, seed and clock are as the sandbox would have begun without one.
    End,
    /// Tell the verdict, also by the exit code.
    #[command(after_help = VERDICT_CODES)]
    Verify,
}

pub(crate) fn run(flags: &Flags) -> Result<(), Failure> {
    match &flags.what {
        None | Some(What::Show) => print(flags, &flags.remote.ask(Question::get("/scenario"))?),
        Some(What::Play { file }) => {
            let question = Question::change("PUT", "/scenario")
                .file(files::read(file, "name a scenario file that is there, or `-` for stdin")?);
            print(flags, &flags.remote.ask(question)?)
        }
        Some(What::End) => {
            let ended = flags.remote.ask(Question::change("DELETE", "/scenario"))?;
            flags.remote.print(&ended, |ended| match ended["removed"].as_str() {
                Some(name) => format!("the scenario {name} has ended"),
                None => "there was no scenario; the rules are those of the beginning".to_owned(),
            })
        }
        Some(What::Verify) => {
            let view = flags.remote.ask(Question::change("POST", "/scenario/verify"))?;
            print(flags, &view)?;
            judged(&view)
        }
    }
}

fn print(flags: &Flags, view: &Value) -> Result<(), Failure> {
    flags.remote.print(view, shown)
}

fn shown(view: &Value) -> String {
    let mut text = match view["name"].as_str() {
        Some(name) => format!("{name}: {}\n", cell(&view["verdict"])),
        None => "no scenario\n".to_owned(),
    };
    for rule in rows(&view["rules"]) {
        text.push_str(&format!(
            "  rule {}: fired {} of {} calls that matched\n",
            cell(&rule["id"]),
            cell(&rule["hits"]),
            cell(&rule["eligible"])
        ));
    }
    for expectation in rows(&view["expectations"]) {
        text.push_str(&format!("  {}: {}\n", cell(&expectation["verdict"]), cell(&expectation["message"])));
    }
    text
}

fn judged(view: &Value) -> Result<(), Failure> {
    let complaints: Vec<String> = rows(&view["complaints"]).iter().map(cell).collect();
    Failure::judged(&cell(&view["verdict"]), complaints.join("; "))
}
