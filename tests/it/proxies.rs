//! The rows on clients and proxies, and the table that is made of them.

use std::collections::BTreeSet;

use ticketbooth::cloud::{all_proxy_habits, all_snippets};
use ticketbooth::domain::Evidence;

use crate::kit;

#[test]
fn every_client_that_has_a_snippet_has_its_row_and_no_other() {
    let rows: Vec<&str> = all_proxy_habits().map(|habit| habit.client).collect();
    let snippets: BTreeSet<&str> = all_snippets().map(|(name, _)| *name).collect();
    assert_eq!(rows.iter().copied().collect::<BTreeSet<_>>(), snippets);
    assert_eq!(rows.len(), snippets.len(), "a client has two rows");
}

/// The table of the document, made from the rows.
fn table() -> String {
    let mut lines = vec![
        "| client | sends its calls to the proxy of | goes past it with `NO_PROXY` | how we know |".to_owned(),
        "| --- | --- | --- | --- |".to_owned(),
    ];
    for habit in all_proxy_habits() {
        let follows: Vec<String> =
            habit.follows.iter().map(|variable| format!("`{}`", variable.shown_name())).collect();
        let follows = if follows.is_empty() { "none".to_owned() } else { follows.join(", ") };
        let known = if habit.evidence == Evidence::Seen { "was run" } else { "its source" };
        lines.push(format!("| `{}` | {follows} | {} | {known} |", habit.client, habit.spared.name()));
    }
    lines.join("\n")
}

#[test]
fn the_document_has_the_table_of_the_rows() {
    let text = kit::read("docs/clients.md");
    assert!(text.contains(&table()), "docs/clients.md should have:\n{}", table());
}
