//! The open questions of the vendors, and the answers that hold in a sandbox.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::asked::AdminRequest;
use super::{AdminError, Answer, json_reply};
use crate::cloud::all_assumptions;
use crate::domain::Assumptions;
use crate::listing::OpenQuestion;
use crate::world;

/// Other answers for a sandbox: all of them, or none where one is wrong.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Assume {
    /// Choices by the names of assumptions; what is not named stays.
    assume: BTreeMap<String, String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct List {
    sandbox: String,
    assumptions: Vec<Assumed>,
    total: usize,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Assumed {
    #[serde(flatten)]
    question: OpenQuestion,
    /// The choice that holds in the sandbox.
    choice: &'static str,
}

pub(super) fn list_assumptions(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    let epoch = asked.epoch();
    let rows = all_assumptions().into_iter();
    let assumptions: Vec<Assumed> =
        rows.map(|row| Assumed { question: row.into(), choice: epoch.world.assumptions.answer_to(row) }).collect();
    let (sandbox, total) = (epoch.state.id.to_string(), assumptions.len());
    Ok(json_reply(200, &List { sandbox, assumptions, total }).into())
}

/// Changes answers for the calls that come from now on.
pub(super) fn change_assumptions(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    let Assume { assume } = asked.parse_body()?;
    asked.sandbox.assume_answers(&parse_choices(&assume)?);
    list_assumptions(asked)
}

/// The answers that somebody gives.
pub(super) fn parse_choices(given: &BTreeMap<String, String>) -> Result<Assumptions, AdminError> {
    world::parse_answers(given, &all_assumptions()).map_err(|unfit| {
        let (messages, helps): (Vec<_>, Vec<_>) = unfit.0.into_iter().map(|one| (one.message, one.help)).unzip();
        AdminError::new(400, "bad_assumption", messages.join("; "), helps.join("; "))
    })
}
