//! The parameters of an action: as rows, and as values that passed the checks of their rows.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::call::{ParamValue, Params};
use crate::domain::Assumptions;
use crate::world::things::text_of;

/// One parameter of an action.
#[derive(Clone, Copy, Debug)]
pub struct ParamRow {
    /// The wire name, case-sensitive.
    pub name: &'static str,
    /// The name by which the vendor's messages call it.
    pub alias: &'static str,
    pub kind: ParamKind,
    pub required: bool,
    pub rule: ParamRule,
    /// Its meaning, and its default.
    pub about: &'static str,
}

impl ParamRow {
    /// Whether a parameter of this name is the row's: in a query or a form, each part of a list or an object is a
    /// parameter of its own, such as `UserIdList.0`.
    pub(super) fn takes(&self, name: &str) -> bool {
        let is_part = |rest: &str| match (self.kind, rest.strip_prefix('.')) {
            _ if rest.is_empty() => true,
            (ParamKind::List, Some(part)) => part.starts_with(|first: char| first.is_ascii_digit()),
            (ParamKind::Object, Some(part)) => !part.is_empty(),
            _ => false,
        };
        name.strip_prefix(self.name).is_some_and(is_part)
    }
}

impl ParamKind {
    /// Whether it is made of others.
    pub const fn has_parts(self) -> bool {
        matches!(self, Self::List | Self::Object)
    }
}

worded! {
    /// The type of a parameter on the wire.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum ParamKind {
        Text = "text",
        /// A signed 64-bit integer.
        Int = "integer",
        /// An unsigned 64-bit integer.
        Nat = "unsigned integer",
        Bool = "boolean",
        List = "array",
        Object = "object",
    }
}

/// The rule for a value beyond its type.
#[derive(Clone, Copy, Debug)]
pub enum ParamRule {
    Any,
    /// A number of minutes within bounds, as an integer or as text of one.
    Minutes(ValueRange),
    /// A number of uses within bounds.
    Uses(ValueRange),
    /// A number within bounds.
    Number(ValueRange),
    /// One of these numbers.
    OneOf(&'static [i64]),
    /// One of these words, in this case.
    Word(&'static [&'static str]),
    /// At most so many Unicode characters.
    Chars(usize),
}

/// Both ends are allowed values.
#[derive(Clone, Copy, Debug)]
pub enum ValueRange {
    Fixed(i64, i64),
    /// Depends on an open question.
    Assumed(fn(&Assumptions) -> (i64, i64)),
}

impl ValueRange {
    /// The smallest and the largest allowed value.
    pub fn ends(&self, assumptions: &Assumptions) -> (i64, i64) {
        match self {
            Self::Fixed(low, high) => (*low, *high),
            Self::Assumed(ends) => ends(assumptions),
        }
    }

    pub fn contains(&self, number: i64, assumptions: &Assumptions) -> bool {
        let (low, high) = self.ends(assumptions);
        (low..=high).contains(&number)
    }
}

/// The parameters of a call that passed every check, by the rows of its action.
#[derive(Clone, Debug)]
pub struct Args<'a> {
    pub(super) rows: &'static [ParamRow],
    pub(super) values: Vec<Option<Arg<'a>>>,
    /// As they came.
    pub(super) params: &'a Params,
}

/// One checked value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arg<'a> {
    Text(&'a str),
    Int(i64),
    Nat(u64),
    Bool(bool),
    /// A list or an object.
    Json(&'a Value),
}

impl<'a> Args<'a> {
    /// The value of the parameter; `None` when it was absent or is no parameter of the action.
    pub fn get(&self, name: &str) -> Option<Arg<'a>> {
        let place = self.rows.iter().position(|row| row.name == name)?;
        self.values[place]
    }

    pub fn text(&self, name: &str) -> Option<&'a str> {
        match self.get(name)? {
            Arg::Text(text) => Some(text),
            Arg::Int(_) | Arg::Nat(_) | Arg::Bool(_) | Arg::Json(_) => None,
        }
    }

    pub fn owned_text(&self, name: &str) -> Option<String> {
        self.text(name).map(str::to_owned)
    }

    /// The integer value, also of a text that a [`ParamRule::Minutes`] proved to be one.
    pub fn int(&self, name: &str) -> Option<i64> {
        self.get(name)?.whole_number()
    }

    pub fn nat(&self, name: &str) -> Option<u64> {
        match self.get(name)? {
            Arg::Nat(number) => Some(number),
            Arg::Int(number) => u64::try_from(number).ok(),
            Arg::Text(_) | Arg::Bool(_) | Arg::Json(_) => None,
        }
    }

    /// The value as text, whatever it is; the items of a list with commas between them.
    pub fn display(&self, name: &str) -> Option<Cow<'a, str>> {
        let place = self.rows.iter().position(|row| row.name == name)?;
        let row = &self.rows[place];
        Some(match self.values[place]? {
            Arg::Text(_) if row.kind.has_parts() => {
                let parts = self.params.pairs.iter().filter(|(name, _)| row.takes(name));
                let texts = parts
                    .filter_map(|(_, value)| if let ParamValue::Text(text) = value { Some(&**text) } else { None });
                texts.collect::<Vec<_>>().join(",").into()
            }
            Arg::Text(text) => text.into(),
            Arg::Int(number) => number.to_string().into(),
            Arg::Nat(number) => number.to_string().into(),
            Arg::Bool(truth) => truth.to_string().into(),
            Arg::Json(Value::Array(items)) => items.iter().filter_map(text_of).collect::<Vec<_>>().join(",").into(),
            Arg::Json(json) => json.to_string().into(),
        })
    }

    /// The objects in a list. In a query or a form each member of one is a parameter of its own, such as
    /// `UserInfoList.0.UserId`, and a text.
    pub fn objects(&self, name: &str) -> Vec<Map<String, Value>> {
        match self.get(name) {
            Some(Arg::Json(Value::Array(items))) => items.iter().filter_map(Value::as_object).cloned().collect(),
            Some(Arg::Text(_)) => self.objects_in_parts(name),
            _ => Vec::new(),
        }
    }

    fn objects_in_parts(&self, name: &str) -> Vec<Map<String, Value>> {
        let mut objects = BTreeMap::<u64, Map<String, Value>>::new();
        for (full, value) in &self.params.pairs {
            let part = full.strip_prefix(name).and_then(|rest| rest.strip_prefix('.')?.split_once('.'));
            let (Some((place, member)), ParamValue::Text(text)) = (part, value) else { continue };
            if let Ok(place) = place.parse() {
                objects.entry(place).or_default().insert(member.to_owned(), Value::from(&**text));
            }
        }
        objects.into_values().collect()
    }

    /// Whether the parameter is there and says yes.
    pub fn is_true(&self, name: &str) -> bool {
        matches!(self.get(name), Some(Arg::Bool(true) | Arg::Int(1) | Arg::Nat(1)))
    }
}

impl Arg<'_> {
    /// The value as an integer; a text as far as it is one.
    pub(super) fn whole_number(self) -> Option<i64> {
        match self {
            Self::Int(number) => Some(number),
            Self::Nat(number) => i64::try_from(number).ok(),
            Self::Text(text) => text.parse().ok(),
            Self::Bool(_) | Self::Json(_) => None,
        }
    }
}
