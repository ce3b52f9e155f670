//! `ticketbooth codes`: the error catalogue, and the open questions behind it.

use clap::Args;
use serde_json::{Value, json};

use super::output::{Form, print, print_json, table};
use super::select::select;
use super::{Failure, codes_book, codes_chapters};
use crate::catalogue::{self, OpenQuestion, Selection};
use crate::domain::Assumption;

#[derive(Debug, Args)]
pub(crate) struct Flags {
    /// A vendor, or one action of it (`visit` for its embed pages); all vendors when left out.
    #[arg(value_name = "VENDOR[.ACTION]")]
    what: Option<String>,
    /// List what no public source settles, with the choices a world file has.
    #[arg(long)]
    assumptions: bool,
    /// Print JSON.
    #[arg(long, conflicts_with = "markdown")]
    json: bool,
    /// Print Markdown.
    #[arg(long)]
    markdown: bool,
}

pub(crate) fn run(flags: &Flags) -> Result<(), Failure> {
    let selected = select(flags.what.as_deref())?;
    let form = if flags.markdown { Form::Markdown } else { Form::Text };
    match (flags.assumptions, flags.json) {
        (false, false) if flags.markdown && flags.what.is_none() => print(&codes_book::book()),
        (false, false) if flags.markdown => print(&codes(&selected)),
        (false, false) => print(&codes_chapters::chapters(&selected)),
        (false, true) => {
            let data: Vec<Value> = selected.iter().flat_map(Selection::codes_data).collect();
            print_json(&json!({ "codes": data }))
        }
        (true, false) => print(&codes_book::assumptions(form, open_questions(&selected))),
        (true, true) => {
            let data: Vec<OpenQuestion> = open_questions(&selected).map(Into::into).collect();
            print_json(&json!({ "assumptions": data }))
        }
    }
}

/// Every selected code in one table.
fn codes(selected: &[Selection]) -> String {
    let head = ["Vendor", "Code", "Class", "HTTP", "Given by", "Message", "Provoked by", "Evidence"];
    let rows = selected.iter().flat_map(|selection| selection.texts().map(move |(row, text)| (selection, row, text)));
    let rows = rows.map(|(selection, row, text)| {
        vec![
            selection.vendor.name().to_owned(),
            row.code.to_owned(),
            row.class.name().to_owned(),
            catalogue::status(selection.vendor, row.status),
            catalogue::scope(row.scope),
            text.english.to_owned(),
            codes_book::provoked(selection.vendor, row),
            text.evidence.name().to_owned(),
        ]
    });
    table(Form::Markdown, &head, rows)
}

fn open_questions(selected: &[Selection]) -> impl Iterator<Item = &'static Assumption> {
    selected.iter().flat_map(|selection| selection.vendor.assumptions().iter().copied())
}
