//! Every sandbox of an emulator, those that were taken away included, and what their journals hold.

use std::sync::Arc;

use dashmap::DashMap;

use super::departed::Departed;
use super::{Origin, Tenant};
use crate::journal::Extract;

/// The sandboxes of an emulator.
#[derive(Debug)]
pub struct Sandboxes {
    default: Arc<Tenant>,
    /// Every one but the default one, by its id.
    pub(super) others: DashMap<Box<str>, Arc<Tenant>>,
    pub(super) departed: Departed,
}

/// What the journal of one sandbox holds.
#[derive(Clone, Debug)]
pub struct JournalOf {
    pub id: String,
    /// Whether the sandbox is there no more.
    pub deleted: bool,
    /// The test that the sandbox was made for, where it said so.
    pub origin: Option<Origin>,
    pub extract: Extract,
}

impl JournalOf {
    pub fn new(tenant: &Tenant, deleted: bool) -> Self {
        let extract = tenant.live().journal.extract();
        Self { id: tenant.id().to_string(), deleted, origin: tenant.origin().cloned(), extract }
    }
}

impl Sandboxes {
    pub(super) fn new(default: Arc<Tenant>) -> Self {
        Self { default, others: DashMap::new(), departed: Departed::default() }
    }

    /// Those that are there, the default one first and the others by their ids.
    pub fn all(&self) -> Vec<Arc<Tenant>> {
        let mut others: Vec<_> = self.others.iter().map(|tenant| Arc::clone(&tenant)).collect();
        others.sort_unstable_by_key(|tenant| tenant.id());
        others.insert(0, Arc::clone(&self.default));
        others
    }

    /// The journals of all: those of deleted ones first, in the order in which they left, then those of [`Self::all`].
    pub fn journals(&self) -> Vec<JournalOf> {
        let departed = self.departed().into_iter().map(|tenant| JournalOf::new(&tenant, true));
        departed.chain(self.all().iter().map(|tenant| JournalOf::new(tenant, false))).collect()
    }
}
