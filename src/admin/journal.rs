//! The journal of a sandbox: what came, what was answered, and why.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::asked::Asked;
use super::tickets::vendor;
use super::{Answer, Problem, clock, data};
use crate::domain::Timestamp;
use crate::emulator::Aspect;
use crate::explain::{EntryView, Explanation, Summary, explain};
use crate::journal::Entry;

/// Entries that are listed unless another number is asked for.
const USUAL_LIMIT: usize = 100;

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

/// From when on.
enum Since {
    Serial(u64),
    Time(Timestamp),
}

pub(super) fn list(asked: &Asked<'_>) -> Result<Answer, Problem> {
    let vendor = asked.query("vendor").map(vendor).transpose()?;
    let since = asked.query("since").map(since).transpose()?;
    let limit = asked.number("limit")?.unwrap_or(USUAL_LIMIT);
    let (action, code) = (asked.query("action"), asked.query("code"));
    let extract = asked.live().journal.extract();
    let fits = |entry: &&Arc<Entry>| {
        let told = &entry.told;
        vendor.is_none_or(|vendor| told.vendor == vendor)
            && action.is_none_or(|action| &*told.action == action)
            && code.is_none_or(|code| told.outcome.code() == Some(code))
            && match since {
                None => true,
                Some(Since::Serial(serial)) => entry.serial > serial,
                Some(Since::Time(at)) => told.at >= at,
            }
    };
    let found: Vec<&Arc<Entry>> = extract.entries.iter().rev().filter(fits).collect();
    let token = asked.emulator.guard.token.as_deref();
    let entries = found.iter().take(limit).map(|entry| Summary::of(entry, token)).collect();
    Ok(data(200, &Entries { entries, total: found.len(), dropped: extract.dropped() }).into())
}

fn since(text: &str) -> Result<Since, Problem> {
    match text.parse() {
        Ok(serial) => Ok(Since::Serial(serial)),
        Err(_) => clock::instant(text).map(Since::Time),
    }
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
    explain(entry, &asked.live(), emulator.guard.token.as_deref())
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
