//! The things of a world that actions tell of, as plain data: what one kind has in common is the shape that its file
//! gives it, and nothing here knows a kind from another.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::{Map, Value};

/// One thing, by the names that a world file has for its fields.
pub type Thing = Map<String, Value>;

/// The things of one owner, such as an organization, by the names of their kinds.
#[derive(Debug, Default)]
pub struct Things {
    kinds: HashMap<&'static str, Collection>,
}

#[derive(Debug, Default)]
struct Collection {
    /// In the order of the file.
    all: Vec<Thing>,
    /// The place of each id.
    places: HashMap<String, usize>,
}

impl Things {
    /// Adds the things of a kind, in the order of the file. What has no `id` can be listed and not found.
    pub fn add(&mut self, kind: &'static str, things: impl IntoIterator<Item = Thing>) {
        let collection = self.kinds.entry(kind).or_default();
        for thing in things {
            if let Some(id) = thing.get("id").and_then(text_of) {
                collection.places.entry(id).or_insert(collection.all.len());
            }
            collection.all.push(thing);
        }
    }

    /// Every thing of the kind, in the order of the file.
    pub fn all(&self, kind: &str) -> &[Thing] {
        self.kinds.get(kind).map(|collection| &*collection.all).unwrap_or_default()
    }

    /// The thing of this id.
    pub fn find(&self, kind: &str, id: &str) -> Option<&Thing> {
        let collection = self.kinds.get(kind)?;
        collection.places.get(id).map(|place| &collection.all[*place])
    }

    /// Changes each thing of the kind, with all that were added before to look at.
    pub fn fill(&mut self, kind: &str, mut fill: impl FnMut(&Self, &mut Thing)) {
        let Some(mut collection) = self.kinds.remove_entry(kind) else { return };
        for thing in &mut collection.1.all {
            fill(self, thing);
        }
        self.kinds.insert(collection.0, collection.1);
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

/// The list in a field; empty where there is none.
pub fn list_in<'a>(thing: &'a Thing, field: &str) -> &'a [Value] {
    thing.get(field).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}
