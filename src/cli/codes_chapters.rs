//! The catalogue as people read it on a terminal: one chapter for the gateway of each vendor, one for
//! each action, one for the embed pages.

use super::output::table_text;
use super::table::TableData;
use crate::cloud::Vendor;
use crate::cloud::catalog::{ErrorRow, ErrorScope, StatusRule, VISIT};
use crate::cloud::examples::{Example, ExampleRequest, How};
use crate::listing::{self, Selection};

/// The chapters of everything that is selected.
pub(crate) fn action_chapters(selected: &[Selection]) -> String {
    selected.iter().flat_map(of_vendor).collect::<Vec<_>>().join("\n\n")
}

fn of_vendor(selection: &Selection) -> Vec<String> {
    let Selection { vendor, action: wanted } = *selection;
    let mut names: Vec<&str> = Vec::new();
    for action in vendor.catalog.actions {
        // Two versions of an action may have a row each.
        if !names.contains(&action.name) {
            names.push(action.name);
        }
    }
    names.push(VISIT);
    names.retain(|name| wanted.is_none_or(|wanted| wanted == *name));
    // No embed page is behind the gateway.
    let gateway = (wanted != Some(VISIT)).then(|| gateway_chapter(vendor));
    gateway.into_iter().chain(names.into_iter().map(|name| of_action(vendor, name))).collect()
}

fn gateway_chapter(vendor: &Vendor) -> String {
    let rows = vendor.catalog.errors.iter().filter(|row| row.scope == ErrorScope::Gateway);
    let head = format!("{}, any call", vendor.name);
    format_chapter(&head, rows.flat_map(|row| code_lines(vendor, row, None)))
}

fn of_action(vendor: &Vendor, name: &'static str) -> String {
    let rows =
        vendor.catalog.errors.iter().filter(|row| row.scope != ErrorScope::Gateway && row.scope.covers_action(name));
    let about = vendor.catalog.actions.iter().find(|action| action.name == name).map(|action| action.about);
    let about = about.unwrap_or("What an embed page shows when it does not open.");
    let head = format!("{}.{name}: {about}", vendor.name);
    format_chapter(&head, rows.flat_map(|row| code_lines(vendor, row, Some(name))))
}

fn format_chapter(head: &str, rows: impl Iterator<Item = Vec<String>>) -> String {
    let columns = ["Code", "Class", "HTTP", "Evidence", "Message…", "Provoked by"];
    format!("{head}\n\n{}", table_text(&TableData::new(&columns, rows).with_groups(3)))
}

/// One line for each text of the row.
fn code_lines(vendor: &Vendor, row: &'static ErrorRow, action: Option<&str>) -> Vec<Vec<String>> {
    let cells = row.texts.iter().map(|text| {
        vec![
            row.code.to_owned(),
            row.class.name().to_owned(),
            status_cell(vendor, row.status, action),
            text.evidence.name().to_owned(),
            text.english.to_owned(),
            provoking_cell(vendor, row, action),
        ]
    });
    cells.collect()
}

/// The status in the versions that the action has.
fn status_cell(vendor: &Vendor, status: StatusRule, action: Option<&str>) -> String {
    let of_action = |name: &str| action.is_none_or(|action| action == name);
    let rows = vendor.catalog.actions.iter().filter(|row| of_action(row.name));
    let mut versions: Vec<&str> = rows.flat_map(|row| row.versions.iter().copied()).collect();
    versions.sort_unstable();
    versions.dedup();
    match (status, versions[..].split_first()) {
        (StatusRule::OfVersion, Some((only, []))) => (vendor.answers.status_of_version)(only).to_string(),
        _ => listing::describe_status(vendor, status),
    }
}

/// What it takes to see the code, and the call or link that then brings it; one of the action itself
/// where there is one.
fn provoking_cell(vendor: &Vendor, row: &ErrorRow, action: Option<&str>) -> String {
    let own = |example: &&Example| matches!(example.what, ExampleRequest::Call(ask) if Some(ask.action) == action);
    let same = vendor.catalog.examples.rows.iter().filter(|example| example.code == row.code);
    let found = same.clone().find(own).or_else(|| listing::find_example(vendor, row));
    let Some(example) = found else { return "only a rule".to_owned() };
    let paste = example.paste_line(vendor.name);
    match example.how {
        How::Request => format!("a request: {paste}"),
        How::World => format!("a thing of the world: {paste}"),
        How::Switch(switch) => format!("the switch {switch}: {paste}"),
    }
}
