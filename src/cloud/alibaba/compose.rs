//! A call as a client of this vendor sends it: a query, and headers with ACS3; all in the query with
//! the older signature.

use jiff::tz::TimeZone;

use crate::call::RawRequest;
use crate::cloud::client::{ClientCall, SignatureForm, raw_request};
use crate::sign::{canonical_query, sha256_hex};

const TIME: &str = "%Y-%m-%dT%H:%M:%SZ";
const SIGNED: &str =
    "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-security-token;x-acs-signature-nonce;x-acs-version";

pub fn compose_request(wish: &ClientCall, signature: &str) -> RawRequest {
    match wish.form {
        SignatureForm::Newest => by_headers(wish, signature),
        SignatureForm::Older => by_parameters(wish, signature),
    }
}

fn by_headers(wish: &ClientCall, signature: &str) -> RawRequest {
    let body = wish.body.clone().unwrap_or_default();
    let mut lines = vec![
        ("Host", wish.host.clone()),
        ("Accept", "application/json".to_owned()),
        ("x-acs-action", wish.action.clone()),
        ("x-acs-version", wish.version.clone()),
        ("x-acs-date", signing_time(wish)),
        ("x-acs-signature-nonce", wish.nonce.clone()),
        ("x-acs-content-sha256", sha256_hex(body.as_bytes())),
    ];
    if wish.body.is_some() {
        lines.push(("Content-Type", "application/json".to_owned()));
    }
    // A header that does not go along is not signed.
    let mut signed = SIGNED.to_owned();
    match &wish.session_token {
        Some(token) => lines.push(("x-acs-security-token", token.clone())),
        None => signed = signed.replace("x-acs-security-token;", ""),
    }
    let key = &wish.key;
    lines.push((
        "Authorization",
        format!("ACS3-HMAC-SHA256 Credential={key},SignedHeaders={signed},Signature={signature}"),
    ));
    let target = if wish.params.is_empty() { "/".to_owned() } else { format!("/?{}", canonical_query(&wish.params)) };
    raw_request(&wish.method, &target, wish.changed_lines(lines), body)
}

fn by_parameters(wish: &ClientCall, signature: &str) -> RawRequest {
    let mut lines = vec![
        ("Action", wish.action.clone()),
        ("Version", wish.version.clone()),
        ("Format", "JSON".to_owned()),
        ("AccessKeyId", wish.key.clone()),
        ("SignatureMethod", "HMAC-SHA1".to_owned()),
        ("SignatureVersion", "1.0".to_owned()),
        ("SignatureNonce", wish.nonce.clone()),
        ("Timestamp", signing_time(wish)),
        ("Signature", signature.to_owned()),
    ];
    if let Some(token) = &wish.session_token {
        lines.push(("SecurityToken", token.clone()));
    }
    // A parameter that the call names itself goes before the client's own.
    lines.retain(|(name, _)| !wish.params.iter().any(|(known, _)| known == name));
    let mut pairs = wish.changed_lines(lines);
    pairs.extend(wish.params.iter().cloned());
    let headers = vec![("Host".to_owned(), wish.host.clone())];
    raw_request(&wish.method, &format!("/?{}", canonical_query(&pairs)), headers, wish.body.clone().unwrap_or_default())
}

fn signing_time(wish: &ClientCall) -> String {
    let at = jiff::Timestamp::from_second(wish.unix).unwrap_or_default();
    at.to_zoned(TimeZone::UTC).strftime(TIME).to_string()
}
