//! `ticketbooth clock`: what the world clock shows, and moving it.

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::Failure;
use super::output::table_text;
use super::remote::{AdminCall, Remote, cell_text, list_rows, row_cells};
use super::table::TableData;

#[derive(Debug, Args)]
pub(crate) struct ClockFlags {
    #[command(subcommand)]
    what: Option<ClockVerb>,
    #[command(flatten)]
    remote: Remote,
    /// Allow the clock to go backwards.
    #[arg(long, global = true)]
    allow_backwards: bool,
}

#[derive(Debug, Subcommand)]
enum ClockVerb {
    /// Print the clock (the default).
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
    /// Let it run again.
    Resume,
}

pub(crate) fn run(flags: &ClockFlags) -> Result<(), Failure> {
    let mut wish = match flags.what.as_ref().unwrap_or(&ClockVerb::Show) {
        ClockVerb::Show => {
            return flags.remote.print_answer(&flags.remote.ask_json(AdminCall::get("/clock"))?, clock_text);
        }
        ClockVerb::Advance { by } => json!({ "advance": by }),
        ClockVerb::Set { at } => json!({ "set": at }),
        ClockVerb::Freeze => json!({ "freeze": true }),
        ClockVerb::Resume => json!({ "resume": true }),
    };
    if flags.allow_backwards {
        wish["allow_backwards"] = true.into();
    }
    flags.remote.print_answer(&flags.remote.ask_json(AdminCall::change("POST", "/clock").with_body(wish))?, clock_text)
}

/// One line for the clock, and one for each ticket that its move has changed.
fn clock_text(clock: &Value) -> String {
    let mut text = format!("{} {}", cell_text(&clock["now"]), cell_text(&clock["mode"]));
    match clock["offset_seconds"].as_i64() {
        None | Some(0) => {}
        Some(ahead) => text.push_str(&format!(", {} s {} the wall clock", ahead.abs(), side_word(ahead))),
    }
    let changed = list_rows(&clock["transitions"]);
    if !changed.is_empty() {
        let lines = changed.iter().map(|row| row_cells(row, &["at", "vendor", "ticket", "became"]));
        text.push_str(&format!("\n\n{}", table_text(&TableData::new(&["At", "Vendor", "Ticket", "Became"], lines))));
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

const fn side_word(ahead: i64) -> &'static str {
    if ahead < 0 { "behind" } else { "ahead of" }
}
