//! Building blocks of signing schemes: digests, escapes, sorted pairs and an equality that does not leak.
//!
//! The recipes themselves are the vendors'. Nothing here reads a header or knows a scheme's name.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use hmac::{Hmac, KeyInit as _, Mac as _};
use parking_lot::Mutex;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha1::Sha1;
use sha2::{Digest as _, Sha256};
use sm3::Sm3;
use subtle::ConstantTimeEq as _;

use crate::text::Text;

/// Everything but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The text with every character but `A-Z a-z 0-9 - _ . ~` as `%XX`, upper-case.
pub fn percent_encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// The same in pieces, for whoever digests them.
pub fn percent_encoded(text: &str) -> impl Iterator<Item = &str> {
    utf8_percent_encode(text, RESERVED)
}

/// The pairs of a query or form, `%XX` and `+` decoded, in the order they came.
///
/// Bytes that are no UTF-8 become U+FFFD, so a damaged text can never pass for another one.
pub fn decode_pairs(text: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(text).into_owned().collect()
}

/// The same, where what needs no decoding shares the memory of `text`.
pub fn shared_pairs(text: &Bytes) -> impl Iterator<Item = (Text, Text)> {
    form_urlencoded::parse(text).map(move |(name, value)| (shared_part(text, name), shared_part(text, value)))
}

/// Whether a pair of a query or form passes the test of its name and its value. Only what needs decoding is decoded, and
/// a value only when it is asked for.
pub fn any_pair(text: &[u8], test: impl Fn(&str, &dyn Fn() -> String) -> bool) -> bool {
    let decoded = |part: &[u8]| {
        let pair = form_urlencoded::parse(part).next();
        pair.map_or_else(String::new, |(part, _)| part.into_owned())
    };
    text.split(|byte| *byte == b'&').any(|piece| {
        let place = piece.iter().position(|byte| *byte == b'=').unwrap_or(piece.len());
        let name = &piece[..place];
        let value = || form_urlencoded::parse(piece).next().map_or_else(String::new, |(_, value)| value.into());
        match str::from_utf8(name) {
            Ok(name) if !name.contains(['%', '+']) => test(name, &value),
            _ => test(&decoded(name), &value),
        }
    })
}

/// A part of the text as a text of its own, which shares its memory where it was borrowed from it.
pub fn shared_part(text: &Bytes, part: Cow<'_, str>) -> Text {
    match part {
        Cow::Borrowed(part) => Text::try_from(text.slice_ref(part.as_bytes())).unwrap_or_default(),
        Cow::Owned(part) => part.into(),
    }
}

/// `name=value` pairs joined by `&`, percent-encoded, sorted by name and then by value.
pub fn canonical_query(pairs: &[(String, String)]) -> String {
    let mut sorted: Vec<_> = pairs.iter().collect();
    sorted.sort_unstable();
    let encoded: Vec<_> =
        sorted.iter().map(|(name, value)| format!("{}={}", percent_encode(name), percent_encode(value))).collect();
    encoded.join("&")
}

/// The same of pairs that are sorted, in pieces.
pub fn write_pairs<T: AsRef<str>>(pairs: &[(T, T)], mut take: impl FnMut(&str)) {
    let mut joint = "";
    for (name, value) in pairs {
        take(joint);
        percent_encoded(name.as_ref()).for_each(&mut take);
        take("=");
        percent_encoded(value.as_ref()).for_each(&mut take);
        joint = "&";
    }
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

/// Lower-case hex of the SM3 of the bytes.
pub fn sm3_hex(bytes: &[u8]) -> String {
    hex::encode(Sm3::digest(bytes))
}

pub fn hmac_sm3(key: &[u8], text: &(impl AsRef<[u8]> + ?Sized)) -> Vec<u8> {
    let mut mac = Hmac::<Sm3>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(text.as_ref());
    mac.finalize().into_bytes().to_vec()
}

/// Base64 with the standard alphabet and padding.
pub fn encode_base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Whether two texts are the same, in a time that depends on their lengths alone.
pub fn equals_in_constant_time(left: &str, right: &str) -> bool {
    left.as_bytes().ct_eq(right.as_bytes()).into()
}

/// The digest in lower-case hex.
pub fn hex_of(digest: &[u8; 32]) -> [u8; 64] {
    let mut hex = [0; 64];
    hex::encode_to_slice(digest, &mut hex).expect("two digits a byte");
    hex
}

/// Whether `sent` is the digest in lower-case hex, in a time that depends on its length alone.
pub fn is_hex_of(sent: &str, digest: &[u8; 32]) -> bool {
    hex_of(digest).ct_eq(sent.as_bytes()).into()
}

/// A keyed SHA-1 that takes its text in pieces.
pub fn mac_sha1(key: &[u8]) -> Hmac<Sha1> {
    Hmac::<Sha1>::new_from_slice(key).expect("HMAC takes a key of any length")
}

/// Whether `sent` is the digest in Base64, in a time that depends on its length alone.
pub fn is_base64_of(sent: &str, digest: &[u8]) -> bool {
    let mut text = [0; 64];
    let length = STANDARD.encode_slice(digest, &mut text).unwrap_or(0);
    length > 0 && text[..length].ct_eq(sent.as_bytes()).into()
}

/// The key of a signature that was derived for a scope, such as a day, kept for the next call of that scope.
#[derive(Default)]
pub struct KeptKey(Mutex<Option<(Box<str>, Hmac<Sha256>)>>);

impl KeptKey {
    /// A MAC with the key that `derive` makes for the scope.
    pub fn digest_for(&self, scope: &str, derive: impl FnOnce() -> Vec<u8>) -> Hmac<Sha256> {
        let mut kept = self.0.lock();
        if let Some((_, mac)) = kept.as_ref().filter(|(known, _)| **known == *scope) {
            return mac.clone();
        }
        let mac = Hmac::<Sha256>::new_from_slice(&derive()).expect("HMAC takes a key of any length");
        *kept = Some((scope.into(), mac.clone()));
        mac
    }
}

/// A copy is for another secret, maybe, and begins with none.
impl Clone for KeptKey {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl PartialEq for KeptKey {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for KeptKey {}
