//! Filters on the figures: what is understood is applied, and of everything else it is told that it is not.

use super::columns::{Column, Content, find_column, value_in};
use super::records::Sale;
use crate::call::Language;

/// Conditions on one parameter of a page. A record has to meet all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    pub name: String,
    pub origin: FilterOrigin,
    pub conditions: Vec<Condition>,
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The operator as the vendor writes it.
    pub operator: String,
    /// `None`: nobody knows what the operator asks for.
    pub test: Option<Test>,
    pub values: Vec<String>,
}

worded! {
    /// Who set a filter.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum FilterOrigin {
        /// The ticket: the visitor cannot change it.
        Ticket = "ticket",
        Link = "link",
        Visitor = "visitor",
    }
}

/// The test of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test {
    /// One of the values.
    OneOf,
    NoneOf,
    Less,
    AtMost,
    More,
    AtLeast,
    Contains,
    StartsWith,
    EndsWith,
}

impl Test {
    /// Whether a value of the condition is a whole value of the column.
    pub(super) const fn names_values(self) -> bool {
        matches!(self, Self::OneOf | Self::NoneOf)
    }

    const fn compares(self) -> bool {
        matches!(self, Self::Less | Self::AtMost | Self::More | Self::AtLeast)
    }
}

/// Why a filter is not applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NotApplied {
    UnknownParameter,
    UnknownOperator(String),
    NoNumber(String),
    TooMuch,
}

/// Values of a filter that are looked at, and letters of it that are shown.
const MOST_VALUES: usize = 200;
const MOST_LETTERS: usize = 200;

pub(super) type Fitness = Result<(), NotApplied>;

/// Whether the filter can be applied to a page with these parameters. A visitor filters by what the page offers.
pub(super) fn judge_filter(filter: &Filter, parameters: &[String]) -> Fitness {
    if filter.origin != FilterOrigin::Visitor && !parameters.contains(&filter.name) {
        return Err(NotApplied::UnknownParameter);
    }
    if filter.conditions.iter().map(|condition| condition.values.len()).sum::<usize>() > MOST_VALUES {
        return Err(NotApplied::TooMuch);
    }
    let has_numbers = find_column(&filter.name).is_some_and(|column| matches!(column.content, Content::Number(_)));
    for Condition { operator, test, values } in &filter.conditions {
        let Some(test) = test else { return Err(NotApplied::UnknownOperator(operator.clone())) };
        let wants_numbers = test.compares() || (has_numbers && test.names_values());
        if let Some(text) = values.iter().find(|text| wants_numbers && parse_number(text).is_none()) {
            return Err(NotApplied::NoNumber(text.clone()));
        }
        if test.compares() && values.len() != 1 {
            return Err(NotApplied::UnknownOperator(operator.clone()));
        }
    }
    Ok(())
}

fn parse_number(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

impl Filter {
    /// Whether the record meets every condition.
    pub(super) fn holds_for(&self, record: &Sale, named: &[(String, String)]) -> bool {
        self.conditions.iter().all(|condition| condition.holds_for(record, &self.name, named))
    }

    /// The conditions as they were written.
    pub(super) fn in_words(&self) -> String {
        let each = |condition: &Condition| format!("{} {}", condition.operator, condition.values.join(", "));
        let whole = self.conditions.iter().map(each).collect::<Vec<_>>().join("; ");
        match whole.char_indices().nth(MOST_LETTERS) {
            Some((end, _)) => format!("{}…", &whole[..end]),
            None => whole,
        }
    }
}

impl Condition {
    fn holds_for(&self, record: &Sale, name: &str, named: &[(String, String)]) -> bool {
        let Some(test) = self.test else { return true };
        let column = find_column(name);
        let number = match column.map(|column| &column.content) {
            Some(Content::Number(number)) => Some(f64::from(number(record))),
            _ => None,
        };
        let is_one = |text: &String| match number {
            Some(number) => parse_number(text) == Some(number),
            None => is_written(record, name, column, named, text),
        };
        let value = || value_in(record, name, named, Language::English);
        let bound = || self.values.first().and_then(|text| parse_number(text)).unwrap_or_default();
        let measure = || number.or_else(|| parse_number(&value())).unwrap_or(f64::NAN);
        match test {
            Test::OneOf => self.values.iter().any(is_one),
            Test::NoneOf => !self.values.iter().any(is_one),
            Test::Less => measure() < bound(),
            Test::AtMost => measure() <= bound(),
            Test::More => measure() > bound(),
            Test::AtLeast => measure() >= bound(),
            Test::Contains => self.any_text(record, name, named, |own, text| own.contains(text.trim_matches('%'))),
            Test::StartsWith => self.any_text(record, name, named, |own, text| own.starts_with(text)),
            Test::EndsWith => self.any_text(record, name, named, |own, text| own.ends_with(text)),
        }
    }

    /// Whether the record's value, in either language, and one of the condition's are as `fits` wants them.
    fn any_text(
        &self,
        record: &Sale,
        name: &str,
        named: &[(String, String)],
        fits: impl Fn(&str, &str) -> bool,
    ) -> bool {
        let own = [Language::English, Language::Chinese].map(|language| value_in(record, name, named, language));
        self.values.iter().any(|text| own.iter().any(|own| fits(own, text)))
    }
}

/// Whether the record has the value, in either language.
fn is_written(record: &Sale, name: &str, column: Option<&Column>, named: &[(String, String)], text: &str) -> bool {
    let own = value_in(record, name, named, Language::English);
    let word = column.and_then(|column| match column.content {
        Content::Members(members, _) => members.iter().find(|member| member.english == own),
        Content::Number(_) => None,
    });
    own == text || word.is_some_and(|word| word.is_written(text))
}
