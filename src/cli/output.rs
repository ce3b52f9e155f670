//! Data on stdout: as text, as a table, or as JSON.

use std::io::{self, IsTerminal, Write};

use clap::{Args, ValueEnum};
use serde_json::Value;

use super::escape::{escape_json, escape_text};
use super::failure::{self, Failure};
use super::table::TableData;

/// The form of what a verb prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutputForm {
    /// For people; in a pipe without alignment.
    #[default]
    Text,
    Json,
    /// Lists alone, as RFC 4180 has it.
    Csv,
}

/// The flags that choose it.
#[derive(Debug, Default, Args)]
pub(crate) struct OutputFlags {
    /// Print JSON; the same as `--output json`.
    #[arg(long, global = true, conflicts_with = "output")]
    json: bool,
    /// The form of what is printed: text, JSON, or CSV of a list.
    #[arg(long, global = true, value_name = "FORM", value_enum)]
    output: Option<OutputForm>,
}

impl OutputFlags {
    pub fn form(&self) -> OutputForm {
        if self.json { OutputForm::Json } else { self.output.unwrap_or_default() }
    }

    /// Prints one thing: as JSON where that is wanted, else as the text that `show` makes of it.
    pub fn print_thing(&self, thing: &Value, show: impl FnOnce(&Value) -> String) -> Result<(), Failure> {
        match self.form() {
            OutputForm::Json => print_json(thing),
            OutputForm::Text => print_text(&show(thing)),
            OutputForm::Csv => Err(Failure::bad_usage(
                "only a list can be printed as CSV",
                "leave --output csv out, or write --output json",
            )),
        }
    }

    /// Prints a list; `foot` stands below it for people.
    pub fn print_list(&self, list: &Value, table: &TableData, foot: Option<String>) -> Result<(), Failure> {
        match self.form() {
            OutputForm::Json => print_json(list),
            OutputForm::Csv => print_csv(table),
            OutputForm::Text if table.is_empty() && foot.is_some() => print_text(&foot.unwrap_or_default()),
            OutputForm::Text => {
                let foot = foot.map_or_else(String::new, |foot| format!("\n\n{foot}"));
                print_text(&format!("{}{foot}", table_text(table)))
            }
        }
    }
}

/// Prints the text and a line end.
pub(crate) fn print_text(text: &str) -> Result<(), Failure> {
    print_safe(&escape_text(text))
}

/// The JSON value as people read it, and as programs do.
pub(crate) fn print_json(value: &serde_json::Value) -> Result<(), Failure> {
    print_safe(&escape_json(&format!("{value:#}")))
}

/// The list for whoever reads stdout.
pub(crate) fn table_text(table: &TableData) -> String {
    table.to_text_of(terminal_width())
}

/// The list as CSV.
pub(crate) fn print_csv(table: &TableData) -> Result<(), Failure> {
    write_stdout(&table.to_csv())
}

/// Writes to stdout. That nobody reads on is no error: `| head` does so.
fn write_stdout(text: &str) -> Result<(), Failure> {
    let mut stdout = anstream::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

fn print_safe(text: &str) -> Result<(), Failure> {
    write_stdout(&format!("{}\n", text.trim_end()))
}

/// A line for people on stderr. With the stream gone there is nobody left to tell, and the exit code still says it.
pub(crate) fn tell_people(line: &str) {
    failure::write_stderr(line);
}

/// The hint of a list that was cut: how to get the rest.
pub(crate) fn further_hint(list: &serde_json::Value) -> String {
    let next = list["next"].as_str().map(|next| format!(", and --cursor {next} what follows"));
    next.map_or_else(String::new, |next| format!("\n--limit shows more{next}"))
}

/// The width that is assumed where a terminal is narrower or does not say.
const LEAST_WIDTH: usize = 40;

/// The width of the terminal that stdout is; `None`: it is none. `COLUMNS` goes before what the terminal says.
fn terminal_width() -> Option<usize> {
    if !io::stdout().is_terminal() {
        return None;
    }
    let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let found = || terminal_size::terminal_size().map(|(terminal_size::Width(width), _)| usize::from(width));
    Some(told.or_else(found).unwrap_or(80).max(LEAST_WIDTH))
}
