//! ACS3-HMAC-SHA256: the canonical request over whatever headers the client chose to sign.
//!
//! Source: the vendor's page of signature v3; proven by its published vectors and by captures.

use crate::call::Scheme;
use crate::sign::{canonical_query, decode_pairs, sha256_hex};
use crate::vendor::Look;
use crate::vendor::draft::Canonical;

pub fn draft(look: &Look<'_>, secret: &str) -> Canonical {
    let raw = look.raw;
    let pairs = decode_pairs(raw.query().as_bytes());
    let signed = &look.call.claim.signed_headers;
    Canonical {
        query: canonical_query(&pairs),
        headers: signed.iter().map(|name| header(look, name)).collect(),
        signed: signed.clone(),
        payload: sha256_hex(&raw.body),
        head: vec![Scheme::Acs3.name().to_owned()],
        ..Canonical::new(&raw.method, secret.as_bytes().to_vec())
    }
}

/// Several values of one name are sorted and joined.
fn header(look: &Look<'_>, name: &str) -> (String, String) {
    let name = name.trim().to_ascii_lowercase();
    let mut values: Vec<&str> = look.raw.headers.all(&name).map(str::trim).collect();
    values.sort_unstable();
    let value = values.join(",");
    (name, value)
}
