//! Building blocks of signing schemes: digests, escapes, sorted pairs and an equality that does not leak.
//!
//! The recipes themselves are the vendors'. Nothing here reads a header or knows a scheme's name.

use std::borrow::Cow;
use std::iter;
use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use hmac::{Hmac, KeyInit as _, Mac as _};
use memchr::memchr;
use parking_lot::Mutex;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode, utf8_percent_encode};
use sha1::Sha1;
use sha2::{Digest as _, Sha256};
use sm3::Sm3;
use subtle::{Choice, ConstantTimeEq as _};

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

/// Appends the text as it is when it is percent-encoded, and that is once more.
pub fn encode_twice(text: &str, into: &mut Vec<u8>) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            into.push(byte);
        } else {
            let [high, low] = [byte >> 4, byte & 15].map(|digit| DIGITS[usize::from(digit)]);
            into.extend_from_slice(&[b'%', b'2', b'5', high, low]);
        }
    }
}

/// The pairs of a query or form, `%XX` and `+` decoded, in the order they came.
///
/// Bytes that are no UTF-8 become U+FFFD, so a damaged text can never pass for another one.
pub fn read_pairs(text: &[u8]) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
    let whole = PairText::new(text);
    whole.split_pairs().map(move |(name, value)| (whole.decode_part(name), whole.decode_part(value)))
}

/// The same as texts of their own.
pub fn decode_pairs(text: &[u8]) -> Vec<(String, String)> {
    read_pairs(text).map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

/// The same, where what needs no decoding shares the memory of `text`.
pub fn shared_pairs(text: &Bytes) -> impl Iterator<Item = (Text, Text)> {
    // Looked at as a whole, so that none of its parts has to be looked at again.
    let whole = Text::try_from(text.clone()).ok();
    let share = move |part| match (&whole, part) {
        (Some(whole), Cow::Borrowed(part)) => whole.slice_ref(part),
        (_, part) => part.into_owned().into(),
    };
    read_pairs(text).map(move |(name, value)| (share(name), share(value)))
}

/// Whether a pair of a query or form passes the test of its name and its value. A value is decoded only when it is asked
/// for.
pub fn any_pair(text: &[u8], test: impl Fn(&str, &dyn Fn() -> String) -> bool) -> bool {
    let whole = PairText::new(text);
    whole
        .split_pairs()
        .any(|(name, value)| test(&whole.decode_part(name), &|| whole.decode_part(value.clone()).into_owned()))
}

/// A query or form, and the same as a text where all of it is one.
#[derive(Clone, Copy)]
struct PairText<'t> {
    bytes: &'t [u8],
    text: Option<&'t str>,
}

impl<'t> PairText<'t> {
    fn new(bytes: &'t [u8]) -> Self {
        Self { bytes, text: str::from_utf8(bytes).ok() }
    }

    /// Where the pairs are written; of one without a value, that is empty.
    fn split_pairs(self) -> impl Iterator<Item = (Range<usize>, Range<usize>)> {
        let mut next = 0;
        let pieces = iter::from_fn(move || {
            let (start, rest) = (next, self.bytes.get(next..).filter(|rest| !rest.is_empty())?);
            let end = start + memchr(b'&', rest).unwrap_or(rest.len());
            next = end + 1;
            Some(start..end)
        });
        pieces.filter(|piece| !piece.is_empty()).map(move |piece| match memchr(b'=', &self.bytes[piece.clone()]) {
            Some(length) => (piece.start..piece.start + length, piece.start + length + 1..piece.end),
            None => (piece.clone(), piece.end..piece.end),
        })
    }

    fn decode_part(self, part: Range<usize>) -> Cow<'t, str> {
        let bytes = &self.bytes[part.clone()];
        if bytes.iter().any(|byte| matches!(byte, b'%' | b'+')) {
            let spaced: Vec<u8> = bytes.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
            return percent_decode(&spaced).decode_utf8_lossy().into_owned().into();
        }
        // What stands between bytes of ASCII in a text is one.
        self.text.map_or_else(|| String::from_utf8_lossy(bytes), |text| Cow::Borrowed(&text[part]))
    }
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
    text_of_hex(&hex_of(&Sha256::digest(bytes).into())).to_owned()
}

/// A keyed SHA-256, which a copy begins anew with the same key.
pub type MacSha256 = Hmac<Sha256>;

pub fn mac_sha256(key: &[u8]) -> MacSha256 {
    MacSha256::new_from_slice(key).expect("HMAC takes a key of any length")
}

/// The digest of the text behind what the MAC has taken already.
pub fn finish_mac(mut mac: MacSha256, text: &(impl AsRef<[u8]> + ?Sized)) -> [u8; 32] {
    mac.update(text.as_ref());
    mac.finalize().into_bytes().into()
}

pub fn hmac_sha256(key: &[u8], text: &(impl AsRef<[u8]> + ?Sized)) -> Vec<u8> {
    finish_mac(mac_sha256(key), text).to_vec()
}

pub fn hmac_sha1(key: &[u8], text: &(impl AsRef<[u8]> + ?Sized)) -> Vec<u8> {
    let mut mac = Hmac::<Sha1>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(text.as_ref());
    mac.finalize().into_bytes().to_vec()
}

/// Lower-case hex of the SM3 of the bytes.
pub fn sm3_hex(bytes: &[u8]) -> String {
    text_of_hex(&hex_of(&Sm3::digest(bytes).into())).to_owned()
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

/// The bytes of Base64 with the standard alphabet and padding.
pub fn decode_base64(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
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

fn text_of_hex(hex: &[u8; 64]) -> &str {
    str::from_utf8(hex).expect("digits are ASCII")
}

/// Whether `sent` is the digest in lower-case hex, in a time that depends on its length alone.
pub fn is_hex_of(sent: &str, digest: &[u8; 32]) -> bool {
    let Ok(sent) = <&[u8; 64]>::try_from(sent.as_bytes()) else { return false };
    let (sent, right) = (words_of(sent), words_of(&hex_of(digest)));
    sent.iter().zip(&right).fold(Choice::from(1), |same, (sent, right)| same & sent.ct_eq(right)).into()
}

/// The bytes in words, of which fewer have to be compared.
fn words_of(hex: &[u8; 64]) -> [u64; 8] {
    let (words, _) = hex.as_chunks::<8>();
    std::array::from_fn(|place| u64::from_ne_bytes(words[place]))
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
pub struct KeptKey(Mutex<Option<(Box<str>, MacSha256)>>);

impl KeptKey {
    /// A MAC with the key that `derive` makes for the scope.
    pub fn digest_for(&self, scope: &str, derive: impl FnOnce() -> Vec<u8>) -> MacSha256 {
        let mut kept = self.0.lock();
        if let Some((_, mac)) = kept.as_ref().filter(|(known, _)| **known == *scope) {
            return mac.clone();
        }
        let mac = mac_sha256(&derive());
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
