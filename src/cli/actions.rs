//! `ticketbooth actions`: the served actions with their parameters.

use clap::Args;
use serde_json::{Value, json};

use super::Failure;
use super::output::{OutputFlags, OutputForm, print_csv, print_json, print_text, table_text};
use super::select::select_rows;
use super::table::{TableData, markdown_table};
use crate::cloud::catalog::{Action, Does, ParamRow};
use crate::listing::{self, Selection};

#[derive(Debug, Args)]
pub(crate) struct ActionsFlags {
    /// A vendor, or one action of it; all vendors when left out.
    #[arg(value_name = "VENDOR[.ACTION]")]
    what: Option<String>,
    #[command(flatten)]
    output: OutputFlags,
    /// Print Markdown.
    #[arg(long, conflicts_with_all = ["json", "output"])]
    markdown: bool,
}

pub(crate) fn run(flags: &ActionsFlags) -> Result<(), Failure> {
    let selected = select_rows(flags.what.as_deref())?;
    match flags.output.form() {
        OutputForm::Json => {
            let actions: Vec<Value> = selected.iter().flat_map(Selection::actions_data).collect();
            print_json(&json!({ "actions": actions }))
        }
        OutputForm::Csv => print_csv(&all_parameters(&selected)),
        OutputForm::Text => {
            let texts = selected.iter().map(|selection| actions_text(selection, flags.markdown));
            print_text(&texts.collect::<Vec<_>>().join("\n"))
        }
    }
}

fn actions_text(selection: &Selection, markdown: bool) -> String {
    let name = selection.vendor.name;
    let mut text = String::new();
    // One that is not served is told of when it is asked for: its parameters are checked all the same.
    let asked_for = || selection.unserved_actions().filter(|_| selection.action.is_some());
    for action in selection.served_actions().chain(asked_for()) {
        let title = format!("{name}.{}", action.name);
        let mark = if markdown { "### " } else { "" };
        let versions = action.versions.join(", ");
        let about = if matches!(action.does, Does::Nothing) {
            format!("{} Not served.", action.about)
        } else {
            action.about.to_owned()
        };
        text += &format!("{mark}{title} ({versions}, {})\n\n{about}\n\n", action.evidence.name());
        if !action.params.is_empty() {
            text += &format!("{}\n\n", params_table(action, markdown));
        }
    }
    let others: Vec<&str> = selection.unserved_actions().map(|action| action.name).collect();
    if selection.action.is_none() && !others.is_empty() {
        text += &format!("Known of {name} and not served: {}\n", others.join(", "));
    }
    text
}

const PARAMS: [&str; 5] = ["Parameter", "Type", "Required", "Rule", "About…"];

fn params_table(action: &Action, markdown: bool) -> String {
    let rows = action.params.iter().map(param_cells);
    if markdown {
        markdown_table(&PARAMS.map(|title| title.trim_end_matches('…')), rows)
    } else {
        table_text(&TableData::new(&PARAMS, rows))
    }
}

fn param_cells(row: &ParamRow) -> Vec<String> {
    let required = if row.required { "yes" } else { "" };
    vec![
        row.name.to_owned(),
        row.kind.name().to_owned(),
        required.to_owned(),
        listing::describe_rule(&row.rule),
        row.about.to_owned(),
    ]
}

/// The parameters of all selected actions in one list; an action without any has one line.
fn all_parameters(selected: &[Selection]) -> TableData {
    let of_action = |selection: &Selection, action: &'static Action| {
        let front = vec![selection.vendor.name.to_owned(), action.name.to_owned(), action.versions.join(" ")];
        let rows = action.params.iter().map(|row| [front.clone(), param_cells(row)].concat());
        let bare = [front.clone(), vec![String::new(); PARAMS.len()]].concat();
        if action.params.is_empty() { vec![bare] } else { rows.collect() }
    };
    let rows = selected.iter().flat_map(|selection| selection.served_actions().map(move |action| (selection, action)));
    let titles = ["Vendor", "Action", "Versions", PARAMS[0], PARAMS[1], PARAMS[2], PARAMS[3], PARAMS[4]];
    TableData::new(&titles, rows.flat_map(|(selection, action)| of_action(selection, action)))
}
