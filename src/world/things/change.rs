//! The changes of calls to things.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use super::Thing;
use crate::domain::Timestamp;

/// A thing that calls changed or made.
#[derive(Clone, Debug)]
pub struct ThingChange {
    /// As it is now; `None`: it ended.
    pub thing: Option<Arc<Thing>>,
    /// The call that last changed each field. The empty name stands for the thing itself: it was made or ended.
    pub by: Arc<BTreeMap<String, Arc<CallMark>>>,
}

/// The call that changed something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallMark {
    /// As it stood in the answer.
    pub request_id: Box<str>,
    pub action: Box<str>,
    /// The world clock then.
    pub at: Timestamp,
}

worded! {
    /// The effect of a call on a thing.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum ThingEffect {
        Made = "made",
        Changed = "changed",
        Ended = "ended",
    }
}

/// One line about the effect of a call on a thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThingNote {
    pub kind: &'static str,
    pub id: Box<str>,
    pub effect: ThingEffect,
    /// The fields that changed.
    pub fields: Vec<String>,
    /// The call that did it.
    pub by: Arc<CallMark>,
}

impl ThingNote {
    /// Bytes that it takes, near enough for a bound.
    pub fn weight(&self) -> usize {
        CHANGE_WEIGHT + self.id.len() + self.fields.iter().map(|field| FIELD_WEIGHT + field.len()).sum::<usize>()
    }
}

impl ThingChange {
    pub(super) fn weight(&self) -> usize {
        let thing =
            self.thing.as_deref().map_or(0, |thing| thing.iter().map(|(name, value)| name.len() + weigh(value)).sum());
        CHANGE_WEIGHT + self.by.len() * FIELD_WEIGHT + thing
    }
}

/// Bytes of a change beside its fields: its places in two maps, the call that made it.
const CHANGE_WEIGHT: usize = 512;
const FIELD_WEIGHT: usize = 64;

fn weigh(value: &Value) -> usize {
    FIELD_WEIGHT
        + match value {
            Value::String(text) => text.len(),
            Value::Array(items) => items.iter().map(weigh).sum(),
            Value::Object(members) => members.iter().map(|(name, value)| name.len() + weigh(value)).sum(),
            _ => 0,
        }
}

pub(super) fn differing_fields(before: &Thing, after: &Thing) -> Vec<String> {
    let gone = before.keys().filter(|name| !after.contains_key(*name));
    let other = after.iter().filter(|(name, value)| before.get(*name) != Some(value)).map(|(name, _)| name);
    gone.chain(other).cloned().collect()
}
