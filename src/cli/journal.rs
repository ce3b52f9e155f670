//! `ticketbooth journal`: the calls that a sandbox has answered.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::Failure;
use super::files;
use super::output::{TableForm, format_table, further_hint, print_json, print_text};
use super::remote::{AdminCall, cell_text, list_rows, row_cells};
use super::source::JournalSource;

#[derive(Debug, Args)]
pub(crate) struct JournalFlags {
    #[command(subcommand)]
    what: Option<JournalVerb>,
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
    /// Kinds of entries to list instead of calls: `mark`, `clock`, `reset`, `rules`, `scenario`, `assumptions`, `preflight` or
    /// `stranger`, several with commas between them, with `call` among them or not; or `all`.
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
}

pub(crate) fn run(flags: &JournalFlags) -> Result<(), Failure> {
    let source = &flags.source;
    let usual = JournalVerb::List(JournalFilters::default());
    match flags.what.as_ref().unwrap_or(&usual) {
        JournalVerb::List(filters) => {
            let query = [
                ("vendor", filters.vendor.clone()),
                ("action", filters.action.clone()),
                ("code", filters.code.clone()),
                ("since", filters.since.clone()),
                ("limit", filters.limit.map(|limit| limit.to_string())),
                ("cursor", filters.cursor.clone()),
                ("kind", filters.kind.clone()),
            ];
            source.remote.print_answer(&source.list_entries(&query)?, journal_table)
        }
        JournalVerb::Show { id } => print_json(&source.find_entry(id)?),
        JournalVerb::Mark { text } => {
            let question = AdminCall::change("POST", "/journal/mark").with_body(json!({ "text": text }));
            source.require_live("a mark")?.send_call(question)?;
            Ok(())
        }
        JournalVerb::Clear => {
            source.require_live("clearing a journal")?.send_call(AdminCall::change("DELETE", "/journal"))?;
            print_text("the journal is empty")
        }
        JournalVerb::Export { file } => {
            let question = AdminCall::get("/journal").with_query("format", Some("jsonl"));
            let answer = source.require_live("writing a journal out")?.send_call(question)?;
            files::save_file(file, &answer.body).map_err(Failure::Usage)
        }
    }
}

fn journal_table(list: &Value) -> String {
    let entries = list_rows(&list["entries"]);
    let names = ["serial", "at", "vendor", "action", "http_status", "code", "rule", "duration_us", "request_id"];
    let head = ["No", "At", "Vendor", "Action", "HTTP", "Code", "Rule", "µs", "Request", "Sandbox"];
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
    let mut text = format_table(TableForm::Text, head, entries.iter().map(line));
    let number = |name: &str| list[name].as_u64().unwrap_or(0);
    if number("total") > entries.len() as u64 {
        let (total, dropped) = (number("total"), number("dropped"));
        text.push_str(&format!("\n\n{} of {total}; {dropped} are kept no more{}", entries.len(), further_hint(list)));
    }
    text
}
