//! A ticket as plain numbers, and what each operation makes of it.

use std::fmt;

use super::{Deed, Operation, Start, Told};

/// The numbers of a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tally {
    pub used: u64,
    /// `None`: without limit.
    pub left: Option<u64>,
    /// The first second at which it is over.
    pub end: i64,
    pub revoked: bool,
}

worded! {
    /// A reason of refusal that comes of the ticket's own state.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum Denial {
        Unknown = "there is no such ticket",
        Revoked = "it is revoked",
        Expired = "it has expired",
        UsedUp = "no use is left",
        TooLong = "it would live too long",
    }
}

/// The knowledge of a ticket at one place of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Knowledge {
    Anything,
    Absent,
    Held(Tally),
}

/// The knowledge after an operation, or why it cannot have been answered so.
pub(super) type Step = Result<Knowledge, String>;

/// The reasons in words.
pub(super) fn join_names(denials: &[Denial]) -> String {
    denials.iter().map(|denial| denial.name()).collect::<Vec<_>>().join(" or ")
}

impl From<Start> for Knowledge {
    fn from(start: Start) -> Self {
        match start {
            Start::Absent => Self::Absent,
            Start::Anything => Self::Anything,
        }
    }
}

impl Knowledge {
    /// The knowledge after the operation took effect here at second `now`.
    pub fn after(self, operation: &Operation, now: i64) -> Step {
        if let Deed::Account(account) = &operation.deed {
            return account.follow(self);
        }
        if operation.answer == Told::RefusedElsewhere {
            return Ok(self);
        }
        let (next, denial) = self.do_deed(&operation.deed, now)?;
        match (&operation.answer, denial) {
            (Told::Nothing | Told::RefusedElsewhere, _) | (Told::Allowed(None), None) => Ok(next),
            (Told::Allowed(Some(tally)), None) if next == Self::Held(*tally) => Ok(next),
            (Told::Allowed(Some(tally)), None) => Err(format!("{next} would follow, and {tally} was told")),
            (Told::Refused(told), Some(denial)) if told.contains(&denial) => Ok(next),
            (Told::Refused(told), None) => Err(format!("it would be done, and was refused: {}", join_names(told))),
            (Told::Refused(told), Some(denial)) => {
                Err(format!("it would be refused because {}, and was because {}", denial.name(), join_names(told)))
            }
            (_, Some(denial)) => Err(format!("it would be refused because {}, and was done", denial.name())),
        }
    }

    /// What the deed leaves behind, and why it is refused, if it is.
    fn do_deed(self, deed: &Deed, now: i64) -> Result<(Self, Option<Denial>), String> {
        let tally = match (self, deed) {
            (_, Deed::Forget) => return Ok((Self::Absent, None)),
            (_, Deed::Exchange) => return Ok((Self::Anything, None)),
            (Self::Absent, Deed::Issue { uses, seconds }) => {
                let fresh = Tally { used: 0, left: *uses, end: now + seconds, revoked: false };
                return Ok((Self::Held(fresh), None));
            }
            (Self::Held(_), Deed::Issue { .. }) => return Err("it is there already, and was issued".to_owned()),
            (Self::Absent, _) => return Ok((self, Some(Denial::Unknown))),
            (Self::Anything, _) => return Err("nothing is known of the ticket".to_owned()),
            (Self::Held(tally), _) => tally,
        };
        let done = match deed {
            Deed::Show => Ok(tally),
            Deed::ExpireByOrder => Ok(Tally { end: tally.end.min(now), ..tally }),
            Deed::RevokeByOrder => Ok(Tally { revoked: true, ..tally }),
            _ => tally.while_valid(deed, now),
        };
        Ok(match done {
            Ok(tally) => (Self::Held(tally), None),
            Err(denial) => (self, Some(denial)),
        })
    }
}

impl Tally {
    /// A deed that only a ticket has which is neither revoked nor over.
    fn while_valid(self, deed: &Deed, now: i64) -> Result<Self, Denial> {
        if self.revoked {
            return Err(Denial::Revoked);
        }
        if now >= self.end {
            return Err(Denial::Expired);
        }
        match deed {
            Deed::Visit => self.take_use().ok_or(Denial::UsedUp),
            Deed::Extend { seconds, ahead } => {
                let end = self.end + seconds;
                if ahead.is_some_and(|ahead| end > now + ahead) {
                    Err(Denial::TooLong)
                } else {
                    Ok(Self { end, ..self })
                }
            }
            Deed::SetUses(left) => Ok(Self { left: Some(*left), ..self }),
            Deed::Revoke => Ok(Self { revoked: true, ..self }),
            _ => Ok(self),
        }
    }

    /// The tally with one use less; `None`: there is none.
    pub(super) fn take_use(self) -> Option<Self> {
        match self.left {
            Some(0) => None,
            left => Some(Self { used: self.used + 1, left: left.map(|left| left - 1), ..self }),
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.left {
            Some(left) => write!(f, "{left} uses left")?,
            None => write!(f, "uses without limit")?,
        }
        let revoked = if self.revoked { ", revoked" } else { "" };
        write!(f, " and {} taken, end at second {}{revoked}", self.used, self.end)
    }
}

impl fmt::Display for Knowledge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Anything => f.write_str("nothing known of it"),
            Self::Absent => f.write_str("no such ticket"),
            Self::Held(tally) => tally.fmt(f),
        }
    }
}
