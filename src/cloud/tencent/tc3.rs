//! TC3-HMAC-SHA256: the canonical request, the string to sign and the derived key.
//!
//! Source: the vendor's page of signature v3; proven by its published vectors and by captures of the
//! official clients.

use hmac::Mac as _;
use sha2::{Digest as _, Sha256};

use crate::cloud::CheckInput;
use crate::cloud::recipe::CanonicalRecipe;
use crate::sign::{KeptKey, hex_of, hmac_sha256, is_hex_of, sha256_hex};
use crate::text::to_lower;

use super::assumptions::{RAW_HEADER_VALUES, RawHeaderValuesChoice};

/// The text that is hashed instead of a body that was left out of the signature.
const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";

/// The readings of one request: with and without the port in `host`, because one official client
/// leaves it out; then both again with header values in their own case, as no documented client does.
pub fn draft_recipe(look: &CheckInput<'_>, secret: &str, attempt: usize) -> Option<CanonicalRecipe> {
    let (drops_port, own_case) = (attempt % 2 == 1, attempt / 2 == 1);
    if attempt > 3 || (own_case && !look.assumptions.holds(&RAW_HEADER_VALUES, RawHeaderValuesChoice::Accept)) {
        return None;
    }
    let (raw, claim) = (look.raw, &look.call.claim);
    let timestamp = claim.timestamp.as_deref().unwrap_or_default().to_owned();
    let piece = |place: usize| claim.scope_parts().nth(place).unwrap_or_default().to_owned();
    Some(CanonicalRecipe {
        query: if raw.method == "GET" { raw.query().to_owned() } else { String::new() },
        headers: signed_headers(look, if drops_port { without_port(raw.host()) } else { raw.host() }, own_case),
        signed: claim.signed_headers().map(str::to_owned).collect(),
        payload: payload_hash(look),
        head: vec![super::TC3.name().to_owned(), timestamp, claim.scope.as_deref().unwrap_or_default().to_owned()],
        chain: [0, 1, 2].map(piece).to_vec(),
        ..CanonicalRecipe::new(&raw.method, format!("TC3{secret}").into_bytes())
    })
}

/// Whether the signature is that of the first reading; `None`: something about it is unusual.
pub fn signature_holds(look: &CheckInput<'_>, secret: &str, kept: &KeptKey) -> Option<bool> {
    let (raw, claim) = (look.raw, &look.call.claim);
    let (sent, signed, scope) = (claim.signature.as_deref()?, claim.signed.as_deref()?, claim.scope.as_deref()?);
    let mut names: [&str; MOST_HEADERS] = [""; MOST_HEADERS];
    let mut count = 0;
    for name in claim.signed_headers() {
        *names.get_mut(count)? = Some(name).filter(|name| is_plain(name))?;
        count += 1;
    }
    names[..count].sort_unstable();
    let is_get = raw.method == "GET";
    let mut request = Sha256::new();
    for piece in [&*raw.method, "\n/\n", if is_get { raw.query() } else { "" }, "\n"] {
        request.update(piece);
    }
    for name in &names[..count] {
        let value = to_lower(raw.header(name).unwrap_or("").trim());
        for piece in [*name, ":", &value, "\n"] {
            request.update(piece);
        }
    }
    for piece in ["\n", signed, "\n"] {
        request.update(piece);
    }
    let payload = match raw.header("x-tc-content-sha256") {
        Some(UNSIGNED_PAYLOAD) => UNSIGNED_PAYLOAD.as_bytes(),
        _ if is_get => b"",
        _ => &raw.body,
    };
    request.update(hex_of(&Sha256::digest(payload).into()));
    let mut mac = kept.digest_for(scope, || {
        let pieces = (0..3).map(|place| claim.scope_parts().nth(place).unwrap_or_default());
        pieces.fold(format!("TC3{secret}").into_bytes(), |key, piece| hmac_sha256(&key, piece))
    });
    let head = [super::TC3.name(), "\n", claim.timestamp.as_deref().unwrap_or_default(), "\n", scope, "\n"];
    for piece in head {
        mac.update(piece.as_bytes());
    }
    mac.update(&hex_of(&request.finalize().into()));
    Some(is_hex_of(sent, &mac.finalize().into_bytes().into()))
}

/// Signed headers of a usual call, at most.
const MOST_HEADERS: usize = 16;

/// Whether the name of a header is written as it is digested.
fn is_plain(name: &str) -> bool {
    !name.bytes().any(|byte| byte.is_ascii_uppercase() || byte.is_ascii_whitespace())
}

fn signed_headers(look: &CheckInput<'_>, host: &str, own_case: bool) -> Vec<(String, String)> {
    let mut names: Vec<String> =
        look.call.claim.signed_headers().map(|name| name.trim().to_ascii_lowercase()).collect();
    names.sort_unstable();
    let value = |name: &str| if name == "host" { host } else { look.raw.header(name).unwrap_or("") }.trim();
    let cased = |value: &str| if own_case { value.to_owned() } else { value.to_lowercase() };
    let line = |name: String| {
        let value = cased(value(&name));
        (name, value)
    };
    names.into_iter().map(line).collect()
}

fn payload_hash(look: &CheckInput<'_>) -> String {
    if look.raw.header("x-tc-content-sha256") == Some(UNSIGNED_PAYLOAD) {
        return sha256_hex(UNSIGNED_PAYLOAD.as_bytes());
    }
    if look.raw.method == "GET" { sha256_hex(b"") } else { sha256_hex(&look.raw.body) }
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}
