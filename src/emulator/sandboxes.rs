//! Every sandbox of an emulator, those that were taken away included, and what their journals hold.

use std::collections::VecDeque;
use std::sync::Arc;

use dashmap::DashMap;
use parking_lot::Mutex;

use super::{Bounds, Origin, Tenant};
use crate::journal::{Books, Counters, Extract};

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

    /// The journals themselves, in the order of [`Self::journals`].
    pub fn books(&self) -> Books {
        let tenants = self.departed().into_iter().chain(self.all());
        let journals = tenants.map(|tenant| Arc::clone(&tenant.live().journal)).collect();
        let left = self.departed.0.lock();
        Books { journals, forgotten: (left.total, left.counters.clone()) }
    }

    /// The journals of all: the counts of what is kept no more first, then those of deleted ones, in the order in which
    /// they left, then those of [`Self::all`].
    pub fn journals(&self) -> Vec<JournalOf> {
        let departed = self.departed().into_iter().map(|tenant| JournalOf::new(&tenant, true));
        self.forgotten()
            .into_iter()
            .chain(departed)
            .chain(self.all().iter().map(|tenant| JournalOf::new(tenant, false)))
            .collect()
    }
}

/// What is left of sandboxes that were taken away. All of them together keep as much as the journal of one sandbox
/// may; of the one that left first only the counts stay.
#[derive(Debug, Default)]
pub(super) struct Departed(Mutex<Left>);

#[derive(Debug, Default)]
struct Left {
    kept: VecDeque<Arc<Tenant>>,
    /// Calls of those whose journals are kept no more.
    total: u64,
    counters: Counters,
}

/// Stands for the sandboxes whose journals are kept no more. No sandbox has such an id.
const FORGOTTEN: &str = "*deleted*";

impl Departed {
    /// Keeps the journal of the sandbox, if there is something in it.
    pub fn keep(&self, gone: &Tenant, bounds: Bounds) {
        let mut left = self.0.lock();
        left.kept.push_back(Arc::new(gone.emptied()));
        let holdings = left.kept.iter().map(|tenant| tenant.live().journal.holding());
        let (mut entries, mut bytes) =
            holdings.fold((0, 0), |(entries, bytes), one| (entries + one.entries, bytes + one.bytes));
        // What is empty, and then the oldest, as far as they are too much.
        let mut goes = |tenant: &Tenant| {
            let holding = tenant.live().journal.holding();
            let goes = holding.bytes == 0 || entries > bounds.entries || bytes > bounds.bytes;
            (entries, bytes) = if goes { (entries - holding.entries, bytes - holding.bytes) } else { (entries, bytes) };
            goes
        };
        let (gone, kept): (VecDeque<_>, VecDeque<_>) = left.kept.drain(..).partition(|tenant| goes(tenant));
        left.kept = kept;
        for tenant in gone {
            let journal = &tenant.live().journal;
            left.total += journal.total();
            left.counters.add(&journal.counters());
        }
    }
}

impl Sandboxes {
    /// The sandboxes that were taken away, as far as their journals are still kept, in the order in which
    /// they left. Several may have had one id.
    pub fn departed(&self) -> Vec<Arc<Tenant>> {
        self.departed.0.lock().kept.iter().cloned().collect()
    }

    /// The one of this id that left last.
    pub fn departed_by_id(&self, id: &str) -> Option<Arc<Tenant>> {
        self.departed.0.lock().kept.iter().rev().find(|tenant| &*tenant.id() == id).cloned()
    }

    /// What is known of the calls in sandboxes whose journals are kept no more, where there were any.
    fn forgotten(&self) -> Option<JournalOf> {
        let left = self.departed.0.lock();
        let extract =
            Extract { entries: Vec::new(), notes: Vec::new(), total: left.total, counters: left.counters.clone() };
        (left.total > 0).then(|| JournalOf { id: FORGOTTEN.to_owned(), deleted: true, origin: None, extract })
    }
}
