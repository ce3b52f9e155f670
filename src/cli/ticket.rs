//! `ticketbooth ticket`: the tickets of a sandbox, and ending them by hand.

use clap::{Args, Subcommand};
use serde_json::Value;

use super::Failure;
use super::output::{further_hint, table_text};
use super::remote::{AdminCall, VerbFlags, cell_text, list_rows, path_segment, row_cells};
use super::table::TableData;

pub(crate) type TicketFlags = VerbFlags<TicketVerb>;

#[derive(Debug, Subcommand)]
pub(crate) enum TicketVerb {
    /// Print the tickets, newest first (the default).
    List(TicketFilters),
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
pub(crate) struct TicketFilters {
    /// Only tickets of this vendor.
    #[arg(long, value_name = "NAME")]
    vendor: Option<String>,
    /// Only tickets that are `live`, `expired`, `used-up` or `revoked`.
    #[arg(long, value_name = "STATUS")]
    status: Option<String>,
    /// The most tickets to list; 100 by default.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Continue after an earlier list, with the cursor that it printed.
    #[arg(long, value_name = "TEXT")]
    cursor: Option<String>,
}

pub(crate) fn run(flags: &TicketFlags) -> Result<(), Failure> {
    let remote = &flags.remote;
    let usual = TicketVerb::List(TicketFilters::default());
    let question = match flags.what.as_ref().unwrap_or(&usual) {
        TicketVerb::List(filters) => {
            let question = AdminCall::get("/tickets").with_query("vendor", filters.vendor.as_ref());
            let question = question.with_query("status", filters.status.as_ref()).with_query("limit", filters.limit);
            let question = question.with_query("cursor", filters.cursor.as_ref());
            let list = remote.ask_json(question)?;
            return remote.print_list(&list, &tickets_table(&list), cut_note(&list));
        }
        TicketVerb::Show { id } => AdminCall::get(format!("/tickets/{}", path_segment(id))),
        TicketVerb::Expire { id } => AdminCall::change("POST", format!("/tickets/{}/expire", path_segment(id))),
        TicketVerb::Revoke { id } => AdminCall::change("DELETE", format!("/tickets/{}", path_segment(id))),
    };
    remote.print_answer(&remote.ask_json(question)?, ticket_text)
}

fn tickets_table(list: &Value) -> TableData {
    let line = |ticket: &Value| {
        let mut line = row_cells(ticket, &["id", "vendor", "kind", "status"]);
        line.push(uses_cell(ticket));
        line.push(cell_text(&ticket["expires_at"]));
        line.push(members_text(&ticket["target"]));
        line.push(members_text(&ticket["user"]));
        line
    };
    let head = ["Ticket", "Vendor", "Kind", "Status", "Uses", "Expires", "Target…", "User…"];
    TableData::new(&head, list_rows(&list["tickets"]).iter().map(line))
}

/// Below a list that was cut.
fn cut_note(list: &Value) -> Option<String> {
    let (shown, total) = (list_rows(&list["tickets"]).len(), list["total"].as_u64().unwrap_or(0));
    (total > shown as u64).then(|| format!("{shown} of {total}{}", further_hint(list)))
}

fn ticket_text(ticket: &Value) -> String {
    let Some(all) = ticket.as_object() else { return cell_text(ticket) };
    let value = |value: &Value| if value.is_object() { members_text(value) } else { cell_text(value) };
    table_text(&TableData::new(&["Member", "Value…"], all.iter().map(|(name, of)| vec![name.clone(), value(of)])))
}

/// `1 of 2`, or `1` where there is no limit.
fn uses_cell(ticket: &Value) -> String {
    let uses = ticket["uses"].as_u64().unwrap_or(0);
    ticket["uses_left"].as_u64().map_or_else(|| uses.to_string(), |left| format!("{uses} of {}", uses + left))
}

/// The members that there is something to say of: `work=dash-1`.
fn members_text(object: &Value) -> String {
    let said = object.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null());
    said.map(|(name, value)| format!("{name}={}", cell_text(value))).collect::<Vec<_>>().join(" ")
}
