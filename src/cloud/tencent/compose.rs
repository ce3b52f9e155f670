//! A call as a client of this vendor sends it: JSON and headers with TC3, a form with the older digest.

use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use super::actions::{ACTIONS, OTHERS};
use crate::call::RawRequest;
use crate::cloud::catalog::ParamKind;
use crate::cloud::client::{ClientCall, SignatureForm, raw_request};
use crate::sign::canonical_query;

pub fn compose_request(wish: &ClientCall, signature: &str) -> RawRequest {
    match wish.form {
        SignatureForm::Newest => by_headers(wish, signature),
        SignatureForm::Older => by_fields(wish, signature),
    }
}

fn by_headers(wish: &ClientCall, signature: &str) -> RawRequest {
    let at = jiff::Timestamp::from_second(wish.unix).unwrap_or_default();
    let date = at.to_zoned(TimeZone::UTC).date();
    let mut lines = vec![
        ("Host", wish.host.clone()),
        ("Content-Type", content_type(wish, "application/json")),
        ("X-TC-Action", wish.action.clone()),
        ("X-TC-Version", wish.version.clone()),
        ("X-TC-Timestamp", wish.unix.to_string()),
    ];
    if let Some(token) = &wish.session_token {
        lines.push(("X-TC-Token", token.clone()));
    }
    let (key, signed) = (&wish.key, "content-type;host");
    lines.push((
        "Authorization",
        format!(
            "TC3-HMAC-SHA256 Credential={key}/{date}/bi/tc3_request, SignedHeaders={signed}, Signature={signature}"
        ),
    ));
    if wish.method == "GET" {
        let target = format!("/?{}", canonical_query(&wish.params));
        return raw_request(&wish.method, &target, wish.changed_lines(lines), "");
    }
    let body = wish.body.clone().unwrap_or_else(|| Value::Object(body_members(wish)).to_string());
    raw_request(&wish.method, "/", wish.changed_lines(lines), body)
}

/// A query is signed with the media type of a form, as the official clients do.
fn content_type(wish: &ClientCall, of_body: &str) -> String {
    let form = wish.method == "GET" || wish.form == SignatureForm::Older;
    if form { "application/x-www-form-urlencoded" } else { of_body }.to_owned()
}

/// Numbers and truths where the action's rows have some and the text is one; else text.
fn body_members(wish: &ClientCall) -> Map<String, Value> {
    let row = ACTIONS.iter().chain(OTHERS).find(|action| action.name == wish.action);
    let rows = row.map_or(&[][..], |action| action.params);
    let kind = |name: &str| rows.iter().find(|row| row.name == name).map_or(ParamKind::Text, |row| row.kind);
    let member = |(name, value): &(String, String)| {
        let read: Option<Value> = match kind(name) {
            ParamKind::Text => None,
            ParamKind::Int | ParamKind::Nat | ParamKind::Bool | ParamKind::List | ParamKind::Object => {
                serde_json::from_str(value).ok()
            }
        };
        (name.clone(), read.unwrap_or_else(|| value.as_str().into()))
    };
    wish.params.iter().map(member).collect()
}

fn by_fields(wish: &ClientCall, signature: &str) -> RawRequest {
    let mut lines = vec![
        ("Action", wish.action.clone()),
        ("Version", wish.version.clone()),
        ("Timestamp", wish.unix.to_string()),
        ("Nonce", wish.nonce.clone()),
        ("SecretId", wish.key.clone()),
        ("SignatureMethod", "HmacSHA256".to_owned()),
        ("Signature", signature.to_owned()),
    ];
    if let Some(token) = &wish.session_token {
        lines.push(("Token", token.clone()));
    }
    let mut pairs = wish.changed_lines(lines);
    pairs.extend(wish.params.iter().cloned());
    let headers = vec![("Host".to_owned(), wish.host.clone()), ("Content-Type".to_owned(), content_type(wish, ""))];
    if wish.method == "GET" {
        return raw_request(&wish.method, &format!("/?{}", canonical_query(&pairs)), headers, "");
    }
    let body = wish.body.clone().unwrap_or_else(|| canonical_query(&pairs));
    raw_request(&wish.method, "/", headers, body)
}
