//! Bytes of a request through recognising, reading and verifying.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde_json::Value;
use ticketbooth::call::{Call, Headers, RawRequest, SchemeForm};
use ticketbooth::cloud::{Vendor, vendor_named, vendors};
use ticketbooth::gateway::{Incoming, admit};
use ticketbooth::journal::CallKind;
use ticketbooth::trail::Trail;

use super::actions::check_saved;
use super::booth::{GOLDEN, parse_request, raw_request, strict_booth};
use super::laws::{check_views, send_request};
use super::repository;

/// A request that an official client signed, by its signature.
static GENUINE: LazyLock<HashMap<String, Vec<RawRequest>>> = LazyLock::new(|| {
    let mut genuine: HashMap<String, Vec<RawRequest>> = HashMap::new();
    for raw in captures() {
        for vendor in vendors() {
            if let Some(call) = admit_call(vendor, &raw) {
                let signature = call.claim.signature.as_deref().unwrap_or("").to_owned();
                genuine.entry(signature).or_default().push(raw.clone());
            }
        }
    }
    genuine
});

/// The captured requests of the official clients, tampered ones included.
pub fn captures() -> Vec<RawRequest> {
    let mut all = Vec::new();
    for vendor in ["tencent", "alibaba"] {
        let folder = repository(&format!("tests/golden/{vendor}"));
        let entries = std::fs::read_dir(folder).expect("there are captures");
        let mut paths: Vec<_> = entries.map(|entry| entry.expect("the folder can be read").path()).collect();
        paths.sort();
        for path in paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == "json")) {
            let text = std::fs::read_to_string(path).expect("a capture is text");
            all.extend(captured_request(&serde_json::from_str(&text).expect("a capture is JSON")));
        }
    }
    assert!(all.len() > 100, "there are {} captures", all.len());
    all
}

/// `None`: the file is an index.
fn captured_request(data: &Value) -> Option<RawRequest> {
    let lines = data["headers"].as_array()?.iter();
    let headers = lines.filter_map(|line| Some((line[0].as_str()?, line[1].as_str()?))).collect::<Headers>();
    let body = Bytes::from(STANDARD.decode(data["body_base64"].as_str()?).ok()?);
    Some(raw_request(data["method"].as_str()?, data["target"].as_str()?, headers, body, None))
}

/// The call, if an emulator that has seen nothing yet lets it in.
fn admit_call(vendor: &'static Vendor, raw: &RawRequest) -> Option<Call> {
    let emulator = strict_booth(GOLDEN.clone());
    let incoming = Incoming::read_request(&emulator, vendor, raw);
    admit(&emulator, &incoming, &mut Trail::default()).ok().map(|verified| verified.call().clone())
}

/// The pairs of a text as they are signed: decoded and sorted, without the signature itself.
fn signed_pairs(text: &[u8]) -> Vec<(String, String)> {
    let pairs = form_urlencoded::parse(text).into_owned();
    let mut pairs: Vec<_> =
        pairs.filter(|(name, value)| name != "Signature" && !(name.is_empty() && value.is_empty())).collect();
    pairs.sort();
    pairs
}

/// Whether one request is the other in everything that its signature covers.
fn is_covered_alike(call: &Call, raw: &RawRequest, genuine: &RawRequest) -> bool {
    let is_form = raw.media_type() == "application/x-www-form-urlencoded";
    let pairs_of = |raw: &RawRequest| match call.claim.scheme.form {
        SchemeForm::Pairs if is_form => {
            let mut pairs = [signed_pairs(raw.query().as_bytes()), signed_pairs(&raw.body)].concat();
            pairs.sort();
            pairs
        }
        _ => signed_pairs(raw.query().as_bytes()),
    };
    if raw.method != genuine.method || pairs_of(raw) != pairs_of(genuine) {
        return false;
    }
    if call.claim.scheme.form != SchemeForm::Canonical {
        return true;
    }
    // Of several lines of one name the first is the one that is signed and read.
    let value = |raw: &RawRequest, name: &str| {
        raw.header(name).map(|value| value.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase())
    };
    // An official client signs the host without its port.
    let same = |name: &str| value(raw, name) == value(genuine, name) || name == "host";
    let headers = call.claim.signed_headers().all(|name| same(&name.to_ascii_lowercase()));
    let unsigned = |raw: &RawRequest| {
        raw.header("x-tc-content-sha256").or(raw.header("x-acs-content-sha256")) == Some("UNSIGNED-PAYLOAD")
    };
    // The path is `/` in every recipe, whatever it is in the request.
    headers && (raw.body == genuine.body || unsigned(raw))
}

/// The request with one sign of its signature another one.
fn forge_signature(raw: &RawRequest, signature: &str, place: usize) -> RawRequest {
    let forge = |text: &str| {
        let mut bytes = text.as_bytes().to_vec();
        let places: Vec<usize> = (0..bytes.len()).filter(|place| bytes[*place].is_ascii_alphanumeric()).collect();
        if let Some(place) = places.get(place * places.len().saturating_sub(1) / 2) {
            bytes[*place] = if matches!(bytes[*place], b'9' | b'z' | b'Z' | b'f') { b'0' } else { bytes[*place] + 1 };
        }
        String::from_utf8(bytes).expect("letters and digits were exchanged")
    };
    let encoded = ticketbooth::sign::percent_encode(signature);
    let forged = ticketbooth::sign::percent_encode(&forge(signature));
    let exchange = |text: &str| text.replace(signature, &forge(signature)).replace(&encoded, &forged);
    let headers = raw.headers.iter().map(|(name, value)| (name.to_owned(), exchange(value))).collect::<Headers>();
    let body = std::str::from_utf8(&raw.body).map_or_else(|_| raw.body.clone(), |body| Bytes::from(exchange(body)));
    RawRequest { headers, body, target: exchange(&raw.target).into(), ..raw.clone() }
}

/// Every request is answered; who is let in has a signature of an official client, and sent what it covers.
pub fn answer_request(data: &[u8]) {
    let raw = Arc::new(parse_request(data));
    let emulator = strict_booth(GOLDEN.clone());
    let (_, entry) = send_request(&emulator, &raw);
    let entry = entry.filter(|entry| entry.told.kind == CallKind::Call);
    let vendor = entry.map(|entry| vendor_named(entry.told.vendor).expect("a call has a vendor"));
    if let Some((vendor, call)) = vendor.and_then(|vendor| Some((vendor, admit_call(vendor, &raw)?))) {
        let signature = call.claim.signature.as_deref().unwrap_or("");
        let genuine = GENUINE.get(signature).unwrap_or_else(|| panic!("{signature} was signed by nobody"));
        let is_genuine = genuine.iter().any(|genuine| is_covered_alike(&call, &raw, genuine));
        assert!(is_genuine, "{raw:?} is not as it was signed");
        for place in 0..3 {
            let forged = forge_signature(&raw, signature, place);
            assert!(admit_call(vendor, &forged).is_none(), "the signature was changed: {forged:?}");
        }
    }
    check_views(&emulator);
    check_saved(&emulator);
}
