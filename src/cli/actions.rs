//! `ticketbooth actions`: the served actions with their parameters.

use clap::Args;
use serde_json::{Value, json};

use super::Failure;
use super::output::{Form, print, print_json, table};
use super::select::select;
use crate::catalogue::{self, Selection};
use crate::vendor::catalog::Action;

#[derive(Debug, Args)]
pub(crate) struct Flags {
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

pub(crate) fn run(flags: &Flags) -> Result<(), Failure> {
    let selected = select(flags.what.as_deref())?;
    if flags.json {
        let actions: Vec<Value> = selected.iter().flat_map(Selection::actions_data).collect();
        return print_json(&json!({ "actions": actions }));
    }
    let form = if flags.markdown { Form::Markdown } else { Form::Text };
    print(&selected.iter().map(|selection| text(selection, form)).collect::<Vec<_>>().join("\n"))
}

fn text(selection: &Selection, form: Form) -> String {
    let name = selection.vendor.name();
    let mut text = String::new();
    for action in selection.served() {
        let title = format!("{name}.{}", action.name);
        let mark = if form == Form::Markdown { "### " } else { "" };
        let versions = action.versions.join(", ");
        text += &format!("{mark}{title} ({versions}, {})\n\n{}\n\n", action.evidence.name(), action.about);
        if !action.params.is_empty() {
            text += &format!("{}\n\n", params(action, form));
        }
    }
    let others: Vec<&str> = selection.unserved().map(|known| known.name).collect();
    if !others.is_empty() {
        text += &format!("Known of {name} and not served: {}\n", others.join(", "));
    }
    text
}

fn params(action: &Action, form: Form) -> String {
    let head = ["Parameter", "Type", "Required", "Rule", "About"];
    let rows = action.params.iter().map(|row| {
        let required = if row.required { "yes" } else { "" };
        vec![
            row.name.to_owned(),
            row.kind.name().to_owned(),
            required.to_owned(),
            catalogue::rule(&row.rule),
            row.about.to_owned(),
        ]
    });
    table(form, &head, rows)
}
