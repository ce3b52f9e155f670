//! The rules that are in force in one sandbox, with their counters.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use parking_lot::Mutex;

use super::MAX_RULES;
use super::calls::Due;
use super::load::{MAX_DELAY, by_place, hiding_reason};
use super::plan::Plan;
use super::rule::{Delay, Rule, RuleStep};
use crate::call::Params;
use crate::domain::Timestamp;
use crate::reply::Delivery;
use crate::sandbox::{Entropy, Purpose};

/// The rules of one sandbox, in their order.
///
/// A call is put before every rule. A rule that **matches** it, by `on`, `where` and `during`, counts it,
/// whether or not another rule answers it: `calls: 3` is the third call of this kind, and the second
/// step of a sequence is for the second. Of the rules that are **due**, by `calls` and the end of their
/// sequence, the first in the order answers, and only that one has fired. So rules can be read one by
/// one, and adding one never moves the calls that another is for.
///
/// A rule for n calls fires exactly n times however many clients call at once, as long as no rule before it takes one
/// of them.
#[derive(Clone, Debug)]
pub struct RuleSet {
    /// Shared with the rule set that this one was made from, so that counts go on.
    slots: Vec<Arc<Slot>>,
    entropy: Arc<Entropy>,
    began: Timestamp,
}

/// Combinations of values that one rule counts apart.
const MAX_APART: usize = 100_000;

#[derive(Debug)]
struct Slot {
    rule: Arc<Rule>,
    eligible: AtomicU64,
    /// The same for each combination of values that the rule counts apart, by its hash.
    apart: Mutex<HashMap<u64, u64>>,
    /// Calls that chance has chosen.
    chosen: AtomicU64,
    hits: AtomicU64,
}

/// A rule and how it stands.
#[derive(Clone, Debug)]
pub struct RuleStats {
    pub rule: Arc<Rule>,
    /// Calls that it matched.
    pub eligible: u64,
    /// Calls that it answered.
    pub hits: u64,
}

/// A call as rules see it.
#[derive(Clone, Copy, Debug)]
pub struct RuleInput<'a> {
    pub vendor: &'a str,
    /// [`crate::cloud::catalog::VISIT`] for an embed page.
    pub action: &'a str,
    /// The access key; empty for a visit.
    pub key: &'a str,
    pub params: &'a Params,
    pub now: Timestamp,
}

/// Why a rule cannot stand behind the others.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misplaced {
    #[error("there is a rule \"{0}\" already")]
    Taken(Arc<str>),
    /// One of the others leaves it no call.
    #[error("the rule can never fire: {0}")]
    Hidden(String),
    #[error("there are {MAX_RULES} rules already")]
    TooMany,
}

impl RuleSet {
    /// A rule set that has counted nothing yet. `during` is counted from `began`.
    pub fn new(rules: Vec<Rule>, seed: u64, began: Timestamp) -> Self {
        let slots = rules.into_iter().map(Slot::new).collect();
        // Whose chance it is follows from the access key, which belongs to one sandbox alone.
        Self { slots, entropy: Arc::new(Entropy::new(seed, "")), began }
    }

    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// When the rules were put in place, on the world clock.
    pub fn began_at(&self) -> Timestamp {
        self.began
    }

    /// The rules in their order, as they stand now.
    pub fn all_stats(&self) -> Vec<RuleStats> {
        self.slots.iter().map(|slot| slot.to_stats()).collect()
    }

    /// The rule of this id, as it stands now.
    pub fn find_rule(&self, id: &str) -> Option<RuleStats> {
        self.slots.iter().find(|slot| **slot.rule.id() == *id).map(|slot| slot.to_stats())
    }

    /// The same rule set with one more rule behind the others, whose counts go on. A rule without an id gets the first
    /// one by its place that is free.
    ///
    /// # Errors
    ///
    /// [`Misplaced`].
    pub fn with_rule(&self, rule: Rule) -> Result<Self, Misplaced> {
        let count = self.slots.len();
        if count >= MAX_RULES {
            return Err(Misplaced::TooMany);
        }
        let free = || (count..).map(by_place).find(|id| self.find_rule(id).is_none()).unwrap_or_default();
        let rule = if rule.id().is_empty() { rule.with_id(&free()) } else { rule };
        if self.find_rule(rule.id()).is_some() {
            return Err(Misplaced::Taken(Arc::clone(rule.id())));
        }
        if let Some(first) = self.slots.iter().find(|slot| slot.rule.hides_rule(&rule)) {
            return Err(Misplaced::Hidden(hiding_reason(&first.rule)));
        }
        let mut board = self.clone();
        board.slots.push(Slot::new(rule));
        Ok(board)
    }

