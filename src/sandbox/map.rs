//! A map that holds each of its locks over few entries, however many there are.

use std::hash::Hash;
use std::sync::OnceLock;

use super::SHARDS;
use super::sync::{AtomicUsize, DashMap, Entry, Ordering, Ref, RefMulti, RefMut, RefMutMulti};

/// Entries from which on new ones go into the part with many locks. The schedules of shuttle have few entries, and shall
/// come to both parts.
const FEW: usize = if cfg!(feature = "shuttle") { 1 } else { 8192 };

/// Locks of that part: a million entries are about five hundred for each.
const MANY_SHARDS: usize = if cfg!(feature = "shuttle") { 2 } else { 2048 };

/// A map of two parts. Ten thousand sandboxes fit into memory only when a small one has few locks, and a lock over
/// a hundred thousand entries would hold up calls while somebody looks through them or they are moved. So the first
/// entries have few locks and those that come later many; nothing ever moves from one part to the other.
#[derive(Debug)]
pub(super) struct Map<K: Eq + Hash, V> {
    few: DashMap<K, V>,
    /// Entries that were ever put into `few`. It never falls: a key that once went into `many` must not find room in
    /// `few` as well.
    filled: AtomicUsize,
    many: OnceLock<DashMap<K, V>>,
}

impl<K: Eq + Hash + Clone, V> Default for Map<K, V> {
    fn default() -> Self {
        Self { few: DashMap::with_shard_amount(SHARDS), filled: AtomicUsize::new(0), many: OnceLock::new() }
    }
}

impl<K: Eq + Hash + Clone, V> Map<K, V> {
    pub fn get(&self, key: &K) -> Option<Ref<'_, K, V>> {
        self.few.get(key).or_else(|| self.many.get().and_then(|many| many.get(key)))
    }

    pub fn get_mut(&self, key: &K) -> Option<RefMut<'_, K, V>> {
        self.few.get_mut(key).or_else(|| self.many.get().and_then(|many| many.get_mut(key)))
    }

    /// Does something with the place of the key, which is locked meanwhile.
    pub fn with_entry<R>(&self, key: K, act: impl FnOnce(Entry<'_, K, V>) -> R) -> R {
        match self.few.entry(key.clone()) {
            Entry::Vacant(place) if self.filled.load(Ordering::Relaxed) < FEW => {
                self.filled.fetch_add(1, Ordering::Relaxed);
                act(Entry::Vacant(place))
            }
            // The lock of the key in `few` is kept, so that nobody puts it in there at the same time.
            Entry::Vacant(_place) => act(self.second_part().entry(key)),
            occupied @ Entry::Occupied(_) => act(occupied),
        }
    }

    pub fn insert(&self, key: K, value: V) {
        self.with_entry(key, |place| _ = place.insert(value));
    }

    /// Puts the value there, unless the key has one already.
    pub fn insert_new(&self, key: K, value: V) -> bool {
        self.with_entry(key, |place| match place {
            Entry::Vacant(place) => {
                place.insert(value);
                true
            }
            Entry::Occupied(_) => false,
        })
    }

    /// Takes the key out if its value is as the test wants it.
    pub fn remove_if(&self, key: &K, test: impl Fn(&V) -> bool) {
        let removed = self.few.remove_if(key, |_, value| test(value));
        if removed.is_none()
            && let Some(many) = self.many.get()
        {
            many.remove_if(key, |_, value| test(value));
        }
    }

    pub fn len(&self) -> usize {
        self.few.len() + self.many.get().map_or(0, DashMap::len)
    }

    /// Every entry, in no order. One lock is held at a time.
    pub fn iter(&self) -> impl Iterator<Item = RefMulti<'_, K, V>> {
        self.few.iter().chain(self.many.get().into_iter().flat_map(DashMap::iter))
    }

    pub fn iter_mut(&self) -> impl Iterator<Item = RefMutMulti<'_, K, V>> {
        self.few.iter_mut().chain(self.many.get().into_iter().flat_map(DashMap::iter_mut))
    }

    fn second_part(&self) -> &DashMap<K, V> {
        self.many.get_or_init(|| DashMap::with_shard_amount(MANY_SHARDS))
    }
}

#[cfg(all(test, not(feature = "shuttle")))]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_in_one_part_only_and_is_found_in_either() {
        let map = Map::default();
        let count = 4 * FEW;
        for turn in 0..2 {
            (0..count).for_each(|key| map.insert(key, key + turn));
        }
        assert_eq!((map.len(), map.few.len()), (count, FEW));
        assert!((0..count).all(|key| map.get(&key).is_some_and(|value| *value == key + 1)));
        map.remove_if(&(count - 1), |_| true);
        map.remove_if(&0, |_| true);
        map.remove_if(&1, |_| false);
        assert_eq!(map.iter().count(), count - 2);
    }

    #[test]
    fn of_a_million_entries_one_lock_is_over_a_few_thousand_at_most() {
        let map = Map::default();
        let keys = 0..1_000_000_u32;
        keys.clone().for_each(|key| map.insert(key, ()));
        for key in [0, 500_000] {
            let _held = map.get_mut(&key);
            let is_locked = |key: &u32| map.few.try_get(key).is_locked() || map.second_part().try_get(key).is_locked();
            // A shard of `few` is asked for every key, and only those that are in it wait for it long.
            let locked = keys.clone().filter(is_locked).count();
            let most = if key == 0 { keys.len() / SHARDS * 2 } else { FEW };
            assert!((1..=most).contains(&locked), "with {key}, {locked} others are locked");
        }
    }
}
