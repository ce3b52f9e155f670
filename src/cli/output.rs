//! Data on stdout: as text, as a table, or as JSON.

use std::io::{self, IsTerminal, Write};

use clap::ValueEnum;
use comfy_table::{ContentArrangement, Table, presets};

use super::escape::{escape_json, escape_text};
use super::failure::{self, Failure};

/// The form of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableForm {
    Text,
    Markdown,
}

/// Prints the text and a line end.
pub(crate) fn print_text(text: &str) -> Result<(), Failure> {
    print_safe(&escape_text(text))
}

/// The JSON value as people read it, and as programs do.
pub(crate) fn print_json(value: &serde_json::Value) -> Result<(), Failure> {
    print_safe(&escape_json(&format!("{value:#}")))
}

/// That nobody reads on is no error: `| head` does so.
fn print_safe(text: &str) -> Result<(), Failure> {
    let mut stdout = anstream::stdout().lock();
    match writeln!(stdout, "{}", text.trim_end()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// A line for people on stderr. With the stream gone there is nobody left to tell, and the exit code still says it.
pub(crate) fn tell_people(line: &str) {
    failure::write_stderr(line);
}

/// The hint of a list that was cut: how to get the rest.
pub(crate) fn further_hint(list: &serde_json::Value) -> String {
    let next = list["next"].as_str().map(|next| format!(", and --cursor {next} what follows"));
    next.map_or_else(String::new, |next| format!("; --limit shows more{next}"))
}

/// A terminal narrower than this would break every word of a table.
const LEAST_WIDTH: u16 = 60;

/// A table. On a terminal it keeps to the width; elsewhere a row is one line, for `grep`.
pub(crate) fn format_table(form: TableForm, head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut table = Table::new();
    let fits = table.width().is_some_and(|width| width >= LEAST_WIDTH);
    match form {
        TableForm::Markdown => table.load_preset(presets::ASCII_MARKDOWN),
        TableForm::Text if fits && io::stdout().is_terminal() => {
            table.load_preset(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic)
        }
        TableForm::Text => table.load_preset(presets::NOTHING),
    };
    table.set_header(head);
    for row in rows {
        match form {
            TableForm::Text => table.add_row(row),
            TableForm::Markdown => table.add_row(row.iter().map(|cell| escape_cell(cell))),
        };
    }
    table.trim_fmt()
}

/// The text as it stands in a cell of a Markdown table.
fn escape_cell(cell: &str) -> String {
    cell.replace('<', "&lt;").replace('|', "\\|").replace('\n', "<br>")
}
