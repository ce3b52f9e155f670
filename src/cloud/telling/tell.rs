//! The answer of an action that tells of things.

use serde_json::{Map, Value, json};

use super::find::{comma_list, time_in, word_for};
use super::{AnswerPart, Constant, ListMember, ListPages, Look, Source, Telling, ValueForm};
use crate::cloud::catalog::{Rendered, to_rendered};
use crate::domain::{Refusal, format_rfc3339};
use crate::world::things::{Thing, text_of};

/// The answer.
///
/// # Errors
///
/// The refusal of the first thing that is needed and not there.
pub fn tell(look: &Look<'_>, telling: &'static Telling) -> Result<Rendered, Refusal> {
    let (nothing, subject) = (Thing::default(), look.subject(telling.needs)?);
    Ok(to_rendered(&look.part(&telling.answer, subject.unwrap_or(&nothing))))
}

impl<'a> Look<'a> {
    /// A part of the answer about a thing; `None`: it is absent.
    pub fn part<'t>(&self, node: &'static AnswerPart, thing: &'t Thing) -> Option<Value>
    where
        'a: 't,
    {
        let look: Look<'t> = *self;
        match node {
            AnswerPart::Object(members) => Some(look.object(members, thing)),
            AnswerPart::Leaf(path, form) => look.value(thing, path).and_then(|value| look.in_form(value, *form)),
            AnswerPart::Sent(name) => look.args.display(name).map(|text| Value::String(text.into_owned())),
            AnswerPart::Constant(fixed) => Some(match fixed {
                Constant::Text(text) => json!(text),
                Constant::Int(number) => json!(number),
                Constant::Bool(truth) => json!(truth),
                Constant::None => json!([]),
                Constant::Null => Value::Null,
            }),
            AnswerPart::Each(source, item) => {
                Some(Value::Array(look.pick(source, thing).filter_map(|one| look.part(item, one)).collect()))
            }
            AnswerPart::Page(paging, source, item) => Some(look.page(paging, source, item, thing)),
            AnswerPart::First(source, item) => look.pick(source, thing).next().and_then(|one| look.part(item, one)),
            AnswerPart::Inside(path, item) => look.thing(thing, path).and_then(|one| look.part(item, one)),
            AnswerPart::Count(source) => Some(json!(look.pick(source, thing).count())),
            AnswerPart::Any(source) => Some(json!(look.pick(source, thing).next().is_some())),
            AnswerPart::Strangers { param, kind } => {
                let sent = look.args.display(param).unwrap_or_default();
                let strange = |id: &&str| look.things.find(kind, id).is_none();
                Some(comma_list(&sent).filter(strange).map(|id| json!(id)).collect())
            }
            AnswerPart::Computed(_, compute) => compute(&look, thing),
        }
    }

    fn object(&self, members: &'static [(&'static str, AnswerPart)], thing: &'a Thing) -> Value {
        let mut object = Map::with_capacity(members.len());
        for (name, node) in members {
            match self.part(node, thing) {
                Some(value) => drop(object.insert((*name).to_owned(), value)),
                None if self.style.null_for_absent => drop(object.insert((*name).to_owned(), Value::Null)),
                None => {}
            }
        }
        Value::Object(object)
    }

    fn page(&self, paging: &ListPages, source: &'static Source, item: &'static AnswerPart, thing: &'a Thing) -> Value {
        let number = |name: &str| self.args.int(name).and_then(|number| u64::try_from(number).ok());
        let whole = paging.all.is_some_and(|name| self.args.is_true(name));
        let page = number(paging.number).unwrap_or(1).max(1);
        let size = number(paging.size).filter(|size| *size > 0).unwrap_or(paging.default);
        let mut picked: Vec<&Thing> = self.pick(source, thing).collect();
        if let Some(order) = paging.order {
            order(self, &mut picked);
        }
        let total = picked.len() as u64;
        let first = if whole { 0 } else { (page - 1).saturating_mul(size).min(total) };
        let last = if whole { total } else { first.saturating_add(size).min(total) };
        let shown = usize::try_from(first).unwrap_or(usize::MAX)..usize::try_from(last).unwrap_or(usize::MAX);
        let member = |member: ListMember| match member {
            ListMember::Items => {
                let items = picked.get(shown.clone()).unwrap_or_default();
                items.iter().filter_map(|one| self.part(item, one)).collect()
            }
            ListMember::Number => json!(page),
            ListMember::Size => json!(size),
            ListMember::Total => json!(total),
            ListMember::Pages => json!(if whole { u64::from(total > 0) } else { total.div_ceil(size) }),
        };
        paging.members.iter().map(|(name, kind)| ((*name).to_owned(), member(*kind))).collect()
    }

    fn in_form(&self, value: &Value, form: ValueForm) -> Option<Value> {
        let time = || time_in(value);
        let millis = || time().map(|at| at.unix_seconds() * 1000);
        let list = || value.as_array().map_or(&[][..], Vec::as_slice);
        match form {
            ValueForm::Text => text_of(value).map(Value::String),
            ValueForm::Int => match value {
                Value::Number(_) => Some(value.clone()),
                Value::String(text) => text.parse::<i64>().ok().map(|number| json!(number)),
                _ => None,
            },
            ValueForm::Bool => value.as_bool().map(|truth| json!(truth)),
            ValueForm::Flag => value.as_bool().map(|truth| json!(i64::from(truth))),
            ValueForm::Millis => millis().map(|number| json!(number)),
            ValueForm::MillisText => millis().map(|number| json!(number.to_string())),
            ValueForm::Wall => time().map(|at| json!((self.style.wall_time)(at, self.assumptions))),
            ValueForm::Iso => time().map(|at| json!(format_rfc3339(at))),
            ValueForm::Words(words) => value.as_str().and_then(|ours| word_for(words, ours)).map(|word| json!(word)),
            ValueForm::Texts => Some(list().iter().filter_map(text_of).map(Value::String).collect()),
            ValueForm::Ints => Some(list().iter().filter(|one| one.is_number()).cloned().collect()),
            ValueForm::HasNumber(number) => Some(json!(list().iter().any(|one| one.as_i64() == Some(number)))),
        }
    }
}
