//! `ticketbooth clock`: what the world clock shows, and moving it.

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::Failure;
use super::output::{Form, table};
use super::remote::{Question, Remote, cell, cells, rows};

#[derive(Debug, Args)]
pub(crate) struct Flags {
    #[command(subcommand)]
    what: Option<What>,
    #[command(flatten)]
    remote: Remote,
    /// Let the clock go backwards.
    #[arg(long, global = true)]
    allow_backwards: bool,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Print what the clock shows (the default).
    Show,
    /// Move it by a duration: `241m`, `10 days`, `1h30m`.
    Advance {
        #[arg(value_name = "DURATION", allow_hyphen_values = true)]
        by: String,
    },
    /// Set it to an RFC 3339 time.
    Set {
        #[arg(value_name = "TIME")]
        at: String,
    },
    /// Let it stand.
    Freeze,
    /// Let it run on from where it stands.
    Resume,
}

pub(crate) fn run(flags: &Flags) -> Result<(), Failure> {
    let mut wish = match flags.what.as_ref().unwrap_or(&What::Show) {
        What::Show => return flags.remote.print(&flags.remote.ask(Question::get("/clock"))?, shown),
        What::Advance { by } => json!({ "advance": by }),
        What::Set { at } => json!({ "set": at }),
        What::Freeze => json!({ "freeze": true }),
        What::Resume => json!({ "resume": true }),
    };
    if flags.allow_backwards {
        wish["allow_backwards"] = true.into();
    }
    flags.remote.print(&flags.remote.ask(Question::change("POST", "/clock").body(wish))?, shown)
}

/// One line for the clock, and one for each ticket that its move has changed.
fn shown(clock: &Value) -> String {
    let mut text = format!("{} {}", cell(&clock["now"]), cell(&clock["mode"]));
    match clock["offset_seconds"].as_i64() {
        None | Some(0) => {}
        Some(ahead) => text.push_str(&format!(", {} s {} the wall clock", ahead.abs(), side(ahead))),
    }
    let changed = rows(&clock["transitions"]);
    if !changed.is_empty() {
        let lines = changed.iter().map(|row| cells(row, &["at", "vendor", "ticket", "became"]));
        text.push_str(&format!("\n\n{}", table(Form::Text, &["At", "Vendor", "Ticket", "Became"], lines)));
        let total = clock["total"].as_u64().unwrap_or_default();
        if total > changed.len() as u64 {
            text.push_str(&format!(
                "\n\n{} of {total}; `ticketbooth ticket` lists them as they are now",
                changed.len()
            ));
        }
    }
    text
}

const fn side(ahead: i64) -> &'static str {
    if ahead < 0 { "behind" } else { "ahead of" }
}
