//! The journal of a sandbox: what came, what was answered, and why.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::asked::Asked;
use super::tickets::vendor;
use super::waiting::Streaming;
use super::{Answer, Problem, data};
use crate::emulator::{Aspect, JournalOf};
use crate::explain::{EntryView, Explanation, Summary, explain};
use crate::export::{self, Filters, Listed};
use crate::journal::Entry;

/// The word for the newest entry, where a request id is asked for.
const LAST: &str = "last";

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Entries {
    /// Newest first.
    entries: Vec<Summary>,
    /// How many there are that fit, listed or not.
    total: usize,
    /// Entries of whatever kind that are kept no more.
    dropped: u64,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Emptied {
    /// Entries that were thrown away.
    removed: usize,
}

/// The calls that fit; or everything that is kept, in one streamed answer.
pub(super) fn list(asked: &Asked<'_>) -> Result<Answer, Problem> {
    match asked.query("format") {
        None | Some("json") => {}
        Some("jsonl") => return Ok(exported(asked)),
        Some(other) => {
            let message = format!("there is no format \"{other}\"");
            return Err(Problem::new(400, "bad_query", message, "json, or jsonl for everything that is kept"));
        }
    }
    asked.query("vendor").map(vendor).transpose()?;
    let filters = Filters::read(|name| asked.query(name), asked.number("limit")?)
        .map_err(|bad| Problem::new(400, "bad_time", bad.message, bad.help))?;
    let extract = asked.live().journal.extract();
    let fits = |entry: &&Arc<Entry>| {
        let told = &entry.told;
        filters.fit(&Listed {
            serial: entry.serial,
            at: told.at,
            vendor: told.vendor,
            action: &told.action,
            code: told.outcome.code(),
        })
    };
    let found: Vec<&Arc<Entry>> = extract.entries.iter().rev().filter(fits).collect();
    let token = asked.emulator.guard.token.as_deref();
    let entries = found.iter().take(filters.limit).map(|entry| Summary::of(entry, token)).collect();
    Ok(data(200, &Entries { entries, total: found.len(), dropped: extract.dropped() }).into())
}

/// The journals of all sandboxes, or of the one that is asked for.
fn exported(asked: &Asked<'_>) -> Answer {
    let journals = if asked.names_sandbox() {
        vec![JournalOf::new(&asked.tenant, asked.emulator.tenant(&asked.tenant.id()).is_none())]
    } else {
        asked.emulator.journals()
    };
    let lines = export::lines(journals, asked.emulator.guard.token.clone());
    Answer::Stream(Streaming::Lines { media_type: export::MEDIA_TYPE, lines: Box::new(lines) })
}

pub(super) fn show(asked: &Asked<'_>) -> Result<Answer, Problem> {
    let entry = entry(asked)?;
    let token = asked.emulator.guard.token.as_deref();
    Ok(data(200, &EntryView::of(&entry, explanation(asked, &entry), token)).into())
}

pub(super) fn explained(asked: &Asked<'_>) -> Result<Answer, Problem> {
    let entry = entry(asked)?;
    Ok(data(200, &explanation(asked, &entry)).into())
}

fn explanation(asked: &Asked<'_>, entry: &Entry) -> Explanation {
    let emulator = asked.emulator;
    explain(entry, emulator.guard.token.as_deref())
}

/// The entry that the path names.
fn entry(asked: &Asked<'_>) -> Result<Arc<Entry>, Problem> {
    let (journal, id) = (&asked.live().journal, asked.id());
    if id == LAST {
        let hint = "make a call first; a call with a key of another sandbox stands in that one's journal";
        return journal.last().ok_or_else(|| Problem::new(404, "no_calls", "there was no call in this sandbox", hint));
    }
    let request_id = Uuid::parse_str(id).map_err(|_| {
        let hint = "a request id is 32 hexadecimal digits with hyphens; `last` stands for the newest call";
        Problem::new(400, "bad_request_id", format!("\"{id}\" is no request id"), hint)
    })?;
    journal.find(request_id).ok_or_else(|| {
        let dropped = journal.extract().dropped();
        let message = format!("there is no call {request_id} in this sandbox, and {dropped} calls are kept no more");
        Problem::new(404, "unknown_call", message, "choose the sandbox of its key with ?sandbox=ID")
    })
}

pub(super) fn empty(asked: &Asked<'_>) -> Result<Answer, Problem> {
    let removed = asked.live().journal.extract().entries.len();
    asked.tenant.reset(&[Aspect::Journal]);
    Ok(data(200, &Emptied { removed }).into())
}
