//! `ticketbooth codes`: the error catalogue, and the open questions behind it.

use clap::Args;
use serde_json::{Value, json};

use super::output::{OutputFlags, OutputForm, print_csv, print_json, print_text};
use super::select::select_rows;
use super::table::{TableData, markdown_table};
use super::{Failure, codes_chapters};
use crate::cloud::catalog::{ErrorRow, ErrorText};
use crate::cloud::examples::{Example, How};
use crate::cloud::{Vendor, vendors};
use crate::domain::Assumption;
use crate::listing::{self, OpenQuestion, Selection, find_example};

#[derive(Debug, Args)]
pub(crate) struct CodesFlags {
    /// A vendor, or one action of it (`visit` for its embed pages), or a code; all vendors when left out.
    #[arg(value_name = "VENDOR[.ACTION]|CODE")]
    what: Option<String>,
    /// List the assumptions with their choices.
    #[arg(long)]
    assumptions: bool,
    #[command(flatten)]
    output: OutputFlags,
    /// Print Markdown.
    #[arg(long, conflicts_with_all = ["json", "output"])]
    markdown: bool,
}

pub(crate) fn run(flags: &CodesFlags) -> Result<(), Failure> {
    let selected = match select_rows(flags.what.as_deref()) {
        Ok(selected) => selected,
        Err(unknown) => {
            let rows = flags.what.as_deref().map_or_else(Vec::new, rows_of_code);
            return if rows.is_empty() { Err(unknown) } else { print_code(flags, rows) };
        }
    };
    match (flags.assumptions, flags.output.form()) {
        (false, OutputForm::Text) if flags.markdown && flags.what.is_none() => print_text(&codes_book()),
        (false, OutputForm::Text) if flags.markdown => print_text(&markdown_table(&CODES, codes_rows(&selected))),
        (false, OutputForm::Text) => print_text(&codes_chapters::action_chapters(&selected)),
        (false, OutputForm::Csv) => print_csv(&TableData::new(&CODES, codes_rows(&selected))),
        (false, OutputForm::Json) => {
            let data: Vec<Value> = selected.iter().flat_map(Selection::codes_data).collect();
            print_json(&json!({ "codes": data }))
        }
        (true, OutputForm::Text) if flags.markdown => print_text(&assumptions_book(open_questions(&selected))),
        (true, _) => {
            let data: Vec<OpenQuestion> = open_questions(&selected).map(Into::into).collect();
            let table = TableData::new(&ASSUMPTIONS, open_questions(&selected).map(assumption_cells));
            flags.output.print_list(&json!({ "assumptions": data }), &table, None)
        }
    }
}

/// Every text of a code, or of the codes that a text, or a kind of refused visit, stands for.
fn rows_of_code(wanted: &str) -> Vec<Vec<String>> {
    let all: Vec<Selection> = vendors().iter().map(|vendor| Selection { vendor, action: None }).collect();
    let is_meant = |row: &ErrorRow| {
        let of_kind = |text: &ErrorText| text.reasons.iter().any(|reason| reason.visit_kind() == Some(wanted));
        let is_said = |text: &ErrorText| wanted.len() >= LEAST_WORD && text.english.contains(wanted);
        row.code.eq_ignore_ascii_case(wanted) || row.texts.iter().any(|text| of_kind(text) || is_said(text))
    };
    error_texts(&all).filter(|(_, row, _)| is_meant(row)).map(code_cells).collect()
}

/// A text shorter than this stands in too many messages.
const LEAST_WORD: usize = 8;

fn print_code(flags: &CodesFlags, rows: Vec<Vec<String>>) -> Result<(), Failure> {
    let object =
        |row: &Vec<String>| -> Value { CODES.iter().zip(row).map(|(name, cell)| (*name, cell.as_str())).collect() };
    let data: Vec<Value> = rows.iter().map(object).collect();
    let titles = ["Vendor", "Code", "Class", "HTTP", "Given by¶", "Message¶", "Provoked by", "Evidence"];
    flags.output.print_list(&json!({ "codes": data }), &TableData::new(&titles, rows), None)
}

const CODES: [&str; 8] = ["Vendor", "Code", "Class", "HTTP", "Given by", "Message", "Provoked by", "Evidence"];

/// What fits a terminal stands first.
const ASSUMPTIONS: [&str; 7] = ["Assumption", "Default", "Choices", "Evidence", "Speaks of", "Decides…", "Reason…"];

/// A text of a code, with the selection that it is of.
type SelectedText<'s> = (&'s Selection, &'static ErrorRow, &'static ErrorText);

