//! `ticketbooth ticket`: the tickets of a sandbox, and ending them by hand.

use clap::{Args, Subcommand};
use serde_json::Value;

use super::Failure;
use super::output::{Form, further, table};
use super::remote::{Question, Verb, cell, cells, rows, segment};

pub(crate) type Flags = Verb<What>;

#[derive(Debug, Subcommand)]
pub(crate) enum What {
    /// Print the tickets, newest first (the default).
    List(Filters),
    /// Print one ticket.
    Show {
        #[arg(value_name = "TICKET")]
        id: String,
    },
    /// End a ticket as if its time had come.
    Expire {
        #[arg(value_name = "TICKET")]
        id: String,
    },
    /// Revoke a ticket.
    Revoke {
        #[arg(value_name = "TICKET")]
        id: String,
    },
}

#[derive(Debug, Default, Args)]
pub(crate) struct Filters {
    /// Only those of this vendor.
    #[arg(long, value_name = "NAME")]
    vendor: Option<String>,
    /// Only those that are `live`, `expired`, `used_up` or `revoked`.
    #[arg(long, value_name = "STATUS")]
    status: Option<String>,
    /// So many at most; 100 when left out.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Goes on where the list before ended, which told this.
    #[arg(long, value_name = "TEXT")]
    cursor: Option<String>,
}

pub(crate) fn run(flags: &Flags) -> Result<(), Failure> {
    let remote = &flags.remote;
    let usual = What::List(Filters::default());
    let question = match flags.what.as_ref().unwrap_or(&usual) {
        What::List(filters) => {
            let question = Question::get("/tickets").with("vendor", filters.vendor.as_ref());
            let question = question.with("status", filters.status.as_ref()).with("limit", filters.limit);
            let question = question.with("cursor", filters.cursor.as_ref());
            return remote.print(&remote.ask(question)?, listed);
        }
        What::Show { id } => Question::get(format!("/tickets/{}", segment(id))),
        What::Expire { id } => Question::change("POST", format!("/tickets/{}/expire", segment(id))),
        What::Revoke { id } => Question::change("DELETE", format!("/tickets/{}", segment(id))),
    };
    remote.print(&remote.ask(question)?, shown)
}

fn listed(list: &Value) -> String {
    let tickets = rows(&list["tickets"]);
    let line = |ticket: &Value| {
        let mut line = cells(ticket, &["id", "vendor", "kind", "status"]);
        line.push(uses(ticket));
        line.push(members(&ticket["target"]));
        line.push(members(&ticket["user"]));
        line.push(cell(&ticket["expires_at"]));
        line
    };
    let head = ["Ticket", "Vendor", "Kind", "Status", "Uses", "Target", "User", "Expires"];
    let mut text = table(Form::Text, &head, tickets.iter().map(line));
    let total = list["total"].as_u64().unwrap_or(0);
    if total > tickets.len() as u64 {
        text.push_str(&format!("\n\n{} of {total}{}", tickets.len(), further(list)));
    }
    text
}

fn shown(ticket: &Value) -> String {
    let Some(all) = ticket.as_object() else { return cell(ticket) };
    let value = |value: &Value| if value.is_object() { members(value) } else { cell(value) };
    table(Form::Text, &["Member", "Value"], all.iter().map(|(name, of)| vec![name.clone(), value(of)]))
}

/// `1 of 2`, or `1` where there is no limit.
fn uses(ticket: &Value) -> String {
    let uses = ticket["uses"].as_u64().unwrap_or(0);
    ticket["uses_left"].as_u64().map_or_else(|| uses.to_string(), |left| format!("{uses} of {}", uses + left))
}

/// The members that there is something to say of: `work=dash-1`.
fn members(object: &Value) -> String {
    let said = object.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null());
    said.map(|(name, value)| format!("{name}={}", cell(value))).collect::<Vec<_>>().join(" ")
}
