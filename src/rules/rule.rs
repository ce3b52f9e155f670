//! One rule as it is followed: checked, with every word turned into what it stands for.

use std::sync::Arc;
use std::time::Duration;

use serde::{Serialize, Serializer};

use super::calls::Calls;
use super::file::RuleFile;
use super::glob::Glob;
use super::mangle::Mangle;
use super::plan::Effect;
use crate::call::{ParamValue, Params};
use crate::reply::{Damage, Pace};
use crate::vendor::catalog::VISIT;

/// A rule that can fire. It can only be made by reading, and it is written as it was read.
#[derive(Clone, Debug)]
pub struct Rule {
    pub(super) file: RuleFile,
    pub(super) id: Arc<str>,
    pub(super) on: Target,
    pub(super) filters: Vec<(String, Glob)>,
    pub(super) calls: Calls,
    pub(super) during: Window,
    /// One at least.
    pub(super) steps: Vec<Step>,
    pub(super) beyond: Beyond,
}

/// The calls that a rule speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub vendor: &'static str,
    pub subject: Subject,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// Every API call, and no visit.
    AnyAction,
    Action(&'static str),
    Visit,
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
    /// Seconds that the clock moves forward.
    pub advance: Option<i64>,
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

    /// Whether it may stay unfired without making a run vacuous.
    pub fn is_optional(&self) -> bool {
        self.file.optional
    }

    /// Whether the rule speaks of this call at this time after the beginning.
    pub(super) fn matches(&self, vendor: &str, action: &str, params: &Params, elapsed: i64) -> bool {
        self.on.covers(vendor, action)
            && (self.during.from..self.during.until).contains(&elapsed)
            && fits_all(params, &self.filters)
    }

    /// What happens to the call with this turn, counted from 0; `None`: the rule is over.
    pub(super) fn step(&self, turn: u64) -> Option<&Step> {
        let count = self.steps.len();
        let turn = usize::try_from(turn).unwrap_or(usize::MAX);
        match self.beyond {
            Beyond::Nothing => self.steps.get(turn),
            Beyond::Last => self.steps.get(turn.min(count - 1)),
            Beyond::Cycle => self.steps.get(turn % count),
        }
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.file.serialize(serializer)
    }
}

impl Target {
    pub fn covers(&self, vendor: &str, action: &str) -> bool {
        let meant = match self.subject {
            Subject::AnyAction => action != VISIT,
            Subject::Action(name) => name == action,
            Subject::Visit => action == VISIT,
        };
        meant && self.vendor == vendor
    }
}

/// Whether the parameters are as the filters want them.
pub(super) fn fits_all(params: &Params, filters: &[(String, Glob)]) -> bool {
    filters.iter().all(|(name, glob)| has(params, name, glob))
}

/// Whether some value of this name fits. A value that is no text counts as it is written in JSON.
fn has(params: &Params, name: &str, glob: &Glob) -> bool {
    params.pairs.iter().filter(|(known, _)| known == name).any(|(_, value)| match value {
        ParamValue::Text(text) => glob.fits(text),
        ParamValue::Json(serde_json::Value::String(text)) => glob.fits(text),
        ParamValue::Json(value) => glob.fits(&value.to_string()),
    })
}
