//! `ticketbooth assumptions`: what no public source settles, and the choices that hold in a sandbox.

use std::collections::BTreeMap;

use clap::Args;
use serde_json::{Value, json};

use super::Failure;
use super::remote::{AdminCall, Remote, cell_text, list_rows, row_cells};
use super::table::TableData;
use super::values::parse_pair;

#[derive(Debug, Args)]
pub(crate) struct AssumptionsFlags {
    /// Make this choice for the calls from now on; can be given several times, and then all hold or none.
    #[arg(long, value_name = "NAME=CHOICE", value_parser = parse_pair)]
    set: Vec<(String, String)>,
    #[command(flatten)]
    remote: Remote,
}

pub(crate) fn run(flags: &AssumptionsFlags) -> Result<(), Failure> {
    let question = if flags.set.is_empty() {
        AdminCall::get("/assumptions")
    } else {
        let choices: BTreeMap<_, _> = flags.set.iter().cloned().collect();
        AdminCall::change("PATCH", "/assumptions").with_body(json!({ "assume": choices }))
    };
    let list = flags.remote.ask_json(question)?;
    flags.remote.print_list(&list, &assumptions_table(&list), None)
}

fn assumptions_table(list: &Value) -> TableData {
    let line = |row: &Value| {
        let mut line = row_cells(row, &["name", "choice"]);
        line.push(list_rows(&row["choices"]).iter().map(cell_text).collect::<Vec<_>>().join(", "));
        line.extend(row_cells(row, &["effect"]));
        line
    };
    let head = ["Assumption", "Holds", "Choices", "Decides…"];
    TableData::new(&head, list_rows(&list["assumptions"]).iter().map(line))
}
