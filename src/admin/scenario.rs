//! The scenario of a sandbox: beginning one, looking how it stands, and the verdict on it.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::asked::Asked;
use super::rules::RuleView;
use super::{Answer, Problem, data};
use crate::emulator::{Emulator, Live};
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
pub(super) fn play(asked: &Asked<'_>) -> Result<Answer, Problem> {
    asked.tenant.play(scenario(asked.text()?)?);
    show(asked)
}

/// Reads a scenario that came without a folder of its own.
pub(super) fn scenario(text: &str) -> Result<Scenario, Problem> {
    Scenario::load_alone("scenario", text).map_err(|problems| {
        let hint = "GET /_ticketbooth/schema/scenario.json has its schema";
        Problem::new(422, "bad_scenario", problems.to_string(), hint)
    })
}

pub(super) fn show(asked: &Asked<'_>) -> Result<Answer, Problem> {
    Ok(data(200, &ScenarioView::of(asked.emulator, &asked.live())).into())
}

/// The same as [`show`], for a sandbox that has a scenario.
pub(super) fn verify(asked: &Asked<'_>) -> Result<Answer, Problem> {
    if asked.live().scenario.is_none() {
        let hint = "PUT /_ticketbooth/scenario begins one; POST /_ticketbooth/verify needs none";
        return Err(Problem::new(409, "no_scenario", "there is no scenario in this sandbox", hint));
    }
    show(asked)
}

/// Ends the scenario and takes back what it brought.
pub(super) fn end(asked: &Asked<'_>) -> Result<Answer, Problem> {
    let removed = asked.tenant.end().map(|scenario| scenario.name.clone());
    Ok(data(200, &Ended { removed }).into())
}

/// The schema of a scenario file.
pub(super) fn schema() -> Value {
    Scenario::schema()
}

impl ScenarioView {
    fn of(emulator: &Emulator, live: &Live) -> Self {
        let none = Scenario::default();
        let scenario = live.scenario.as_deref();
        let report = Report::of(scenario.unwrap_or(&none), emulator.standings(live), &live.journal.extract());
        Self {
            name: scenario.map(|scenario| scenario.name.clone()),
            about: scenario.and_then(|scenario| scenario.about.clone()),
            verdict: report.verdict.name(),
            complaints: report.complaints(),
            rules: report.rules.into_iter().map(|part| RuleView::of(part.standing)).collect(),
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
