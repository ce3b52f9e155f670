//! The journal of a sandbox: what came, what was answered, and why.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::asked::{Asked, SANDBOX_HEADER};
use super::tickets::vendor;
use super::waiting::Streaming;
use super::{Answer, Problem, data};
use crate::emulator::{Aspect, JournalOf};
use crate::explain::{EntryView, Explanation, NoteView, Summary, explain};
use crate::export::{self, Filters, Listed, Rank, Unfit, Wanted};
use crate::journal::{Books, Entry, Note, Noted};

/// The word for the newest entry, where a request id is asked for.
const LAST: &str = "last";

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Entries {
    /// Newest first.
    entries: Vec<Listing>,
    /// How many there are that fit, listed or not.
    total: usize,
    /// Entries of whatever kind that are kept no more.
    dropped: u64,
    /// The cursor of what follows; `null`: that was all.
    next: Option<String>,
}

/// A call, or something else that happened.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
enum Listing {
    Call(Box<Summary>),
    Other(NoteView),
}

/// A text to be put into the journal.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Mark {
    /// 1 to 500 characters, none of them a control character.
    text: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Marked {
    text: String,
    /// The number of the newest call before it.
    after: u64,
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
    let filters = Filters::read(|name| asked.query(name), asked.number("limit")?).map_err(unfit)?;
    let journals = asked.journals();
    let (mut found, mut dropped) = (Vec::new(), 0);
    for (journal, JournalOf { id, extract, .. }) in journals.iter().enumerate() {
        dropped += extract.dropped();
        let wall = |wall_us: i64| asked.is_every().then_some(wall_us);
        let calls = extract.entries.iter().filter(|entry| filters.fit(&listed(entry)));
        found.extend(
            calls.map(|entry| (Rank::call(wall(entry.told.received_us), journal, entry.serial), Found::Call(entry))),
        );
        let notes = extract.notes.iter();
        let notes = notes.filter(|note| filters.fit_other(note.what.kind(), note.after, note.at));
        let number = |note: &Note| usize::try_from(note.number).unwrap_or(usize::MAX);
        let rank = |note: &Note| Rank::other(wall(note.wall_us), journal, note.after, number(note));
        found.extend(notes.map(|note| (rank(note), Found::Note(note, id))));
    }
    let (token, total) = (asked.emulator.guard.token.as_deref(), found.len());
    let (entries, next) = filters.page(found);
    let entries = entries.into_iter().map(|found| match found {
        Found::Call(entry) => Listing::Call(Box::new(Summary::of(entry, token))),
        Found::Note(note, sandbox) => Listing::Other(NoteView::of(note, sandbox)),
    });
    Ok(data(200, &Entries { entries: entries.collect(), total, dropped, next }).into())
}

/// What is said of a query whose words are wrong.
pub(super) fn unfit(Unfit { message, help }: Unfit) -> Problem {
    Problem::new(400, "bad_query", message, help)
}

/// An entry that is listed.
enum Found<'a> {
    Call(&'a Entry),
    Note(&'a Note, &'a str),
}

fn listed(entry: &Entry) -> Listed<'_> {
    let told = &entry.told;
    Listed { serial: entry.serial, at: told.at, vendor: told.vendor, action: &told.action, code: told.outcome.code() }
}

/// Puts a text into the journal: the name of the test that begins.
pub(super) fn mark(asked: &Asked<'_>) -> Result<Answer, Problem> {
    let Mark { text } = asked.body()?;
    let live = asked.live();
    let text = asked.emulator.redactor_of(&live).text(&text);
    let what = Noted::mark(&text).map_err(|message| {
        Problem::new(422, "bad_mark", message, "for instance {\"text\":\"test_that_a_ticket_expires\"}")
    })?;
    live.note(what);
    Ok(data(201, &Marked { text, after: live.journal.total() }).into())
}

/// The journals of all sandboxes, or of the one that is asked for.
fn exported(asked: &Asked<'_>) -> Answer {
    let names_one = asked.query("sandbox").is_some() || asked.raw.header(SANDBOX_HEADER).is_some();
    let journals = if names_one { asked.journals() } else { asked.emulator.sandboxes().journals() };
    let lines = export::lines(journals, asked.emulator.guard.token.clone());
    Answer::Stream(Streaming::Pieces { media_type: export::MEDIA_TYPE, pieces: Box::new(lines) })
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
    let id = asked.id();
    let every = asked.is_every().then(|| asked.emulator.sandboxes().books());
    let books = every.unwrap_or_else(|| Books::from(Arc::clone(&asked.live().journal)));
    if id == LAST {
        let hint = "make a call first; a call with a key of another sandbox stands in that one's journal";
        return books.last().ok_or_else(|| Problem::new(404, "no_calls", "there was no call in this sandbox", hint));
    }
    let wanted = Wanted::read(id).ok_or_else(|| {
        let hint = "a request id is 32 hexadecimal digits with hyphens; a number is that of a call in the list, and \
                    `last` stands for the newest one";
        Problem::new(400, "bad_request_id", format!("\"{id}\" is no request id"), hint)
    })?;
    books.find(|serial, request_id| wanted.is(serial, request_id)).ok_or_else(|| {
        let dropped = books.dropped();
        let message = format!("there is no call {id} in this sandbox, and {dropped} calls are kept no more");
        Problem::new(404, "unknown_call", message, "choose the sandbox of its key with ?sandbox=ID, or all with *")
    })
}

pub(super) fn empty(asked: &Asked<'_>) -> Result<Answer, Problem> {
    let removed = asked.live().journal.holding().entries;
    asked.tenant.reset(&[Aspect::Journal]);
    Ok(data(200, &Emptied { removed }).into())
}
