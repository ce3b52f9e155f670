//! `ticketbooth explain`: why a call was answered as it was.

use clap::Args;
use serde_json::Value;

use super::Failure;
use super::output::{Form, table};
use super::remote::{cell, cells, rows};
use super::source::Source;

#[derive(Debug, Args)]
pub(crate) struct Flags {
    /// The call; the last one when left out.
    #[arg(value_name = "REQUEST_ID")]
    request: Option<String>,
    #[command(flatten)]
    source: Source,
}

pub(crate) fn run(flags: &Flags) -> Result<(), Failure> {
    let request = flags.request.as_deref().unwrap_or("last");
    let explained = flags.source.explanation(request)?;
    flags.source.remote.print(&explained, shown)
}

/// The steps in their order, what was expected and came instead below the one it happened at, and what to change.
fn shown(explained: &Value) -> String {
    let code = explained["code"].as_str().or(explained["outcome"].as_str()).unwrap_or_default();
    let steps = rows(&explained["steps"]);
    let lines = table(
        Form::Text,
        &["Step", "Outcome", "Detail"],
        steps.iter().map(|step| cells(step, &["step", "outcome", "detail"])),
    );
    let mut text = format!("request {}: {code}\n\n{lines}\n", cell(&explained["request_id"]));
    for step in steps {
        for name in ["canonical_request", "string_to_sign", "expected", "got"] {
            if !step[name].is_null() {
                let title = format!("{} {}", cell(&step["step"]), name.replace('_', " "));
                text.push_str(&format!("\n{title}:\n{}\n", indented(&cell(&step[name]))));
            }
        }
    }
    text.push_str(&mistake(&explained["mistake"]));
    for ticket in rows(&explained["tickets"]) {
        text.push_str(&format!("\nticket {}: {}\n", cell(&ticket["id"]), cell(&ticket["says"])));
    }
    let assumed = rows(&explained["assumptions"]);
    if !assumed.is_empty() {
        text.push('\n');
    }
    for row in assumed {
        text.push_str(&format!("assumption {}={}\n", cell(&row["name"]), cell(&row["choice"])));
    }
    match explained["advice"].as_str() {
        Some(advice) => format!("{text}\n{advice}"),
        None => text,
    }
}

/// What the client did, and where its string to sign parts from the right one.
fn mistake(mistake: &Value) -> String {
    if mistake.is_null() {
        return String::new();
    }
    let mut text = format!("\nmistake {}:\n  {}\n", cell(&mistake["name"]), cell(&mistake["says"]));
    let difference = &mistake["first_difference"];
    if !difference.is_null() {
        text.push_str(&format!(
            "\nthe {} differs first in line {}, column {}:\n  expected  {}\n  got       {}\n",
            cell(&difference["of"]),
            cell(&difference["line"]),
            cell(&difference["column"]),
            cell(&difference["expected"]),
            cell(&difference["got"]),
        ));
    }
    text
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
}
