//! Histories of tickets, and whether one order of their operations explains every answer.
//!
//! Operations that overlap in time may have taken effect in either order, and those that do not overlap took effect one
//! after the other. A history is right when for each ticket there is an order which keeps to that and in which a plain
//! model of a ticket gives the answers that were given: the history is linearizable then. Each ticket is judged by
//! itself, because what happens to one changes no other.
//!
//! The model here shares nothing with `domain`: it counts uses and seconds in numbers of its own, so that a mistake there
//! is not repeated here.

mod account;
mod model;
mod search;
mod shrink;

use std::collections::BTreeMap;
use std::fmt;

pub use account::{Account, Move, PageKind};
pub use model::{Denial, Tally};

/// An operation on one ticket, as somebody saw it from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// The name of the operation for people: a request id, or a client and its turn.
    pub name: String,
    /// The ticket that it is on.
    pub ticket: String,
    /// A number from before it began. One that ended with a smaller number took effect before it.
    pub begin: u64,
    /// A number from after its answer, or from when it was over otherwise; `None`: nobody knows whether it is.
    pub end: Option<u64>,
    /// The seconds that the world clock showed while it was under way, each once; it took effect at one of them.
    pub times: Vec<i64>,
    pub deed: Deed,
    pub answer: Told,
}

/// The kind of an operation, with what decides its effect.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Deed {
    Issue {
        /// `None`: without limit.
        uses: Option<u64>,
        seconds: i64,
    },
    Visit,
    /// Moves the end by so many seconds, not further than `ahead` seconds from now.
    Extend {
        seconds: i64,
        ahead: Option<i64>,
    },
    /// Sets the uses that are left.
    SetUses(u64),
    /// By a client; a ticket that has ended refuses it.
    Revoke,
    /// By a client, likewise.
    Inspect,
    /// Shows it, whatever its state.
    Show,
    /// Ends the ticket now, whatever its state.
    ExpireByOrder,
    RevokeByOrder,
    /// Takes the ticket out of the world, where it is in it: a reset, or the end of its sandbox.
    Forget,
    /// Puts anything in the place of the ticket: another state, or none.
    Exchange,
    /// An entry of a journal, which tells itself what it changed.
    Account(Account),
}

/// The answer to an operation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Told {
    /// It was done; the tally is the ticket's afterwards, where that was told.
    Allowed(Option<Tally>),
    /// Refused because of the ticket; several reasons where the same words stand for each.
    Refused(Vec<Denial>),
    /// Refused for something that is not the ticket's, without any effect on it.
    RefusedElsewhere,
    /// Nothing: it may have been done or not.
    Nothing,
}

/// The knowledge of a ticket before the first operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// It is not there.
    Absent,
    /// It may be there in any state.
    Anything,
}

/// The result of judging a history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// For each ticket there is an order that explains all answers.
    Explained,
    /// For this ticket there is none.
    Contradicted(Contradiction),
    /// Of these tickets that could not be found out with the states that may be visited.
    Undecided(Vec<String>),
}

/// The operations that no order explains, as few as could be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    pub ticket: String,
    /// In the order in which they began. Whatever the others were answered, these cannot all be true.
    pub operations: Vec<Operation>,
    /// Where the longest order that could be found ends, in words.
    pub why: String,
}

/// The states that are visited for one ticket before its history is called undecided.
pub const STATES: usize = 200_000;

/// Judges a history, with at most `states` visited for each ticket. A contradiction of one ticket is told whatever is
/// undecided about others.
pub fn judge_history(operations: &[Operation], start: Start, states: usize) -> Ruling {
    let mut by_ticket: BTreeMap<&str, Vec<&Operation>> = BTreeMap::new();
    for operation in operations {
        by_ticket.entry(&operation.ticket).or_default().push(operation);
    }
    let mut undecided = Vec::new();
    for (ticket, mut on_it) in by_ticket {
        on_it.sort_by_key(|operation| (operation.begin, operation.end));
        match search::explain_ticket(&search::all_known(&on_it), start, &mut { states }) {
            search::Found::Order => {}
            search::Found::Nothing(_) => return Ruling::Contradicted(shrink::find_evidence(&on_it, start, states)),
            search::Found::OutOfStates => undecided.push(ticket.to_owned()),
        }
    }
    if undecided.is_empty() { Ruling::Explained } else { Ruling::Undecided(undecided) }
}

impl fmt::Display for Contradiction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no order of these operations on ticket {} explains their answers:", self.ticket)?;
        for operation in &self.operations {
            write!(f, "\n  {operation}")?;
        }
        write!(f, "\n{}", self.why)
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, begin, end, deed, answer, .. } = self;
        write!(f, "{name}: {deed}")?;
        // An account says itself what came of it.
        if !matches!(deed, Deed::Account(_)) {
            write!(f, "{answer}")?;
        }
        write!(f, ", from {begin} ")?;
        match end {
            Some(end) => write!(f, "to {end}"),
            None => f.write_str("on"),
        }
    }
}

impl fmt::Display for Deed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Issue { uses: Some(uses), seconds } => write!(f, "issue with {uses} uses for {seconds} s"),
            Self::Issue { uses: None, seconds } => write!(f, "issue without a limit of uses for {seconds} s"),
            Self::Visit => f.write_str("visit"),
            Self::Extend { seconds, .. } => write!(f, "extension by {seconds} s"),
            Self::SetUses(left) => write!(f, "setting the uses left to {left}"),
            Self::Revoke => f.write_str("revocation"),
            Self::Inspect | Self::Show => f.write_str("look"),
            Self::ExpireByOrder => f.write_str("expiry by order"),
            Self::RevokeByOrder => f.write_str("revocation by order"),
            Self::Forget | Self::Exchange => f.write_str("reset"),
            Self::Account(account) => account.fmt(f),
        }
    }
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Allowed(None) => f.write_str(", done"),
            Self::Allowed(Some(tally)) => write!(f, ", done, then {tally}"),
            Self::Refused(denials) => write!(f, ", refused: {}", model::join_names(denials)),
            Self::RefusedElsewhere => f.write_str(", refused for another reason"),
            Self::Nothing => f.write_str(", answer unknown"),
        }
    }
}
