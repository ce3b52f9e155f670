//! The answer around an outcome: always HTTP 200 and exactly `application/json`.
//!
//! With a charset behind the media type the official Python client takes every error for a success.

use serde::Serialize;

use super::assumptions::{BI_LANGUAGE, BiLanguageChoice, TIME_ZONE, TencentTimeZoneChoice};
use crate::call::Language;
use crate::cloud::Stamp;
use crate::cloud::catalog::{ErrorRow, ErrorScope, Rendered, as_text};
use crate::cloud::words::Spoken;
use crate::domain::{Assumptions, RequestId, Timestamp};
use crate::reply::{Reply, Said, json_bytes};

const JSON: &str = "application/json";

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct TencentAnswer<T> {
    response: T,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct TencentFailure<'a> {
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

pub fn write_reply(stamp: &Stamp<'_>, outcome: Result<&Rendered, &Said>) -> Reply {
    let request_id = stamp.request_id;
    let (status, body) = match outcome {
        Ok(data) => (200, success_body(request_id, data).into()),
        Err(said) => {
            let error = Error { code: &said.code, message: &said.message };
            (said.status, json_bytes(&TencentAnswer { response: TencentFailure { error, request_id } }))
        }
    };
    Reply::new(status, JSON, body)
        .with_header("server", "nginx")
        .with_header("access-control-allow-credentials", "true")
}

fn success_body(request_id: RequestId, data: &Rendered) -> String {
    let id = request_id.to_string();
    let around = [r#"{"Response":{"Msg":"success","RequestId":""#, r#"","Extra":"","Data":"#, "}}"];
    [around[0], &id, around[1], data.as_json(), around[2]].concat()
}

/// The language of the message. That the gateway follows the call's was seen; of BI behind it nobody
/// has shown a text.
pub fn row_language(row: &ErrorRow, spoken: &Spoken<'_>) -> Language {
    let of_bi = matches!(row.scope, ErrorScope::Actions(_));
    match spoken.stamp.assumptions.of(&BI_LANGUAGE) {
        BiLanguageChoice::English if of_bi => Language::English,
        BiLanguageChoice::Chinese if of_bi => Language::Chinese,
        BiLanguageChoice::Header | BiLanguageChoice::English | BiLanguageChoice::Chinese => spoken.language,
    }
}

/// A time as the vendor prints it: `2026-01-05 08:00:00`, without a zone.
pub fn wall_text(at: Timestamp, assumptions: &Assumptions) -> String {
    crate::cloud::format_wall_time(at, assumptions.holds(&TIME_ZONE, TencentTimeZoneChoice::Utc))
}
