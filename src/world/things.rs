//! The things of a world that actions tell of, as plain data: what one kind has in common is the shape that its file
//! gives it, and nothing here knows a kind from another.
//!
//! What calls changed stands beside what was loaded, so that a copy of all things costs the same however many there are.

mod change;
mod collection;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;
use serde_json::{Map, Value};

use change::differing_fields;
pub use change::{CallMark, ThingChange, ThingEffect, ThingNote};
use collection::Collection;

/// One thing, by the names that a world file has for its fields.
pub type Thing = Map<String, Value>;

/// The things of one owner, such as an organization, by the names of their kinds.
#[derive(Clone, Debug, Default)]
pub struct Things {
    kinds: HashMap<&'static str, Collection>,
}

impl Things {
    /// Adds the things of a kind, in the order of the file. What has no `id` can be listed and not found.
    pub fn add(&mut self, kind: &'static str, things: impl IntoIterator<Item = Thing>) {
        let loaded = Arc::make_mut(&mut self.kinds.entry(kind).or_default().loaded);
        for thing in things {
            if let Some(id) = thing.get("id").and_then(text_of) {
                loaded.places.entry(id).or_insert(loaded.all.len());
            }
            loaded.all.push(thing);
        }
    }

    /// Every thing of the kind: those of the file in its order, then those that calls made.
    pub fn all(&self, kind: &str) -> impl Iterator<Item = &Thing> {
        self.kinds.get(kind).into_iter().flat_map(Collection::all)
    }

    /// The thing of this id.
    pub fn find(&self, kind: &str, id: &str) -> Option<&Thing> {
        let collection = self.kinds.get(kind)?;
        collection.at(collection.place_of(id)?)
    }

    /// Changes each loaded thing of the kind, with all that were added before to look at.
    pub fn fill(&mut self, kind: &str, mut fill: impl FnMut(&Self, &mut Thing)) {
        let Some((kind, mut collection)) = self.kinds.remove_entry(kind) else { return };
        for thing in &mut Arc::make_mut(&mut collection.loaded).all {
            fill(self, thing);
        }
        self.kinds.insert(kind, collection);
    }

    /// Puts the thing in the place of the one of its id, or behind the others. `None`: that changes nothing; what has no
    /// id is not taken.
    pub fn put(&mut self, kind: &'static str, thing: Thing, mark: &Arc<CallMark>) -> Option<ThingNote> {
        let id = thing.get("id").and_then(text_of)?;
        let collection = self.kinds.entry(kind).or_default();
        let before = collection.place_of(&id).and_then(|place| collection.at(place));
        let (effect, fields) = match before {
            Some(before) => (ThingEffect::Changed, differing_fields(before, &thing)),
            None => (ThingEffect::Made, Vec::new()),
        };
        if effect == ThingEffect::Changed && fields.is_empty() {
            return None;
        }
        collection.set(&id, Some(thing), &fields, mark);
        Some(ThingNote { kind, id: id.into(), effect, fields, by: Arc::clone(mark) })
    }

    /// Ends the thing of this id. `None`: there is none.
    pub fn end(&mut self, kind: &'static str, id: &str, mark: &Arc<CallMark>) -> Option<ThingNote> {
        self.find(kind, id)?;
        self.kinds.entry(kind).or_default().set(id, None, &[], mark);
        Some(ThingNote { kind, id: id.into(), effect: ThingEffect::Ended, fields: Vec::new(), by: Arc::clone(mark) })
    }

    /// What calls did last to the thing of this id, if they changed it: one note for each call.
    pub fn notes_on(&self, kind: &'static str, id: &str) -> Vec<ThingNote> {
        let Some(change) = self.change_of(kind, id) else { return Vec::new() };
        let mut notes: Vec<ThingNote> = Vec::new();
        for (field, by) in &*change.by {
            let effect = match (field.is_empty(), &change.thing) {
                (true, Some(_)) => ThingEffect::Made,
                (true, None) => ThingEffect::Ended,
                (false, _) => ThingEffect::Changed,
            };
            match notes.iter_mut().find(|note| note.by == *by && note.effect == effect) {
                Some(note) => note.fields.push(field.clone()),
                None => {
                    let fields = if field.is_empty() { Vec::new() } else { vec![field.clone()] };
                    notes.push(ThingNote { kind, id: id.into(), effect, fields, by: Arc::clone(by) });
                }
            }
        }
        notes
    }

