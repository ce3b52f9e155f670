//! The answer around an outcome: always HTTP 200 and exactly `application/json`.
//!
//! With a charset behind the media type the official Python client takes every error for a success.

use serde_json::{Value, json};

use super::assumptions::{BI_LANGUAGE, TIME_ZONE};
use crate::call::Language;
use crate::domain::{Assumptions, Timestamp};
use crate::reply::{Reply, Said};
use crate::vendor::Stamp;
use crate::vendor::catalog::{ErrorRow, Scope};
use crate::vendor::words::Spoken;

const JSON: &str = "application/json";

pub fn reply(stamp: &Stamp<'_>, outcome: Result<&Value, &Said>) -> Reply {
    let request_id = stamp.request_id.to_string();
    let (status, response) = match outcome {
        Ok(data) => (200, json!({ "Msg": "success", "RequestId": request_id, "Extra": "", "Data": data })),
        Err(said) => {
            let error = json!({ "Code": said.code, "Message": said.message });
            (said.status, json!({ "Error": error, "RequestId": request_id }))
        }
    };
    Reply::new(status, JSON, json!({ "Response": response }).to_string())
        .with("server", "nginx")
        .with("access-control-allow-credentials", "true")
}

/// The language of the message. That the gateway follows the call's was seen; of BI behind it nobody
/// has shown a text.
pub fn language(row: &ErrorRow, spoken: &Spoken<'_>) -> Language {
    let of_bi = matches!(row.scope, Scope::Actions(_));
    match spoken.stamp.assumptions.of(&BI_LANGUAGE) {
        "english" if of_bi => Language::English,
        "chinese" if of_bi => Language::Chinese,
        _ => spoken.language,
    }
}

/// A time as the vendor prints it: `2026-01-05 08:00:00`, without a zone.
pub fn wall_text(at: Timestamp, assumptions: &Assumptions) -> String {
    crate::vendor::wall_text(at, assumptions.is(&TIME_ZONE, "utc"))
}
