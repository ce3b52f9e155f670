//! The journal of a sandbox: what came, what was answered, and why.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::asked::{AdminRequest, SANDBOX_HEADER, parse_vendor, refuse_filter};
use super::waiting::Streaming;
use super::{AdminError, Answer, json_reply};
use crate::emulator::{Aspect, JournalOf};
use crate::explain::{Detail, EntryView, Explanation, NoteView, Summary, explain, explanation_text};
use crate::export::{self, Filters, Listed, Rank, Wanted};
use crate::journal::{Books, Entry, Note, Noted, Outcome};
use crate::reply::Reply;

/// The word for the newest entry, where a request id is asked for.
const LAST: &str = "last";

/// The most calls that are explained at once: as many as are listed at once.
const MOST_EXPLAINED: usize = 100;

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
pub(super) struct Explanations {
    /// Oldest first, one sandbox after the other.
    explanations: Vec<Explanation>,
    /// How many such calls are kept, explained or not.
    total: usize,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Emptied {
    /// Entries that were thrown away.
    removed: usize,
}

/// The calls that fit; or everything that is kept, in one streamed answer.
pub(super) fn list_entries(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    let forms = [("json", false), ("jsonl", true)];
    if asked.query_choice("format", &forms, "json, or jsonl for everything that is kept")? == Some(true) {
        return Ok(export_journals(asked));
    }
    asked.query_value("vendor").map(parse_vendor).transpose()?;
    let filters =
        Filters::from_query(|name| asked.query_value(name), asked.query_number("limit")?).map_err(refuse_filter)?;
    let journals = asked.all_journals();
    let (mut found, mut dropped) = (Vec::new(), 0);
    for (journal, JournalOf { id, extract, .. }) in journals.iter().enumerate() {
        dropped += extract.dropped_calls();
        let wall = |wall_us: i64| asked.is_every().then_some(wall_us);
        let calls = extract.entries.iter().filter(|entry| filters.fits_entry(&to_listed(entry)));
        found.extend(
            calls.map(|entry| {
                (Rank::of_call(wall(entry.told.received_us), journal, entry.serial), FoundCall::Call(entry))
            }),
        );
        let notes = extract.notes.iter();
        let notes = notes.filter(|note| filters.fit_other(note.what.kind(), note.after, note.at));
        let number = |note: &Note| usize::try_from(note.number).unwrap_or(usize::MAX);
        let rank = |note: &Note| Rank::of_note(wall(note.wall_us), journal, note.after, number(note));
        found.extend(notes.map(|note| (rank(note), FoundCall::Note(note, id))));
    }
    let (base, total) = (asked.emulator.base_redactor(), found.len());
    let (entries, next) = filters.cut_page(found);
    let entries = entries.into_iter().map(|found| match found {
        FoundCall::Call(entry) => Listing::Call(Box::new(Summary::from_entry(entry, &base))),
        FoundCall::Note(note, sandbox) => Listing::Other(NoteView::from_note(note, sandbox, &base)),
    });
    Ok(json_reply(200, &Entries { entries: entries.collect(), total, dropped, next }).into())
}

/// An entry that is listed.
enum FoundCall<'a> {
    Call(&'a Entry),
    Note(&'a Note, &'a str),
}

fn to_listed(entry: &Entry) -> Listed<'_> {
    let told = &entry.told;
    Listed { serial: entry.serial, at: told.at, vendor: told.vendor, action: &told.action, code: told.outcome.code() }
}

/// Puts a text into the journal: the name of the test that begins.
pub(super) fn add_mark(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    let Mark { text } = asked.parse_body()?;
    let epoch = asked.epoch();
    let text = asked.emulator.redactor_of(&epoch).redact_text(&text);
    let what = Noted::mark(&text).map_err(|message| {
        AdminError::new(422, "bad_mark", message, "for instance {\"text\":\"test_that_a_ticket_expires\"}")
    })?;
    epoch.write_note(what);
    Ok(json_reply(201, &Marked { text, after: epoch.journal.total_calls() }).into())
}

/// The journals of all sandboxes, or of the one that is asked for.
fn export_journals(asked: &AdminRequest<'_>) -> Answer {
    let names_one = asked.query_value("sandbox").is_some() || asked.raw.header(SANDBOX_HEADER).is_some();
    let journals = if names_one { asked.all_journals() } else { asked.emulator.sandboxes().all_journals() };
    let lines = export::export_lines(journals, asked.emulator.base_redactor());
    Answer::Stream(Streaming::Pieces { media_type: export::MEDIA_TYPE, pieces: Box::new(lines) })
}

