//! Entries of a journal as operations: each tells itself how the ticket was before and after.

use std::fmt;

use super::Tally;
use super::model::{Knowledge, Step};

/// The tickets' side of an entry of a journal.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Account {
    pub kind: PageKind,
    /// Whether it was answered with success; `None`: a rule answered, or its answer was lost.
    pub done: Option<bool>,
    /// Whether a rule had a hand in it, which may have ended the ticket as well.
    pub by_rule: bool,
    /// The changes of the ticket, in their order.
    pub moves: Vec<Move>,
}

/// The kind of an entry, as far as the count of uses depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PageKind {
    /// An embed page that takes a use.
    Visit,
    /// A call of the API.
    Call,
    /// A page or a data call that takes none.
    Look,
}

/// A change of a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Move {
    /// `None`: the ticket was issued.
    pub before: Option<Tally>,
    /// Whether it was live before.
    pub live: bool,
    pub after: Tally,
}

impl Account {
    /// The knowledge after the entry, if it can follow on this.
    pub(super) fn follow(&self, mut known: Knowledge) -> Step {
        for step in &self.moves {
            known = step.follow(known)?;
        }
        self.check_uses().map(|()| known)
    }

    /// Whether one of its changes took a use.
    pub fn has_use(&self) -> bool {
        self.moves.iter().any(Move::takes_use)
    }

    /// The same as something that only came along with an entry.
    #[must_use]
    pub fn without_kind(self) -> Self {
        Self { done: None, ..self }
    }

    /// Whether the entry took as many uses as its kind may.
    fn check_uses(&self) -> Result<(), String> {
        let used: Vec<&Move> = self.moves.iter().filter(|step| step.takes_use()).collect();
        if used.iter().any(|step| !step.live) {
            return Err("a use was taken of a ticket that was not live".to_owned());
        }
        if let Some(odd) = self.moves.iter().find(|step| !step.takes_use() && !step.keeps_count(self.by_rule)) {
            return Err(format!("nothing explains the step to {}", odd.after));
        }
        // A rule that uses a ticket up takes its last use as a visit would.
        let at_most = used.len();
        let at_least = used.iter().filter(|step| !(self.by_rule && step.after.left == Some(0))).count();
        match (self.kind, self.done) {
            (PageKind::Visit, Some(true)) if at_least <= 1 && at_most >= 1 => Ok(()),
            (PageKind::Visit, Some(true)) => Err(format!("a page opened and took {at_most} uses")),
            (PageKind::Visit, _) if at_least <= 1 => Ok(()),
            (PageKind::Visit, _) => Err(format!("one visit took {at_most} uses")),
            _ if at_least == 0 => Ok(()),
            _ => Err("something else than a visit took a use".to_owned()),
        }
    }
}

impl Move {
    fn follow(&self, known: Knowledge) -> Step {
        match (known, self.before) {
            (Knowledge::Anything, _) | (Knowledge::Absent, None) => Ok(Knowledge::Held(self.after)),
            (Knowledge::Held(held), Some(before)) if is_reachable_by_order(held, before) => {
                Ok(Knowledge::Held(self.after))
            }
            (known, Some(before)) => Err(format!("it began with {before}, and there was: {known}")),
            (known, None) => Err(format!("it was issued, and there was: {known}")),
        }
    }

    /// Whether one use went from what was left to what was taken.
    pub fn takes_use(&self) -> bool {
        self.before.is_some_and(|before| before.take_use() == Some(self.after))
    }

    /// Whether the change may come without a visit: an issue, other uses left, another end, or the end by order.
    fn keeps_count(&self, by_rule: bool) -> bool {
        let after = self.after;
        self.before.is_none_or(|before| {
            let used_up = by_rule && after.left == Some(0) && after.used >= before.used && after.end == before.end;
            let same_revoked = after.revoked || !before.revoked;
            same_revoked && (after.used == before.used || used_up)
        })
    }
}

/// Whether one comes of the other by orders that no journal has: somebody ended the ticket by hand.
fn is_reachable_by_order(held: Tally, before: Tally) -> bool {
    let counts = (held.used, held.left) == (before.used, before.left);
    counts && before.end <= held.end && (before.revoked || !held.revoked)
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            PageKind::Visit => "visit",
            PageKind::Call => "call",
            PageKind::Look => "look",
        };
        let done = match self.done {
            Some(true) => ", done",
            Some(false) => ", refused",
            None => "",
        };
        write!(f, "{kind}{done}")?;
        for Move { before, after, .. } in &self.moves {
            match before {
                Some(before) => write!(f, ", {before} → {after}")?,
                None => write!(f, ", issued with {after}")?,
            }
        }
        Ok(())
    }
}
