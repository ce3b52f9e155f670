//! The columns that the figures have: rows.

use super::members::{CATEGORIES, CHANNELS, CITIES, MONTHS, PROVINCES, REGIONS, Word, word};
use super::records::Sale;
use crate::call::Language;

/// A column of the figures.
#[derive(Debug)]
pub(super) struct Column {
    /// The names under which a page may have it as a parameter, the first one ours.
    pub names: &'static [&'static str],
    pub label: Word,
    pub content: Content,
}

/// The content of a column.
#[derive(Debug)]
pub(super) enum Content {
    /// One of the members, which the record has by its number.
    Members(&'static [Word], fn(&Sale) -> usize),
    Number(fn(&Sale) -> u32),
}

impl Column {
    /// Whether one of its members is written so.
    pub fn has_member(&self, text: &str) -> bool {
        match self.content {
            Content::Members(members, _) => members.iter().any(|member| member.is_written(text)),
            Content::Number(_) => true,
        }
    }
}

pub(super) static COLUMNS: &[Column] = &[
    Column {
        names: &["month", "date"], label: word("Month", "月份"), content: Content::Members(MONTHS, |r| r.month)
    },
    Column { names: &["region"], label: word("Region", "大区"), content: Content::Members(REGIONS, |r| r.city / 2) },
    Column {
        names: &["province"],
        label: word("Province", "省份"),
        content: Content::Members(PROVINCES, |r| r.city / 2),
    },
    Column { names: &["city"], label: word("City", "城市"), content: Content::Members(CITIES, |r| r.city) },
    Column {
        names: &["category", "product"],
        label: word("Category", "品类"),
        content: Content::Members(CATEGORIES, |r| r.category),
    },
    Column {
        names: &["channel"], label: word("Channel", "渠道"), content: Content::Members(CHANNELS, |r| r.channel)
    },
    Column { names: &["price"], label: word("Price", "单价"), content: Content::Number(|r| r.price) },
    Column { names: &["quantity"], label: word("Quantity", "数量"), content: Content::Number(|r| r.quantity) },
    Column { names: &["sales", "amount"], label: word("Sales", "销售额"), content: Content::Number(Sale::sales) },
];

/// The column that the figures have under this name; any other name is a column of texts that only filters fill.
pub(super) fn find_column(name: &str) -> Option<&'static Column> {
    COLUMNS.iter().find(|column| column.names.iter().any(|known| known.eq_ignore_ascii_case(name)))
}

/// The heading of the column of this name.
pub(super) fn label_of(name: &str, language: Language) -> String {
    find_column(name).map_or_else(|| name.to_owned(), |column| column.label.in_language(language).to_owned())
}

/// The members of a column that the figures do not have by themselves.
const STAND_INS: usize = 4;

/// The value that the record has in the column of this name. A value that a filter names takes the place of what a third of the
/// records have by themselves, so that it is never missing.
pub(super) fn value_in(record: &Sale, name: &str, named: &[(String, String)], language: Language) -> String {
    let mut of_column = named.iter().filter(|(column, _)| column.eq_ignore_ascii_case(name));
    if let Some((_, value)) = of_column.find(|(_, value)| record.lies_in_third(value)) {
        return value.clone();
    }
    match find_column(name).map(|column| &column.content) {
        Some(Content::Members(members, place)) => members[place(record)].in_language(language).to_owned(),
        Some(Content::Number(number)) => number(record).to_string(),
        None => stand_in(name, record.scatter(name) % STAND_INS),
    }
}

/// Every value that the column may have; none for numbers.
pub(super) fn members_of(name: &str, named: &[(String, String)], language: Language) -> Vec<String> {
    let own: Vec<String> = match find_column(name).map(|column| &column.content) {
        Some(Content::Members(members, _)) => {
            members.iter().map(|word| word.in_language(language).to_owned()).collect()
        }
        Some(Content::Number(_)) => return Vec::new(),
        None => (0..STAND_INS).map(|number| stand_in(name, number)).collect(),
    };
    let of_filters =
        named.iter().filter(|(column, _)| column.eq_ignore_ascii_case(name)).map(|(_, value)| value.clone());
    own.into_iter().chain(of_filters).collect()
}

fn stand_in(name: &str, number: usize) -> String {
    format!("{name} {}", number + 1)
}
