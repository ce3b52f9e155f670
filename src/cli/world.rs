//! `ticketbooth world`: the things of a world as they stand now, with the calls that changed them.

use clap::Args;
use serde_json::Value;

use super::Failure;
use super::output::further_hint;
use super::remote::{AdminCall, Remote, list_rows, row_cells};
use super::table::TableData;

#[derive(Debug, Args)]
pub(crate) struct WorldFlags {
    /// Only things that calls have changed.
    #[arg(long)]
    changed: bool,
    /// Only things of this vendor.
    #[arg(long, value_name = "NAME")]
    vendor: Option<String>,
    /// Only things of this kind, such as `works`, `users` or `projects`.
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// Only things of this id.
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// The most things to list; 100 by default.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Continue after an earlier list, with the cursor that it printed.
    #[arg(long, value_name = "TEXT")]
    cursor: Option<String>,
    #[command(flatten)]
    remote: Remote,
}

pub(crate) fn run(flags: &WorldFlags) -> Result<(), Failure> {
    let question = AdminCall::get("/world").with_query("changed", flags.changed.then_some("true"));
    let question = question.with_query("vendor", flags.vendor.as_ref()).with_query("kind", flags.kind.as_ref());
    let question = question.with_query("id", flags.id.as_ref()).with_query("limit", flags.limit);
    let list = flags.remote.ask_json(question.with_query("cursor", flags.cursor.as_ref()))?;
    let (shown, total) = (list_rows(&list["things"]).len(), list["total"].as_u64().unwrap_or(0));
    let note = (total > shown as u64).then(|| format!("{shown} of {total}{}", further_hint(&list)));
    flags.remote.print_list(&list, &things_table(&list), note)
}

fn things_table(list: &Value) -> TableData {
    let line = |thing: &Value| {
        let mut line = row_cells(thing, &["vendor", "owner", "kind", "id"]);
        line.extend(row_cells(&thing["thing"], &["name"]));
        line.push(changes_text(thing));
        line
    };
    let head = ["Vendor", "Owner…", "Kind", "Id", "Name…", "Changed by…"];
    TableData::new(&head, list_rows(&list["things"]).iter().map(line))
}

/// `ended by DeleteUser`, `embedding by UpdateEmbeddedStatus`.
fn changes_text(thing: &Value) -> String {
    let text = |change: &Value| {
        let field = match change["field"].as_str().unwrap_or_default() {
            "" if thing["thing"].is_null() => "ended",
            "" => "made",
            field => field,
        };
        format!("{field} by {}", change["action"].as_str().unwrap_or_default())
    };
    list_rows(&thing["by"]).iter().map(text).collect::<Vec<_>>().join(", ")
}
