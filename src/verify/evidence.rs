//! The history that expectations are held against: the calls that are kept, and the counts of each kind.

use std::fmt;
use std::sync::Arc;

use crate::domain::RequestId;
use crate::journal::{CallCount, Entry, Extract};
use crate::select::CallFacts;

/// A journal as far as verdicts look at it, whether it is alive or was read from a file.
#[derive(Debug)]
pub struct CallHistory<'a> {
    /// Oldest first.
    pub calls: Vec<Witness<'a>>,
    /// Calls that were ever answered.
    pub total: u64,
    /// Counted over all of them; several journals may each have counted one kind.
    pub counts: Vec<CallCount<'a>>,
}

/// The facts of a call that selectors look at.
pub(super) fn facts_of(entry: &Entry) -> CallFacts<'_> {
    let told = &entry.told;
    let (outcome, code) = (told.outcome.name(), told.outcome.code());
    CallFacts { vendor: told.vendor, action: told.counted, params: &told.params, outcome, code }
}

/// The id of a call, which becomes text where it is named as evidence.
#[derive(Clone, Copy, Debug)]
pub enum CallName<'a> {
    Call(RequestId),
    /// The id as it is in a file.
    Text(&'a str),
}

impl fmt::Display for CallName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(id) => id.fmt(f),
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// A call that is kept.
#[derive(Debug)]
pub struct Witness<'a> {
    pub request_id: CallName<'a>,
    pub facts: CallFacts<'a>,
}

impl<'a> From<&'a Extract> for CallHistory<'a> {
    fn from(extract: &'a Extract) -> Self {
        Self::of_entries(extract.entries.iter(), std::slice::from_ref(extract))
    }
}

impl<'a> CallHistory<'a> {
    /// The histories of several journals as one, in the order in which the calls came.
    pub fn of_all(extracts: &'a [Extract]) -> Self {
        let mut entries: Vec<&Arc<Entry>> = extracts.iter().flat_map(|extract| &extract.entries).collect();
        entries.sort_by_key(|entry| entry.told.received_us);
        Self::of_entries(entries.into_iter(), extracts)
    }

    fn of_entries(entries: impl Iterator<Item = &'a Arc<Entry>>, extracts: &'a [Extract]) -> Self {
        let calls =
            entries.map(|entry| Witness { request_id: CallName::Call(entry.told.request_id), facts: facts_of(entry) });
        Self {
            calls: calls.collect(),
            total: extracts.iter().map(|extract| extract.total).sum(),
            counts: extracts.iter().flat_map(|extract| extract.counters.all_counts()).collect(),
        }
    }
}