pub(super) fn show_entry(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    let entry = find_entry(asked)?;
    let base = asked.emulator.base_redactor();
    Ok(json_reply(200, &EntryView::from_entry(&entry, &base)).into())
}

pub(super) fn explain_entry(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    let entry = find_entry(asked)?;
    let explanation = explain(&entry, &asked.emulator.base_redactor());
    Ok(match text_detail(asked)? {
        None => json_reply(200, &explanation),
        Some(detail) => text_reply(&[explanation], detail),
    }
    .into())
}

/// The calls of a sandbox that did not succeed: what a test that failed prints.
pub(super) fn explain_failures(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    let wanted = text_detail(asked)?;
    let journals = asked.all_journals();
    let entries = journals.iter().flat_map(|journal| &journal.extract.entries);
    let failures: Vec<_> = entries.filter(|entry| entry.told.outcome != Outcome::Success).collect();
    let base = asked.emulator.base_redactor();
    let newest = &failures[failures.len().saturating_sub(MOST_EXPLAINED)..];
    let explanations: Vec<Explanation> = newest.iter().map(|entry| explain(entry, &base)).collect();
    Ok(match wanted {
        None => json_reply(200, &Explanations { explanations, total: failures.len() }),
        Some(detail) => text_reply(&explanations, detail),
    }
    .into())
}

/// How much text is asked for; none: JSON is.
fn text_detail(asked: &AdminRequest<'_>) -> Result<Option<Detail>, AdminError> {
    let as_text = asked.query_choice("format", &[("json", false), ("text", true)], "json or text")?;
    let details = [("brief", Detail::Brief), ("full", Detail::Full)];
    let detail = asked.query_choice("detail", &details, "brief or full")?.unwrap_or_default();
    Ok(as_text.unwrap_or_else(|| wants_text(asked.raw.header("accept").unwrap_or(""))).then_some(detail))
}

/// Explanations one below the other, with a line between them.
fn text_reply(explanations: &[Explanation], detail: Detail) -> Reply {
    let texts = explanations.iter().map(|explanation| {
        let explained = serde_json::to_value(explanation).expect("an explanation is made of texts and numbers");
        explanation_text(&explained, detail)
    });
    Reply::new(200, "text/plain; charset=utf-8", texts.collect::<Vec<_>>().join("\n"))
}

/// Whether a client would rather read text than JSON: it names text before any JSON.
fn wants_text(accept: &str) -> bool {
    let accept = accept.to_ascii_lowercase();
    let first = accept.split(',').find(|range| range.contains("json") || range.contains("text/plain"));
    first.is_some_and(|range| range.contains("text/plain") && !range.replace(' ', "").ends_with(";q=0"))
}

/// The entry that the path names.
fn find_entry(asked: &AdminRequest<'_>) -> Result<Arc<Entry>, AdminError> {
    let id = asked.path_id();
    let every = asked.is_every().then(|| asked.emulator.sandboxes().all_books());
    let books = every.unwrap_or_else(|| Books::from(Arc::clone(&asked.epoch().journal)));
    if id == LAST {
        let hint = "make a call first; a call with a key of another sandbox stands in that one's journal";
        return books
            .last_entry()
            .ok_or_else(|| AdminError::new(404, "no_calls", "there was no call in this sandbox", hint));
    }
    let wanted = Wanted::parse_id(id).ok_or_else(|| {
        let hint = "a request id is 32 hexadecimal digits with hyphens; a number is that of a call in the list, and \
                    `last` stands for the newest one";
        AdminError::new(400, "bad_request_id", format!("invalid request id \"{id}\""), hint)
    })?;
    books.find_entry(|serial, request_id| wanted.is_meant(serial, request_id)).ok_or_else(|| {
        let dropped = books.dropped_calls();
        let message = format!("unknown call {id} in this sandbox, and {dropped} calls were evicted from the journal");
        AdminError::new(404, "unknown_call", message, "choose the sandbox of its key with ?sandbox=ID, or all with *")
    })
}

pub(super) fn clear_journal(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    let removed = asked.epoch().journal.memory_held().entries;
    asked.sandbox.reset_aspects(&[Aspect::Journal]);
    Ok(json_reply(200, &Emptied { removed }).into())
}
