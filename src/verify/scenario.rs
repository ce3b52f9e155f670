//! The verdict on a whole scenario: what was expected came, and every rule had its part in it.

use super::evidence::CallHistory;
use super::judge::{Finding, Verdict, judge_count};
use crate::journal::Extract;
use crate::rules::{RuleStats, Scenario};
use crate::select::{Expect, ExpectFile};

/// The report of a scenario.
#[derive(Debug)]
pub struct Report {
    pub name: String,
    /// The worst of all parts: failed, indeterminate, vacuous, passed.
    pub verdict: Verdict,
    pub rules: Vec<RulePart>,
    pub expectations: Vec<ExpectPart>,
}

/// The report of one rule.
#[derive(Debug)]
pub struct RulePart {
    pub standing: RuleStats,
    /// Vacuous where it never fired and had to.
    pub verdict: Verdict,
    pub message: String,
}

/// The report of one expectation.
#[derive(Debug)]
pub struct ExpectPart {
    pub expect: ExpectFile,
    pub finding: Finding,
}

impl Report {
    /// Holds the scenario against its rules as they stand and what the journal holds.
    pub fn from_journal(scenario: &Scenario, standings: Vec<RuleStats>, extract: &Extract) -> Self {
        let rules: Vec<RulePart> = standings.into_iter().map(rule_part).collect();
        let expectations: Vec<ExpectPart> = {
            let evidence = CallHistory::from(extract);
            {
                let finding = |one: &Expect| judge_count(&one.selector, one.count, &evidence);
                let part = |one: &Expect| ExpectPart { expect: one.source_file().clone(), finding: finding(one) };
                scenario.expect.iter().map(part).collect()
            }
        };
        let all = rules.iter().map(|part| part.verdict).chain(expectations.iter().map(|part| part.finding.verdict));
        let verdict = all.max_by_key(|verdict| verdict_weight(*verdict)).unwrap_or(Verdict::Vacuous);
        Self { name: scenario.name.clone(), verdict, rules, expectations }
    }

    /// One sentence for each part that did not pass.
    pub fn complaints(&self) -> Vec<String> {
        let of_rules = self.rules.iter().filter(|part| part.verdict != Verdict::Pass).map(|part| &part.message);
        let unmet = self.expectations.iter().map(|part| &part.finding);
        let unmet = unmet.filter(|finding| finding.verdict != Verdict::Pass).map(|finding| &finding.message);
        of_rules.chain(unmet).cloned().collect()
    }
}

/// The weight of a verdict against others.
const fn verdict_weight(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Pass => 0,
        Verdict::Vacuous => 1,
        Verdict::Indeterminate => 2,
        Verdict::Fail => 3,
    }
}

fn rule_part(standing: RuleStats) -> RulePart {
    let id = standing.rule.id();
    let (verdict, message) = match (standing.hits, standing.eligible) {
        (0, _) if standing.rule.is_optional() => (Verdict::Pass, format!("rule {id} is optional and never fired")),
        (0, 0) => (Verdict::Vacuous, format!("rule {id} never fired: no call matched it")),
        (0, calls) => (Verdict::Vacuous, format!("rule {id} never fired, though {calls} calls matched it")),
        (hits, _) => (Verdict::Pass, format!("rule {id} fired {hits} times")),
    };
    RulePart { standing, verdict, message }
}
