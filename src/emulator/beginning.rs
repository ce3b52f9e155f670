//! The beginning of a sandbox, and the order in which it is settled.
//!
//! The order is written here and nowhere else: what was given by hand, else what the scenario says, else
//! what everybody has.

use std::sync::Arc;

use super::{Aspect, DEFAULT, Origin};
use crate::domain::{Assumptions, Timestamp};
use crate::rules::{Rule, RuleSet, Scenario, by_place};
use crate::sandbox::ClockSpec;
use crate::world::{Credential, World};

/// Options of a new sandbox. Those left open are the scenario's, else as in the default one.
#[derive(Clone, Debug, Default)]
pub struct SandboxOptions {
    pub name: Option<String>,
    /// The test that it is for.
    pub origin: Option<Origin>,
    pub world: Option<World>,
    pub seed: Option<u64>,
    pub clock: Option<ClockSpec>,
    /// Rules that are in force from the beginning. Those of the default sandbox are its own.
    pub rules: Vec<Rule>,
    /// Its rules come before those.
    pub scenario: Option<Scene>,
    /// Answers to open questions, laid over those of the world.
    pub assume: Assumptions,
}

/// A scenario, and the world that its file names, where it names one.
#[derive(Clone, Debug)]
pub struct Scene {
    pub scenario: Scenario,
    pub world: Option<World>,
}

impl From<Scenario> for Scene {
    fn from(scenario: Scenario) -> Self {
        Self { scenario, world: None }
    }
}

/// The beginning of a sandbox.
#[derive(Clone, Debug)]
pub struct Beginning {
    pub world: Arc<World>,
    pub seed: u64,
    pub clock: ClockSpec,
    pub rules: Vec<Rule>,
    pub scenario: Option<Arc<Scenario>>,
}

/// The beginnings that a sandbox can go back to. Nothing that happens in the sandbox changes them.
#[derive(Clone, Debug)]
pub(super) struct Roots {
    /// The one that it was made with.
    pub whole: Arc<Beginning>,
    /// The same without the scenario and everything that the scenario brought.
    pub bare: Arc<Beginning>,
}

impl Roots {
    /// The keys of every world that the sandbox can have.
    pub fn credentials(&self) -> impl Iterator<Item = &Credential> {
        self.whole.world.credentials().chain(self.bare.world.credentials())
    }
}

impl Beginning {
    /// The rules as they are before the first call, put in place at `now`.
    /// Rules that name other sandboxes than the one of this id are not among them.
    pub(super) fn make_rules(&self, sandbox: &str, now: Timestamp) -> Arc<RuleSet> {
        if sandbox == DEFAULT {
            // What is counted over all sandboxes is the default one's, and begins anew with it.
            self.rules.iter().for_each(Rule::forget_hits);
        }
        let rules = self.rules.iter().filter(|rule| rule.is_for(sandbox)).cloned().collect();
        Arc::new(RuleSet::new(rules, self.seed, now))
    }

    /// The parts that are to be made anew where this takes the place of `old`. A change of the seed is one of
    /// everything, and a changed scenario is judged by calls that come after it.
    pub(super) fn changed_aspects(&self, old: &Self) -> Vec<Aspect> {
        if self.seed != old.seed {
            return Aspect::ALL.to_vec();
        }
        let worlds = [&self.world, &old.world];
        let same_world = worlds.map(|world| (world.source_text(), &world.assumptions));
        let same_scenario = match (&self.scenario, &old.scenario) {
            (Some(one), Some(other)) => one.says_the_same(other),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        let mut changed = Vec::new();
        if self.clock != old.clock {
            changed.push(Aspect::Clock);
        }
        if !same_scenario {
            changed.extend([Aspect::Scenario, Aspect::Journal]);
        }
        if same_world[0] != same_world[1] {
            changed.push(Aspect::World);
        }
        changed
    }

    /// The beginning of a sandbox without options.
    pub(super) fn of_world(world: World) -> Self {
        Self { world: Arc::new(world), seed: 1, clock: ClockSpec::default(), rules: Vec::new(), scenario: None }
    }
}

impl SandboxOptions {
    /// The beginning that follows from the options, else from the scenario, else from `base`.
    /// Rules of `base` that name sandboxes come behind the others; its other rules and its scenario are its own.
    pub(super) fn overlay(self, base: &Beginning) -> Beginning {
        let (scenario, of_scenario) = match self.scenario {
            Some(Scene { scenario, world }) => (Some(scenario), world),
            None => (None, None),
        };
        let said = scenario.as_ref();
        let mut rules = said.map_or_else(Vec::new, |scenario| scenario.rules.clone());
        rules.extend(self.rules);
        // What names sandboxes is for all of them. Where its id is taken there, it has that of its place.
        for rule in base.rules.iter().filter(|rule| rule.names_sandboxes()) {
            let is_free = |id: &str| !rules.iter().any(|known| **known.id() == *id);
            let places = || (rules.len()..).map(by_place).find(|id| is_free(id)).unwrap_or_default();
            let rule = if is_free(rule.id()) { rule.clone() } else { rule.clone().with_id(&places()) };
            rules.push(rule);
        }
        let world = self.world.or(of_scenario).map_or_else(|| Arc::clone(&base.world), Arc::new);
        Beginning {
            world: if self.assume.is_empty() { world } else { Arc::new(world.with_answers(&self.assume)) },
            seed: self.seed.or(said.and_then(|scenario| scenario.seed)).unwrap_or(base.seed),
            clock: self.clock.or(said.and_then(|scenario| scenario.clock)).unwrap_or(base.clock),
            rules,
            scenario: scenario.map(Arc::new),
        }
    }

    pub(super) fn derive_roots(self, base: &Beginning) -> Roots {
        let bare = Self { scenario: None, ..self.clone() };
        Roots { bare: Arc::new(bare.overlay(base)), whole: Arc::new(self.overlay(base)) }
    }
}
