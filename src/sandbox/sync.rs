//! The locks and shared numbers of tickets and of the maps that hold them.
//!
//! With the feature `shuttle` they are shuttle's, which tries schedules of threads one after the other; the code that
//! uses them is the same. Then they work inside of shuttle alone.

#[cfg(feature = "shuttle")]
mod shards;

#[cfg(not(feature = "shuttle"))]
pub use {
    dashmap::DashMap,
    dashmap::mapref::entry::Entry,
    dashmap::mapref::multiple::{RefMulti, RefMutMulti},
    dashmap::mapref::one::{Ref, RefMut},
    parking_lot::Mutex,
    std::sync::atomic::{AtomicUsize, Ordering},
};
#[cfg(feature = "shuttle")]
pub use {
    shards::{DashMap, Entry, Mutex, Ref, RefMulti, RefMut, RefMutMulti},
    shuttle::sync::atomic::{AtomicUsize, Ordering},
};
