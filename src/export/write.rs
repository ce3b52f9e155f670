//! Writing journals out.

use std::sync::Arc;

use serde_json::Value;

use super::{CallLine, Count, FORMAT, Header, Line, Sandbox};
use crate::call::{ParamValue, Params};
use crate::emulator::JournalOf;
use crate::explain::{EntryView, NoteView, explain, veiled_params};
use crate::journal::{Entry, Note};

/// The lines of the journals of these sandboxes, each made when it is asked for. `admin_token` is covered as the
/// secrets of the worlds are.
pub fn lines(journals: Vec<JournalOf>, admin_token: Option<String>) -> impl Iterator<Item = String> + Send + 'static {
    let header = Header {
        ticketbooth_journal: FORMAT,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        sandboxes: journals.iter().map(sandbox).collect(),
    };
    let entries = journals.into_iter().enumerate().flat_map(|(journal, JournalOf { id, extract, .. })| {
        let id: Arc<str> = id.into();
        let calls = extract.entries.into_iter().map(|call| (call.serial, Kept::Call(call)));
        let mut all: Vec<(u64, Kept)> =
            calls.chain(extract.notes.into_iter().map(|note| (note.after, Kept::Note(note)))).collect();
        // A sort that keeps the order of what is equal: a call stands before what came after it.
        all.sort_by_key(|(serial, _)| *serial);
        all.into_iter().map(move |(_, kept)| (journal, Arc::clone(&id), kept))
    });
    let line = move |(journal, id, kept): (usize, Arc<str>, Kept)| {
        let what = match kept {
            Kept::Call(call) => super::Entry::Call(line(&call, admin_token.as_deref())),
            Kept::Note(note) => super::Entry::Other { other: value(&NoteView::of(&note, &id)) },
        };
        text(&Line { journal, sandbox: id.to_string(), what })
    };
    std::iter::once(text(&header)).chain(entries.map(line))
}

/// An entry of a journal.
enum Kept {
    Call(Arc<Entry>),
    Note(Arc<Note>),
}

fn value(view: &impl serde::Serialize) -> Value {
    serde_json::to_value(view).expect("a view is made of texts and numbers")
}

fn text(line: &impl serde::Serialize) -> String {
    let mut text = serde_json::to_string(line).expect("a line is made of texts and numbers");
    text.push('\n');
    text
}

fn sandbox(journal: &JournalOf) -> Sandbox {
    let JournalOf { id, deleted, origin, extract } = journal;
    let count = |count: crate::journal::Count<'_>| Count {
        vendor: count.vendor.to_owned(),
        action: count.action.to_owned(),
        outcome: count.outcome.to_owned(),
        code: count.code.map(str::to_owned),
        calls: count.calls,
    };
    Sandbox {
        id: id.clone(),
        deleted: *deleted,
        origin: serde_json::to_value(origin).unwrap_or_default(),
        total: extract.total,
        dropped: extract.dropped(),
        counts: extract.counters.all().into_iter().map(count).collect(),
    }
}

fn line(entry: &Entry, admin_token: Option<&str>) -> CallLine {
    let view = EntryView::of(entry, explain(entry, admin_token), admin_token);
    let told = &entry.told;
    CallLine {
        counted: told.counted.to_owned(),
        at: told.at.unix(),
        params: params(&veiled_params(entry, admin_token)),
        entry: value(&view),
    }
}

fn params(params: &Params) -> Vec<(String, Value)> {
    let value = |value: &ParamValue| match value {
        ParamValue::Text(text) => Value::from(&**text),
        ParamValue::Json(value) => Value::from(vec![value.clone()]),
    };
    params.pairs.iter().map(|(name, sent)| (name.to_string(), value(sent))).collect()
}
