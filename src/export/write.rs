//! Writing journals out.

use std::sync::Arc;

use serde_json::Value;

use super::{Count, FORMAT, Header, Line, Sandbox};
use crate::call::{ParamValue, Params};
use crate::emulator::JournalOf;
use crate::explain::{EntryView, explain, veiled_params};
use crate::journal::Entry;

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
        extract.entries.into_iter().map(move |entry| (journal, Arc::clone(&id), entry))
    });
    let line = move |(journal, id, entry): (usize, Arc<str>, Arc<Entry>)| {
        text(&line(journal, &id, &entry, admin_token.as_deref()))
    };
    std::iter::once(text(&header)).chain(entries.map(line))
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

fn line(journal: usize, sandbox: &str, entry: &Entry, admin_token: Option<&str>) -> Line {
    let view = EntryView::of(entry, explain(entry, admin_token), admin_token);
    let told = &entry.told;
    Line {
        journal,
        sandbox: sandbox.to_owned(),
        counted: told.counted.to_owned(),
        at: told.at.unix(),
        params: params(&veiled_params(entry, admin_token)),
        entry: serde_json::to_value(view).expect("a view is made of texts and numbers"),
    }
}

fn params(params: &Params) -> Vec<(String, Value)> {
    let value = |value: &ParamValue| match value {
        ParamValue::Text(text) => Value::from(text.as_str()),
        ParamValue::Json(value) => Value::from(vec![value.clone()]),
    };
    params.pairs.iter().map(|(name, sent)| (name.clone(), value(sent))).collect()
}
