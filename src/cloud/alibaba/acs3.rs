//! ACS3-HMAC-SHA256: the canonical request over whatever headers the client chose to sign.
//!
//! Source: the vendor's page of signature v3; proven by its published vectors and by captures.

use hmac::Mac as _;
use sha2::{Digest as _, Sha256};

use crate::cloud::CheckInput;
use crate::cloud::recipe::CanonicalRecipe;
use crate::sign::{KeptKey, canonical_query, decode_pairs, hex_of, is_hex_of, sha256_hex, write_pairs};

pub fn draft_recipe(look: &CheckInput<'_>, secret: &str) -> CanonicalRecipe {
    let raw = look.raw;
    let pairs = decode_pairs(raw.query().as_bytes());
    let signed: Vec<String> = look.call.claim.signed_headers().map(str::to_owned).collect();
    CanonicalRecipe {
        query: canonical_query(&pairs),
        headers: signed.iter().map(|name| signed_header(look, name)).collect(),
        signed,
        payload: sha256_hex(&raw.body),
        head: vec![super::ACS3.name().to_owned()],
        ..CanonicalRecipe::new(&raw.method, secret.as_bytes().to_vec())
    }
}

/// Whether the signature is that of the request; `None`: something about it is unusual.
pub fn signature_holds(look: &CheckInput<'_>, secret: &str, kept: &KeptKey) -> Option<bool> {
    let (raw, claim) = (look.raw, &look.call.claim);
    let (sent, signed) = (claim.signature.as_deref()?, claim.signed.as_deref()?);
    let mut request = Sha256::new();
    for piece in [&raw.method, "\n/\n"] {
        request.update(piece);
    }
    let mut pairs: Vec<_> = form_urlencoded::parse(raw.query().as_bytes()).collect();
    pairs.sort_unstable();
    write_pairs(&pairs, |piece| request.update(piece));
    request.update("\n");
    for name in claim.signed_headers() {
        let mut values = raw.headers.all(name);
        let value = values.next()?.trim();
        // Lines of one name are joined; names in upper case are found by none.
        if values.next().is_some() {
            return None;
        }
        for piece in [name, ":", value, "\n"] {
            request.update(piece);
        }
    }
    for piece in ["\n", signed, "\n"] {
        request.update(piece);
    }
    request.update(hex_of(&Sha256::digest(&raw.body).into()));
    let mut mac = kept.digest_for("", || secret.as_bytes().to_vec());
    for piece in [super::ACS3.name(), "\n"] {
        mac.update(piece.as_bytes());
    }
    mac.update(&hex_of(&request.finalize().into()));
    Some(is_hex_of(sent, &mac.finalize().into_bytes().into()))
}

/// Several values of one name are sorted and joined.
fn signed_header(look: &CheckInput<'_>, name: &str) -> (String, String) {
    let name = name.trim().to_ascii_lowercase();
    let mut values: Vec<&str> = look.raw.headers.all(&name).map(str::trim).collect();
    values.sort_unstable();
    let value = values.join(",");
    (name, value)
}
