//! ACS3-HMAC-SHA256 and ACS3-HMAC-SM3: the canonical request over whatever headers the client chose to sign.
//!
//! Source: the vendor's page of signature v3; proven by its published vectors and by captures.

use hmac::Mac as _;
use sha2::{Digest as _, Sha256};

use crate::call::{RawRequest, Scheme};
use crate::cloud::CheckInput;
use crate::cloud::recipe::CanonicalRecipe;
use crate::sign::{
    KeptKey, canonical_query, decode_pairs, hex_of, hmac_sm3, is_hex_of, read_pairs, sha256_hex, sm3_hex, write_pairs,
};

/// Headers that may carry the digest of the body. With SM3, the classic SDK for Java has a name of its own for it, and
/// the others write it into the header of the other digest.
pub fn digest_headers(scheme: Scheme) -> &'static [&'static str] {
    if scheme == super::ACS3_SM3 { &["x-acs-content-sm3", "x-acs-content-sha256"] } else { &["x-acs-content-sha256"] }
}

/// The digest of the body as the client sent it.
pub fn sent_digest(raw: &RawRequest, scheme: Scheme) -> Option<&str> {
    digest_headers(scheme).iter().find_map(|name| raw.header(name))
}

/// The digest of the bytes in the scheme's own way, in lower-case hex.
pub fn digest_hex(scheme: Scheme, bytes: &[u8]) -> String {
    if scheme == super::ACS3_SM3 { sm3_hex(bytes) } else { sha256_hex(bytes) }
}

pub fn draft_recipe(look: &CheckInput<'_>, secret: &str) -> CanonicalRecipe {
    let (raw, scheme) = (look.raw, look.call.claim.scheme);
    let pairs = decode_pairs(raw.query().as_bytes());
    let signed: Vec<String> = look.call.claim.signed_headers().map(str::to_owned).collect();
    let recipe = CanonicalRecipe {
        query: canonical_query(&pairs),
        headers: signed.iter().map(|name| signed_header(look, name)).collect(),
        signed,
        payload: digest_hex(scheme, &raw.body),
        head: vec![scheme.name().to_owned()],
        ..CanonicalRecipe::new(&raw.method, secret.as_bytes().to_vec())
    };
    if scheme != super::ACS3_SM3 {
        return recipe;
    }
    CanonicalRecipe { digest: |text| sm3_hex(text.as_bytes()), seal: |key, text| hmac_sm3(key, text), ..recipe }
}

/// Whether the signature is that of the request; `None`: something about it is unusual.
pub fn signature_holds(look: &CheckInput<'_>, secret: &str, kept: &KeptKey) -> Option<bool> {
    let (raw, claim) = (look.raw, &look.call.claim);
    let (sent, signed) = (claim.signature.as_deref()?, claim.signed.as_deref()?);
    let mut request = Sha256::new();
    for piece in [&raw.method, "\n/\n"] {
        request.update(piece);
    }
    let mut pairs: Vec<_> = read_pairs(raw.query().as_bytes()).collect();
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
