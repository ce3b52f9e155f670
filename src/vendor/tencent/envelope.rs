//! The answer around an outcome: always HTTP 200 and exactly `application/json`.
//!
//! With a charset behind the media type the official Python client takes every error for a success.

use serde_json::{Value, json};

use super::assumptions::TIME_ZONE;
use crate::call::Call;
use crate::domain::{Assumptions, Timestamp};
use crate::reply::Reply;
use crate::vendor::catalog::VISIT;
use crate::vendor::words::words;
use crate::vendor::{Denial, Stamp, Vendor};

const JSON: &str = "application/json";

pub fn reply(vendor: &dyn Vendor, stamp: &Stamp<'_>, call: &Call, outcome: &Result<Value, Denial>) -> Reply {
    let request_id = stamp.request_id.to_string();
    let (status, response) = match outcome {
        Ok(data) => (200, json!({ "Msg": "success", "RequestId": request_id, "Extra": "", "Data": data })),
        Err(denial) => {
            let words = words(vendor, stamp, call, &request_id, denial);
            let error = json!({ "Code": words.code, "Message": words.message });
            (words.status, json!({ "Error": error, "RequestId": request_id }))
        }
    };
    Reply::new(status, JSON, json!({ "Response": response }).to_string())
        .with("server", "nginx")
        .with("access-control-allow-credentials", "true")
}

/// The answer to a data call of an open page, in the same envelope.
pub fn data_reply(vendor: &dyn Vendor, stamp: &Stamp<'_>, outcome: &Result<Value, Denial>) -> Reply {
    let call = Call { action: Some(VISIT.to_owned()), ..Call::default() };
    reply(vendor, stamp, &call, outcome)
}

/// A time as the vendor prints it: `2026-01-05 08:00:00`, without a zone.
pub fn wall_text(at: Timestamp, assumptions: &Assumptions) -> String {
    crate::vendor::wall_text(at, assumptions.is(&TIME_ZONE, "utc"))
}
