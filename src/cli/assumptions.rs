//! `ticketbooth assumptions`: what no public source settles, and the choices that hold in a sandbox.

use std::collections::BTreeMap;

use clap::Args;
use serde_json::{Value, json};

use super::Failure;
use super::output::{Form, table};
use super::remote::{Question, Remote, cell, cells, rows};
use super::values::pair;

#[derive(Debug, Args)]
pub(crate) struct Flags {
    /// Make this choice for the calls from now on; can be given several times, and then all hold or none.
    #[arg(long, value_name = "NAME=CHOICE", value_parser = pair)]
    set: Vec<(String, String)>,
    #[command(flatten)]
    remote: Remote,
}

pub(crate) fn run(flags: &Flags) -> Result<(), Failure> {
    let question = if flags.set.is_empty() {
        Question::get("/assumptions")
    } else {
        let choices: BTreeMap<_, _> = flags.set.iter().cloned().collect();
        Question::change("PATCH", "/assumptions").body(json!({ "assume": choices }))
    };
    flags.remote.print(&flags.remote.ask(question)?, shown)
}

fn shown(list: &Value) -> String {
    let line = |row: &Value| {
        let mut line = cells(row, &["name", "choice"]);
        line.push(rows(&row["choices"]).iter().map(cell).collect::<Vec<_>>().join(", "));
        line.extend(cells(row, &["effect"]));
        line
    };
    let head = ["Assumption", "Holds", "Choices", "Decides"];
    table(Form::Text, &head, rows(&list["assumptions"]).iter().map(line))
}
