//! Calls counted by vendor, action, outcome and code, since the journal was begun.

use std::collections::HashMap;

use super::Outcome;

/// How many calls there were of each kind. Their number is bounded by the vendors' own tables.
#[derive(Clone, Debug, Default)]
pub struct Counters {
    /// So few that looking through them takes less than a hash.
    of: Vec<(CounterName, PerAction)>,
}

/// Vendor and action.
type CounterName = (&'static str, &'static str);

#[derive(Clone, Debug, Default)]
struct PerAction {
    success: u64,
    scripted: u64,
    lost: u64,
    refused: HashMap<Box<str>, u64>,
}

/// One count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CallCount<'a> {
    pub vendor: &'a str,
    /// The action, or what is counted under one name because nobody has such an action.
    pub action: &'a str,
    /// The name of an [`Outcome`].
    pub outcome: &'a str,
    /// `None`: calls that were not refused.
    pub code: Option<&'a str>,
    pub calls: u64,
}

/// Equal where every count is, whichever kind of call came first.
impl PartialEq for Counters {
    fn eq(&self, other: &Self) -> bool {
        self.all_counts() == other.all_counts()
    }
}

impl Eq for Counters {}

impl Counters {
    pub(super) fn count_call(&mut self, vendor: &'static str, action: &'static str, outcome: &Outcome) {
        let per_action = self.entry_for((vendor, action));
        match outcome {
            Outcome::Success => per_action.success += 1,
            Outcome::Scripted => per_action.scripted += 1,
            Outcome::Lost => per_action.lost += 1,
            Outcome::Refused(said) => match per_action.refused.get_mut(&said.code) {
                Some(calls) => *calls += 1,
                None => _ = per_action.refused.insert(said.code.clone(), 1),
            },
        }
    }

    fn entry_for(&mut self, name: CounterName) -> &mut PerAction {
        // Names come from the vendors' tables, so the same one mostly is the same memory.
        let is_same =
            |(known, _): &(CounterName, PerAction)| std::ptr::eq(known.0, name.0) && std::ptr::eq(known.1, name.1);
        let place = self.of.iter().position(is_same).or_else(|| self.of.iter().position(|(known, _)| *known == name));
        let place = place.unwrap_or_else(|| {
            self.of.push((name, PerAction::default()));
            self.of.len() - 1
        });
        &mut self.of[place].1
    }

    /// Adds what others have counted.
    pub fn add_all(&mut self, others: &Self) {
        for (name, other) in &others.of {
            let own = self.entry_for(*name);
            own.success += other.success;
            own.scripted += other.scripted;
            own.lost += other.lost;
            for (code, calls) in &other.refused {
                *own.refused.entry(code.clone()).or_default() += calls;
            }
        }
    }

    /// Every count that is not 0, in the order of vendor, action, outcome and code.
    pub fn all_counts(&self) -> Vec<CallCount<'_>> {
        let mut counts: Vec<CallCount<'_>> = Vec::new();
        for ((vendor, action), per_action) in &self.of {
            let refused = per_action.refused.iter().map(|(code, calls)| ("refused", Some(&**code), *calls));
            let rest = [("success", per_action.success), ("scripted", per_action.scripted), ("lost", per_action.lost)];
            let all =
                refused.chain(rest.map(|(outcome, calls)| (outcome, None, calls))).filter(|(.., calls)| *calls > 0);
            counts.extend(all.map(|(outcome, code, calls)| CallCount { vendor, action, outcome, code, calls }));
        }
        counts.sort_unstable();
        counts
    }

    /// Calls whose vendor, action, outcome and code are as the test wants them.
    pub fn sum_where(&self, test: impl Fn(&CallCount<'_>) -> bool) -> u64 {
        self.all_counts().iter().filter(|count| test(count)).map(|count| count.calls).sum()
    }
}
