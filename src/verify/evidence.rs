//! What expectations are held against: the calls that are kept, and how many there ever were of each kind.

use std::sync::Arc;

use crate::journal::{Count, Entry, Extract};
use crate::select::Facts;

/// A journal as far as verdicts look at it, whether it is alive or was read from a file.
#[derive(Debug)]
pub struct Evidence<'a> {
    /// Oldest first.
    pub calls: Vec<Witness<'a>>,
    /// Calls that were ever answered.
    pub total: u64,
    /// Counted over all of them; several journals may each have counted one kind.
    pub counts: Vec<Count<'a>>,
}

/// A call that is kept.
#[derive(Debug)]
pub struct Witness<'a> {
    pub request_id: String,
    pub facts: Facts<'a>,
}

impl<'a> From<&'a Extract> for Evidence<'a> {
    fn from(extract: &'a Extract) -> Self {
        Self::of_entries(extract.entries.iter(), std::slice::from_ref(extract))
    }
}

impl<'a> Evidence<'a> {
    /// What several journals hold together, in the order in which the calls came.
    pub fn of_all(extracts: &'a [Extract]) -> Self {
        let mut entries: Vec<&Arc<Entry>> = extracts.iter().flat_map(|extract| &extract.entries).collect();
        entries.sort_by_key(|entry| entry.told.received_us);
        Self::of_entries(entries.into_iter(), extracts)
    }

    fn of_entries(entries: impl Iterator<Item = &'a Arc<Entry>>, extracts: &'a [Extract]) -> Self {
        let calls = entries.map(|entry| {
            let told = &entry.told;
            let (outcome, code) = (told.outcome.name(), told.outcome.code());
            Witness {
                request_id: told.request_id.to_string(),
                facts: Facts { vendor: told.vendor, action: told.counted, params: &told.params, outcome, code },
            }
        });
        Self {
            calls: calls.collect(),
            total: extracts.iter().map(|extract| extract.total).sum(),
            counts: extracts.iter().flat_map(|extract| extract.counters.all()).collect(),
        }
    }
}
