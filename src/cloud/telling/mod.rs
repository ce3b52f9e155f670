//! The telling of things of a world, as data: which things must be there, which are picked, and how the answer
//! is made of their fields. A vendor's rows are values of these types; `tell` walks them, and so do the tests that hold
//! them against the shapes which the vendor documents.

mod find;
mod tell;

use serde_json::Value;

use crate::domain::{Assumptions, Refusal, Timestamp, format_rfc3339};
use crate::world::things::Thing;
pub use find::time_in;
pub use find::{Look, comma_list, holds_text, word_for};
pub use tell::tell;

/// The whole of what an action tells.
#[derive(Debug)]
pub struct Telling {
    /// The things that must be there, in the order in which they are looked for. The first is the one that the answer is of.
    pub needs: &'static [Need],
    pub answer: AnswerPart,
}

/// A thing that a parameter names.
#[derive(Debug)]
pub struct Need {
    pub param: &'static str,
    pub kind: &'static str,
    /// The fields of the thing, one of which the parameter holds.
    pub by: &'static [&'static str],
    /// Further conditions on the thing.
    pub among: &'static [ThingCondition],
    /// The refusal when there is none; it gets the value of the parameter.
    pub unknown: fn(String) -> Refusal,
}

/// A part of an answer.
#[derive(Debug)]
pub enum AnswerPart {
    /// An object. A member whose part is absent is told as the vendor tells what is not there.
    Object(&'static [(&'static str, AnswerPart)]),
    /// The value at a path, in a form.
    Leaf(&'static str, ValueForm),
    /// The value of a parameter, as it was sent.
    Sent(&'static str),
    /// The same in every answer.
    Constant(Constant),
    /// A list with one item for each thing.
    Each(Source, &'static AnswerPart),
    /// A page of that list.
    Page(&'static ListPages, Source, &'static AnswerPart),
    /// The first of the things; absent where there is none.
    First(Source, &'static AnswerPart),
    /// The thing at a path; absent where there is none.
    Inside(&'static str, &'static AnswerPart),
    /// The number of things.
    Count(Source),
    /// Whether there are any.
    Any(Source),
    /// The values of a comma list in a parameter that name no thing of the kind.
    Strangers { param: &'static str, kind: &'static str },
    /// A value that no row can say, with its type.
    Computed(AnswerType, fn(&Look<'_>, &Thing) -> Option<Value>),
}

/// A value that is always the same.
#[derive(Clone, Copy, Debug)]
pub enum Constant {
    Text(&'static str),
    Int(i64),
    Bool(bool),
    /// A list of nothing.
    None,
    /// No value.
    Null,
}

/// The type of a value in an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerType {
    Text,
    Int,
    Bool,
    List,
    Object,
}

/// The form in which a value is told.
#[derive(Clone, Copy, Debug)]
pub enum ValueForm {
    Text,
    Int,
    Bool,
    /// 1 and 0.
    Flag,
    /// A time in milliseconds since 1970.
    Millis,
    /// The same as text.
    MillisText,
    /// A time as the vendor prints it.
    Wall,
    /// A time of RFC 3339, with its zone.
    Iso,
    /// The vendor's words for ours.
    Words(&'static [(&'static str, &'static str)]),
    /// A list of texts.
    Texts,
    /// A list of whole numbers.
    Ints,
    /// Whether the list at the path has this number.
    HasNumber(i64),
}

impl ValueForm {
    /// The type of what it gives.
    pub const fn kind(self) -> AnswerType {
        match self {
            Self::Text | Self::MillisText | Self::Wall | Self::Iso | Self::Words(_) => AnswerType::Text,
            Self::Int | Self::Flag | Self::Millis => AnswerType::Int,
            Self::Bool | Self::HasNumber(_) => AnswerType::Bool,
            Self::Texts | Self::Ints => AnswerType::List,
        }
    }
}

/// Some things.
#[derive(Debug)]
pub struct Source {
    pub from: ThingOrigin,
    /// All of them have to hold.
    pub filters: &'static [ThingCondition],
}

/// Where things come from.
#[derive(Clone, Copy, Debug)]
pub enum ThingOrigin {
    /// Everything of a kind, in the order of the file.
    All(&'static str),
    /// The list in a field of the thing at hand: things themselves, or ids of such.
    Field(&'static str),
}

/// A condition on a thing.
#[derive(Debug)]
pub struct ThingCondition {
    /// Paths into the thing; one of them has to fit.
    pub paths: &'static [&'static str],
    /// The form in which the values are compared.
    pub form: ValueForm,
    pub test: ThingTest,
    pub with: Operand,
}

/// How a value of a thing is held against another.
#[derive(Clone, Copy, Debug)]
pub enum ThingTest {
    Is,
    /// The other is a part of it, whatever the case of letters.
    Contains,
    /// The other is a list with commas, and it is one of them.
    OneOf,
    /// It is a list that has the other.
    Has,
    /// A condition that no row can say; paths and the other value are not looked at.
    That(fn(&Look<'_>, &Thing) -> bool),
}

/// The other side of a comparison.
#[derive(Clone, Copy, Debug)]
pub enum Operand {
    /// A parameter; where it was not sent, the condition holds.
    Param(&'static str),
    /// A field of the thing around.
    Outer(&'static str),
    Word(&'static str),
}

/// How a list comes in pages.
#[derive(Debug)]
pub struct ListPages {
    /// The parameter with the number of the page, from 1. Nought is the first page too.
    pub number: &'static str,
    pub size: &'static str,
    /// The size that is taken when none is said.
    pub default: u64,
    /// The parameter that asks for everything at once, where there is one.
    pub all: Option<&'static str>,
    pub members: &'static [(&'static str, ListMember)],
    /// The order, where it is another than that of the file.
    pub order: Option<ThingOrder>,
}

/// Puts things into the order in which a list has them.
pub type ThingOrder = fn(&Look<'_>, &mut Vec<&Thing>);

/// A member of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListMember {
    Items,
    Number,
    Size,
    Total,
    Pages,
}

/// Habits that all rows of one vendor have in common.
pub struct TellingStyle {
    /// The kind of the things that a field of this name refers to by id.
    pub references: &'static [(&'static str, &'static str)],
    /// A time as the vendor prints it.
    pub wall_time: fn(Timestamp, &Assumptions) -> String,
    /// Whether a member that is not there is `null`; else it is left out.
    pub null_for_absent: bool,
}

impl TellingStyle {
    /// The style of a vendor none of whose actions tells of things.
    pub const NONE: Self = Self { references: &[], wall_time: |at, _| format_rfc3339(at), null_for_absent: false };

    /// The kind of the things that a field of this name refers to.
    pub fn kind_behind(&self, field: &str) -> Option<&'static str> {
        self.references.iter().find(|(name, _)| *name == field).map(|(_, kind)| *kind)
    }
}

/// The value at a path as text.
pub const fn text(path: &'static str) -> AnswerPart {
    leaf(path, ValueForm::Text)
}

/// The value at a path as a whole number.
pub const fn int(path: &'static str) -> AnswerPart {
    leaf(path, ValueForm::Int)
}

/// The value at a path as a truth.
pub const fn boolean(path: &'static str) -> AnswerPart {
    leaf(path, ValueForm::Bool)
}

/// The value at a path.
pub const fn leaf(path: &'static str, form: ValueForm) -> AnswerPart {
    AnswerPart::Leaf(path, form)
}

/// Everything of a kind.
pub const fn all(kind: &'static str, filters: &'static [ThingCondition]) -> Source {
    Source { from: ThingOrigin::All(kind), filters }
}

/// The items of a list in a field.
pub const fn items_of(field: &'static str) -> Source {
    Source { from: ThingOrigin::Field(field), filters: &[] }
}

/// A condition that no row can say.
pub const fn that(holds: fn(&Look<'_>, &Thing) -> bool) -> ThingCondition {
    ThingCondition { paths: &[], form: ValueForm::Text, test: ThingTest::That(holds), with: Operand::Word("") }
}
