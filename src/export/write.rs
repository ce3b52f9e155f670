//! Writing journals out.

use std::sync::Arc;

use serde_json::Value;

use super::{CallLine, CountLine, ExportLine, FORMAT, Header, SandboxHeader};
use crate::call::{ParamValue, Params};
use crate::emulator::JournalOf;
use crate::explain::{EntryView, NoteView, mask_params};
use crate::journal::{Entry, Note};
use crate::redact::Redactor;

/// The lines of the journals of these sandboxes, each made when it is asked for. What `base` covers is covered as the
/// secrets of the worlds are.
pub fn export_lines(journals: Vec<JournalOf>, base: Redactor) -> impl Iterator<Item = String> + Send + 'static {
    let header = Header {
        ticketbooth_journal: FORMAT,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        sandboxes: journals.iter().map(sandbox_header).collect(),
    };
    let entries = journals.into_iter().enumerate().flat_map(|(journal, JournalOf { id, extract, .. })| {
        let id: Arc<str> = id.into();
        let calls = extract.entries.into_iter().map(|call| (call.serial, KeptEntry::Call(call)));
        let mut all: Vec<(u64, KeptEntry)> =
            calls.chain(extract.notes.into_iter().map(|note| (note.after, KeptEntry::Note(note)))).collect();
        // A sort that keeps the order of what is equal: a call stands before what came after it.
        all.sort_by_key(|(serial, _)| *serial);
        all.into_iter().map(move |(_, kept)| (journal, Arc::clone(&id), kept))
    });
    let line = move |(journal, id, kept): (usize, Arc<str>, KeptEntry)| {
        let what = match kept {
            KeptEntry::Call(call) => super::ExportEntry::Call(call_line(&call, &base)),
            KeptEntry::Note(note) => {
                super::ExportEntry::Other { other: to_value(&NoteView::from_note(&note, &id, &base)) }
            }
        };
        to_text(&ExportLine { journal, sandbox: id.to_string(), what })
    };
    std::iter::once(to_text(&header)).chain(entries.map(line))
}

/// An entry of a journal.
enum KeptEntry {
    Call(Arc<Entry>),
    Note(Arc<Note>),
}

fn to_value(view: &impl serde::Serialize) -> Value {
    serde_json::to_value(view).expect("a view is made of texts and numbers")
}

fn to_text(line: &impl serde::Serialize) -> String {
    let mut text = serde_json::to_string(line).expect("a line is made of texts and numbers");
    text.push('\n');
    text
}

fn sandbox_header(journal: &JournalOf) -> SandboxHeader {
    let JournalOf { id, deleted, origin, extract } = journal;
    let count = |count: crate::journal::CallCount<'_>| CountLine {
        vendor: count.vendor.to_owned(),
        action: count.action.to_owned(),
        outcome: count.outcome.to_owned(),
        code: count.code.map(str::to_owned),
        calls: count.calls,
    };
    SandboxHeader {
        id: id.clone(),
        deleted: *deleted,
        origin: serde_json::to_value(origin).unwrap_or_default(),
        total: extract.total,
        dropped: extract.dropped_calls(),
        counts: extract.counters.all_counts().into_iter().map(count).collect(),
    }
}

fn call_line(entry: &Entry, base: &Redactor) -> CallLine {
    let view = EntryView::from_entry(entry, base);
    let told = &entry.told;
    CallLine {
        counted: told.counted.to_owned(),
        at: told.at.unix_seconds(),
        params: param_pairs(&mask_params(entry, base)),
        entry: to_value(&view),
    }
}

fn param_pairs(params: &Params) -> Vec<(String, Value)> {
    let value = |value: &ParamValue| match value {
        ParamValue::Text(text) => Value::from(&**text),
        ParamValue::Json(value) => Value::from(vec![value.clone()]),
    };
    params.pairs.iter().map(|(name, sent)| (name.to_string(), value(sent))).collect()
}
