//! What expectations are held against: the calls that are kept, and how many there ever were of each kind.

use crate::journal::Extract;
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
        let calls = extract.entries.iter().map(|entry| {
            let told = &entry.told;
            let (outcome, code) = (told.outcome.name(), told.outcome.code());
            Witness {
                request_id: told.request_id.to_string(),
                facts: Facts { vendor: told.vendor, action: told.counted, params: &told.params, outcome, code },
            }
        });
        let counts = extract.counters.all().into_iter().map(|count| Counted {
            vendor: count.vendor,
            action: count.action,
            outcome: count.outcome,
            code: count.code,
            calls: count.calls,
        });
        Self { calls: calls.collect(), total: extract.total, counts: counts.collect() }
    }
}
