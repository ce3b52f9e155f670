//! `ticketbooth journal`: the calls that a sandbox has answered.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::Failure;
use super::files::{self, Readers};
use super::output::{Form, further, print, print_json, table};
use super::remote::{Question, cell, cells, rows};
use super::source::Source;

#[derive(Debug, Args)]
pub(crate) struct Flags {
    #[command(subcommand)]
    what: Option<What>,
    #[command(flatten)]
    source: Source,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Print the calls, newest first (the default).
    List(Filters),
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
    /// Begin the journal anew.
    Clear,
    /// Write the journals of all sandboxes, or of the one that --sandbox names, into a file: a line of JSON a call.
    Export {
        /// `-` stands for stdout.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

#[derive(Debug, Default, Args)]
struct Filters {
    /// Only those of this vendor.
    #[arg(long, value_name = "NAME")]
    vendor: Option<String>,
    /// Only those of this action.
    #[arg(long, value_name = "NAME")]
    action: Option<String>,
    /// Only those that were answered with this code.
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
    /// Only those since this RFC 3339 time on the world clock.
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// So many at most.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Goes on where the list before ended, which told this.
    #[arg(long, value_name = "TEXT")]
    cursor: Option<String>,
    /// What else is listed than calls: `mark`, `clock`, `reset`, `rules`, `scenario`, `assumptions`, `preflight` or
    /// `stranger`, several with commas between them, with `call` among them or not; or `all`.
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
}

pub(crate) fn run(flags: &Flags) -> Result<(), Failure> {
    let source = &flags.source;
    let usual = What::List(Filters::default());
    match flags.what.as_ref().unwrap_or(&usual) {
        What::List(filters) => {
            let query = [
                ("vendor", filters.vendor.clone()),
                ("action", filters.action.clone()),
                ("code", filters.code.clone()),
                ("since", filters.since.clone()),
                ("limit", filters.limit.map(|limit| limit.to_string())),
                ("cursor", filters.cursor.clone()),
                ("kind", filters.kind.clone()),
            ];
            source.remote.print(&source.list(&query)?, listed)
        }
        What::Show { id } => print_json(&source.entry(id)?),
        What::Mark { text } => {
            let question = Question::change("POST", "/journal/mark").body(json!({ "text": text }));
            source.live("a mark")?.send(question)?;
            Ok(())
        }
        What::Clear => {
            source.live("clearing a journal")?.send(Question::change("DELETE", "/journal"))?;
            print("the journal is empty")
        }
        What::Export { file } => {
            let question = Question::get("/journal").with("format", Some("jsonl"));
            let answer = source.live("writing a journal out")?.send(question)?;
            if file == Path::new("-") {
                return Ok(io::stdout().write_all(&answer.body)?);
            }
            files::replace(file, Readers::Owner, [&answer.body]).map_err(Failure::Usage)
        }
    }
}

fn listed(list: &Value) -> String {
    let entries = rows(&list["entries"]);
    let names = ["serial", "at", "vendor", "action", "http_status", "code", "rule", "duration_us", "request_id"];
    let head = ["No", "At", "Vendor", "Action", "HTTP", "Code", "Rule", "µs", "Request", "Sandbox"];
    let is_of_many = entries.iter().any(|entry| entry["sandbox"] != entries[0]["sandbox"]);
    let head = if is_of_many { &head[..] } else { &head[..names.len()] };
    let line = |entry: &Value| {
        let mut line = match entry["kind"].as_str() {
            None | Some("call") => cells(entry, &names),
            // A note has neither vendor nor action; its text stands where the eye looks for what happened.
            Some(kind) => vec![String::new(), cell(&entry["at"]), format!("({kind})"), cell(&entry["text"])],
        };
        line.resize(names.len(), String::new());
        line.extend(is_of_many.then(|| cell(&entry["sandbox"])));
        line
    };
    let mut text = table(Form::Text, head, entries.iter().map(line));
    let number = |name: &str| list[name].as_u64().unwrap_or(0);
    if number("total") > entries.len() as u64 {
        let (total, dropped) = (number("total"), number("dropped"));
        text.push_str(&format!("\n\n{} of {total}; {dropped} are kept no more{}", entries.len(), further(list)));
    }
    text
}
