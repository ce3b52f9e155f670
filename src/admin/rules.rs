//! The rules of a sandbox: looking at them, adding one, replacing all, taking them away.

use std::convert::Infallible;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::asked::AdminRequest;
use super::{AdminError, Answer, json_reply};
use crate::document::Problems;
use crate::emulator::Epoch;
use crate::rules::{self, HIDDEN, Misplaced, Rule, RuleFile, RuleSet, RuleStats};

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
pub(super) struct RulesRemoved {
    /// Ids of the rules that are gone.
    removed: Vec<String>,
}

pub(super) fn list_rules(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    Ok(json_reply(200, &Rules::from_rule_set(&asked.epoch().rules)).into())
}

pub(super) fn show_rule(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    let standing = asked.epoch().rules.find_rule(asked.path_id()).ok_or_else(|| no_rule(asked.path_id()))?;
    Ok(json_reply(200, &RuleView::from_stats(standing)).into())
}

/// Puts a rule behind the others, whose counts go on.
pub(super) fn append_rules(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    let rule = rules::read_rule("body", asked.body_text()?).map_err(|problems| refuse_rules(&problems))?;
    at_home(asked, &rule)?;
    let mut added = None;
    asked.sandbox.change_rules(|epoch| {
        let board = epoch.rules.with_rule(rule).map_err(refuse_place)?;
        added = board.all_stats().pop();
        Ok::<_, AdminError>(board)
    })?;
    let standing = added.ok_or_else(|| no_rule(asked.path_id()))?;
    Ok(json_reply(201, &RuleView::from_stats(standing)).into())
}

/// Whether the rule is for the sandbox that it is put into.
fn at_home(asked: &AdminRequest<'_>, rule: &Rule) -> Result<(), AdminError> {
    let here = asked.sandbox.id();
    if rule.is_for(&here) {
        return Ok(());
    }
    let message = format!("rule \"{}\" is for other sandboxes, and this one is \"{here}\"", rule.id());
    let hint = "name the sandbox of the request, or put the rule into the scenario that the emulator begins with";
    Err(AdminError::new(422, "other_sandbox", message, hint))
}

fn refuse_place(misplaced: Misplaced) -> AdminError {
    let (status, kind, hint) = match &misplaced {
        Misplaced::Taken(_) => (409, "taken", "choose another id, or DELETE the rule first"),
        Misplaced::Hidden(_) => (422, "hidden", HIDDEN),
        Misplaced::TooMany => (409, "too_many", "DELETE /_ticketbooth/rules takes them away"),
    };
    AdminError::new(status, kind, misplaced.to_string(), hint)
}

/// Replaces all rules; counts and `during` begin anew.
pub(super) fn replace_rules(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    let rules = rules::read_rules("body", asked.body_text()?).map_err(|problems| refuse_rules(&problems))?;
    rules.iter().try_for_each(|rule| at_home(asked, rule))?;
    install_rules(asked, rules);
    list_rules(asked)
}

pub(super) fn remove_rule(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    let id = asked.path_id();
    asked.sandbox.change_rules(|epoch| epoch.rules.without_rule(id).ok_or_else(|| no_rule(id)))?;
    Ok(json_reply(200, &RulesRemoved { removed: vec![id.to_owned()] }).into())
}

pub(super) fn clear_rules(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    let removed = asked.epoch().rules.all_stats().iter().map(|standing| standing.rule.id().to_string()).collect();
    install_rules(asked, Vec::new());
    Ok(json_reply(200, &RulesRemoved { removed }).into())
}

fn install_rules(asked: &AdminRequest<'_>, rules: Vec<Rule>) {
    let board = |epoch: &Epoch| RuleSet::new(rules, epoch.state.seed, epoch.state.clock.now());
    // There is nothing in it that could fail.
    let Ok(()) = asked.sandbox.change_rules(|epoch| Ok::<_, Infallible>(board(epoch)));
}

fn no_rule(id: &str) -> AdminError {
    AdminError::new(404, "unknown_rule", format!("unknown rule \"{id}\""), "GET /_ticketbooth/rules lists them")
}

/// The error for a rule that is invalid or could never fire.
pub(super) fn refuse_rules(problems: &Problems) -> AdminError {
    let hint = "GET /_ticketbooth/schema/scenario.json has the schema, and GET /_ticketbooth/codes lists the codes";
    AdminError::new(422, "bad_rule", problems.to_string(), hint)
}

impl Rules {
    fn from_rule_set(board: &RuleSet) -> Self {
        let rules: Vec<RuleView> = board.all_stats().into_iter().map(RuleView::from_stats).collect();
        let total = rules.len();
        Self { rules, total }
    }
}

fn as_written<S: Serializer>(rule: &Arc<Rule>, serializer: S) -> Result<S::Ok, S::Error> {
    rule.serialize(serializer)
}

impl RuleView {
    pub fn from_stats(RuleStats { rule, eligible, hits }: RuleStats) -> Self {
        let reaches = rule.reachable_codes();
        Self { rule, reaches, eligible, hits }
    }
}
