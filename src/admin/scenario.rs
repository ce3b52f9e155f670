//! The scenario of a sandbox: beginning one, looking how it stands, and the verdict on it.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::asked::AdminRequest;
use super::rules::RuleView;
use super::{AdminError, Answer, json_reply};
use crate::emulator::{Emulator, Epoch};
use crate::rules::Scenario;
use crate::select::ExpectFile;
use crate::verify::Report;

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ScenarioView {
    /// `null`: there is none, and then the rest is about single rules.
    name: Option<String>,
    about: Option<String>,
    /// As `POST /scenario/verify` would say now: `pass`, `fail`, `vacuous` or `indeterminate`.
    verdict: &'static str,
    /// One sentence for each part that did not pass.
    complaints: Vec<String>,
    rules: Vec<RuleView>,
    expectations: Vec<ExpectView>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct ExpectView {
    #[serde(flatten)]
    expect: ExpectFile,
    verdict: &'static str,
    message: String,
    /// Request ids of calls that fit, oldest first; at most a hundred.
    evidence: Vec<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Ended {
    /// The scenario that is no more.
    removed: Option<String>,
}

/// Begins a scenario: everything else of the sandbox is made anew.
pub(super) fn play_scenario(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    asked.sandbox.play_scenario(parse_scenario(asked.body_text()?)?);
    show_scenario(asked)
}

/// Reads a scenario that came without a folder of its own.
pub(super) fn parse_scenario(text: &str) -> Result<Scenario, AdminError> {
    Scenario::load_alone("scenario", text).map_err(|problems| {
        let hint = "GET /_ticketbooth/schema/scenario.json has its schema";
        AdminError::new(422, "bad_scenario", problems.to_string(), hint)
    })
}

pub(super) fn show_scenario(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    Ok(json_reply(200, &ScenarioView::from_epoch(asked.emulator, &asked.epoch())).into())
}

/// The same as [`show`], for a sandbox that has a scenario.
pub(super) fn judge_scenario(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    if asked.epoch().scenario.is_none() {
        let hint = "PUT /_ticketbooth/scenario begins one; POST /_ticketbooth/verify needs none";
        return Err(AdminError::new(409, "no_scenario", "this sandbox has no scenario", hint));
    }
    show_scenario(asked)
}

/// Ends the scenario and takes back what it brought.
pub(super) fn end_scenario(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    let removed = asked.sandbox.end_scenario().map(|scenario| scenario.name.clone());
    Ok(json_reply(200, &Ended { removed }).into())
}

/// The schema of a scenario file.
pub(super) fn scenario_schema() -> Value {
    Scenario::schema()
}

impl ScenarioView {
    fn from_epoch(emulator: &Emulator, epoch: &Epoch) -> Self {
        let none = Scenario::default();
        let scenario = epoch.scenario.as_deref();
        let report =
            Report::from_journal(scenario.unwrap_or(&none), emulator.rule_stats(epoch), &epoch.journal.extract());
        Self {
            name: scenario.map(|scenario| scenario.name.clone()),
            about: scenario.and_then(|scenario| scenario.about.clone()),
            verdict: report.verdict.name(),
            complaints: report.complaints(),
            rules: report.rules.into_iter().map(|part| RuleView::from_stats(part.standing)).collect(),
            expectations: report
                .expectations
                .into_iter()
                .map(|part| ExpectView {
                    expect: part.expect,
                    verdict: part.finding.verdict.name(),
                    message: part.finding.message,
                    evidence: part.finding.evidence.iter().map(ToString::to_string).collect(),
                })
                .collect(),
        }
    }
}
