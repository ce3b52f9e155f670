//! Calls counted by vendor, action and code, since the journal was begun.

use std::collections::HashMap;

/// How many calls there were of each kind. Their number is bounded by the vendors' own tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    of: HashMap<(&'static str, &'static str), PerAction>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct PerAction {
    done: u64,
    refused: HashMap<Box<str>, u64>,
}

/// One count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Count<'a> {
    pub vendor: &'static str,
    /// The action, or what is counted under one name because nobody has such an action.
    pub action: &'static str,
    /// `None`: calls that were not refused.
    pub code: Option<&'a str>,
    pub calls: u64,
}

impl Counters {
    pub(super) fn count(&mut self, vendor: &'static str, action: &'static str, code: Option<&str>) {
        let per_action = self.of.entry((vendor, action)).or_default();
        let Some(code) = code else { return per_action.done += 1 };
        match per_action.refused.get_mut(code) {
            Some(calls) => *calls += 1,
            None => _ = per_action.refused.insert(Box::from(code), 1),
        }
    }

    /// Every count that is not 0, in the order of vendor, action and code.
    pub fn all(&self) -> Vec<Count<'_>> {
        let mut counts: Vec<Count<'_>> = Vec::new();
        for ((vendor, action), per_action) in &self.of {
            let refused = per_action.refused.iter().map(|(code, calls)| (Some(&**code), *calls));
            let all = refused.chain([(None, per_action.done)]).filter(|(_, calls)| *calls > 0);
            counts.extend(all.map(|(code, calls)| Count { vendor, action, code, calls }));
        }
        counts.sort_unstable();
        counts
    }

    /// Calls whose vendor, action and code are as the test wants them.
    pub fn sum(&self, test: impl Fn(&Count<'_>) -> bool) -> u64 {
        self.all().iter().filter(|count| test(count)).map(|count| count.calls).sum()
    }
}
