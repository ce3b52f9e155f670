//! What signing schemes share: digests, escapes, sorted pairs and an equality that does not leak.
//!
//! The recipes themselves are the vendors'. Nothing here reads a header or knows a scheme's name.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha1::Sha1;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// Everything but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The text with every character but `A-Z a-z 0-9 - _ . ~` as `%XX`, upper-case.
pub fn percent_encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// The pairs of a query or form, `%XX` and `+` decoded, in the order they came.
///
/// Bytes that are no UTF-8 become U+FFFD, so a damaged text can never pass for another one.
pub fn decode_pairs(text: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(text).into_owned().collect()
}

/// `name=value` pairs joined by `&`, percent-encoded, sorted by name and then by value.
pub fn canonical_query(pairs: &[(String, String)]) -> String {
    let mut sorted: Vec<_> = pairs.iter().collect();
    sorted.sort_unstable();
    let encoded: Vec<_> =
        sorted.iter().map(|(name, value)| format!("{}={}", percent_encode(name), percent_encode(value))).collect();
    encoded.join("&")
}

/// Lower-case hex of the SHA-256 of the bytes.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

pub fn hmac_sha256(key: &[u8], text: &(impl AsRef<[u8]> + ?Sized)) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(text.as_ref());
    mac.finalize().into_bytes().to_vec()
}

pub fn hmac_sha1(key: &[u8], text: &(impl AsRef<[u8]> + ?Sized)) -> Vec<u8> {
    let mut mac = Hmac::<Sha1>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(text.as_ref());
    mac.finalize().into_bytes().to_vec()
}

/// Base64 with the standard alphabet and padding.
pub fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Whether two texts are the same, in a time that depends on their lengths alone.
pub fn same(left: &str, right: &str) -> bool {
    left.as_bytes().ct_eq(right.as_bytes()).into()
}
