//! From a history that cannot be explained to the few operations that show it.

use super::search::{Found, Item, Trust, all_known, explain_ticket};
use super::{Contradiction, Deed, Operation, Start};

/// The share of the states that all attempts may visit.
const SHARE: usize = 10;

/// The fewest operations of a contradictory history that are found to contradict each other.
///
/// To leave one out is to forget what it was answered: it may have taken effect or not. So what is left is wrong
/// whatever the others did. What gives and takes tickets is kept, because the rest means nothing without it. All attempts
/// together visit a share of `states`; when those are spent, the answer is longer than it might be.
pub(super) fn find_evidence(operations: &[&Operation], start: Start, states: usize) -> Contradiction {
    let mut items = all_known(operations);
    let mut left = states / SHARE;
    forget_late_ones(&mut items, start, &mut left);
    let mut size = items.len().div_ceil(2);
    loop {
        let mut from = 0;
        while from < items.len() {
            let to = (from + size).min(items.len());
            let fewer = with_forgotten(&items, from..to);
            if fewer.iter().zip(&items).any(|(one, two)| one.trust != two.trust) && is_wrong(&fewer, start, &mut left) {
                items = fewer;
            }
            from = to;
        }
        if size <= 1 {
            break;
        }
        size = size.div_ceil(2);
    }
    let known: Vec<&Item<'_>> = items.iter().filter(|item| item.trust == Trust::Answer).collect();
    let why = match explain_ticket(&items, start, &mut { states }) {
        Found::Nothing(why) => why,
        Found::Order | Found::OutOfStates => String::new(),
    };
    let ticket = operations.first().map_or_else(String::new, |operation| operation.ticket.clone());
    Contradiction { ticket, operations: known.into_iter().map(|item| item.operation.clone()).collect(), why }
}

fn is_wrong(items: &[Item<'_>], start: Start, states: &mut usize) -> bool {
    matches!(explain_ticket(items, start, states), Found::Nothing(_))
}

/// The operations that began until `last`, of which only those count that ended by then.
fn up_to<'a>(items: &[Item<'a>], last: u64) -> Vec<Item<'a>> {
    let mut first: Vec<Item<'a>> = items.iter().filter(|item| item.operation.begin <= last).copied().collect();
    for item in &mut first {
        if item.operation.end.is_none_or(|end| end > last) {
            item.trust = Trust::Nothing;
        }
    }
    first
}

fn with_forgotten<'a>(items: &[Item<'a>], forgotten: std::ops::Range<usize>) -> Vec<Item<'a>> {
    let mut fewer = items.to_vec();
    for item in &mut fewer[forgotten] {
        if !matches!(item.operation.deed, Deed::Issue { .. } | Deed::Forget | Deed::Exchange) {
            item.trust = item.trust.max(Trust::End);
        }
    }
    fewer
}

/// Keeps the operations up to the first answer that cannot be explained any more.
fn forget_late_ones(items: &mut Vec<Item<'_>>, start: Start, states: &mut usize) {
    let mut ends: Vec<u64> = items.iter().filter_map(|item| item.operation.end).collect();
    ends.sort_unstable();
    ends.dedup();
    let (mut good, mut bad) = (0, ends.len());
    while good < bad {
        let middle = good.midpoint(bad);
        if is_wrong(&up_to(items, ends[middle]), start, states) {
            bad = middle;
        } else {
            good = middle + 1;
        }
    }
    if let Some(last) = ends.get(bad) {
        *items = up_to(items, *last);
    }
}