/// Every text of every selected code.
fn error_texts(selected: &[Selection]) -> impl Iterator<Item = SelectedText<'_>> {
    selected.iter().flat_map(|selection| selection.error_texts().map(move |(row, text)| (selection, row, text)))
}

fn codes_rows(selected: &[Selection]) -> impl Iterator<Item = Vec<String>> {
    error_texts(selected).map(code_cells)
}

fn code_cells((selection, row, text): SelectedText<'_>) -> Vec<String> {
    vec![
        selection.vendor.name.to_owned(),
        row.code.to_owned(),
        row.class.name().to_owned(),
        listing::describe_status(selection.vendor, row.status),
        listing::describe_scope(row.scope),
        text.english.to_owned(),
        provoking_call(selection.vendor, row),
        text.evidence.name().to_owned(),
    ]
}

fn open_questions(selected: &[Selection]) -> impl Iterator<Item = &'static Assumption> {
    selected.iter().flat_map(|selection| selection.vendor.catalog.assumptions.iter().copied())
}

/// The markdown of every code, every example and every assumption.
pub fn codes_book() -> String {
    let mut text = String::from(
        "# Error codes\n\nMade by `ticketbooth codes --markdown`; do not edit by hand.\n\n\
         ## Every refusal with one call\n\nEach line is one paste against `ticketbooth serve` with the demo world. \
         Where the last column has something, start it with that, or put it into the world file.\n\n",
    );
    for vendor in vendors() {
        text.push_str(&format!("### {}\n\n", vendor.name));
        text.push_str(&refusal_pastes(vendor, vendor.catalog.examples.rows));
        text.push_str(&sample_pastes(vendor));
    }
    for vendor in vendors() {
        text.push_str(&vendor_chapter(vendor));
    }
    text
}

fn refusal_pastes(vendor: &Vendor, rows: &[Example]) -> String {
    let head = ["Code", "What it is", "Call", "With"];
    let cells = rows.iter().map(|row| {
        let with = if let How::Switch(switch) = row.how { format!("`{switch}`") } else { String::new() };
        vec![row.code.to_owned(), row.about.to_owned(), format!("`{}`", row.paste_line(vendor.name)), with]
    });
    format!("{}\n\n", markdown_table(&head, cells))
}

fn sample_pastes(vendor: &Vendor) -> String {
    let cells = vendor.catalog.examples.samples.iter();
    let cells = cells.map(|sample| vec![format!("`{}`", sample.name), sample.about.to_owned()]);
    format!("{}\n\n", markdown_table(&["In a call", "Stands for"], cells))
}

fn vendor_chapter(vendor: &Vendor) -> String {
    let head = ["Code", "Class", "HTTP", "Given by", "Message", "Chinese", "Provoked by", "Evidence", "Source"];
    let rows = vendor.catalog.errors.iter().flat_map(|row| {
        row.texts.iter().map(move |text| {
            vec![
                row.code.to_owned(),
                row.class.name().to_owned(),
                listing::describe_status(vendor, row.status),
                listing::describe_scope(row.scope),
                text.english.to_owned(),
                text.chinese.unwrap_or("").to_owned(),
                provoking_call(vendor, row),
                text.evidence.name().to_owned(),
                row.source.to_owned(),
            ]
        })
    });
    let questions = assumptions_book(vendor.catalog.assumptions.iter().copied());
    let name = vendor.name;
    let codes = markdown_table(&head, rows);
    format!("## Codes of {name}\n\n{codes}\n\n## Assumptions of {name}\n\n{questions}\n\n")
}

/// The open questions with the answers that can be chosen, for a document.
fn assumptions_book(rows: impl Iterator<Item = &'static Assumption>) -> String {
    let head = ["Assumption", "Default", "Choices", "Evidence", "Speaks of", "Decides", "Reason"];
    markdown_table(&head, rows.map(assumption_cells))
}

fn assumption_cells(row: &'static Assumption) -> Vec<String> {
    let Assumption { name, effect, default, reason, .. } = row;
    let choices = row.choices.join(", ");
    [name, default, &*choices, row.evidence.name(), row.speaks_of.name(), effect, reason].map(str::to_owned).to_vec()
}

pub(crate) fn provoking_call(vendor: &Vendor, row: &ErrorRow) -> String {
    find_example(vendor, row)
        .map_or_else(|| "only by rule".to_owned(), |example| format!("`{}`", example.paste_line(vendor.name)))
}
