//! The writing of things of a world, as data: which things must be there, and what becomes of them. A vendor's rows are
//! values of these types; `write` walks them.

mod edit;

use crate::domain::{Reason, Refusal};

use super::telling::{AnswerPart, Need, Source};
pub use edit::{Edit, EditRoom, write};

/// The whole of what an action changes.
#[derive(Debug)]
pub struct Writing {
    /// The things that must be there, in the order in which they are looked for. The first is the subject of the steps.
    pub needs: &'static [Need],
    /// Either all of them are done, or none.
    pub steps: &'static [WriteStep],
    pub answer: WriteAnswer,
}

/// A step of a change.
#[derive(Debug)]
pub enum WriteStep {
    /// Sets fields of the subject.
    Set(&'static [FieldWrite]),
    /// Makes a thing of a kind, which is the subject from here on.
    Make(&'static str, &'static [FieldWrite]),
    /// Sets fields of each thing that the comma list in the need's parameter names.
    SetEach(Need, &'static [FieldWrite]),
    /// Makes a thing of a kind for each thing that the comma list in the need's parameter names.
    MakeEach(Need, &'static str, &'static [FieldWrite]),
    /// Ends the subject.
    End,
    /// Ends the things of a kind that fit.
    EndAll(Source),
    /// Refuses for the reason, where the function says so and the action can give it.
    Check(Reason, fn(&Edit<'_>) -> Option<Refusal>),
    /// Changes that no row can say.
    Do(fn(&mut Edit<'_>)),
}

/// A field, and what it is set to.
#[derive(Clone, Copy, Debug)]
pub struct FieldWrite {
    pub field: &'static str,
    pub value: FieldValue,
}

/// The value that a field is set to. One that is not there leaves the field as it is.
#[derive(Clone, Copy, Debug)]
pub enum FieldValue {
    /// A parameter as text.
    Sent(&'static str),
    SentInt(&'static str),
    SentBool(&'static str),
    /// The comma list in a parameter, as whole numbers.
    SentInts(&'static str),
    /// A field of the subject.
    OfSubject(&'static str),
    /// The id of the thing at hand, in a step that goes through a list.
    Item,
    Text(&'static str),
    Int(i64),
    Bool(bool),
    /// The time in the world.
    Now,
    /// The user behind the key of the call, or the id of that key.
    Caller,
    /// The id of whoever owns all of the things, such as an organization.
    Owner,
    /// An id that nothing of its kind has.
    NewId(IdShape),
    /// These as texts, with a stroke between them: the id of what connects others.
    Joined(&'static [FieldValue]),
}

/// The shape of an id that the vendor makes up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdShape {
    /// `b5d3ee2c-…`.
    Uuid,
    /// 32 hexadecimal digits.
    Hex,
    /// A whole number above 2^31.
    Number,
}

/// The answer of an action that changes things.
#[derive(Debug)]
pub enum WriteAnswer {
    /// `true`.
    Done,
    /// `null`.
    Nothing,
    /// The number of things that the steps went through.
    Count,
    /// A part about the subject, as it is after the change.
    Part(AnswerPart),
    /// A part about what the steps kept for the answer.
    Kept(AnswerPart),
}

/// A field set to a parameter as text.
pub const fn sent(field: &'static str, param: &'static str) -> FieldWrite {
    set(field, FieldValue::Sent(param))
}

/// A field set to a value.
pub const fn set(field: &'static str, value: FieldValue) -> FieldWrite {
    FieldWrite { field, value }
}
