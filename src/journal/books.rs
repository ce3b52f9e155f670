//! The journals that are meant by a question, as one.

use std::sync::Arc;

use super::{Counters, Entry, Journal};
use crate::domain::RequestId;

/// Journals at one moment.
#[derive(Debug, Default)]
pub struct Books {
    pub journals: Vec<Arc<Journal>>,
    /// The counts of calls whose journals were evicted, by kind.
    pub forgotten: (u64, Counters),
}

impl From<Arc<Journal>> for Books {
    fn from(journal: Arc<Journal>) -> Self {
        Self { journals: vec![journal], ..Self::default() }
    }
}

impl Books {
    /// The newest call whose number and request id fit, of the last journal that has one.
    pub fn find_entry(&self, fits: impl Fn(u64, RequestId) -> bool) -> Option<Arc<Entry>> {
        let newest = |journal: &Arc<Journal>| {
            journal.kept_calls().into_iter().rev().find(|kept| fits(kept.serial, kept.request_id))
        };
        self.journals.iter().rev().find_map(newest).map(|kept| Arc::new(kept.to_entry()))
    }

    /// The newest call: by its number in one journal, and by the wall clock in several.
    pub fn last_entry(&self) -> Option<Arc<Entry>> {
        if let [one] = &self.journals[..] {
            return one.last_entry();
        }
        let all = self.journals.iter().flat_map(|journal| journal.kept_calls());
        all.max_by_key(|kept| (kept.received_us, kept.serial)).map(|kept| Arc::new(kept.to_entry()))
    }

    /// Calls ever made.
    pub fn total_calls(&self) -> u64 {
        self.forgotten.0 + self.journals.iter().map(|journal| journal.total_calls()).sum::<u64>()
    }

    /// Calls that are kept no more.
    pub fn dropped_calls(&self) -> u64 {
        let dropped = self.journals.iter().map(|journal| journal.memory_held().dropped);
        self.forgotten.0 + dropped.sum::<u64>()
    }
}
