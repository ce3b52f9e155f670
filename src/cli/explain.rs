//! `ticketbooth explain`: why a call was answered as it was.

use clap::Args;
use serde_json::Value;

use super::Failure;
use super::output::{TableForm, format_table};
use super::remote::{cell_text, list_rows, row_cells};
use super::source::JournalSource;

#[derive(Debug, Args)]
pub(crate) struct ExplainFlags {
    /// The call; the last one when left out.
    #[arg(value_name = "REQUEST_ID")]
    request: Option<String>,
    #[command(flatten)]
    source: JournalSource,
}

pub(crate) fn run(flags: &ExplainFlags) -> Result<(), Failure> {
    let request = flags.request.as_deref().unwrap_or("last");
    let explained = flags.source.explain_entry(request)?;
    flags.source.remote.print_answer(&explained, explanation_text)
}

/// The steps in their order, what was expected and came instead below the one it happened at, and what to change.
fn explanation_text(explained: &Value) -> String {
    let code = explained["code"].as_str().or(explained["outcome"].as_str()).unwrap_or_default();
    let steps = list_rows(&explained["steps"]);
    let lines = format_table(
        TableForm::Text,
        &["Step", "Outcome", "Detail"],
        steps.iter().map(|step| row_cells(step, &["step", "outcome", "detail"])),
    );
    let mut text = format!("request {}: {code}\n\n{lines}\n", cell_text(&explained["request_id"]));
    for step in steps {
        for name in ["canonical_request", "string_to_sign", "expected", "got"] {
            if !step[name].is_null() {
                let title = format!("{} {}", cell_text(&step["step"]), name.replace('_', " "));
                text.push_str(&format!("\n{title}:\n{}\n", indent_lines(&cell_text(&step[name]))));
            }
        }
    }
    text.push_str(&mistake_text(&explained["mistake"]));
    for ticket in list_rows(&explained["tickets"]) {
        text.push_str(&format!("\nticket {}: {}\n", cell_text(&ticket["id"]), cell_text(&ticket["says"])));
    }
    let assumed = list_rows(&explained["assumptions"]);
    if !assumed.is_empty() {
        text.push('\n');
    }
    for row in assumed {
        text.push_str(&format!("assumption {}={}\n", cell_text(&row["name"]), cell_text(&row["choice"])));
    }
    match explained["advice"].as_str() {
        Some(advice) => format!("{text}\n{advice}"),
        None => text,
    }
}

/// What the client did, and where its string to sign parts from the right one.
fn mistake_text(mistake: &Value) -> String {
    if mistake.is_null() {
        return String::new();
    }
    let mut text = format!("\nmistake {}:\n  {}\n", cell_text(&mistake["name"]), cell_text(&mistake["says"]));
    let difference = &mistake["first_difference"];
    if !difference.is_null() {
        text.push_str(&format!(
            "\nthe {} differs first in line {}, column {}:\n  expected  {}\n  got       {}\n",
            cell_text(&difference["of"]),
            cell_text(&difference["line"]),
            cell_text(&difference["column"]),
            cell_text(&difference["expected"]),
            cell_text(&difference["got"]),
        ));
    }
    text
}

fn indent_lines(text: &str) -> String {
    text.lines().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
}
