//! As much of `dashmap` and `parking_lot` as tickets need, over the locks of shuttle: the same shards, each behind a lock
//! that is held as long as a reference into it lives.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{BuildHasherDefault, Hash, Hasher};
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, PoisonError};

use shuttle::sync::{MutexGuard, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// The order of its entries is the same in every run, or a schedule could not be played again.
type Shard<K, V> = HashMap<K, V, BuildHasherDefault<DefaultHasher>>;

#[derive(Debug)]
pub struct DashMap<K: Eq + Hash, V>(Vec<RwLock<Shard<K, V>>>);

/// An entry that is locked for reading.
pub struct Ref<'a, K, V> {
    shard: RwLockReadGuard<'a, Shard<K, V>>,
    key: K,
}

/// An entry that is locked.
pub struct RefMut<'a, K, V> {
    shard: RwLockWriteGuard<'a, Shard<K, V>>,
    key: K,
}

/// One of several entries under one lock.
pub struct RefMulti<'a, K, V> {
    shard: Arc<RwLockReadGuard<'a, Shard<K, V>>>,
    key: K,
}

/// One entry of all, locked.
pub type RefMutMulti<'a, K, V> = RefMut<'a, K, V>;

/// The place of a key, locked.
pub enum Entry<'a, K, V> {
    Occupied(OccupiedEntry<'a, K, V>),
    Vacant(VacantEntry<'a, K, V>),
}

pub struct OccupiedEntry<'a, K, V>(RefMut<'a, K, V>);

pub struct VacantEntry<'a, K, V>(RefMut<'a, K, V>);

impl<K: Eq + Hash + Clone, V> DashMap<K, V> {
    pub fn with_shard_amount(shards: usize) -> Self {
        Self((0..shards).map(|_| RwLock::new(Shard::default())).collect())
    }

    fn shard(&self, key: &K) -> &RwLock<Shard<K, V>> {
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        &self.0[hasher.finish() as usize % self.0.len()]
    }

    fn lock(&self, key: &K) -> RwLockWriteGuard<'_, Shard<K, V>> {
        self.shard(key).write().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn get(&self, key: &K) -> Option<Ref<'_, K, V>> {
        let shard = self.shard(key).read().unwrap_or_else(PoisonError::into_inner);
        shard.contains_key(key).then(|| Ref { shard, key: key.clone() })
    }

    pub fn get_mut(&self, key: &K) -> Option<RefMut<'_, K, V>> {
        let shard = self.lock(key);
        shard.contains_key(key).then(|| RefMut { shard, key: key.clone() })
    }

    pub fn entry(&self, key: K) -> Entry<'_, K, V> {
        let shard = self.lock(&key);
        let is_there = shard.contains_key(&key);
        let place = RefMut { shard, key };
        if is_there { Entry::Occupied(OccupiedEntry(place)) } else { Entry::Vacant(VacantEntry(place)) }
    }

    pub fn insert(&self, key: K, value: V) -> Option<V> {
        self.lock(&key).insert(key, value)
    }

    pub fn remove_if(&self, key: &K, test: impl FnOnce(&K, &V) -> bool) -> Option<(K, V)> {
        let mut shard = self.lock(key);
        let fits = shard.get(key).is_some_and(|value| test(key, value));
        if fits { shard.remove_entry(key) } else { None }
    }

    pub fn len(&self) -> usize {
        self.0.iter().map(|shard| shard.read().unwrap_or_else(PoisonError::into_inner).len()).sum()
    }

    /// Every entry; one lock is held at a time.
    pub fn iter(&self) -> impl Iterator<Item = RefMulti<'_, K, V>> {
        self.0.iter().flat_map(|shard| {
            let shard = Arc::new(shard.read().unwrap_or_else(PoisonError::into_inner));
            let keys: Vec<K> = shard.keys().cloned().collect();
            keys.into_iter().map(move |key| RefMulti { shard: Arc::clone(&shard), key })
        })
    }

    /// Every entry, each locked by itself: nobody takes an entry out meanwhile.
    pub fn iter_mut(&self) -> impl Iterator<Item = RefMutMulti<'_, K, V>> {
        self.0.iter().flat_map(|shard| {
            let keys: Vec<K> = shard.read().unwrap_or_else(PoisonError::into_inner).keys().cloned().collect();
            keys.into_iter().filter_map(|key| self.get_mut(&key))
        })
    }
}

impl<K: Eq + Hash, V> Deref for Ref<'_, K, V> {
    type Target = V;

    fn deref(&self) -> &V {
        &self.shard[&self.key]
    }
}

impl<K: Eq + Hash, V> Deref for RefMut<'_, K, V> {
    type Target = V;

    fn deref(&self) -> &V {
        &self.shard[&self.key]
    }
}

impl<K: Eq + Hash, V> DerefMut for RefMut<'_, K, V> {
    fn deref_mut(&mut self) -> &mut V {
        self.shard.get_mut(&self.key).expect("the entry is locked")
    }
}

impl<K: Eq + Hash, V> RefMulti<'_, K, V> {
    pub fn key(&self) -> &K {
        &self.key
    }

    pub fn value(&self) -> &V {
        &self.shard[&self.key]
    }
}

impl<K: Eq + Hash, V> Deref for RefMulti<'_, K, V> {
    type Target = V;

    fn deref(&self) -> &V {
        self.value()
    }
}

impl<'a, K: Eq + Hash + Clone, V> Entry<'a, K, V> {
    /// Puts the value there.
    pub fn insert(self, value: V) -> RefMut<'a, K, V> {
        let (Self::Occupied(OccupiedEntry(mut place)) | Self::Vacant(VacantEntry(mut place))) = self;
        place.shard.insert(place.key.clone(), value);
        place
    }
}

impl<K: Eq + Hash + Clone, V> OccupiedEntry<'_, K, V> {
    pub fn get(&self) -> &V {
        &self.0
    }

    pub fn insert(&mut self, value: V) -> V {
        std::mem::replace(&mut *self.0, value)
    }
}

impl<'a, K: Eq + Hash + Clone, V> VacantEntry<'a, K, V> {
    pub fn insert(self, value: V) -> RefMut<'a, K, V> {
        Entry::Vacant(self).insert(value)
    }
}

#[derive(Debug, Default)]
pub struct Mutex<T>(shuttle::sync::Mutex<T>);

impl<T> Mutex<T> {
    pub fn lock(&self) -> MutexGuard<'_, T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
