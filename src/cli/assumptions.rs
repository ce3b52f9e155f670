//! `ticketbooth assumptions`: what no public source settles, and the choices that hold in a sandbox.

use std::collections::BTreeMap;

use clap::Args;
use serde_json::{Value, json};

use super::Failure;
use super::output::{TableForm, format_table};
use super::remote::{AdminCall, Remote, cell_text, list_rows, row_cells};
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
    flags.remote.print_answer(&flags.remote.ask_json(question)?, assumptions_table)
}

fn assumptions_table(list: &Value) -> String {
    let line = |row: &Value| {
        let mut line = row_cells(row, &["name", "choice"]);
        line.push(list_rows(&row["choices"]).iter().map(cell_text).collect::<Vec<_>>().join(", "));
        line.extend(row_cells(row, &["effect"]));
        line
    };
    let head = ["Assumption", "Holds", "Choices", "Decides"];
    format_table(TableForm::Text, &head, list_rows(&list["assumptions"]).iter().map(line))
}
