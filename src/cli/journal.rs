//! `ticketbooth journal`: the calls that a sandbox has answered.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::Failure;
use super::files;
use super::output::{further_hint, print_json, print_text};
use super::remote::{AdminCall, cell_text, list_rows, row_cells};
use super::source::JournalSource;
use super::table::TableData;

#[derive(Debug, Args)]
pub(crate) struct JournalFlags {
    #[command(subcommand)]
    what: Option<JournalVerb>,
    #[command(flatten)]
    filters: JournalFilters,
    #[command(flatten)]
    source: JournalSource,
}

#[derive(Debug, Subcommand)]
enum JournalVerb {
    /// Print the calls, newest first (the default).
    List(JournalFilters),
    /// Print one call with its request and its answer, as JSON.
    Show {
        #[arg(value_name = "REQUEST_ID")]
        id: String,
    },
    /// Put a text into the journal: the name of the test that begins.
    Mark {
        #[arg(value_name = "TEXT")]
        text: String,
    },
    /// Empty the journal.
    Clear,
    /// Write the journals of all sandboxes, or of the one that --sandbox names, into a file: a line of JSON a call.
    Export {
        /// `-` stands for stdout.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

#[derive(Debug, Default, Args)]
struct JournalFilters {
    /// Only calls of this vendor.
    #[arg(long, value_name = "NAME")]
    vendor: Option<String>,
    /// Only calls of this action.
    #[arg(long, value_name = "NAME")]
    action: Option<String>,
    /// Only calls answered with this code.
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
    /// Only calls since this RFC 3339 time on the world clock.
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// The most entries to list.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Continue after an earlier list, with the cursor that it printed.
    #[arg(long, value_name = "TEXT")]
    cursor: Option<String>,
    /// Kinds of entries to list instead of calls: `mark`, `clock`, `reset`, `rules`, `scenario`, `assumptions`, `preflight`,
    /// `stranger` or `other`, several with commas between them, with `call` among them or not; or `all`.
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
}

pub(crate) fn run(flags: &JournalFlags) -> Result<(), Failure> {
    let source = &flags.source;
    match &flags.what {
        None => list_calls(source, &flags.filters),
        Some(JournalVerb::List(filters)) => list_calls(source, &filters.over(&flags.filters)),
        Some(JournalVerb::Show { id }) => print_json(&source.find_entry(id)?),
        Some(JournalVerb::Mark { text }) => {
            let question = AdminCall::change("POST", "/journal/mark").with_body(json!({ "text": text }));
            source.require_live("a mark")?.send_call(question)?;
            Ok(())
        }
        Some(JournalVerb::Clear) => {
            source.require_live("clearing a journal")?.send_call(AdminCall::change("DELETE", "/journal"))?;
            print_text("the journal is empty")
        }
        Some(JournalVerb::Export { file }) => {
            let question = AdminCall::get("/journal").with_query("format", Some("jsonl"));
            let answer = source.require_live("writing a journal out")?.send_call(question)?;
            files::save_file(file, &answer.body).map_err(Failure::Usage)
        }
    }
}

impl JournalFilters {
    /// These, and where they leave something open those that stand before the verb.
    fn over(&self, before: &Self) -> Self {
        let text = |own: &Option<String>, other: &Option<String>| own.clone().or_else(|| other.clone());
        Self {
            vendor: text(&self.vendor, &before.vendor),
            action: text(&self.action, &before.action),
            code: text(&self.code, &before.code),
            since: text(&self.since, &before.since),
            limit: self.limit.or(before.limit),
            cursor: text(&self.cursor, &before.cursor),
            kind: text(&self.kind, &before.kind),
        }
    }
}

fn list_calls(source: &JournalSource, filters: &JournalFilters) -> Result<(), Failure> {
    let query = [
        ("vendor", filters.vendor.clone()),
        ("action", filters.action.clone()),
        ("code", filters.code.clone()),
        ("since", filters.since.clone()),
        ("limit", filters.limit.map(|limit| limit.to_string())),
        ("cursor", filters.cursor.clone()),
        ("kind", filters.kind.clone()),
    ];
    let list = source.list_entries(&query)?;
    source.remote.print_list(&list, &journal_table(&list), cut_note(&list))
}

fn journal_table(list: &Value) -> TableData {
    let entries = list_rows(&list["entries"]);
    let names = ["serial", "at", "vendor", "action", "http_status", "code", "rule", "duration_us", "request_id"];
    let head = ["No", "At", "Vendor", "Action…", "HTTP", "Code…", "Rule", "µs", "Request", "Sandbox"];
    let is_of_many = entries.iter().any(|entry| entry["sandbox"] != entries[0]["sandbox"]);
    let head = if is_of_many { &head[..] } else { &head[..names.len()] };
    let line = |entry: &Value| {
        let mut line = match entry["kind"].as_str() {
            None | Some("call") => row_cells(entry, &names),
            // A note has neither vendor nor action; its text stands where the eye looks for what happened.
            Some(kind) => vec![String::new(), cell_text(&entry["at"]), format!("({kind})"), cell_text(&entry["text"])],
        };
        line.resize(names.len(), String::new());
        line.extend(is_of_many.then(|| cell_text(&entry["sandbox"])));
        line
    };
    TableData::new(head, entries.iter().map(line))
}

/// Below a list that was cut.
fn cut_note(list: &Value) -> Option<String> {
    let number = |name: &str| list[name].as_u64().unwrap_or(0);
    let (shown, total, dropped) = (list_rows(&list["entries"]).len(), number("total"), number("dropped"));
    let further = further_hint(list);
    (total > shown as u64).then(|| format!("{shown} of {total}; {dropped} are kept no more{further}"))
}
