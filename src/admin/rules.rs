//! The rules of a sandbox: looking at them, adding one, replacing all, taking them away.

use std::convert::Infallible;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::asked::Asked;
use super::{Answer, Problem, data};
use crate::document::Problems;
use crate::emulator::Live;
use crate::rules::{self, Board, HIDDEN, Misplaced, Rule, RuleFile, Standing};

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Rules {
    /// In the order in which they are asked.
    rules: Vec<RuleView>,
    total: usize,
}

/// A rule and how it stands.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct RuleView {
    #[serde(flatten, serialize_with = "as_written")]
    #[schemars(with = "RuleFile")]
    rule: Arc<Rule>,
    /// The actions that it is for, or `visit`.
    reaches: Vec<&'static str>,
    /// Calls that it matched by `on`, `where` and `during`.
    eligible: u64,
    /// Calls that it answered.
    hits: u64,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Removed {
    /// Ids of the rules that are gone.
    removed: Vec<String>,
}

pub(super) fn list(asked: &Asked<'_>) -> Result<Answer, Problem> {
    Ok(data(200, &Rules::of(&asked.live().rules)).into())
}

pub(super) fn show(asked: &Asked<'_>) -> Result<Answer, Problem> {
    let standing = asked.live().rules.find(asked.id()).ok_or_else(|| no_rule(asked.id()))?;
    Ok(data(200, &RuleView::of(standing)).into())
}

/// Puts a rule behind the others, whose counts go on.
pub(super) fn append(asked: &Asked<'_>) -> Result<Answer, Problem> {
    let rule = rules::one("body", asked.text()?).map_err(|problems| unfit(&problems))?;
    at_home(asked, &rule)?;
    let mut added = None;
    asked.tenant.change_rules(|live| {
        let board = live.rules.with(rule).map_err(misplaced)?;
        added = board.rules().pop();
        Ok::<_, Problem>(board)
    })?;
    let standing = added.ok_or_else(|| no_rule(asked.id()))?;
    Ok(data(201, &RuleView::of(standing)).into())
}

/// Whether the rule is for the sandbox that it is put into.
fn at_home(asked: &Asked<'_>, rule: &Rule) -> Result<(), Problem> {
    let here = asked.tenant.id();
    if rule.is_for(&here) {
        return Ok(());
    }
    let message = format!("rule \"{}\" is for other sandboxes, and this one is \"{here}\"", rule.id());
    let hint = "name the sandbox of the request, or put the rule into the scenario that the emulator begins with";
    Err(Problem::new(422, "other_sandbox", message, hint))
}

fn misplaced(misplaced: Misplaced) -> Problem {
    let (status, kind, hint) = match &misplaced {
        Misplaced::Taken(_) => (409, "taken", "choose another id, or DELETE the rule first"),
        Misplaced::Hidden(_) => (422, "hidden", HIDDEN),
        Misplaced::TooMany => (409, "too_many", "DELETE /_ticketbooth/rules takes them away"),
    };
    Problem::new(status, kind, misplaced.to_string(), hint)
}

/// Replaces all rules; counts and `during` begin anew.
pub(super) fn replace(asked: &Asked<'_>) -> Result<Answer, Problem> {
    let rules = rules::read("body", asked.text()?).map_err(|problems| unfit(&problems))?;
    rules.iter().try_for_each(|rule| at_home(asked, rule))?;
    put(asked, rules);
    list(asked)
}

pub(super) fn remove(asked: &Asked<'_>) -> Result<Answer, Problem> {
    let id = asked.id();
    asked.tenant.change_rules(|live| live.rules.without(id).ok_or_else(|| no_rule(id)))?;
    Ok(data(200, &Removed { removed: vec![id.to_owned()] }).into())
}

pub(super) fn clear(asked: &Asked<'_>) -> Result<Answer, Problem> {
    let removed = asked.live().rules.rules().iter().map(|standing| standing.rule.id().to_string()).collect();
    put(asked, Vec::new());
    Ok(data(200, &Removed { removed }).into())
}

fn put(asked: &Asked<'_>, rules: Vec<Rule>) {
    let board = |live: &Live| Board::new(rules, live.sandbox.seed, live.sandbox.clock.now());
    // There is nothing in it that could fail.
    let Ok(()) = asked.tenant.change_rules(|live| Ok::<_, Infallible>(board(live)));
}

fn no_rule(id: &str) -> Problem {
    Problem::new(404, "unknown_rule", format!("there is no rule \"{id}\""), "GET /_ticketbooth/rules lists them")
}

/// What is said of a rule that cannot be, or that could never fire.
pub(super) fn unfit(problems: &Problems) -> Problem {
    let hint = "GET /_ticketbooth/schema/scenario.json has the schema; `ticketbooth codes` lists the codes";
    Problem::new(422, "bad_rule", problems.to_string(), hint)
}

impl Rules {
    fn of(board: &Board) -> Self {
        let rules: Vec<RuleView> = board.rules().into_iter().map(RuleView::of).collect();
        let total = rules.len();
        Self { rules, total }
    }
}

fn as_written<S: Serializer>(rule: &Arc<Rule>, serializer: S) -> Result<S::Ok, S::Error> {
    rule.serialize(serializer)
}

impl RuleView {
    pub fn of(Standing { rule, eligible, hits }: Standing) -> Self {
        let reaches = rule.reaches();
        Self { rule, reaches, eligible, hits }
    }
}
