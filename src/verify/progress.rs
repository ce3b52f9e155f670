//! Somebody waits for what he expects: each look goes over what is new since the one before.

use std::sync::Arc;

use super::evidence::{CallHistory, facts_of};
use super::judge::{Finding, Judged, MOST_EVIDENCE, Outlook, Seen, conclude, in_this_order};
use crate::journal::{Books, Counters, Entry, Journal};

/// An expectation and what was seen for it so far.
pub struct Progress {
    judged: Judged,
    /// Each journal with the number of the last call that was looked at.
    known: Vec<(Arc<Journal>, u64)>,
    seen: Seen,
    /// Request ids of the calls that fit the steps of an order so far.
    matched: Vec<String>,
}

impl Progress {
    pub fn new(judged: Judged) -> Self {
        Self { judged, known: Vec::new(), seen: Seen::default(), matched: Vec::new() }
    }

    /// The finding, where nothing that may still come matters.
    pub fn judge_early(&mut self, books: &Books) -> Option<Finding> {
        self.judge_new(books).filter(|finding| finding.outlook == Outlook::Settled)
    }

    /// The finding, whatever may still come.
    pub fn judge_last(&mut self, books: &Books) -> Finding {
        self.judge_new(books).unwrap_or_else(|| self.judge_all(books))
    }

    /// What comes of the calls so far; `None`: of an order that is not complete, they do not tell.
    fn judge_new(&mut self, books: &Books) -> Option<Finding> {
        let (total, counters) = self.take_new(books);
        match &self.judged {
            Judged::Count { selector, count } => {
                Some(conclude(selector, *count, &self.seen, &counters.all_counts(), total))
            }
            Judged::Order(steps) => (self.matched.len() == steps.len())
                .then(|| in_this_order(self.matched.iter().take(MOST_EVIDENCE).cloned().collect())),
        }
    }

    /// The finding on everything that is kept: evicted calls may have been the beginning of an order.
    fn judge_all(&self, books: &Books) -> Finding {
        let extracts: Vec<_> = books.journals.iter().map(|journal| journal.extract_after(0)).collect();
        let mut evidence = CallHistory::of_all(&extracts);
        evidence.total += books.forgotten.0;
        evidence.counts.extend(books.forgotten.1.all_counts());
        self.judged.judge(&evidence)
    }

    /// Looks at the calls that are new, and tells how many there ever were and of which kinds.
    fn take_new(&mut self, books: &Books) -> (u64, Counters) {
        let is_there =
            |(known, _): &(Arc<Journal>, u64)| books.journals.iter().any(|journal| Arc::ptr_eq(journal, known));
        if !self.known.iter().all(is_there) {
            // A journal was begun anew, so what was seen in it is not true any more.
            (self.known, self.seen, self.matched) = Default::default();
        }
        let (mut total, mut counters) = books.forgotten.clone();
        let mut new: Vec<Arc<Entry>> = Vec::new();
        for journal in &books.journals {
            let known = self.known.iter().position(|(known, _)| Arc::ptr_eq(journal, known));
            let known = known.unwrap_or_else(|| {
                self.known.push((Arc::clone(journal), 0));
                self.known.len() - 1
            });
            let extract = journal.extract_after(self.known[known].1);
            self.known[known].1 = extract.total;
            total += extract.total;
            counters.add_all(&extract.counters);
            new.extend(extract.entries);
        }
        if books.journals.len() > 1 {
            new.sort_by_key(|entry| entry.told.received_us);
        }
        for entry in &new {
            let (facts, id) = (facts_of(entry), || entry.told.request_id.to_string());
            match &self.judged {
                Judged::Count { selector, .. } => self.seen.take_call(selector, &facts, id),
                Judged::Order(steps) => {
                    let next = steps.get(self.matched.len());
                    self.matched.extend(next.filter(|step| step.fits_call(&facts)).map(|_| id()));
                }
            }
        }
        (total, counters)
    }
}
