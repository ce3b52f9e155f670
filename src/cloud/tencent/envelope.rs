//! The answer around an outcome: always HTTP 200 and exactly `application/json`.
//!
//! With a charset behind the media type the official Python client takes every error for a success.

use bytes::Bytes;
use serde::Serialize;

use super::assumptions::{BI_LANGUAGE, BiLanguageChoice, TIME_ZONE, TencentTimeZoneChoice};
use crate::call::{Call, Language};
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
struct TencentSilence {
    #[serde(serialize_with = "as_text")]
    request_id: RequestId,
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

/// The one action whose answer has a request id and nothing else.
const SILENT: &str = "DescribeUserGroupInfo";

/// The word for a success, which differs by the family of the action.
const SUCCESS: &str = "success";
/// The word of those about user groups, rights and API keys, as the samples of all of them have it.
const DEFAULT_SUCCESS: &str = "默认业务成功";
const OF_DEFAULT_SUCCESS: &[&str] = &[
    "CreateAuthApiKey",
    "CreatePermissionRanks",
    "CreateUserGroup",
    "CreateUserGroupMember",
    "DeleteAuthApiKey",
    "DeleteUserGroup",
    "DeleteUserGroupMember",
    "DescribeAuthApiKeyInfo",
    "DescribeAuthApiKeyList",
    "DescribePermissionRanksInfo",
    "DescribePermissionStatusInfo",
    "DescribeResourceUserGroupPageList",
    "DescribeUserGroupMemberList",
    "DescribeUserGroupTreeList",
    "ModifyAuthApiKey",
    "ModifyResourceUser",
    "ModifyResourceUserGroup",
    "ModifyResourceUserGroupResource",
    "ModifyUserDetailInfo",
    "ModifyUserGroup",
    "QueryUserGroupMember",
];

/// The answer to a call.
pub fn answer_call(stamp: &Stamp<'_>, call: &Call, outcome: Result<&Rendered, &Said>) -> Reply {
    let request_id = stamp.request_id;
    match (call.display_name(), outcome) {
        (SILENT, Ok(_)) => stamp_reply(200, json_bytes(&TencentAnswer { response: TencentSilence { request_id } })),
        (action, outcome) if OF_DEFAULT_SUCCESS.contains(&action) => write_in_words(stamp, DEFAULT_SUCCESS, outcome),
        (_, outcome) => write_in_words(stamp, SUCCESS, outcome),
    }
}

pub fn write_reply(stamp: &Stamp<'_>, outcome: Result<&Rendered, &Said>) -> Reply {
    write_in_words(stamp, SUCCESS, outcome)
}

fn write_in_words(stamp: &Stamp<'_>, msg: &'static str, outcome: Result<&Rendered, &Said>) -> Reply {
    let request_id = stamp.request_id;
    let (status, body) = match outcome {
        Ok(data) => (200, success_body(msg, request_id, data)),
        Err(said) => {
            let error = Error { code: &said.code, message: &said.message };
            (said.status, json_bytes(&TencentAnswer { response: TencentFailure { error, request_id } }))
        }
    };
    stamp_reply(status, body)
}

fn stamp_reply(status: u16, body: Bytes) -> Reply {
    Reply::new(status, JSON, body)
        .with_header("server", "nginx")
        .with_header("access-control-allow-credentials", "true")
}

fn success_body(msg: &str, request_id: RequestId, data: &Rendered) -> Bytes {
    let id = request_id.to_string();
    let around = [r#"{"Response":{"Msg":""#, r#"","RequestId":""#, r#"","Extra":"","Data":"#, "}}"];
    [around[0], msg, around[1], &id, around[2], data.as_json(), around[3]].concat().into()
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
