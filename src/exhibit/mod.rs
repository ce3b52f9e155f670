//! The exhibit of an open page: figures that look like a report's, and the filters that are applied to them.
//!
//! Nothing here is a vendor's: each vendor reads its own parameters into [`PageSettings`]. The figures come from the
//! numbers that the caller draws, so the same seed shows the same page.

mod chat;
mod columns;
mod filter;
mod members;
mod records;
mod summary;

use serde::Serialize;

use crate::call::Language;
use crate::world::PageContent;
use chat::Chat;
use columns::find_column;
pub use filter::{Condition, Filter, FilterOrigin, Test};
use filter::{Fitness, NotApplied, judge_filter};
use members::pick;
use records::{Sale, draw_records};
use summary::{FilterField, Group, MonthRow, Totals};

/// The wishes of a ticket and its link for a page, as its vendor reads them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageSettings {
    pub filters: Vec<Filter>,
    /// The title is not shown.
    pub hides_head: bool,
    /// The only data tables that a chat has, by their ids.
    pub tables: Option<Vec<String>>,
    /// A chat does not show its queries.
    pub hides_sql: bool,
}

/// The page that the exhibit is for.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    pub content: &'a PageContent,
    pub settings: &'a PageSettings,
    pub language: Language,
    /// The text for a parameter that the page does not have.
    pub unknown_parameter: &'a str,
}

/// Everything that a page draws.
#[derive(Clone, Debug, Serialize)]
pub struct Exhibit {
    /// One row for each month.
    pub rows: Vec<MonthRow>,
    totals: Totals,
    /// The channels into which each month is split.
    channels: Vec<&'static str>,
    groups: Vec<Group>,
    columns: Vec<Heading>,
    records: Vec<Vec<Cell>>,
    filters: Vec<Applied>,
    choices: Vec<FilterField>,
    hides_head: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    chat: Option<Chat>,
}

/// A column of the table of records.
#[derive(Clone, Debug, Serialize)]
struct Heading {
    name: String,
    label: String,
    is_number: bool,
}

#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
enum Cell {
    Number(u32),
    Text(String),
}

/// A filter in words, and whether the figures follow it.
#[derive(Clone, Debug, Serialize)]
struct Applied {
    name: String,
    label: String,
    text: String,
    origin: &'static str,
    applied: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

/// Records that a page lists, at most.
const LISTED: usize = 48;

/// Filters of a page that are applied, and values that they add to the figures.
const MOST_FILTERS: usize = 24;

/// The kind of page that is a chat.
const CHAT: &str = "chat";

/// Draws the exhibit of the page from the numbers that `draw` gives one after the other.
pub fn draw_exhibit(subject: &Subject<'_>, draw: &mut dyn FnMut() -> u64) -> Exhibit {
    let Subject { content, settings, language, .. } = *subject;
    let named = named_values(&settings.filters);
    let all = draw_records(draw);
    let judge = |(place, filter): (usize, &Filter)| {
        if place < MOST_FILTERS { judge_filter(filter, &content.parameters) } else { Err(NotApplied::TooMuch) }
    };
    let judged: Vec<Fitness> = settings.filters.iter().enumerate().map(judge).collect();
    let in_force: Vec<&Filter> =
        settings.filters.iter().zip(&judged).filter(|(_, j)| j.is_ok()).map(|(f, _)| f).collect();
    let shows = |record: &&Sale| in_force.iter().all(|filter| filter.holds_for(record, &named));
    let shown: Vec<&Sale> = all.iter().filter(shows).collect();
    let table = summary::SalesTable::of_page(&content.parameters);
    Exhibit {
        rows: summary::sum_months(&shown, language),
        totals: summary::sum_totals(&shown, all.len()),
        channels: summary::channel_names(language),
        groups: summary::sum_groups(&shown, &named, language),
        columns: table.headings(language),
        records: shown.iter().take(LISTED).map(|record| table.cells_of(record, &named, language)).collect(),
        filters: settings
            .filters
            .iter()
            .zip(judged)
            .map(|(filter, judged)| tell_filter(filter, judged, subject))
            .collect(),
        choices: summary::list_choices(&content.parameters, &settings.filters, &named, language),
        hides_head: settings.hides_head,
        chat: (content.kind == CHAT).then(|| chat::hold_chat(&shown, settings, language)),
    }
}

/// The values that filters name, by column: each is taken to be in the data.
fn named_values(filters: &[Filter]) -> Vec<(String, String)> {
    let mut named: Vec<(String, String)> = Vec::new();
    for filter in filters {
        for condition in filter.conditions.iter().filter(|condition| condition.test.is_some_and(Test::names_values)) {
            for value in &condition.values {
                let pair = (filter.name.clone(), value.clone());
                let is_known = find_column(&filter.name).is_some_and(|column| column.has_member(value));
                if !is_known && named.len() < MOST_FILTERS && !named.contains(&pair) {
                    named.push(pair);
                }
            }
        }
    }
    named
}

fn tell_filter(filter: &Filter, judged: Fitness, subject: &Subject<'_>) -> Applied {
    let why = judged.err().map(|why| match why {
        NotApplied::UnknownParameter => subject.unknown_parameter.to_owned(),
        NotApplied::UnknownOperator(word) => match subject.language {
            Language::English => format!("the operator {word} is not understood"),
            Language::Chinese => format!("无法识别的运算符 {word}"),
        },
        NotApplied::TooMuch => {
            pick(subject.language, "there is more to it than a page applies", "超出页面可应用的数量").to_owned()
        }
        NotApplied::NoNumber(text) => match subject.language {
            Language::English => format!("{text:?} is no number"),
            Language::Chinese => format!("“{text}”不是数字"),
        },
    });
    Applied {
        name: filter.name.clone(),
        label: columns::label_of(&filter.name, subject.language),
        text: filter.in_words(),
        origin: filter.origin.name(),
        applied: why.is_none(),
        why,
    }
}
