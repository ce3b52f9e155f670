//! TC3-HMAC-SHA256: the canonical request, the string to sign and the derived key.
//!
//! Source: the vendor's page of signature v3; proven by its published vectors and by captures of the
//! official clients.

use crate::call::Scheme;
use crate::sign::sha256_hex;
use crate::vendor::Look;
use crate::vendor::draft::Canonical;

use super::assumptions::RAW_HEADER_VALUES;

/// What is hashed instead of a body that was left out of the signature.
const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";

/// The readings of one request: with and without the port in `host`, because one official client
/// leaves it out; then both again with header values in their own case, as no documented client does.
pub fn draft(look: &Look<'_>, secret: &str, attempt: usize) -> Option<Canonical> {
    let (without_port, own_case) = (attempt % 2 == 1, attempt / 2 == 1);
    if attempt > 3 || (own_case && !look.assumptions.is(&RAW_HEADER_VALUES, "accept")) {
        return None;
    }
    let (raw, claim) = (look.raw, &look.call.claim);
    let timestamp = claim.timestamp.clone().unwrap_or_default();
    let piece = |place: usize| claim.scope.get(place).cloned().unwrap_or_default();
    Some(Canonical {
        query: if raw.method == "GET" { raw.query().to_owned() } else { String::new() },
        headers: headers(look, if without_port { portless(raw.host()) } else { raw.host() }, own_case),
        signed: claim.signed_headers.clone(),
        payload: hashed_payload(look),
        head: vec![Scheme::Tc3.name().to_owned(), timestamp, claim.scope.join("/")],
        chain: [0, 1, 2].map(piece).to_vec(),
        ..Canonical::new(&raw.method, format!("TC3{secret}").into_bytes())
    })
}

fn headers(look: &Look<'_>, host: &str, own_case: bool) -> Vec<(String, String)> {
    let mut names: Vec<String> =
        look.call.claim.signed_headers.iter().map(|name| name.trim().to_ascii_lowercase()).collect();
    names.sort_unstable();
    let value = |name: &str| if name == "host" { host } else { look.raw.header(name).unwrap_or("") }.trim();
    let cased = |value: &str| if own_case { value.to_owned() } else { value.to_lowercase() };
    let line = |name: String| {
        let value = cased(value(&name));
        (name, value)
    };
    names.into_iter().map(line).collect()
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
