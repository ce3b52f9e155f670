//! The answer around an outcome: always HTTP 200 and exactly `application/json`.
//!
//! With a charset behind the media type the official Python client takes every error for a success.

use serde::Serialize;
use serde_json::value::RawValue;

use super::assumptions::{BI_LANGUAGE, TIME_ZONE};
use crate::call::Language;
use crate::domain::{Assumptions, RequestId, Timestamp};
use crate::reply::{Reply, Said, json};
use crate::vendor::Stamp;
use crate::vendor::catalog::{ErrorRow, Scope, as_text};
use crate::vendor::words::Spoken;

const JSON: &str = "application/json";

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Answer<T> {
    response: T,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Success<'a> {
    msg: &'static str,
    #[serde(serialize_with = "as_text")]
    request_id: RequestId,
    extra: &'static str,
    data: &'a RawValue,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Failure<'a> {
    error: Error<'a>,
    #[serde(serialize_with = "as_text")]
    request_id: RequestId,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Error<'a> {
    code: &'a str,
    message: &'a str,
}

pub fn reply(stamp: &Stamp<'_>, outcome: Result<&RawValue, &Said>) -> Reply {
    let request_id = stamp.request_id;
    let (status, body) = match outcome {
        Ok(data) => (200, json(&Answer { response: Success { msg: "success", request_id, extra: "", data } })),
        Err(said) => {
            let error = Error { code: &said.code, message: &said.message };
            (said.status, json(&Answer { response: Failure { error, request_id } }))
        }
    };
    Reply::new(status, JSON, body).with("server", "nginx").with("access-control-allow-credentials", "true")
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
