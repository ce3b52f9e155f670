//! `ticketbooth snapshot`: a sandbox as one file, and back.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::Failure;
use super::failure::Complaint;
use super::files::{self, Readers};
use super::remote::{Question, Remote, Trouble, cell, rows};

#[derive(Debug, Args)]
pub(crate) struct Flags {
    #[command(subcommand)]
    what: What,
    #[command(flatten)]
    remote: Remote,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Write the sandbox into a file. There are secrets in it, so only its owner may read it.
    Save {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Put what a file holds in the place of the sandbox.
    Load {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// The kind under which the emulator refuses a snapshot.
const BAD: &str = "bad_snapshot";

pub(crate) fn run(flags: &Flags) -> Result<(), Failure> {
    match &flags.what {
        What::Save { file } => save(&flags.remote, file),
        What::Load { file } => load(&flags.remote, file),
    }
}

fn save(remote: &Remote, file: &Path) -> Result<(), Failure> {
    let answer = remote.send(Question::get("/snapshot"))?;
    let broken = |error: String| Failure::Own(Complaint::new(format!("the snapshot arrived broken: {error}")));
    // Looked at before the old file goes: an answer that was cut off must not take its place.
    let document: Value = serde_json::from_slice(&answer.body).map_err(|error| broken(error.to_string()))?;
    files::replace(file, Readers::Owner, [&answer.body]).map_err(Failure::Own)?;
    let tickets = rows(&document["tickets"]).len();
    let saved = json!({ "saved": file.display().to_string(), "bytes": answer.body.len(), "tickets": tickets });
    remote.print(&saved, |saved| format!("saved {} with {} tickets", cell(&saved["saved"]), cell(&saved["tickets"])))
}

fn load(remote: &Remote, file: &Path) -> Result<(), Failure> {
    let name = file.display();
    let text = files::read(file, "`ticketbooth snapshot save FILE` writes one")?;
    let damaged = |cause: &str| Failure::File(format!("error: {name}: {cause}"));
    let document = serde_json::from_str(&text).map_err(|error| damaged(&format!("damaged snapshot: {error}")))?;
    match remote.send(Question::change("PUT", "/snapshot").body(document)) {
        Ok(answer) => {
            let loaded: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
            remote.print(&loaded, shown)
        }
        Err(Trouble::Refused { kind, complaint, .. }) if kind == BAD => {
            let help = complaint.help.map_or_else(String::new, |help| format!("\n  help: {help}"));
            Err(damaged(&format!("{}{help}", complaint.message)))
        }
        Err(trouble) => Err(trouble.into()),
    }
}

fn shown(loaded: &Value) -> String {
    let mut text = format!("loaded {} tickets into {}", cell(&loaded["tickets"]), cell(&loaded["sandbox"]));
    for key in rows(&loaded["keys"]).iter().filter(|key| !key["belongs_to"].is_null()) {
        text.push_str(&format!("\nkey {} still belongs to sandbox {}", cell(&key["id"]), cell(&key["belongs_to"])));
    }
    text
}
