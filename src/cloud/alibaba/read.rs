//! Reading a request into a call: parameters may come in the query, in a form, in a JSON body or in
//! all of them; the action, the version and the proof in parameters or in headers.

use crate::text::{pieces, to_lower};
use jiff::civil::DateTime;
use jiff::tz::Offset;

use super::known;
use crate::call::{Call, Claim, Format, Language, ParamValue, Params, RawRequest, Scheme, SchemeForm};
use crate::sign::{any_pair, shared_pairs};

/// The format of times in both signatures, in UTC.
const TIME: &str = "%Y-%m-%dT%H:%M:%SZ";

/// Parameters that only the older signature has.
const OLDER_MARKS: &[&str] = &["AccessKeyId", "Signature", "SignatureMethod", "SignatureNonce", "SignatureVersion"];

pub fn read_call(raw: &RawRequest) -> Call {
    let params = read_params(raw);
    let scheme = read_scheme(raw, &params);
    let field = |name: &str| params.shared_text(name);
    let header = |name: &str| raw.headers.shared_text(name);
    let claim = match scheme.form {
        SchemeForm::Canonical => by_headers(raw, scheme),
        _ => by_parameters(&params, scheme),
    };
    Call {
        // Clients of the older form send the headers as well; the parameters win.
        action: field("Action").or_else(|| header("x-acs-action")),
        version: field("Version").or_else(|| header("x-acs-version")),
        language: Language::English,
        format: read_format(raw, &params),
        claim,
        params,
        fault: None,
    }
}

/// Whether query or form carry a parameter that only this vendor has.
pub fn has_mark_in_pairs(raw: &RawRequest) -> bool {
    let known_version = |value: &str| known::KNOWN.iter().any(|action| action.versions.contains(&value));
    let is_mark = |name: &str, value: &dyn Fn() -> String| {
        name == "AccessKeyId" || (name == "Version" && known_version(&value()))
    };
    let marked = |text: &[u8]| any_pair(text, is_mark);
    marked(raw.query().as_bytes()) || (raw.media_type() == "application/x-www-form-urlencoded" && marked(&raw.body))
}

/// Query pairs, then those of a form body, then the members of a JSON body whose names are new.
fn read_params(raw: &RawRequest) -> Params {
    let text = |(name, value)| (name, ParamValue::Text(value));
    let mut pairs = Vec::with_capacity(USUAL);
    pairs.extend(shared_pairs(&raw.query_bytes()).map(text));
    match &*raw.media_type() {
        "application/x-www-form-urlencoded" => pairs.extend(shared_pairs(&raw.body).map(text)),
        "application/json" => {
            if let Some(members) = Params::of_json(&raw.body) {
                pairs.extend(members.pairs);
            }
        }
        _ => {}
    }
    Params { pairs }
}

/// Parameters that there is room for without asking for memory again.
const USUAL: usize = 16;

/// The form that the request asks for; what is taken when it does not is an assumption.
fn read_format(raw: &RawRequest, params: &Params) -> Option<Format> {
    let accepted = to_lower(raw.header("accept").unwrap_or(""));
    match params.text("Format").map(to_lower).as_deref() {
        Some("json") => Some(Format::Json),
        Some("xml") => Some(Format::Xml),
        _ if accepted.contains("json") => Some(Format::Json),
        _ if accepted.contains("xml") => Some(Format::Xml),
        _ => None,
    }
}

fn read_scheme(raw: &RawRequest, params: &Params) -> Scheme {
    if let Some(line) = raw.header("authorization") {
        let is_sm3 = line.split(' ').next() == Some(super::ACS3_SM3.name());
        return if is_sm3 { super::ACS3_SM3 } else { super::ACS3 };
    }
    if OLDER_MARKS.iter().any(|name| params.get(name).is_some()) {
        return super::RPC;
    }
    if raw.header("x-acs-action").is_some() { super::ACS3 } else { super::RPC }
}

fn by_headers(raw: &RawRequest, scheme: Scheme) -> Claim {
    let header = |name: &str| raw.headers.shared_text(name);
    let mut claim = Claim {
        scheme,
        unix: raw.header("x-acs-date").and_then(parse_unix),
        timestamp: header("x-acs-date"),
        nonce: header("x-acs-signature-nonce"),
        session_token: header("x-acs-security-token"),
        ..Claim::default()
    };
    let line = header("authorization").unwrap_or_default();
    for part in pieces(line.strip_prefix(scheme.name()), b',') {
        match part.trim().split_once('=') {
            Some(("Credential", key)) => claim.access_key = Some(line.slice_ref(key)).filter(|key| !key.is_empty()),
            Some(("SignedHeaders", names)) => claim.signed = Some(line.slice_ref(names)),
            Some(("Signature", signature)) => claim.signature = Some(line.slice_ref(signature)),
            _ => {}
        }
    }
    claim
}

fn by_parameters(params: &Params, scheme: Scheme) -> Claim {
    let field = |name: &str| params.shared_text(name);
    Claim {
        scheme,
        access_key: field("AccessKeyId"),
        signature: field("Signature"),
        unix: params.text("Timestamp").and_then(parse_unix),
        timestamp: field("Timestamp"),
        nonce: field("SignatureNonce"),
        session_token: field("SecurityToken"),
        ..Claim::default()
    }
}

/// The seconds of a time that is written in full, as `2026-01-05T00:00:00Z`.
fn parse_unix(text: &str) -> Option<i64> {
    let is_full = text.len() == "2026-01-05T00:00:00Z".len();
    let at = read_digits(text).or_else(|| DateTime::strptime(TIME, text).ok()).filter(|_| is_full)?;
    Offset::UTC.to_timestamp(at).ok().map(jiff::Timestamp::as_second)
}

/// The time where nothing but digits stands at the places of digits, which is what every client writes.
fn read_digits(text: &str) -> Option<DateTime> {
    let bytes: &[u8; 20] = text.as_bytes().try_into().ok()?;
    let [_, _, _, _, b'-', _, _, b'-', _, _, b'T', _, _, b':', _, _, b':', _, _, b'Z'] = bytes else { return None };
    let number = |from: usize, to: usize| {
        let is_digit = bytes[from..to].iter().all(u8::is_ascii_digit);
        is_digit.then(|| bytes[from..to].iter().fold(0, |number: i16, byte| number * 10 + i16::from(byte - b'0')))
    };
    let two = |from: usize| number(from, from + 2).and_then(|number| i8::try_from(number).ok());
    DateTime::new(number(0, 4)?, two(5)?, two(8)?, two(11)?, two(14)?, two(17)?, 0).ok()
}
