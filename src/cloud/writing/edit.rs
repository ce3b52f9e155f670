//! The change that one call makes: its things as they become, step by step.

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::{Value, json};

use super::{FieldValue, FieldWrite, IdShape, WriteAnswer, WriteStep, Writing};
use crate::cloud::catalog::{Rendered, to_rendered};
use crate::cloud::telling::{Look, Need, Source, ThingOrigin, comma_list};
use crate::domain::{Reason, Refusal, format_rfc3339};
use crate::world::things::{CallMark, Thing, ThingNote, Things, text_of};

/// The surroundings of a change.
pub struct EditRoom<'a> {
    /// The user behind the key, or the key's id where the world names none.
    pub caller: &'a str,
    /// The owner of the things.
    pub owner: &'a str,
    /// New random bits.
    pub draw: &'a dyn Fn() -> u128,
    pub mark: Arc<CallMark>,
    /// Whether the action can refuse for a reason at all.
    pub refuses: &'a dyn Fn(Reason) -> bool,
    /// Whether another owner has a thing of this kind and id.
    pub is_elsewhere: &'a dyn Fn(&str, &str) -> bool,
}

/// A change under way.
pub struct Edit<'a> {
    look: Look<'a>,
    room: &'a EditRoom<'a>,
    /// The things as they are by now.
    things: Things,
    subject: Thing,
    kind_of_subject: &'static str,
    /// The number of things that the steps went through.
    count: usize,
    /// What the steps keep for the answer.
    kept: Thing,
    notes: Vec<ThingNote>,
}

/// The answer, the things as the call leaves them, and what it did to them.
///
/// # Errors
///
/// The refusal of the first thing that is needed and not there, or of a step.
pub fn write(
    look: Look<'_>,
    room: &EditRoom<'_>,
    writing: &'static Writing,
) -> Result<(Rendered, Things, Vec<ThingNote>), Refusal> {
    let subject = look.subject(writing.needs)?.cloned().unwrap_or_default();
    let kind_of_subject = writing.needs.first().map_or("", |need| need.kind);
    let things = look.things.clone();
    let kept = Thing::default();
    let mut edit = Edit { look, room, things, subject, kind_of_subject, count: 0, kept, notes: Vec::new() };
    for step in writing.steps {
        edit.take_step(step)?;
    }
    Ok((edit.answer(&writing.answer), edit.things, edit.notes))
}

