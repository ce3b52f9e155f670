//! What the vendors have and what they answer, as data.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::asked::Asked;
use super::tickets::vendor as known_vendor;
use super::{Answer, Problem, data};
use crate::catalogue::Selection;
use crate::document::near;
use crate::vendor::VENDORS;
use crate::vendor::catalog::VISIT;

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Codes {
    /// Each with vendor, HTTP status, messages, what provokes it, and evidence.
    codes: Vec<Value>,
    total: usize,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Actions {
    /// Each with vendor, versions and parameters; also those that are known and not served.
    actions: Vec<Value>,
    total: usize,
}

pub(super) fn codes(asked: &Asked<'_>) -> Result<Answer, Problem> {
    let codes: Vec<Value> = selected(asked)?.iter().flat_map(Selection::codes_data).collect();
    let total = codes.len();
    Ok(data(200, &Codes { codes, total }).into())
}

pub(super) fn actions(asked: &Asked<'_>) -> Result<Answer, Problem> {
    let actions: Vec<Value> = selected(asked)?.iter().flat_map(Selection::actions_data).collect();
    let total = actions.len();
    Ok(data(200, &Actions { actions, total }).into())
}

/// The vendors, or the one action, that the query asks for.
fn selected(asked: &Asked<'_>) -> Result<Vec<Selection>, Problem> {
    let wanted = asked.query("vendor").map(known_vendor).transpose()?;
    let vendors = VENDORS.iter().copied().filter(|vendor| wanted.is_none_or(|wanted| wanted == vendor.name()));
    let Some(action) = asked.query("action") else {
        return Ok(vendors.map(|vendor| Selection { vendor, action: None }).collect());
    };
    let names =
        |vendor: &'static crate::vendor::Vendor| vendor.known_actions.iter().map(|known| known.name).chain([VISIT]);
    let known =
        |vendor| names(vendor).find(|known| *known == action).map(|known| Selection { vendor, action: Some(known) });
    let found: Vec<Selection> = vendors.clone().filter_map(known).collect();
    if found.is_empty() {
        let all = || "GET /_ticketbooth/actions lists all of them".to_owned();
        let hint = near(action, vendors.flat_map(names)).unwrap_or_else(all);
        return Err(Problem::new(400, "bad_query", format!("there is no action \"{action}\""), hint));
    }
    Ok(found)
}
