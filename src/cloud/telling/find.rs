//! Finding things: the look of one call at the world, paths over references, and conditions.

use std::borrow::Cow;
use std::collections::HashSet;

use serde_json::Value;

use super::{Need, Operand, Source, TellingStyle, ThingCondition, ThingOrigin, ThingTest, ValueForm};
use crate::cloud::params::Args;
use crate::domain::{Assumptions, Refusal, Timestamp};
use crate::time::parse_instant;
use crate::world::things::{Thing, Things, text_of};

/// One call that looks at the things of its caller.
#[derive(Clone, Copy)]
pub struct Look<'a> {
    pub things: &'a Things,
    pub style: &'a TellingStyle,
    pub args: &'a Args<'a>,
    pub assumptions: &'a Assumptions,
    /// The time in the world.
    pub now: Timestamp,
}

impl<'a> Look<'a> {
    /// The first of the things that have to be there; `None`: its parameter was not sent.
    ///
    /// # Errors
    ///
    /// The refusal of the first thing that is needed and not there.
    pub fn subject(&self, needs: &'static [Need]) -> Result<Option<&'a Thing>, Refusal> {
        let mut subject = None;
        for (place, need) in needs.iter().enumerate() {
            let found = self.need(need)?;
            subject = if place == 0 { found } else { subject };
        }
        Ok(subject)
    }

    /// The thing that the parameter of the need names. A parameter that was not sent needs nothing.
    ///
    /// # Errors
    ///
    /// The need's refusal when there is no such thing.
    pub fn need(&self, need: &Need) -> Result<Option<&'a Thing>, Refusal> {
        let Some(sent) = self.args.display(need.param) else { return Ok(None) };
        let found = match (need.by, need.among) {
            (["id"], []) => self.things.find(need.kind, &sent),
            (fields, among) => {
                let nothing = Thing::default();
                let is = |thing: &&Thing| {
                    fields.iter().any(|name| thing.get(*name).is_some_and(|value| same_text(value, &sent)))
                };
                let conditions: Vec<_> =
                    among.iter().filter_map(|filter| Some((filter, self.wanted(filter, &nothing)?))).collect();
                let fits = |thing: &&Thing| conditions.iter().all(|(filter, with)| self.fits(thing, filter, with));
                self.things.all(need.kind).filter(is).find(fits)
            }
        };
        found.map(Some).ok_or_else(|| (need.unknown)(sent.into_owned()))
    }

