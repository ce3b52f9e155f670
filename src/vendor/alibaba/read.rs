//! Reading a request into a call: parameters may come in the query, in a form, in a JSON body or in
//! all of them; the action, the version and the proof in parameters or in headers.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::known;
use crate::call::{Call, Claim, Format, Language, ParamValue, Params, RawRequest, Scheme};
use crate::sign::decode_pairs;

/// How both signatures write a time, in UTC.
const TIME: &str = "%Y-%m-%dT%H:%M:%SZ";

/// Parameters that only the older signature has.
const OLDER_MARKS: &[&str] = &["AccessKeyId", "Signature", "SignatureMethod", "SignatureNonce", "SignatureVersion"];

pub fn call(raw: &RawRequest) -> Call {
    let params = params(raw);
    let scheme = scheme(raw, &params);
    let field = |name: &str| params.text(name).map(str::to_owned);
    let header = |name: &str| raw.header(name).map(str::to_owned);
    let claim = match scheme {
        Scheme::Acs3 => by_headers(raw),
        _ => by_parameters(&params, scheme),
    };
    Call {
        // Clients of the older form send the headers as well; the parameters win.
        action: field("Action").or_else(|| header("x-acs-action")),
        version: field("Version").or_else(|| header("x-acs-version")),
        language: Language::English,
        format: format(raw, &params),
        claim,
        params,
        fault: None,
    }
}

/// Whether query or form carry a parameter that only this vendor has.
pub fn has_mark_in_pairs(raw: &RawRequest) -> bool {
    let known_version = |value: &str| known::KNOWN.iter().any(|action| action.versions.contains(&value));
    params(raw).pairs.iter().any(|(name, value)| match value {
        ParamValue::Text(text) => name == "AccessKeyId" || (name == "Version" && known_version(text)),
        ParamValue::Json(_) => false,
    })
}

/// Query pairs, then those of a form body, then the members of a JSON body whose names are new.
fn params(raw: &RawRequest) -> Params {
    let text = |(name, value)| (name, ParamValue::Text(value));
    let mut pairs: Vec<_> = decode_pairs(raw.query().as_bytes()).into_iter().map(text).collect();
    match raw.media_type().as_str() {
        "application/x-www-form-urlencoded" => pairs.extend(decode_pairs(&raw.body).into_iter().map(text)),
        "application/json" => {
            if let Ok(Value::Object(members)) = serde_json::from_slice(&raw.body) {
                pairs.extend(members.into_iter().map(|(name, value)| (name, ParamValue::Json(value))));
            }
        }
        _ => {}
    }
    Params { pairs }
}

/// The form that the request asks for; what is taken when it does not is an assumption.
fn format(raw: &RawRequest, params: &Params) -> Option<Format> {
    let accepted = raw.header("accept").unwrap_or("").to_ascii_lowercase();
    match params.text("Format").map(str::to_ascii_lowercase).as_deref() {
        Some("json") => Some(Format::Json),
        Some("xml") => Some(Format::Xml),
        _ if accepted.contains("json") => Some(Format::Json),
        _ if accepted.contains("xml") => Some(Format::Xml),
        _ => None,
    }
}

fn scheme(raw: &RawRequest, params: &Params) -> Scheme {
    if raw.header("authorization").is_some() {
        return Scheme::Acs3;
    }
    if OLDER_MARKS.iter().any(|name| params.get(name).is_some()) {
        return Scheme::RpcV2;
    }
    if raw.header("x-acs-action").is_some() { Scheme::Acs3 } else { Scheme::RpcV2 }
}

fn by_headers(raw: &RawRequest) -> Claim {
    let header = |name: &str| raw.header(name).map(str::to_owned);
    let mut claim = Claim {
        scheme: Scheme::Acs3,
        unix: raw.header("x-acs-date").and_then(unix),
        timestamp: header("x-acs-date"),
        nonce: header("x-acs-signature-nonce"),
        session_token: header("x-acs-security-token"),
        ..Claim::default()
    };
    let line = raw.header("authorization").unwrap_or("");
    for part in line.strip_prefix(Scheme::Acs3.name()).unwrap_or("").split(',') {
        match part.trim().split_once('=') {
            Some(("Credential", key)) => claim.access_key = Some(key.to_owned()).filter(|key| !key.is_empty()),
            Some(("SignedHeaders", names)) => claim.signed_headers = names.split(';').map(str::to_owned).collect(),
            Some(("Signature", signature)) => claim.signature = Some(signature.to_owned()),
            _ => {}
        }
    }
    claim
}

fn by_parameters(params: &Params, scheme: Scheme) -> Claim {
    let field = |name: &str| params.text(name).map(str::to_owned);
    Claim {
        scheme,
        access_key: field("AccessKeyId"),
        signature: field("Signature"),
        unix: params.text("Timestamp").and_then(unix),
        timestamp: field("Timestamp"),
        nonce: field("SignatureNonce"),
        session_token: field("SecurityToken"),
        ..Claim::default()
    }
}

/// The seconds of a time that is written in full, as `2026-01-05T00:00:00Z`.
fn unix(text: &str) -> Option<i64> {
    let is_full = text.len() == "2026-01-05T00:00:00Z".len();
    let at = DateTime::strptime(TIME, text).ok().filter(|_| is_full)?;
    Some(at.to_zoned(TimeZone::UTC).ok()?.timestamp().as_second())
}
