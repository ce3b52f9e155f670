//! One rule as it is followed: checked, with every word turned into what it stands for.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde::{Serialize, Serializer};

use super::calls::Calls;
use super::file::RuleFile;
use super::mangle::Mangle;
use super::plan::{Advance, CallMoment, Effect};
use crate::call::Params;
use crate::cloud::InjectedError;
use crate::cloud::catalog::row_of_code;
use crate::cloud::catalog::{VISIT, fill_template};
use crate::domain::Ending;
use crate::reply::{Damage, Pace};
use crate::select::{CallTarget, Glob, Selector, TargetSubject};

/// A rule that can fire. It can only be made by reading, and it is written as it was read.
#[derive(Clone, Debug)]
pub struct Rule {
    pub(super) file: RuleFile,
    pub(super) id: Arc<str>,
    /// Where it stands, as `throttled.yaml:7`; `None`: in no file.
    pub(super) place: Option<Arc<str>>,
    pub(super) selector: Selector,
    /// The actions of `vendor.*` that it is for; `None`: every one.
    pub(super) reach: Option<Vec<&'static str>>,
    pub(super) calls: Calls,
    /// The parameters by whose values calls are counted apart.
    pub(super) each: Vec<String>,
    /// The sandboxes that it is for; `None`: the one that it was given to.
    pub(super) sandbox: Option<Glob>,
    pub(super) during: RuleWindow,
    /// One at least.
    pub(super) steps: Vec<RuleStep>,
    /// Shared by its copies on the boards of all sandboxes.
    pub(super) tally: Arc<RuleTally>,
    pub(super) beyond: AfterLastStep,
}

/// Calls that a rule matched and answered.
#[derive(Debug, Default)]
pub(super) struct RuleTally {
    pub eligible: AtomicU64,
    pub hits: AtomicU64,
}

/// Seconds since the beginning; the end is excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RuleWindow {
    pub from: i64,
    pub until: i64,
}

/// The continuation after the last step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AfterLastStep {
    Nothing,
    Last,
    Cycle,
}

/// The effect on one call.
#[derive(Clone, Debug, Default)]
pub(super) struct RuleStep {
    pub instead: Option<Effect>,
    pub delay: Option<Delay>,
    pub pace: Option<Pace>,
    pub damage: Option<Damage>,
    pub mangle: Option<Mangle>,
    pub advance: Option<Advance>,
    pub ending: Option<Ending>,
    pub when: Option<CallMoment>,
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
    pub fn with_id(self, id: &str) -> Self {
        Self { id: Arc::from(id), file: RuleFile { id: Some(id.to_owned()), ..self.file }, ..self }
    }

    /// The effect as it is for the action, which may have another row for an error than others have.
    pub(super) fn effect_on(&self, action: &str, effect: &Effect) -> Effect {
        match effect {
            Effect::Refuse(scripted) => {
                let row = row_of_code(self.selector.target.vendor.catalog.errors, action, scripted.row.code);
                Effect::Refuse(InjectedError { row: row.unwrap_or(scripted.row), ..scripted.clone() })
            }
            Effect::Respond(_) | Effect::Lose => effect.clone(),
        }
    }

    /// Whether it names the sandboxes that it is for.
    pub fn names_sandboxes(&self) -> bool {
        self.sandbox.is_some()
    }

    /// The calls of every sandbox that it matched, and those that it answered.
    pub fn total_tally(&self) -> (u64, u64) {
        (self.tally.eligible.load(Ordering::Relaxed), self.tally.hits.load(Ordering::Relaxed))
    }

    /// Begins these counts anew.
    pub fn forget_hits(&self) {
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
    pub(super) fn matches_call(&self, vendor: &str, action: &str, params: &Params, elapsed: i64) -> bool {
        self.selector.covers_action(vendor, action)
            && self.reach.as_ref().is_none_or(|reach| reach.contains(&action))
            && (self.during.from..self.during.until).contains(&elapsed)
            && self.selector.fits_params(params)
    }

    /// The served actions that it is for, or `visit`.
    pub fn reachable_codes(&self) -> Vec<&'static str> {
        let CallTarget { vendor, subject } = self.selector.target;
        let is_reached = |action: &&str| self.reach.as_ref().is_none_or(|reach| reach.contains(action));
        match subject {
            TargetSubject::AnyAction => {
                let mut names: Vec<&str> =
                    vendor.catalog.actions.iter().map(|action| action.name).filter(is_reached).collect();
                // An action has a row for each of its versions.
                names.dedup();
                names
            }
            TargetSubject::Action(action) => vec![action],
            TargetSubject::Visit => vec![VISIT],
        }
    }

    /// Whether it is for some actions of `vendor.*` only.
    pub fn is_partial(&self) -> bool {
        self.reach.is_some()
    }

    /// Whether it answers every call that `later` is for, so that a rule behind it never does.
    pub(super) fn hides_rule(&self, later: &Self) -> bool {
        let is_reached = |action: &&'static str| self.reach.as_ref().is_none_or(|reach| reach.contains(action));
        let covers_all = match (self.selector.target.subject, later.selector.target.subject) {
            (TargetSubject::AnyAction, TargetSubject::AnyAction) => match (&self.reach, &later.reach) {
                (None, _) => true,
                (Some(_), None) => false,
                (Some(_), Some(later)) => later.iter().all(&is_reached),
            },
            (TargetSubject::AnyAction, TargetSubject::Action(action)) => is_reached(&action),
            (one, other) => one == other,
        };
        covers_all
            && self.selector.target.vendor.name == later.selector.target.vendor.name
            && self.calls == Calls::all()
            && self.sandbox.as_ref().is_none_or(|glob| later.sandbox.as_ref() == Some(glob))
            && self.beyond != AfterLastStep::Nothing
            && self.during.from <= later.during.from
            && self.during.until >= later.during.until
            && self.selector.is_wider(&later.selector)
    }

    /// What happens to the call with this turn, counted from 0, and the number of the step from 1; `None`: the rule
    /// is over.
    pub(super) fn step_at(&self, turn: u64) -> Option<(usize, &RuleStep)> {
        let count = self.steps.len();
        let turn = usize::try_from(turn).unwrap_or(usize::MAX);
        let place = match self.beyond {
            AfterLastStep::Nothing => turn,
            AfterLastStep::Last => turn.min(count - 1),
            AfterLastStep::Cycle => turn % count,
        };
        self.steps.get(place).map(|step| (place + 1, step))
    }
}

impl RuleStep {
    /// The code of the error that it answers with, where it does.
    pub fn error_code(&self) -> Option<String> {
        let Some(Effect::Refuse(InjectedError { row, args, .. })) = &self.instead else { return None };
        let mut args = args.iter();
        Some(fill_template(row.code, |_| args.next().cloned()))
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.file.serialize(serializer)
    }
}
