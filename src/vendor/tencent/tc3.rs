//! TC3-HMAC-SHA256: the canonical request, the string to sign and the derived key.
//!
//! Source: the vendor's page of signature v3; proven by its published vectors and by captures of the
//! official clients.

use crate::sign::{hmac_sha256, sha256_hex};
use crate::vendor::{Look, Proof};

use super::assumptions::RAW_HEADER_VALUES;

/// What is hashed instead of a body that was left out of the signature.
const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";

/// The readings of one request: with and without the port in `host`, because one official client
/// leaves it out; then both again with header values in their own case, as no documented client does.
pub fn prove(look: &Look<'_>, secret: &str, attempt: usize) -> Option<Proof> {
    let (without_port, own_case) = (attempt % 2 == 1, attempt / 2 == 1);
    if attempt > 3 || (own_case && !look.assumptions.is(&RAW_HEADER_VALUES, "accept")) {
        return None;
    }
    let host = if without_port { portless(look.raw.host()) } else { look.raw.host() };
    let canonical_request = canonical_request(look, host, own_case);
    let claim = &look.call.claim;
    let timestamp = claim.timestamp.as_deref().unwrap_or("");
    let hashed = sha256_hex(canonical_request.as_bytes());
    let string_to_sign = format!("TC3-HMAC-SHA256\n{timestamp}\n{}\n{hashed}", claim.scope.join("/"));
    let piece = |place: usize| claim.scope.get(place).map_or("", String::as_str);
    let date_key = hmac_sha256(format!("TC3{secret}").as_bytes(), piece(0));
    let service_key = hmac_sha256(&date_key, piece(1));
    let signing_key = hmac_sha256(&service_key, piece(2));
    let signature = hex::encode(hmac_sha256(&signing_key, &string_to_sign));
    Some(Proof { canonical_request: Some(canonical_request), string_to_sign, signature })
}

fn canonical_request(look: &Look<'_>, host: &str, own_case: bool) -> String {
    let raw = look.raw;
    let query = if raw.method == "GET" { raw.query() } else { "" };
    let mut names: Vec<String> =
        look.call.claim.signed_headers.iter().map(|name| name.trim().to_ascii_lowercase()).collect();
    names.sort_unstable();
    let mut headers = String::new();
    for name in &names {
        let value = if name == "host" { host } else { raw.header(name).unwrap_or("") };
        let value = if own_case { value.trim().to_owned() } else { value.trim().to_lowercase() };
        headers.push_str(&format!("{name}:{value}\n"));
    }
    let signed = look.call.claim.signed_headers.join(";");
    format!("{}\n/\n{query}\n{headers}\n{signed}\n{}", raw.method, hashed_payload(look))
}

fn hashed_payload(look: &Look<'_>) -> String {
    if look.raw.header("x-tc-content-sha256") == Some(UNSIGNED_PAYLOAD) {
        return sha256_hex(UNSIGNED_PAYLOAD.as_bytes());
    }
    if look.raw.method == "GET" { sha256_hex(b"") } else { sha256_hex(&look.raw.body) }
}

fn portless(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}
