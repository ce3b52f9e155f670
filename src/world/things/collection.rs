//! The things of one kind: those of a file, and beside them what calls changed.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rpds::{HashTrieMapSync, RedBlackTreeMapSync};

use super::change::{CallMark, ThingChange};
use super::{Thing, text_of};

#[derive(Clone, Debug, Default)]
pub(super) struct Collection {
    pub loaded: Arc<LoadedThings>,
    /// Changes of calls, by place; places behind the loaded ones are those of things that calls made.
    pub changes: RedBlackTreeMapSync<usize, ThingChange>,
    /// The places of things that calls made.
    made: HashTrieMapSync<Arc<str>, usize>,
    /// Bytes that the changes take, near enough.
    pub weight: usize,
}

#[derive(Clone, Debug, Default)]
pub(super) struct LoadedThings {
    /// In the order of the file.
    pub all: Vec<Thing>,
    /// The place of each id.
    pub places: HashMap<String, usize>,
}

impl Collection {
    pub fn all(&self) -> impl Iterator<Item = &Thing> {
        self.history().filter_map(|(thing, _)| thing)
    }

    pub fn history(&self) -> impl Iterator<Item = (Option<&Thing>, Option<&ThingChange>)> {
        let is_changed = !self.changes.is_empty();
        let loaded = self.loaded.all.iter().enumerate().map(move |(place, thing)| {
            let change = if is_changed { self.changes.get(&place) } else { None };
            (change.map_or(Some(thing), |change| change.thing.as_deref()), change)
        });
        let made = self.changes.range(self.loaded.all.len()..);
        loaded.chain(made.map(|(_, change)| (change.thing.as_deref(), Some(change))))
    }

    pub fn new_things(&self) -> impl Iterator<Item = &Thing> {
        self.changes.range(self.loaded.all.len()..).filter_map(|(_, change)| change.thing.as_deref())
    }

    pub fn place_of(&self, id: &str) -> Option<usize> {
        self.loaded.places.get(id).or_else(|| self.made.get(id)).copied()
    }

    pub fn at(&self, place: usize) -> Option<&Thing> {
        match self.changes.get(&place) {
            Some(change) => change.thing.as_deref(),
            None => self.loaded.all.get(place),
        }
    }

    pub fn id_at(&self, place: usize) -> Option<String> {
        let now = self.changes.get(&place).and_then(|change| change.thing.as_deref());
        now.or_else(|| self.loaded.all.get(place))?.get("id").and_then(text_of)
    }

    /// The place of the id, which gets one where it has none.
    pub fn place_to_set(&mut self, id: &str) -> usize {
        self.place_of(id).unwrap_or_else(|| {
            let last = self.changes.last().map_or(0, |(place, _)| place + 1);
            let place = last.max(self.loaded.all.len());
            self.made.insert_mut(id.into(), place);
            place
        })
    }

    pub fn set(&mut self, id: &str, thing: Option<Thing>, fields: &[String], mark: &Arc<CallMark>) {
        let place = self.place_to_set(id);
        if thing.is_none() && place >= self.loaded.all.len() {
            // What calls made and ended leaves nothing behind, or making and ending would fill the memory.
            self.weight -= self.changes.get(&place).map_or(0, ThingChange::weight);
            self.changes.remove_mut(&place);
            self.made.remove_mut(id);
            return;
        }
        let mut by = self.changes.get(&place).map_or_else(BTreeMap::new, |change| BTreeMap::clone(&change.by));
        let itself = fields.is_empty().then(String::new);
        by.extend(fields.iter().cloned().chain(itself).map(|field| (field, Arc::clone(mark))));
        self.insert(place, ThingChange { thing: thing.map(Arc::new), by: Arc::new(by) });
    }

    pub fn insert(&mut self, place: usize, change: ThingChange) {
        self.weight += change.weight();
        self.weight -= self.changes.get(&place).map_or(0, ThingChange::weight);
        self.changes.insert_mut(place, change);
    }
}