    /// The value at a path: fields with dots between them, where a field that refers to a thing leads on to it.
    pub fn value(&self, thing: &'a Thing, path: &str) -> Option<&'a Value> {
        let (mut thing, mut rest) = (thing, path);
        loop {
            let (field, further) = rest.split_once('.').map_or((rest, None), |(field, further)| (field, Some(further)));
            let value = thing.get(field)?;
            let Some(further) = further else { return Some(value) };
            thing = self.thing_behind(field, value)?;
            rest = further;
        }
    }

    /// The thing that stands in a field, or that the field refers to.
    pub fn thing_behind(&self, field: &str, value: &'a Value) -> Option<&'a Thing> {
        match value {
            Value::Object(thing) => Some(thing),
            _ => self.things.find(self.style.kind_behind(field)?, &text_of(value)?),
        }
    }

    /// The thing at a path.
    pub fn thing(&self, thing: &'a Thing, path: &str) -> Option<&'a Thing> {
        let last = path.rsplit('.').next().unwrap_or(path);
        self.thing_behind(last, self.value(thing, path)?)
    }

    /// The things of the source, seen from the thing at hand.
    pub fn pick(&self, source: &'static Source, outer: &'a Thing) -> impl Iterator<Item = &'a Thing> + use<'a> {
        let look = *self;
        let (kind, field) = match source.from {
            ThingOrigin::All(kind) => (Some(kind), ""),
            ThingOrigin::Field(field) => (None, field),
        };
        let all = kind.into_iter().flat_map(|kind| look.things.all(kind));
        let listed = self.value(outer, field).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let behind = listed.iter().filter_map(move |value| look.thing_behind(field, value));
        // A condition on a parameter that was not sent is no condition, and what it is held against is read once.
        let wanted: Vec<(&'static ThingCondition, ComparedTo<'a>)> =
            source.filters.iter().filter_map(|filter| Some((filter, look.wanted(filter, outer)?))).collect();
        all.chain(behind).filter(move |thing| wanted.iter().all(|(filter, with)| look.fits(thing, filter, with)))
    }

    fn wanted(&self, filter: &ThingCondition, outer: &'a Thing) -> Option<ComparedTo<'a>> {
        let text: Cow<'a, str> = match filter.with {
            Operand::Param(name) => self.args.display(name)?,
            // What the thing around does not have, nothing else has either.
            Operand::Outer(path) => self.value(outer, path).and_then(text_of).unwrap_or_default().into(),
            Operand::Word(word) => word.into(),
        };
        Some(match filter.test {
            ThingTest::Contains => ComparedTo::One(text.to_lowercase().into()),
            ThingTest::OneOf => ComparedTo::Some(comma_list(&text).map(str::to_owned).collect()),
            ThingTest::Is | ThingTest::Has | ThingTest::That(_) => ComparedTo::One(text),
        })
    }

    fn fits(&self, thing: &'a Thing, filter: &ThingCondition, with: &ComparedTo<'_>) -> bool {
        if let ThingTest::That(holds) = filter.test {
            return holds(self, thing);
        }
        filter.paths.iter().any(|path| {
            let Some(value) = self.value(thing, path) else { return false };
            match (filter.test, with) {
                (ThingTest::Has, ComparedTo::One(wanted)) => {
                    let has = |value: &Value| same_text(value, wanted);
                    value.as_array().is_some_and(|list| list.iter().any(has))
                }
                (ThingTest::Contains, ComparedTo::One(wanted)) => {
                    value.as_str().is_some_and(|text| holds_text(text, wanted))
                }
                (_, ComparedTo::One(wanted)) => self.compared(value, filter.form).is_some_and(|text| text == *wanted),
                (_, ComparedTo::Some(wanted)) => {
                    self.compared(value, filter.form).is_some_and(|text| wanted.contains(&*text))
                }
            }
        })
    }

    /// A value as it is compared with what a client sent.
    fn compared(&self, value: &'a Value, form: ValueForm) -> Option<Cow<'a, str>> {
        match (form, value) {
            (ValueForm::Flag, Value::Bool(truth)) => Some(if *truth { "1" } else { "0" }.into()),
            (ValueForm::Words(words), Value::String(ours)) => word_for(words, ours).map(Into::into),
            (_, Value::String(text)) => Some(text.as_str().into()),
            (_, Value::Bool(truth)) => Some(if *truth { "true" } else { "false" }.into()),
            _ => text_of(value).map(Into::into),
        }
    }
}

/// The values that those of things are held against.
enum ComparedTo<'a> {
    One(Cow<'a, str>),
    Some(HashSet<String>),
}

/// The pieces of a list with commas between them.
pub fn comma_list(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|piece| !piece.is_empty())
}

/// The vendor's word for ours.
pub fn word_for(words: &'static [(&'static str, &'static str)], ours: &str) -> Option<&'static str> {
    words.iter().find(|(own, _)| *own == ours).map(|(_, theirs)| *theirs)
}

/// Whether the text has this part, which is in lower case, whatever the case of its own letters.
pub fn holds_text(text: &str, part: &str) -> bool {
    if part.is_empty() || !part.is_ascii() {
        return text.to_lowercase().contains(part);
    }
    text.as_bytes().windows(part.len()).any(|piece| piece.eq_ignore_ascii_case(part.as_bytes()))
}

fn same_text(value: &Value, text: &str) -> bool {
    match value {
        Value::String(own) => own == text,
        other => text_of(other).is_some_and(|own| own == text),
    }
}

/// The time in a field. A world whose times cannot be read does not load.
pub fn time_in(value: &Value) -> Option<Timestamp> {
    parse_instant(value.as_str()?).ok()
}
