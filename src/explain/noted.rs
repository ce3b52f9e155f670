//! What stands in a journal beside calls, for people.

use schemars::JsonSchema;
use serde::Serialize;

use super::evidence::micros;
use crate::domain::rfc3339;
use crate::journal::{Note, Noted};

/// An entry that is no call.
#[derive(Debug, Serialize, JsonSchema)]
pub struct NoteView {
    /// `mark`, `clock`, `reset`, `rules`, `scenario`, `assumptions`, `preflight` or `stranger`.
    kind: &'static str,
    /// The sandbox that it is in.
    sandbox: String,
    /// The number of the newest call before it.
    after: u64,
    /// The world clock: RFC 3339, in UTC.
    at: String,
    /// The wall clock: RFC 3339 with microseconds, in UTC.
    received: String,
    /// The text of a mark; of the others, what happened.
    text: String,
}

impl NoteView {
    pub fn of(note: &Note, sandbox: &str) -> Self {
        Self {
            kind: note.what.kind(),
            sandbox: sandbox.to_owned(),
            after: note.after,
            at: rfc3339(note.at),
            received: micros(note.wall_us),
            text: text(&note.what),
        }
    }
}

fn text(what: &Noted) -> String {
    match what {
        Noted::Mark(text) => text.to_string(),
        Noted::Clock { from, to, frozen } => {
            format!("{} → {}, {}", rfc3339(*from), rfc3339(*to), if *frozen { "frozen" } else { "running" })
        }
        Noted::Reset { what } => format!("reset of {}", what.join(", ")),
        Noted::Rules { count } => format!("{count} rules are in force"),
        Noted::Scenario { name: Some(name) } => format!("scenario {name} begins"),
        Noted::Scenario { name: None } => "the scenario ends".to_owned(),
        Noted::Assumptions { changed } => {
            let changed = changed.iter().map(|(name, choice)| format!("{name}={choice}"));
            changed.collect::<Vec<_>>().join(", ")
        }
        Noted::Preflight { vendor, method, path, status } => {
            format!("{method} {path} answered with {status} before the API of {vendor}")
        }
        Noted::Stranger { method, path } => format!("{method} {path} fits no vendor"),
    }
}
