//! `ticketbooth scenario`: begins a scenario in a running emulator, and tells how it stands.

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::Value;

use super::Failure;
use super::failure::VERDICT_CODES;
use super::files;
use super::remote::{AdminCall, VerbFlags, cell_text, list_rows};
use crate::rules::Scenario;

pub(crate) type ScenarioFlags = VerbFlags<ScenarioVerb>;

#[derive(Debug, Subcommand)]
pub(crate) enum ScenarioVerb {
    /// Show rules, expectations and the verdict so far (the default).
    Show,
    /// Reset the sandbox and start this scenario; `-` reads it from stdin.
    Play {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// End it: rules, expectations, seed and clock are as the sandbox would have begun without one.
    End,
    /// Print the verdict, and exit with its code.
    #[command(after_help = VERDICT_CODES)]
    Verify,
}

pub(crate) fn run(flags: &ScenarioFlags) -> Result<(), Failure> {
    match &flags.what {
        None | Some(ScenarioVerb::Show) => print_view(flags, &flags.remote.ask_json(AdminCall::get("/scenario"))?),
        Some(ScenarioVerb::Play { file }) => {
            let read = files::read_file(file, "name a scenario file that is there, or `-` for stdin")?;
            // Checked here, so that what is wrong is told with the lines of the file.
            let checked = Scenario::load_alone(&read.name, &read.text);
            checked.map_err(|problems| Failure::File(read.show_problems(problems).to_string()))?;
            let question = AdminCall::change("PUT", "/scenario").with_file(read.text);
            print_view(flags, &flags.remote.ask_json(question)?)
        }
        Some(ScenarioVerb::End) => {
            let ended = flags.remote.ask_json(AdminCall::change("DELETE", "/scenario"))?;
            flags.remote.print_answer(&ended, |ended| match ended["removed"].as_str() {
                Some(name) => format!("the scenario {name} has ended"),
                None => "there was no scenario; the rules are those of the beginning".to_owned(),
            })
        }
        Some(ScenarioVerb::Verify) => {
            let view = flags.remote.ask_json(AdminCall::change("POST", "/scenario/verify"))?;
            print_view(flags, &view)?;
            judge_view(&view)
        }
    }
}

fn print_view(flags: &ScenarioFlags, view: &Value) -> Result<(), Failure> {
    flags.remote.print_answer(view, view_text)
}

fn view_text(view: &Value) -> String {
    let mut text = match view["name"].as_str() {
        Some(name) => format!("{name}: {}\n", cell_text(&view["verdict"])),
        None => "no scenario\n".to_owned(),
    };
    for rule in list_rows(&view["rules"]) {
        text.push_str(&format!(
            "  rule {}: fired {} of {} calls that matched\n",
            cell_text(&rule["id"]),
            cell_text(&rule["hits"]),
            cell_text(&rule["eligible"])
        ));
    }
    for expectation in list_rows(&view["expectations"]) {
        text.push_str(&format!("  {}: {}\n", cell_text(&expectation["verdict"]), cell_text(&expectation["message"])));
    }
    text
}

fn judge_view(view: &Value) -> Result<(), Failure> {
    let complaints: Vec<String> = list_rows(&view["complaints"]).iter().map(cell_text).collect();
    Failure::of_verdict(&cell_text(&view["verdict"]), complaints.join("; "))
}
