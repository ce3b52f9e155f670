//! `ticketbooth actions`: the served actions with their parameters.

use clap::Args;
use serde_json::{Value, json};

use super::Failure;
use super::output::{TableForm, format_table, print_json, print_text};
use super::select::select_rows;
use crate::cloud::catalog::Action;
use crate::listing::{self, Selection};

#[derive(Debug, Args)]
pub(crate) struct ActionsFlags {
    /// A vendor, or one action of it; all vendors when left out.
    #[arg(value_name = "VENDOR[.ACTION]")]
    what: Option<String>,
    /// Print JSON.
    #[arg(long, conflicts_with = "markdown")]
    json: bool,
    /// Print Markdown.
    #[arg(long)]
    markdown: bool,
}

pub(crate) fn run(flags: &ActionsFlags) -> Result<(), Failure> {
    let selected = select_rows(flags.what.as_deref())?;
    if flags.json {
        let actions: Vec<Value> = selected.iter().flat_map(Selection::actions_data).collect();
        return print_json(&json!({ "actions": actions }));
    }
    let form = if flags.markdown { TableForm::Markdown } else { TableForm::Text };
    print_text(&selected.iter().map(|selection| actions_text(selection, form)).collect::<Vec<_>>().join("\n"))
}

fn actions_text(selection: &Selection, form: TableForm) -> String {
    let name = selection.vendor.name;
    let mut text = String::new();
    for action in selection.served_actions() {
        let title = format!("{name}.{}", action.name);
        let mark = if form == TableForm::Markdown { "### " } else { "" };
        let versions = action.versions.join(", ");
        text += &format!("{mark}{title} ({versions}, {})\n\n{}\n\n", action.evidence.name(), action.about);
        if !action.params.is_empty() {
            text += &format!("{}\n\n", params_table(action, form));
        }
    }
    let others: Vec<&str> = selection.unserved_actions().map(|known| known.name).collect();
    if !others.is_empty() {
        text += &format!("Known of {name} and not served: {}\n", others.join(", "));
    }
    text
}

fn params_table(action: &Action, form: TableForm) -> String {
    let head = ["Parameter", "Type", "Required", "Rule", "About"];
    let rows = action.params.iter().map(|row| {
        let required = if row.required { "yes" } else { "" };
        vec![
            row.name.to_owned(),
            row.kind.name().to_owned(),
            required.to_owned(),
            listing::describe_rule(&row.rule),
            row.about.to_owned(),
        ]
    });
    format_table(form, &head, rows)
}
