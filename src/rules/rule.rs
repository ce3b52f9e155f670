//! One rule as it is followed: checked, with every word turned into what it stands for.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde::{Serialize, Serializer};

use super::calls::Calls;
use super::file::RuleFile;
use super::load;
use super::mangle::Mangle;
use super::plan::{Advance, Effect, Moment};
use crate::call::Params;
use crate::domain::Ending;
use crate::reply::{Damage, Pace};
use crate::select::{Glob, Selector, Subject, Target};
use crate::vendor::Scripted;
use crate::vendor::catalog::{VISIT, fill};

/// A rule that can fire. It can only be made by reading, and it is written as it was read.
#[derive(Clone, Debug)]
pub struct Rule {
    pub(super) file: RuleFile,
    pub(super) id: Arc<str>,
    pub(super) selector: Selector,
    /// The actions of `vendor.*` that it is for; `None`: every one.
    pub(super) reach: Option<Vec<&'static str>>,
    pub(super) calls: Calls,
    /// The parameters by whose values calls are counted apart.
    pub(super) each: Vec<String>,
    /// The sandboxes that it is for; `None`: the one that it was given to.
    pub(super) sandbox: Option<Glob>,
    pub(super) during: Window,
    /// One at least.
    pub(super) steps: Vec<Step>,
    /// Shared by its copies on the boards of all sandboxes.
    pub(super) tally: Arc<Tally>,
    pub(super) beyond: Beyond,
}

/// Calls that a rule matched and answered.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub eligible: AtomicU64,
    pub hits: AtomicU64,
}

/// Seconds since the beginning; the end is excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Window {
    pub from: i64,
    pub until: i64,
}

/// What comes after the last step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beyond {
    Nothing,
    Last,
    Cycle,
}

/// What happens to one call.
#[derive(Clone, Debug, Default)]
pub(super) struct Step {
    pub instead: Option<Effect>,
    pub delay: Option<Delay>,
    pub pace: Option<Pace>,
    pub damage: Option<Damage>,
    pub mangle: Option<Mangle>,
    pub advance: Option<Advance>,
    pub ending: Option<Ending>,
    pub when: Option<Moment>,
}

/// How long an answer is held back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Delay {
    Fixed(Duration),
    Between(Duration, Duration),
    /// Lognormal.
    Around {
        median: Duration,
        sigma: f64,
    },
}

impl Rule {
    pub fn id(&self) -> &Arc<str> {
        &self.id
    }

    /// The same under another id.
    #[must_use]
    pub fn named(self, id: &str) -> Self {
        Self { id: Arc::from(id), file: RuleFile { id: Some(id.to_owned()), ..self.file }, ..self }
    }

    /// The effect as it is for the action, which may have another row for an error than others have.
    pub(super) fn effect_on(&self, action: &str, effect: &Effect) -> Effect {
        match effect {
            Effect::Refuse(scripted) => {
                let row = load::row_of(self.selector.target.vendor, action, scripted.row.code);
                Effect::Refuse(Scripted { row: row.unwrap_or(scripted.row), ..scripted.clone() })
            }
            Effect::Respond(_) | Effect::Lose => effect.clone(),
        }
    }

    /// Whether it names the sandboxes that it is for.
    pub fn names_sandboxes(&self) -> bool {
        self.sandbox.is_some()
    }

    /// The calls of every sandbox that it matched, and those that it answered.
    pub fn everywhere(&self) -> (u64, u64) {
        (self.tally.eligible.load(Ordering::Relaxed), self.tally.hits.load(Ordering::Relaxed))
    }

    /// Begins these counts anew.
    pub fn forget(&self) {
        self.tally.eligible.store(0, Ordering::Relaxed);
        self.tally.hits.store(0, Ordering::Relaxed);
    }

    /// Whether it is for the sandbox of this id, as far as it names any.
    pub fn is_for(&self, sandbox: &str) -> bool {
        self.sandbox.as_ref().is_none_or(|glob| glob.fits(sandbox))
    }

    /// Whether it may stay unfired without making a run vacuous.
    pub fn is_optional(&self) -> bool {
        self.file.optional
    }

    /// Whether the rule speaks of this call at this time after the beginning.
    pub(super) fn matches(&self, vendor: &str, action: &str, params: &Params, elapsed: i64) -> bool {
        self.selector.covers(vendor, action)
            && self.reach.as_ref().is_none_or(|reach| reach.contains(&action))
            && (self.during.from..self.during.until).contains(&elapsed)
            && self.selector.fits_params(params)
    }

    /// The served actions that it is for, or `visit`.
    pub fn reaches(&self) -> Vec<&'static str> {
        let Target { vendor, subject } = self.selector.target;
        let is_reached = |action: &&str| self.reach.as_ref().is_none_or(|reach| reach.contains(action));
        match subject {
            Subject::AnyAction => {
                let mut names: Vec<&str> = vendor.actions.iter().map(|action| action.name).filter(is_reached).collect();
                // An action has a row for each of its versions.
                names.dedup();
                names
            }
            Subject::Action(action) => vec![action],
            Subject::Visit => vec![VISIT],
        }
    }

    /// Whether it is for some actions of `vendor.*` only.
    pub fn is_partial(&self) -> bool {
        self.reach.is_some()
    }

    /// Whether it answers every call that `later` is for, so that a rule behind it never does.
    pub(super) fn hides(&self, later: &Self) -> bool {
        let is_reached = |action: &&'static str| self.reach.as_ref().is_none_or(|reach| reach.contains(action));
        let covers_all = match (self.selector.target.subject, later.selector.target.subject) {
            (Subject::AnyAction, Subject::AnyAction) => match (&self.reach, &later.reach) {
                (None, _) => true,
                (Some(_), None) => false,
                (Some(_), Some(later)) => later.iter().all(&is_reached),
            },
            (Subject::AnyAction, Subject::Action(action)) => is_reached(&action),
            (one, other) => one == other,
        };
        covers_all
            && self.selector.target.vendor.name() == later.selector.target.vendor.name()
            && self.calls == Calls::all()
            && self.sandbox.as_ref().is_none_or(|glob| later.sandbox.as_ref() == Some(glob))
            && self.beyond != Beyond::Nothing
            && self.during.from <= later.during.from
            && self.during.until >= later.during.until
            && self.selector.is_wider(&later.selector)
    }

    /// What happens to the call with this turn, counted from 0, and the number of the step from 1; `None`: the rule
    /// is over.
    pub(super) fn step(&self, turn: u64) -> Option<(usize, &Step)> {
        let count = self.steps.len();
        let turn = usize::try_from(turn).unwrap_or(usize::MAX);
        let place = match self.beyond {
            Beyond::Nothing => turn,
            Beyond::Last => turn.min(count - 1),
            Beyond::Cycle => turn % count,
        };
        self.steps.get(place).map(|step| (place + 1, step))
    }
}

impl Step {
    /// The code of the error that it answers with, where it does.
    pub fn code(&self) -> Option<String> {
        let Some(Effect::Refuse(Scripted { row, args, .. })) = &self.instead else { return None };
        let mut args = args.iter();
        Some(fill(row.code, |_| args.next().cloned()))
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.file.serialize(serializer)
    }
}
