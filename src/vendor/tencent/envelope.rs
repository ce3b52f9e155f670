//! The answer around an outcome: always HTTP 200 and exactly `application/json`.
//!
//! With a charset behind the media type the official Python client takes every error for a success.

use serde_json::{Value, json};

use super::assumptions::TIME_ZONE;
use super::errors::ERRORS;
use crate::call::Call;
use crate::domain::{Assumptions, Refusal, Timestamp};
use crate::reply::Reply;
use crate::vendor::Stamp;
use crate::vendor::catalog::{fill, row_for};

const JSON: &str = "application/json";

pub fn reply(stamp: &Stamp<'_>, call: &Call, outcome: &Result<Value, Refusal>) -> Reply {
    let request_id = stamp.request_id.to_string();
    let response = match outcome {
        Ok(data) => json!({ "Msg": "success", "RequestId": request_id, "Extra": "", "Data": data }),
        Err(refusal) => {
            let (code, message) = words(&request_id, call, refusal);
            json!({ "Error": { "Code": code, "Message": message }, "RequestId": request_id })
        }
    };
    finished(&json!({ "Response": response }))
}

/// The answer to a data call of an open page, in the same envelope.
pub fn data_reply(stamp: &Stamp<'_>, outcome: &Result<Value, Refusal>) -> Reply {
    reply(stamp, &Call::default(), outcome)
}

fn words(request_id: &str, call: &Call, refusal: &Refusal) -> (&'static str, String) {
    let action = call.action.as_deref().unwrap_or("");
    let (row, text) = row_for(ERRORS, action, refusal.reason())
        .expect("a test walks every action and reason and finds a row for each");
    let message = fill(text.in_language(call.language), |name| match name {
        "request_id" => Some(request_id.to_owned()),
        "action" => Some(action.to_owned()),
        "version" => Some(call.version.clone().unwrap_or_default()),
        _ => refusal.fact(name),
    });
    (row.code, message)
}

fn finished(body: &Value) -> Reply {
    Reply::new(200, JSON, body.to_string()).with("server", "nginx").with("access-control-allow-credentials", "true")
}

/// A time as the vendor prints it: `2026-01-05 08:00:00`, without a zone.
pub fn wall_text(at: Timestamp, assumptions: &Assumptions) -> String {
    crate::vendor::wall_text(at, assumptions.is(&TIME_ZONE, "utc"))
}
