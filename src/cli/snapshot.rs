//! `ticketbooth snapshot`: a sandbox as one file, and back.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Value, json};

use super::Failure;
use super::failure::Complaint;
use super::files;
use super::remote::{AdminCall, Remote, Trouble, cell_text, list_rows};

#[derive(Debug, Args)]
pub(crate) struct SnapshotFlags {
    #[command(subcommand)]
    what: SnapshotVerb,
    #[command(flatten)]
    remote: Remote,
}

#[derive(Debug, Subcommand)]
enum SnapshotVerb {
    /// Write the sandbox into a file. There are secrets in it, so only its owner may read it.
    Save {
        /// `-` stands for stdout.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Replace the sandbox by what a file holds.
    Load {
        /// `-` stands for stdin.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// As much of a snapshot as its number of tickets takes: there may be a million.
#[derive(Deserialize)]
struct Outline {
    tickets: Vec<IgnoredAny>,
}

/// The kind under which the emulator refuses a snapshot.
const BAD: &str = "bad_snapshot";

pub(crate) fn run(flags: &SnapshotFlags) -> Result<(), Failure> {
    match &flags.what {
        SnapshotVerb::Save { file } => save_snapshot(&flags.remote, file),
        SnapshotVerb::Load { file } => load_snapshot(&flags.remote, file),
    }
}

fn save_snapshot(remote: &Remote, file: &Path) -> Result<(), Failure> {
    let answer = remote.send_call(AdminCall::get("/snapshot"))?;
    let broken = |error: String| Failure::Own(Complaint::new(format!("the snapshot arrived broken: {error}")));
    // Looked at before the old file goes: an answer that was cut off must not take its place.
    let outline: Outline = serde_json::from_slice(&answer.body).map_err(|error| broken(error.to_string()))?;
    files::save_file(file, &answer.body).map_err(Failure::Own)?;
    if files::is_stdout(file) {
        return Ok(());
    }
    let tickets = outline.tickets.len();
    let saved = json!({ "saved": file.display().to_string(), "bytes": answer.body.len(), "tickets": tickets });
    remote.print_answer(&saved, |saved| {
        format!("saved {} with {} tickets", cell_text(&saved["saved"]), cell_text(&saved["tickets"]))
    })
}

fn load_snapshot(remote: &Remote, file: &Path) -> Result<(), Failure> {
    let name = file.display();
    let mut read = files::read_large(file, "`ticketbooth snapshot save FILE` writes one")?;
    let text = std::mem::take(&mut read.text);
    let damaged = |cause: &str| Failure::File(format!("error: {name}: {}", read.show_message(cause)));
    let _is_json: IgnoredAny =
        serde_json::from_str(&text).map_err(|error| damaged(&format!("damaged snapshot: {error}")))?;
    match remote.send_call(AdminCall::change("PUT", "/snapshot").with_json(text)) {
        Ok(answer) => {
            let loaded: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
            remote.print_answer(&loaded, loaded_text)
        }
        Err(Trouble::Refused { kind, complaint, .. }) if kind == BAD => {
            let help = complaint.help.map_or_else(String::new, |help| format!("\n  help: {help}"));
            Err(damaged(&format!("{}{help}", complaint.message)))
        }
        Err(trouble) => Err(trouble.into()),
    }
}

fn loaded_text(loaded: &Value) -> String {
    let mut text = format!("loaded {} tickets into {}", cell_text(&loaded["tickets"]), cell_text(&loaded["sandbox"]));
    for key in list_rows(&loaded["keys"]).iter().filter(|key| !key["belongs_to"].is_null()) {
        text.push_str(&format!(
            "\nkey {} still belongs to sandbox {}",
            cell_text(&key["id"]),
            cell_text(&key["belongs_to"])
        ));
    }
    text
}
