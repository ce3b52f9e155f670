//! ACS3-HMAC-SHA256: the canonical request over whatever headers the client chose to sign.
//!
//! Source: the vendor's page of signature v3; proven by its published vectors and by captures.

use crate::sign::{canonical_query, decode_pairs, hmac_sha256, sha256_hex};
use crate::vendor::{Look, Proof};

pub fn prove(look: &Look<'_>, secret: &str) -> Proof {
    let raw = look.raw;
    let pairs = decode_pairs(raw.query().as_bytes());
    let query = canonical_query(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let signed = &look.call.claim.signed_headers;
    let headers: String = signed.iter().map(|name| header_line(look, name)).collect();
    let canonical_request =
        format!("{}\n/\n{query}\n{headers}\n{}\n{}", raw.method, signed.join(";"), sha256_hex(&raw.body));
    let string_to_sign = format!("ACS3-HMAC-SHA256\n{}", sha256_hex(canonical_request.as_bytes()));
    let signature = hex::encode(hmac_sha256(secret.as_bytes(), &string_to_sign));
    Proof { canonical_request: Some(canonical_request), string_to_sign, signature }
}

/// Several values of one name are sorted and joined.
fn header_line(look: &Look<'_>, name: &str) -> String {
    let name = name.trim().to_ascii_lowercase();
    let mut values: Vec<&str> = look.raw.headers.all(&name).map(str::trim).collect();
    values.sort_unstable();
    format!("{name}:{}\n", values.join(","))
}