    /// The notes of calls on whatever has this id.
    pub fn notes_on_id(&self, id: &str) -> impl Iterator<Item = ThingNote> {
        self.kinds().into_iter().flat_map(move |kind| self.notes_on(kind, id))
    }

    /// Bytes that the changes of calls take, near enough for a bound.
    pub fn weight_of_changes(&self) -> usize {
        self.kinds.values().map(|collection| collection.weight).sum()
    }

    /// Puts back what calls had changed before.
    pub fn restore(&mut self, kind: &'static str, id: &str, change: ThingChange) {
        let collection = self.kinds.entry(kind).or_default();
        let place = collection.place_to_set(id);
        collection.insert(place, change);
    }

    /// The change of the thing of this id, if calls changed it.
    pub fn change_of(&self, kind: &str, id: &str) -> Option<&ThingChange> {
        let collection = self.kinds.get(kind).filter(|collection| !collection.changes.is_empty())?;
        collection.changes.get(&collection.place_of(id)?)
    }

    /// The things of the kind that calls made, in the order in which they were made.
    pub fn new_things(&self, kind: &str) -> impl Iterator<Item = &Thing> {
        self.kinds.get(kind).into_iter().flat_map(Collection::new_things)
    }

    /// The changes of calls, with the kind and the id, in an order that does not change from run to run.
    pub fn changes(&self) -> impl Iterator<Item = (&'static str, String, &ThingChange)> {
        let mut kinds: Vec<_> = self.kinds.iter().filter(|(_, collection)| !collection.changes.is_empty()).collect();
        kinds.sort_unstable_by_key(|(kind, _)| **kind);
        kinds.into_iter().flat_map(|(kind, collection)| {
            let change = |(place, change): (&usize, _)| Some((*kind, collection.id_at(*place)?, change));
            collection.changes.iter().filter_map(change)
        })
    }

    /// The kinds, in an order that does not change from run to run.
    pub fn kinds(&self) -> Vec<&'static str> {
        let mut kinds: Vec<&'static str> = self.kinds.keys().copied().collect();
        kinds.sort_unstable();
        kinds
    }

    /// Everything that is and was of the kind, each with what calls changed of it; without a thing where it ended.
    pub fn history(&self, kind: &str) -> impl Iterator<Item = (Option<&Thing>, Option<&ThingChange>)> {
        self.kinds.get(kind).into_iter().flat_map(Collection::history)
    }

    /// The name of a kind that there is.
    pub fn kind_named(&self, name: &str) -> Option<&'static str> {
        self.kinds.get_key_value(name).map(|(kind, _)| *kind)
    }
}

/// The part of a file as a thing; fields that the file leaves out are not there.
pub fn thing_of(part: &impl Serialize) -> Thing {
    match serde_json::to_value(part) {
        Ok(Value::Object(mut thing)) => {
            thing.retain(|_, value| !value.is_null());
            thing
        }
        _ => Thing::default(),
    }
}

/// A number or a text as text.
pub fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The text in a field; empty where there is none.
pub fn text_in<'a>(thing: &'a Thing, field: &str) -> &'a str {
    thing.get(field).and_then(Value::as_str).unwrap_or_default()
}

/// Whether the field says yes.
pub fn is_on(thing: &Thing, field: &str) -> bool {
    thing.get(field).and_then(Value::as_bool) == Some(true)
}

/// The list in a field; empty where there is none.
pub fn list_in<'a>(thing: &'a Thing, field: &str) -> &'a [Value] {
    thing.get(field).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}
