//! Sums over the records that are shown, and what a visitor may choose from.

use serde::Serialize;

use super::columns::{COLUMNS, Content, find_column, label_of, members_of, value_in};
use super::filter::{Filter, FilterOrigin, Test};
use super::members::{CHANNELS, MONTHS, Word, pick};
use super::records::Sale;
use super::{Cell, Heading};
use crate::call::Language;

/// One month.
#[derive(Clone, Debug, Serialize)]
pub struct MonthRow {
    pub month: &'static str,
    pub sales: u32,
    orders: usize,
    quantity: u32,
    /// The sales of each channel.
    split: Vec<u32>,
}

/// The sums over everything that is shown.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Totals {
    pub sales: u32,
    pub orders: usize,
    quantity: u32,
    /// Sales of one order, on average.
    average: u32,
    /// Orders that there are without any filter.
    all_orders: usize,
}

/// The sums for each member of a column.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Group {
    pub name: &'static str,
    label: &'static str,
    pub members: Vec<MemberSum>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct MemberSum {
    pub name: String,
    pub sales: u32,
    orders: usize,
}

/// A field of the filter bar.
#[derive(Clone, Debug, Serialize)]
pub(super) struct FilterField {
    name: String,
    label: String,
    members: Vec<String>,
    /// The value that stands; empty: all of them.
    chosen: String,
    /// Whether the ticket or the link has settled it.
    is_fixed: bool,
}

/// The columns by which every page sums.
const GROUPED: &[&str] = &["city", "category", "channel", "month"];

/// The fields that a filter bar has behind those for the parameters of the page.
const OFFERED: &[&str] = &["month", "category", "channel"];

/// Fields of a filter bar, at most.
const MOST_CHOICES: usize = 5;

fn sum_sales<'r>(records: impl IntoIterator<Item = &'r &'r Sale>) -> u32 {
    records.into_iter().map(|record| record.sales()).sum()
}

pub(super) fn sum_months(shown: &[&Sale], language: Language) -> Vec<MonthRow> {
    let of_month = |(place, word): (usize, &Word)| {
        let records: Vec<&Sale> = shown.iter().copied().filter(|record| record.month == place).collect();
        let of_channel = |channel| sum_sales(records.iter().filter(|record| record.channel == channel));
        MonthRow {
            month: word.in_language(language),
            sales: sum_sales(&records),
            orders: records.len(),
            quantity: records.iter().map(|record| record.quantity).sum(),
            split: (0..CHANNELS.len()).map(of_channel).collect(),
        }
    };
    MONTHS.iter().enumerate().map(of_month).collect()
}

pub(super) fn channel_names(language: Language) -> Vec<&'static str> {
    CHANNELS.iter().map(|word| word.in_language(language)).collect()
}

pub(super) fn sum_totals(shown: &[&Sale], all: usize) -> Totals {
    let sales = sum_sales(shown);
    let orders = u32::try_from(shown.len()).unwrap_or(u32::MAX);
    Totals {
        sales,
        orders: shown.len(),
        quantity: shown.iter().map(|record| record.quantity).sum(),
        average: sales.checked_div(orders).unwrap_or(0),
        all_orders: all,
    }
}

pub(super) fn sum_groups(shown: &[&Sale], named: &[(String, String)], language: Language) -> Vec<Group> {
    let of_column = |name: &&'static str| {
        let of_member = |member: String| {
            let has = |record: &&&Sale| value_in(record, name, named, language) == member;
            let records: Vec<&Sale> = shown.iter().filter(has).copied().collect();
            MemberSum { sales: sum_sales(&records), orders: records.len(), name: member }
        };
        Group {
            name,
            label: find_column(name).map_or(name, |column| column.label.in_language(language)),
            members: members_of(name, named, language).into_iter().map(of_member).collect(),
        }
    };
    GROUPED.iter().map(of_column).collect()
}

pub(super) fn list_choices(
    parameters: &[String],
    filters: &[Filter],
    named: &[(String, String)],
    language: Language,
) -> Vec<FilterField> {
    let mut names: Vec<&str> = Vec::new();
    for name in parameters.iter().map(String::as_str).chain(OFFERED.iter().copied()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let choice = |name: &str| {
        let members = members_of(name, named, language);
        let of_name = |filter: &&Filter| filter.name == name;
        let is_fixed = filters.iter().any(|filter| filter.origin != FilterOrigin::Visitor && filter.name == name);
        let chosen = filters.iter().filter(of_name).find_map(|filter| match filter.conditions.as_slice() {
            [condition] if condition.test == Some(Test::OneOf) && condition.values.len() == 1 => {
                condition.values.first().cloned()
            }
            _ => None,
        });
        (!members.is_empty()).then(|| FilterField {
            name: name.to_owned(),
            label: label_of(name, language),
            members,
            chosen: chosen.unwrap_or_default(),
            is_fixed,
        })
    };
    names.into_iter().filter_map(choice).take(MOST_CHOICES).collect()
}

/// The columns of the table of records.
pub(super) struct SalesTable(Vec<String>);

impl SalesTable {
    /// Those of the figures, and behind them the parameters of the page that the figures do not have.
    pub fn of_page(parameters: &[String]) -> Self {
        let own = COLUMNS.iter().filter_map(|column| column.names.first()).map(|name| (*name).to_owned());
        let of_page = parameters.iter().filter(|name| find_column(name).is_none()).cloned();
        Self(own.chain(of_page).collect())
    }

    pub fn headings(&self, language: Language) -> Vec<Heading> {
        let number =
            Heading { name: "order".into(), label: pick(language, "Order", "订单").into(), is_number: false };
        let heading = |name: &String| Heading {
            name: name.clone(),
            label: label_of(name, language),
            is_number: find_column(name).is_some_and(|column| matches!(column.content, Content::Number(_))),
        };
        std::iter::once(number).chain(self.0.iter().map(heading)).collect()
    }

    pub fn cells_of(&self, record: &Sale, named: &[(String, String)], language: Language) -> Vec<Cell> {
        let number = Cell::Text(format!("SO-{:04}", record.number));
        let cell = |name: &String| match find_column(name).map(|column| &column.content) {
            Some(Content::Number(number)) => Cell::Number(number(record)),
            _ => Cell::Text(value_in(record, name, named, language)),
        };
        std::iter::once(number).chain(self.0.iter().map(cell)).collect()
    }
}