impl Edit<'_> {
    /// The look of the call at the things as they are by now.
    pub fn look(&self) -> Look<'_> {
        Look { things: &self.things, ..self.look }
    }

    pub fn subject(&self) -> &Thing {
        &self.subject
    }

    /// A parameter as text; empty where it was not sent.
    pub fn sent(&self, param: &str) -> String {
        self.look.args.display(param).unwrap_or_default().into_owned()
    }

    /// Puts the thing in the place of the one of its id, or behind the others.
    pub fn put(&mut self, kind: &'static str, thing: Thing) {
        self.notes.extend(self.things.put(kind, thing, &self.room.mark));
    }

    /// Makes the thing the subject from here on, and puts it in its place.
    pub fn put_subject(&mut self, kind: &'static str, thing: Thing) {
        (self.subject, self.kind_of_subject) = (thing.clone(), kind);
        self.put(kind, thing);
    }

    /// Sets fields of the thing of this id, where there is one.
    pub fn set_fields(&mut self, kind: &'static str, id: &str, fields: &[FieldWrite]) {
        if let Some(thing) = self.things.find(kind, id).cloned() {
            let thing = self.with_fields(thing, kind, fields, id);
            self.put(kind, thing);
        }
    }

    /// Changes the thing of this id, where there is one.
    pub fn update(&mut self, kind: &'static str, id: &str, change: impl FnOnce(&mut Thing)) {
        if let Some(mut thing) = self.things.find(kind, id).cloned() {
            change(&mut thing);
            self.put(kind, thing);
        }
    }

    pub fn end(&mut self, kind: &'static str, id: &str) {
        self.notes.extend(self.things.end(kind, id, &self.room.mark));
    }

    /// Whether another owner has a thing of this kind and id.
    pub fn is_elsewhere(&self, kind: &str, id: &str) -> bool {
        (self.room.is_elsewhere)(kind, id)
    }

    /// The user behind the key, or the key's id where the world names none.
    pub fn caller(&self) -> &str {
        self.room.caller
    }

    /// Keeps a value for the answer.
    pub fn keep(&mut self, field: &str, value: Value) {
        self.kept.insert(field.to_owned(), value);
    }

    /// Counts so many things, whatever the steps before went through.
    pub fn set_count(&mut self, count: usize) {
        self.count = count;
    }

    /// The pieces of the comma list in a parameter, each once and in order.
    pub fn pieces(&self, param: &str) -> Vec<String> {
        let (list, mut seen) = (self.sent(param), HashSet::new());
        comma_list(&list).filter(|piece| seen.insert(*piece)).map(str::to_owned).collect()
    }

    /// The ids in the comma list of the need's parameter, all of which are there.
    fn each(&self, need: &Need) -> Result<Vec<String>, Refusal> {
        let ids = self.pieces(need.param);
        match ids.iter().find(|id| self.things.find(need.kind, id).is_none()) {
            Some(unknown) => Err((need.unknown)(unknown.clone())),
            None => Ok(ids),
        }
    }

    /// An id that nothing of the kind has.
    pub fn new_id(&self, kind: &str, shape: IdShape) -> Value {
        loop {
            let bits = (self.room.draw)();
            let id = match shape {
                IdShape::Uuid => json!(uuid::Builder::from_random_bytes(bits.to_be_bytes()).into_uuid().to_string()),
                IdShape::Hex => json!(format!("{bits:032x}")),
                IdShape::Number => json!(FIRST_NUMBER + u64::try_from(bits % NUMBERS).unwrap_or_default()),
            };
            if text_of(&id).is_none_or(|text| self.things.find(kind, &text).is_none()) {
                return id;
            }
        }
    }

    fn take_step(&mut self, step: &'static WriteStep) -> Result<(), Refusal> {
        match step {
            WriteStep::Set(fields) => {
                let subject = self.with_fields(self.subject.clone(), self.kind_of_subject, fields, "");
                self.count += 1;
                self.put_subject(self.kind_of_subject, subject);
            }
            WriteStep::Make(kind, fields) => {
                let made = self.with_fields(Thing::default(), kind, fields, "");
                self.count += 1;
                self.put_subject(kind, made);
            }
            WriteStep::SetEach(need, fields) => {
                for id in self.each(need)? {
                    let Some(thing) = self.things.find(need.kind, &id).cloned() else { continue };
                    let thing = self.with_fields(thing, need.kind, fields, &id);
                    self.count += 1;
                    self.put(need.kind, thing);
                }
            }
            WriteStep::MakeEach(need, kind, fields) => {
                for id in self.each(need)? {
                    let made = self.with_fields(Thing::default(), kind, fields, &id);
                    self.count += 1;
                    self.put(kind, made);
                }
            }
            WriteStep::End => {
                let id = self.subject.get("id").and_then(text_of).unwrap_or_default();
                self.count += 1;
                self.end(self.kind_of_subject, &id);
            }
            WriteStep::EndAll(source) => self.end_all(source),
            WriteStep::Check(reason, test) => {
                let refused = if (self.room.refuses)(*reason) { test(self) } else { None };
                return refused.map_or(Ok(()), Err);
            }
            WriteStep::Do(change) => change(self),
        }
        Ok(())
    }

    fn end_all(&mut self, source: &'static Source) {
        let kind = match source.from {
            ThingOrigin::All(kind) => Some(kind),
            ThingOrigin::Field(field) => self.look.style.kind_behind(field),
        };
        let picked = self.look().pick(source, &self.subject).filter_map(|thing| text_of(thing.get("id")?));
        let ids: Vec<String> = picked.collect();
        for (kind, id) in kind.into_iter().flat_map(|kind| ids.iter().map(move |id| (kind, id))) {
            self.count += 1;
            self.end(kind, id);
        }
    }

    /// The thing with fields set, as one of the kind; `item` is the id of the thing at hand.
    pub fn with_fields(&self, mut thing: Thing, kind: &str, fields: &[FieldWrite], item: &str) -> Thing {
        for FieldWrite { field, value } in fields {
            if let Some(value) = self.value(kind, value, item) {
                thing.insert((*field).to_owned(), value);
            }
        }
        thing
    }

    fn value(&self, kind: &str, value: &FieldValue, item: &str) -> Option<Value> {
        let args = self.look.args;
        Some(match value {
            FieldValue::Sent(name) => json!(args.display(name)?),
            FieldValue::SentInt(name) => json!(args.int(name)?),
            FieldValue::SentBool(name) => {
                args.get(name)?;
                json!(args.is_true(name))
            }
            FieldValue::SentInts(name) => {
                comma_list(&args.display(name)?).filter_map(|piece| Some(json!(piece.parse::<i64>().ok()?))).collect()
            }
            FieldValue::OfSubject(field) => self.subject.get(*field)?.clone(),
            FieldValue::Item => json!(item),
            FieldValue::Text(text) => json!(text),
            FieldValue::Int(number) => json!(number),
            FieldValue::Bool(truth) => json!(truth),
            FieldValue::Now => json!(format_rfc3339(self.look.now)),
            FieldValue::Caller => json!(self.room.caller),
            FieldValue::Owner => json!(self.room.owner),
            FieldValue::NewId(shape) => self.new_id(kind, *shape),
            FieldValue::Joined(parts) => {
                let texts = parts.iter().map(|part| self.value(kind, part, item).as_ref().and_then(text_of));
                json!(texts.collect::<Option<Vec<_>>>()?.join("/"))
            }
        })
    }

    fn answer(&self, answer: &'static WriteAnswer) -> Rendered {
        match answer {
            WriteAnswer::Done => to_rendered(&true),
            WriteAnswer::Nothing => to_rendered(&()),
            WriteAnswer::Count => to_rendered(&self.count),
            WriteAnswer::Part(part) => to_rendered(&self.look().part(part, &self.subject)),
            WriteAnswer::Kept(part) => to_rendered(&self.look().part(part, &self.kept)),
        }
    }
}

/// Numbers of the vendor's own are above those that fit into 32 bits.
const FIRST_NUMBER: u64 = 4_000_000_000;
const NUMBERS: u128 = 1_000_000_000;
