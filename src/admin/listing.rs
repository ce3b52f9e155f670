//! Actions and error codes of the vendors, as data.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::asked::AdminRequest;
use super::asked::parse_vendor as known_vendor;
use super::{AdminError, Answer, json_reply};
use crate::cloud::catalog::VISIT;
use crate::cloud::vendors;
use crate::document::suggest_near;
use crate::listing::{ExampleView, Selection};

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Codes {
    /// Each with vendor, HTTP status, messages, what provokes it, evidence, and under `on` what a rule for it may name.
    codes: Vec<Value>,
    total: usize,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Actions {
    /// Each with vendor, versions and parameters; also those that are known and not served.
    actions: Vec<Value>,
    total: usize,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ExampleList {
    examples: Vec<ExampleView>,
    total: usize,
}

pub(super) fn list_examples(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    let endpoint = asked.endpoint();
    let data = |selection: &Selection| selection.examples_data(endpoint);
    let examples: Vec<ExampleView> = select_rows(asked)?.iter().flat_map(data).collect();
    let total = examples.len();
    Ok(json_reply(200, &ExampleList { examples, total }).into())
}

pub(super) fn list_codes(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    let codes: Vec<Value> = select_rows(asked)?.iter().flat_map(Selection::codes_data).collect();
    let total = codes.len();
    Ok(json_reply(200, &Codes { codes, total }).into())
}

pub(super) fn list_actions(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    let actions: Vec<Value> = select_rows(asked)?.iter().flat_map(Selection::actions_data).collect();
    let total = actions.len();
    Ok(json_reply(200, &Actions { actions, total }).into())
}

/// The vendors, or the one action, that the query asks for.
fn select_rows(asked: &AdminRequest<'_>) -> Result<Vec<Selection>, AdminError> {
    let wanted = asked.query_value("vendor").map(known_vendor).transpose()?;
    let vendors = vendors().iter().copied().filter(|vendor| wanted.is_none_or(|wanted| wanted == vendor.name));
    let Some(action) = asked.query_value("action") else {
        return Ok(vendors.map(|vendor| Selection { vendor, action: None }).collect());
    };
    let names = |vendor: &'static crate::cloud::Vendor| {
        vendor.catalog.known_actions.iter().map(|known| known.name).chain([VISIT])
    };
    let known =
        |vendor| names(vendor).find(|known| *known == action).map(|known| Selection { vendor, action: Some(known) });
    let found: Vec<Selection> = vendors.clone().filter_map(known).collect();
    if found.is_empty() {
        let all = || "GET /_ticketbooth/actions lists all of them".to_owned();
        let hint = suggest_near(action, vendors.flat_map(names)).unwrap_or_else(all);
        return Err(AdminError::new(400, "bad_query", format!("unknown action \"{action}\""), hint));
    }
    Ok(found)
}
