//! What expectations are held against: the calls that are kept, and how many there ever were of each kind.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::journal::{Entry, Extract};
use crate::select::Facts;

/// A journal as far as verdicts look at it, whether it is alive or was read from a file.
#[derive(Debug)]
pub struct Evidence<'a> {
    /// Oldest first.
    pub calls: Vec<Witness<'a>>,
    /// Calls that were ever answered.
    pub total: u64,
    /// Counted over all of them.
    pub counts: Vec<Counted<'a>>,
}

/// A call that is kept.
#[derive(Debug)]
pub struct Witness<'a> {
    pub request_id: String,
    pub facts: Facts<'a>,
}

/// How many calls there were of one kind.
#[derive(Clone, Copy, Debug)]
pub struct Counted<'a> {
    pub vendor: &'a str,
    pub action: &'a str,
    pub outcome: &'a str,
    pub code: Option<&'a str>,
    pub calls: u64,
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
        let mut counts: BTreeMap<(&str, &str, &str, Option<&str>), u64> = BTreeMap::new();
        for count in extracts.iter().flat_map(|extract| extract.counters.all()) {
            *counts.entry((count.vendor, count.action, count.outcome, count.code)).or_default() += count.calls;
        }
        let counted = |((vendor, action, outcome, code), calls)| Counted { vendor, action, outcome, code, calls };
        Self {
            calls: calls.collect(),
            total: extracts.iter().map(|extract| extract.total).sum(),
            counts: counts.into_iter().map(counted).collect(),
        }
    }
}