    /// The same rule set without the rule; `None` when there is none of this id. The counts of the others
    /// go on.
    pub fn without_rule(&self, id: &str) -> Option<Self> {
        let mut board = self.clone();
        board.slots.retain(|slot| **slot.rule.id() != *id);
        (board.slots.len() < self.slots.len()).then_some(board)
    }

    /// Counts the call and decides what happens to it.
    pub fn decide(&self, asked: &RuleInput<'_>) -> Plan {
        let elapsed = asked.now.seconds_since(self.began);
        let mut first = None;
        for slot in &self.slots {
            if !slot.rule.matches_call(asked.vendor, asked.action, asked.params, elapsed) {
                continue;
            }
            let n = slot.count_eligible(asked.params);
            let turn = match slot.rule.calls.due_at(n) {
                Due::No => None,
                Due::Turn(turn) => Some(turn),
                Due::Perhaps(probability) => (self.draw_fraction(Purpose::Rule, &slot.rule, asked.key) < probability)
                    .then(|| slot.chosen.fetch_add(1, Ordering::Relaxed)),
            };
            let step = turn.and_then(|turn| slot.rule.step_at(turn));
            first = first.or_else(|| step.map(|(number, step)| (slot, number, step)));
        }
        first.map_or_else(Plan::default, |(slot, number, step)| {
            slot.hits.fetch_add(1, Ordering::Relaxed);
            slot.rule.tally.hits.fetch_add(1, Ordering::Relaxed);
            Plan { step: number, ..self.plan_step(&slot.rule, step, asked) }
        })
    }

    fn plan_step(&self, rule: &Rule, step: &RuleStep, asked: &RuleInput<'_>) -> Plan {
        let delay = step.delay.map_or(Duration::ZERO, |delay| self.draw_delay(delay, rule, asked.key));
        Plan {
            rule: Some(Arc::clone(rule.id())),
            rule_place: rule.place.clone(),
            step: 0,
            instead: step.instead.as_ref().map(|effect| rule.effect_on(asked.action, effect)),
            mangle: step.mangle,
            delivery: Delivery { delay, pace: step.pace, damage: step.damage },
            advance: step.advance,
            ending: step.ending,
            when: step.when,
        }
    }

    fn draw_delay(&self, delay: Delay, rule: &Rule, key: &str) -> Duration {
        let fraction = || self.draw_fraction(Purpose::Delay, rule, key);
        let drawn = match delay {
            Delay::Fixed(fixed) => fixed,
            Delay::Between(from, until) => from + (until - from).mul_f64(fraction()),
            Delay::Around { median, sigma } => {
                // Box and Muller's way from two even draws to a normal one; 1 - x is never 0.
                let radius = (-2.0 * (1.0 - fraction()).ln()).sqrt();
                let normal = radius * (std::f64::consts::TAU * fraction()).cos();
                let seconds = median.as_secs_f64() * (sigma * normal).exp();
                Duration::try_from_secs_f64(seconds).unwrap_or(MAX_DELAY)
            }
        };
        drawn.min(MAX_DELAY)
    }

    /// An even draw from 0 up to 1, without 1. It depends on the seed, the rule, the key, and how many
    /// such draws there were before.
    fn draw_fraction(&self, purpose: Purpose, rule: &Rule, key: &str) -> f64 {
        // As many bits as a fraction has room for.
        const BITS: u32 = 53;
        let bits = self.entropy.draw_bits(purpose, &format!("{}/{key}", rule.id())) >> (128 - BITS);
        bits as f64 / (1_u64 << BITS) as f64
    }
}

impl Slot {
    fn new(rule: Rule) -> Arc<Self> {
        let zero = AtomicU64::default;
        Arc::new(Self { rule: Arc::new(rule), eligible: zero(), apart: Mutex::default(), chosen: zero(), hits: zero() })
    }

    /// Counts a call, and gives its number among those that it is counted with.
    fn count_eligible(&self, params: &Params) -> u64 {
        self.rule.tally.eligible.fetch_add(1, Ordering::Relaxed);
        let number = self.eligible.fetch_add(1, Ordering::Relaxed) + 1;
        if self.rule.each.is_empty() {
            return number;
        }
        let mut hasher = DefaultHasher::new();
        self.rule.each.iter().for_each(|name| params.display_text(name).hash(&mut hasher));
        let mut apart = self.apart.lock();
        let key = hasher.finish();
        // Whatever comes beyond the bound is counted together.
        let key = if apart.contains_key(&key) || apart.len() < MAX_APART { key } else { 0 };
        let count = apart.entry(key).or_default();
        *count += 1;
        *count
    }

    fn to_stats(&self) -> RuleStats {
        let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        RuleStats { rule: Arc::clone(&self.rule), eligible: count(&self.eligible), hits: count(&self.hits) }
    }
}
