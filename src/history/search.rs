//! The search for an order: depth first, each state visited once.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};

use super::model::Knowledge;
use super::{Deed, Operation, Start, Told};

/// An operation of the search.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item<'a> {
    pub operation: &'a Operation,
    pub trust: Trust,
    /// The index of the first operation that differs in nothing but its time.
    alike: usize,
}

/// How much of an operation counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trust {
    /// What it was answered.
    Answer,
    /// Only that it is over: it has taken effect by its end, or never.
    End,
    /// Nothing: it may take effect at any time from its beginning on, or never.
    Nothing,
}

/// The result of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    Order,
    /// None; the words tell where the longest one ends.
    Nothing(String),
    OutOfStates,
}

/// The operations of a search: first those that count, then the others, each by their beginnings.
struct Items<'a> {
    all: &'a [Item<'a>],
    wanted: usize,
}

/// The operations that have their place already, and what is known of the ticket after them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Node {
    /// All before this index are done; those that do not count have the highest.
    low: usize,
    /// So are these.
    beyond: BTreeSet<usize>,
    knowledge: Knowledge,
}

/// The items of operations. Each counts, but for those of which nobody knows whether they are over.
pub(super) fn all_known<'a>(operations: &[&'a Operation]) -> Vec<Item<'a>> {
    let mut first = HashMap::new();
    let items = operations.iter().enumerate().map(|(index, operation)| {
        let Operation { deed, times, answer, .. } = operation;
        let alike = *first.entry((deed, times, answer)).or_insert(index);
        let trust = match (answer, operation.end) {
            (_, None) => Trust::Nothing,
            (Told::Nothing, _) => Trust::End,
            _ => Trust::Answer,
        };
        Item { operation, trust, alike }
    });
    items.collect()
}

/// Searches an order of operations on one ticket, which come sorted by their beginnings.
///
/// Two things keep it short without losing an order. What never changes anything and is explained now is put here, since
/// it stands in nobody's way; and of operations that differ in nothing but their time, the one that ended first goes
/// first. Each state that is visited is taken from `states`.
pub(super) fn explain_ticket(items: &[Item<'_>], start: Start, states: &mut usize) -> Found {
    let (mut items, lost): (Vec<Item<'_>>, Vec<Item<'_>>) =
        items.iter().copied().partition(|item| item.trust != Trust::Nothing);
    let wanted = items.len();
    items.extend(lost);
    let items = Items { all: &items, wanted };
    let root = Node { low: 0, beyond: BTreeSet::new(), knowledge: start.into() };
    let (mut seen, mut open, mut longest) = (HashSet::from([root.clone()]), vec![root], None::<Node>);
    while let Some(node) = open.pop() {
        if node.low >= wanted {
            return Found::Order;
        }
        if longest.as_ref().is_none_or(|most| node.placed(&items) > most.placed(&items)) {
            longest = Some(node.clone());
        }
        for next in node.children(&items) {
            if seen.insert(next.clone()) {
                let Some(fewer) = states.checked_sub(1) else { return Found::OutOfStates };
                *states = fewer;
                open.push(next);
            }
        }
    }
    Found::Nothing(longest.map_or_else(String::new, |node| node.describe_end(&items)))
}

impl Item<'_> {
    fn end(&self) -> u64 {
        if self.trust == Trust::Nothing { u64::MAX } else { self.operation.end.unwrap_or(u64::MAX) }
    }

    /// Every different knowledge that may follow here, or the reasons why none does.
    fn outcomes(&self, knowledge: Knowledge) -> Result<Vec<Knowledge>, String> {
        let unknown;
        let operation = if self.trust == Trust::Answer {
            self.operation
        } else {
            unknown = Operation { answer: Told::Nothing, ..self.operation.clone() };
            &unknown
        };
        let (mut next, mut refused) = (Vec::new(), None);
        for now in &operation.times {
            match knowledge.after(operation, *now) {
                Ok(after) if !next.contains(&after) => next.push(after),
                Ok(_) => {}
                Err(why) => refused = Some(why),
            }
        }
        // It may have been done or not, but it is over.
        if self.trust == Trust::End && !next.contains(&knowledge) {
            next.push(knowledge);
        }
        if next.is_empty() { Err(refused.unwrap_or_else(|| "at no time".to_owned())) } else { Ok(next) }
    }

    /// Whether it changes nothing, wherever it stands.
    fn is_only_looking(&self) -> bool {
        let Operation { deed, answer, .. } = self.operation;
        let refused = matches!(answer, Told::Refused(_) | Told::RefusedElsewhere);
        self.trust == Trust::Answer
            && match deed {
                Deed::Account(account) => account.moves.is_empty(),
                Deed::Inspect | Deed::Show => true,
                _ => refused,
            }
    }
}

impl Node {
    fn is_done(&self, index: usize) -> bool {
        index < self.low || self.beyond.contains(&index)
    }

    /// How many that count have their place.
    fn placed(&self, items: &Items<'_>) -> usize {
        self.low + self.beyond.range(..items.wanted).count()
    }

    /// The operations that may come next: none that is left and counts ended before they began.
    fn candidates(&self, items: &Items<'_>) -> Vec<usize> {
        let (known, lost) = items.all.split_at(items.wanted);
        let (mut found, mut first_end) = (Vec::new(), u64::MAX);
        for (index, item) in known.iter().enumerate().skip(self.low) {
            if item.operation.begin > first_end {
                break;
            }
            if !self.is_done(index) {
                first_end = first_end.min(item.end());
                found.push(index);
            }
        }
        let begun = lost.iter().take_while(|item| item.operation.begin <= first_end).count();
        found.extend((items.wanted..items.wanted + begun).filter(|index| !self.is_done(*index)));
        found
    }

    fn with(&self, index: usize, knowledge: Knowledge) -> Self {
        let mut next = Self { knowledge, ..self.clone() };
        next.beyond.insert(index);
        while next.beyond.remove(&next.low) {
            next.low += 1;
        }
        next
    }

    /// The nodes behind this one, the most likely last.
    fn children(&self, items: &Items<'_>) -> Vec<Self> {
        let mut candidates = self.candidates(items);
        candidates.sort_unstable_by_key(|index| {
            (items.all[*index].alike, items.all[*index].trust, items.all[*index].end(), *index)
        });
        candidates.dedup_by_key(|index| (items.all[*index].alike, items.all[*index].trust));
        candidates.sort_unstable_by_key(|index| Reverse((items.all[*index].end(), *index)));
        let mut next = Vec::new();
        for index in candidates {
            let Ok(outcomes) = items.all[index].outcomes(self.knowledge) else { continue };
            if items.all[index].is_only_looking() {
                return vec![self.with(index, self.knowledge)];
            }
            // What may never have happened needs no place where it changes nothing.
            let changes =
                |knowledge: &Knowledge| items.all[index].trust != Trust::Nothing || *knowledge != self.knowledge;
            next.extend(outcomes.into_iter().filter(changes).map(|knowledge| self.with(index, knowledge)));
        }
        next
    }

    /// Where an order ends, and why what may come next cannot.
    fn describe_end(&self, items: &Items<'_>) -> String {
        let (placed, wanted, knowledge) = (self.placed(items), items.wanted, self.knowledge);
        let mut text = format!("the longest order has {placed} of {wanted}, and then there is: {knowledge}");
        for index in self.candidates(items).into_iter().filter(|index| items.all[*index].trust == Trust::Answer) {
            if let Err(why) = items.all[index].outcomes(self.knowledge) {
                text.push_str(&format!("\n  not {}: {why}", items.all[index].operation.name));
            }
        }
        text
    }
}
