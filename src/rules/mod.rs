//! The one valve for everything that somebody orders instead of the normal answer: rules.
//!
//! A [`Rule`] says which calls it is for and what happens to them. A [`RuleSet`] holds the rules that are
//! in force in one sandbox, counts, and decides; what it decides is a [`Plan`], a plain value. A
//! [`Scenario`] is a file of rules with what is expected of a run.
//! `pipeline` follows the plan as far as the answer goes, and `http` as far as the wire goes.

mod calls;
mod either;
mod file;
mod load;
mod mangle;
mod plan;
mod rule;
mod rule_set;
mod scenario;

pub use file::RuleFile;
pub use load::{HIDDEN, by_place};
pub use mangle::Mangle;
pub use plan::{Advance, CallMoment, Effect, Plan, Response};
pub use rule::Rule;
pub use rule_set::{Misplaced, RuleInput, RuleSet, RuleStats};
pub use scenario::{Scenario, ScenarioFile, world_of, world_path};

use crate::bounds::RULES;
use crate::document::{self, Problems};

/// The most rules that one sandbox has.
pub const MAX_RULES: usize = RULES.most;

/// Reads a list of rules, in YAML or JSON; `name` is the text's name in messages.
///
/// # Errors
///
/// Everything that is wrong with them.
pub fn read_rules(name: &str, text: &str) -> Result<Vec<Rule>, Problems> {
    document::read_document(name, text, |files: &Vec<RuleFile>, flaws| {
        load::load_rules(files, &document::Place::ROOT, flaws)
    })
}

/// Reads one rule, in YAML or JSON; `name` is the text's name in messages.
///
/// # Errors
///
/// Everything that is wrong with it.
pub fn read_rule(name: &str, text: &str) -> Result<Rule, Problems> {
    let read = document::read_document(name, text, |file: &RuleFile, flaws| {
        load::load_rule(file, &document::Place::ROOT, flaws)
    })?;
    Ok(read.expect("a rule without flaws was made"))
}
