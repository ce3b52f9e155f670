//! The open questions of the vendors, and the answers that hold in a sandbox.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::asked::Asked;
use super::{Answer, Problem, data};
use crate::catalogue::OpenQuestion;
use crate::domain::Assumptions;
use crate::vendor::assumptions;
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

pub(super) fn list(asked: &Asked<'_>) -> Result<Answer, Problem> {
    let live = asked.live();
    let rows = assumptions().into_iter();
    let assumptions: Vec<Assumed> =
        rows.map(|row| Assumed { question: row.into(), choice: live.world.assumptions.of(row) }).collect();
    let (sandbox, total) = (live.sandbox.id.to_string(), assumptions.len());
    Ok(data(200, &List { sandbox, assumptions, total }).into())
}

/// Changes answers for the calls that come from now on.
pub(super) fn change(asked: &Asked<'_>) -> Result<Answer, Problem> {
    let Assume { assume } = asked.body()?;
    asked.tenant.assume(&chosen(&assume)?);
    list(asked)
}

/// The answers that somebody gives.
pub(super) fn chosen(given: &BTreeMap<String, String>) -> Result<Assumptions, Problem> {
    world::answers(given, &assumptions()).map_err(|unfit| {
        let (messages, helps): (Vec<_>, Vec<_>) = unfit.0.into_iter().map(|one| (one.message, one.help)).unzip();
        Problem::new(400, "bad_assumption", messages.join("; "), helps.join("; "))
    })
}
