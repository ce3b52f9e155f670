//! The older signature, HmacSHA1 or HmacSHA256 over sorted raw parameters.
//!
//! Source: the vendor's page of signature v1; proven by its published vector and by captures.

use crate::call::{ParamValue, Scheme};
use crate::sign::{base64, hmac_sha1, hmac_sha256};
use crate::vendor::{Look, Proof};

/// The readings of one request: names as they came, then with `.` for `_`, which one official client
/// writes when it signs.
pub fn prove(look: &Look<'_>, secret: &str, attempt: usize) -> Option<Proof> {
    let string_to_sign = match attempt {
        0 => string_to_sign(look, str::to_owned),
        1 => string_to_sign(look, |name| name.replace('_', ".")),
        _ => return None,
    };
    let digest = match look.call.claim.scheme {
        Scheme::HmacSha256 => hmac_sha256(secret.as_bytes(), &string_to_sign),
        _ => hmac_sha1(secret.as_bytes(), &string_to_sign),
    };
    Some(Proof { canonical_request: None, string_to_sign, signature: base64(&digest) })
}

fn string_to_sign(look: &Look<'_>, spell: impl Fn(&str) -> String) -> String {
    let pairs = look.call.params.pairs.iter().filter(|(name, _)| name != "Signature");
    let mut pieces: Vec<(String, &str)> = pairs
        .map(|(name, value)| match value {
            ParamValue::Text(text) => (spell(name), text.as_str()),
            ParamValue::Json(value) => (spell(name), value.as_str().unwrap_or("")),
        })
        .collect();
    pieces.sort();
    let joined: Vec<String> = pieces.iter().map(|(name, value)| format!("{name}={value}")).collect();
    format!("{}{}/?{}", look.raw.method, look.raw.host(), joined.join("&"))
}
