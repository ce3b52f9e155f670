//! How a decision was made: the steps it came by with what came of each, the time it was judged at, and the
//! assumptions it consulted.
//!
//! Whoever decides writes here, and `explain` only reads. Nothing is formatted.

use std::cell::RefCell;
use std::ptr;
use std::sync::Arc;

use crate::domain::{Assumption, Refusal, Timestamp};

worded! {
    /// A step on the way of a call or a visit.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum Step {
        Product = "product",
        ProductAndVersion = "product and version",
        HttpMethod = "http method",
        RequestSize = "request size",
        Syntax = "syntax of query and body",
        Format = "format",
        ActionPresent = "action and version present",
        Action = "action",
        ActionAndVersion = "action and version",
        AuthorizationPresent = "authorization present",
        CommonTypes = "types of common parameters",
        AuthorizationHeader = "authorization header",
        SignatureMethod = "signature method and version",
        TimestampFormat = "timestamp format",
        TimestampWindow = "timestamp window",
        AccessKey = "access key",
        SessionToken = "session token",
        BodyHash = "body hash",
        Signature = "signature",
        Nonce = "nonce",
        MediaType = "media type",
        Region = "region",
        RateLimit = "rate limit",
        Permission = "permission",
        Rule = "rule",
        Parameters = "parameters",
        World = "world",
        Ticket = "ticket",
        Session = "session",
    }
}

/// The result of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepOutcome {
    Passed,
    /// The check was not made.
    Skipped(Skip),
    Refused,
    /// A rule took the place of the rest.
    Answered,
    /// A rule changes the answer, and the call goes on.
    Shaped,
}

/// Why a check was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Skip {
    /// The emulator does not verify proofs in its mode.
    AuthMode,
    /// The emulator does not compare the time of signatures.
    AuthClockOff,
    /// The emulator does not count calls.
    RateLimitsOff,
    /// The world's answer to an open question leaves the check out.
    Assumption,
    /// The scheme of the signature has nothing that could be checked.
    Scheme,
    /// The request has nothing that could be checked.
    NothingSent,
    /// The address that was asked is none of the vendor's.
    OwnAddress,
    /// Nobody verified the key, and the world does not know it.
    NoKey,
}

/// A check that found nothing wrong: it was made, or it was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    Made,
    LeftOut(Skip),
}

/// The way of one decision. The last step is where a refusal came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trail {
    /// In place, because every call has them; the rest of the array is no step.
    steps: [Option<(Step, StepOutcome)>; MOST],
    count: usize,
    /// By which time the signature was judged; `None`: by none.
    pub judged_at: Option<Timestamp>,
    /// The assumptions that were consulted. The answers are those of the world that decided.
    assumptions: Arc<[&'static Assumption]>,
}

thread_local! {
    /// Lists of assumptions that decisions of this thread consulted.
    static LISTS: RefCell<Vec<Arc<[&'static Assumption]>>> = const { RefCell::new(Vec::new()) };
}

/// Lists that a thread remembers.
const LISTS_KEPT: usize = 32;

/// Steps of a decision at most: those of the longest gateway, and what comes behind it.
pub const MOST: usize = 24;

impl Trail {
    pub fn note_step(&mut self, step: Step, outcome: StepOutcome) {
        if let Some(place) = self.steps.get_mut(self.count) {
            *place = Some((step, outcome));
            self.count += 1;
        }
    }

    /// Notes what came of a check.
    ///
    /// # Errors
    ///
    /// The refusal that the check ended in.
    pub fn note_check(&mut self, step: Step, checked: Result<Checked, Refusal>) -> Result<(), Refusal> {
        self.note_taken(step, checked.map(|checked| ((), checked)))
    }

    /// Notes a step that always looks, and hands on what it gave.
    ///
    /// # Errors
    ///
    /// The refusal that the step ended in.
    pub fn note_result<T>(&mut self, step: Step, result: Result<T, Refusal>) -> Result<T, Refusal> {
        self.note_taken(step, result.map(|value| (value, Checked::Made)))
    }

    fn note_taken<T>(&mut self, step: Step, result: Result<(T, Checked), Refusal>) -> Result<T, Refusal> {
        let outcome = match &result {
            Ok((_, Checked::Made)) => StepOutcome::Passed,
            Ok((_, Checked::LeftOut(skip))) => StepOutcome::Skipped(*skip),
            Err(_) => StepOutcome::Refused,
        };
        self.note_step(step, outcome);
        result.map(|(value, _)| value)
    }

    /// Keeps the assumptions that were consulted. There are few lists of them, and a journal of many calls has each once.
    pub fn keep_assumptions(&mut self, consulted: &[&'static Assumption]) {
        let is_same = |list: &&Arc<[&'static Assumption]>| {
            list.len() == consulted.len() && list.iter().zip(consulted).all(|(one, other)| ptr::eq(*one, *other))
        };
        self.assumptions = LISTS.with_borrow_mut(|lists| {
            if let Some(list) = lists.iter().find(is_same) {
                return Arc::clone(list);
            }
            let list: Arc<[_]> = consulted.into();
            if lists.len() < LISTS_KEPT {
                lists.push(Arc::clone(&list));
            }
            list
        });
    }

    /// The assumptions that were consulted, in the order of the first time.
    pub fn assumptions(&self) -> &[&'static Assumption] {
        &self.assumptions
    }

    /// In the order in which they were taken.
    pub fn steps(&self) -> impl DoubleEndedIterator<Item = (Step, StepOutcome)> {
        self.steps[..self.count].iter().flatten().copied()
    }
}
