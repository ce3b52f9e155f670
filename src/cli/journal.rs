//! `ticketbooth journal`: the calls that a sandbox has answered.

use clap::{Args, Subcommand};
use serde_json::Value;

use super::Failure;
use super::output::{Form, print, print_json, table};
use super::remote::{Question, Remote, cells, rows, segment};

#[derive(Debug, Args)]
pub(crate) struct Flags {
    #[command(subcommand)]
    what: Option<What>,
    #[command(flatten)]
    remote: Remote,
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
    /// Begin the journal anew.
    Clear,
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
}

pub(crate) fn run(flags: &Flags) -> Result<(), Failure> {
    let remote = &flags.remote;
    let usual = What::List(Filters::default());
    match flags.what.as_ref().unwrap_or(&usual) {
        What::List(filters) => {
            let question = Question::get("/journal").with("vendor", filters.vendor.as_ref());
            let question = question.with("action", filters.action.as_ref()).with("code", filters.code.as_ref());
            let question = question.with("since", filters.since.as_ref()).with("limit", filters.limit);
            remote.print(&remote.ask(question)?, listed)
        }
        What::Show { id } => print_json(&remote.ask(Question::get(format!("/journal/{}", segment(id))))?),
        What::Clear => {
            remote.send(Question::change("DELETE", "/journal"))?;
            print("the journal is empty")
        }
    }
}

fn listed(list: &Value) -> String {
    let entries = rows(&list["entries"]);
    let names = ["at", "vendor", "action", "http_status", "code", "rule", "duration_us", "request_id"];
    let head = ["At", "Vendor", "Action", "HTTP", "Code", "Rule", "µs", "Request"];
    let mut text = table(Form::Text, &head, entries.iter().map(|entry| cells(entry, &names)));
    let number = |name: &str| list[name].as_u64().unwrap_or(0);
    if number("total") > entries.len() as u64 {
        let (total, dropped) = (number("total"), number("dropped"));
        text.push_str(&format!("\n\n{} of {total}; {dropped} are kept no more", entries.len()));
    }
    text
}
