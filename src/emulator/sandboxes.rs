//! Every sandbox of an emulator, those that were taken away included, and what their journals hold.

use std::collections::VecDeque;
use std::sync::Arc;

use dashmap::DashMap;
use parking_lot::Mutex;

use super::{Bounds, Origin, Sandbox};
use crate::journal::{Books, Counters, Extract};

/// The sandboxes of an emulator.
#[derive(Debug)]
pub struct Sandboxes {
    default: Arc<Sandbox>,
    /// Every one but the default one, by its id.
    pub(super) others: DashMap<Box<str>, Arc<Sandbox>>,
    pub(super) departed: Departed,
}

/// The journal of one sandbox.
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
    pub fn new(sandbox: &Sandbox, deleted: bool) -> Self {
        let extract = sandbox.epoch().journal.extract();
        Self { id: sandbox.id().to_string(), deleted, origin: sandbox.origin().cloned(), extract }
    }
}

impl Sandboxes {
    pub(super) fn new(default: Arc<Sandbox>) -> Self {
        Self { default, others: DashMap::new(), departed: Departed::default() }
    }

    /// The sandboxes, the default one first and the others by their ids.
    pub fn all(&self) -> Vec<Arc<Sandbox>> {
        let mut others: Vec<_> = self.others.iter().map(|sandbox| Arc::clone(&sandbox)).collect();
        others.sort_unstable_by_key(|sandbox| sandbox.id());
        others.insert(0, Arc::clone(&self.default));
        others
    }

    /// The journals themselves, in the order of [`Self::all_journals`].
    pub fn all_books(&self) -> Books {
        let sandboxes = self.all_departed().into_iter().chain(self.all());
        let journals = sandboxes.map(|sandbox| Arc::clone(&sandbox.epoch().journal)).collect();
        let left = self.departed.0.lock();
        Books { journals, forgotten: (left.total, left.counters.clone()) }
    }

    /// The journals of all: the counts of what is kept no more first, then those of deleted ones, in the order in which
    /// they left, then those of [`Self::all`].
    pub fn all_journals(&self) -> Vec<JournalOf> {
        let departed = self.all_departed().into_iter().map(|sandbox| JournalOf::new(&sandbox, true));
        self.forgotten_journal()
            .into_iter()
            .chain(departed)
            .chain(self.all().iter().map(|sandbox| JournalOf::new(sandbox, false)))
            .collect()
    }
}

/// The journals of deleted sandboxes. All of them together keep as much as the journal of one sandbox
/// may; of the one that left first only the counts stay.
#[derive(Debug, Default)]
pub(super) struct Departed(Mutex<Left>);

#[derive(Debug, Default)]
struct Left {
    kept: VecDeque<Arc<Sandbox>>,
    /// Calls of those whose journals are kept no more.
    total: u64,
    counters: Counters,
}

/// Stands for the sandboxes whose journals are kept no more. No sandbox has such an id.
const FORGOTTEN: &str = "*deleted*";

impl Departed {
    /// Keeps the journal of the sandbox, if there is something in it.
    pub fn keep_journal(&self, gone: &Sandbox, bounds: Bounds) {
        let mut left = self.0.lock();
        left.kept.push_back(Arc::new(gone.journal_only()));
        let holdings = left.kept.iter().map(|sandbox| sandbox.epoch().journal.memory_held());
        let (mut entries, mut bytes) =
            holdings.fold((0, 0), |(entries, bytes), one| (entries + one.entries, bytes + one.bytes));
        // What is empty, and then the oldest, as far as they are too much.
        let mut goes = |sandbox: &Sandbox| {
            let holding = sandbox.epoch().journal.memory_held();
            let goes = holding.bytes == 0 || entries > bounds.entries || bytes > bounds.bytes;
            (entries, bytes) = if goes { (entries - holding.entries, bytes - holding.bytes) } else { (entries, bytes) };
            goes
        };
        let (gone, kept): (VecDeque<_>, VecDeque<_>) = left.kept.drain(..).partition(|sandbox| goes(sandbox));
        left.kept = kept;
        for sandbox in gone {
            let journal = &sandbox.epoch().journal;
            left.total += journal.total_calls();
            left.counters.add_all(&journal.counters());
        }
    }
}

impl Sandboxes {
    /// The sandboxes that were taken away, as far as their journals are still kept, in the order in which
    /// they left. Several may have had one id.
    pub fn all_departed(&self) -> Vec<Arc<Sandbox>> {
        self.departed.0.lock().kept.iter().cloned().collect()
    }

    /// The one of this id that left last.
    pub fn find_departed(&self, id: &str) -> Option<Arc<Sandbox>> {
        self.departed.0.lock().kept.iter().rev().find(|sandbox| &*sandbox.id() == id).cloned()
    }

    /// The counts of calls in sandboxes whose journals were evicted, where there were any.
    fn forgotten_journal(&self) -> Option<JournalOf> {
        let left = self.departed.0.lock();
        let extract =
            Extract { entries: Vec::new(), notes: Vec::new(), total: left.total, counters: left.counters.clone() };
        (left.total > 0).then(|| JournalOf { id: FORGOTTEN.to_owned(), deleted: true, origin: None, extract })
    }
}
