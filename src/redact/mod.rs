//! Taking secrets out of what is shown, in whatever clothes a client sent them.
//!
//! A secret may have come in the place of a key id, in a header or in a body, and percent-encoded,
//! escaped as JSON or XML, in another case, or inside of Base64. What is a secret is the caller's
//! business; here they are found and covered.

mod disguise;
mod secrets;

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use crate::sign::encode_base64;
use crate::world::World;
pub use secrets::{Lease, Secrets};

/// The mask of a secret.
pub const COVER: &str = "[redacted]";

/// What a client sends may be as short as it likes, and a text without its every `1` says nothing.
const LEAST_SENT: usize = 6;

/// A token that is shorter turns up within words.
const LEAST_ANYWHERE: usize = 8;

/// Text of Base64 that is shorter turns up by chance.
const LEAST_BASE64: usize = 8;

/// Bytes of a text that are looked up while the secrets of all sandboxes are held.
const SLICE: usize = 64 << 10;

/// Covers a set of secrets.
#[derive(Clone, Default)]
pub struct Redactor {
    /// Longest first, so that a secret that begins another one does not leave its rest standing.
    plain: Vec<Vec<u8>>,
    /// The forms of a secret within Base64, at each of the three places that it may begin at.
    encoded: Vec<Vec<u8>>,
    /// The starts of both.
    starts: HashSet<u64>,
    /// The first bytes of those that have no start.
    firsts: Vec<u8>,
    /// A token that is so short that it is covered only where it stands alone.
    short_token: Option<Vec<u8>>,
    /// The secrets of all sandboxes, which are covered as they are or escaped.
    everybody: Option<Arc<Secrets>>,
}

/// A place of a text at which a secret may begin: one of a redactor's own, or this one of another sandbox.
type Candidate = (usize, Option<Arc<str>>);

impl Redactor {
    /// Covers the secrets that these sandboxes have at the time.
    pub fn of_everybody(secrets: Arc<Secrets>) -> Self {
        Self { everybody: Some(secrets), ..Self::default() }
    }

    /// The same, and the secrets and the session tokens of a world.
    #[must_use]
    pub fn with_world(mut self, world: &World) -> Self {
        for key in world.credentials() {
            self.add_secret(&key.secret);
            key.session_tokens.iter().for_each(|token| self.add_secret(token));
        }
        self
    }

    /// The same, and this one.
    #[must_use]
    pub fn with_secret(mut self, secret: Option<&str>) -> Self {
        self.add_secret(secret.unwrap_or(""));
        self
    }

    /// The same, and a token that somebody chose: one of less than eight characters is covered where it stands
    /// alone, because it may be a part of ordinary words.
    #[must_use]
    pub fn with_token(mut self, token: Option<&str>) -> Self {
        match token {
            Some(short) if !short.is_empty() && short.len() < LEAST_ANYWHERE => {
                self.add_start(short.as_bytes());
                self.short_token = Some(short.as_bytes().to_vec());
                self
            }
            token => self.with_secret(token),
        }
    }

    /// The same, and this one that a client claims, unless it is so short that it may stand anywhere.
    #[must_use]
    pub fn and_sent(self, secret: &str) -> Self {
        if secret.len() < LEAST_SENT { self } else { self.with_secret(Some(secret)) }
    }

    fn add_secret(&mut self, secret: &str) {
        let bytes = secret.as_bytes();
        if bytes.is_empty() || self.plain.iter().any(|known| known == bytes) {
            return;
        }
        self.add_start(bytes);
        let place = self.plain.partition_point(|known| known.len() >= bytes.len());
        self.plain.insert(place, bytes.to_vec());
        for before in 0..3 {
            let standard = inner_base64(bytes, before);
            let for_urls = standard.replace('+', "-").replace('/', "_");
            for text in [standard, for_urls] {
                if text.len() >= LEAST_BASE64 && !self.encoded.iter().any(|known| known == text.as_bytes()) {
                    self.add_start(text.as_bytes());
                    self.encoded.push(text.into_bytes());
                }
            }
        }
    }

    fn add_start(&mut self, pattern: &[u8]) {
        match disguise::start_of(pattern) {
            Some(start) => _ = self.starts.insert(start),
            None => self.firsts.extend(pattern.first().map(|byte| disguise::fold_byte(*byte))),
        }
    }

    /// The text with every secret covered.
    pub fn redact_text(&self, text: &str) -> String {
        match self.redact_bytes(text.as_bytes()) {
            Cow::Borrowed(_) => text.to_owned(),
            Cow::Owned(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    /// The bytes with every secret covered. It takes time in proportion to their number, whatever they are.
    pub fn redact_bytes<'a>(&self, bytes: &'a [u8]) -> Cow<'a, [u8]> {
        let mut clean: Option<Vec<u8>> = None;
        let mut kept = 0;
        for from in (0..bytes.len()).step_by(SLICE) {
            for (at, foreign) in self.candidates(bytes, from) {
                if at < kept {
                    continue;
                }
                let own = || self.find_secret(bytes, at, kept);
                let Some((start, end)) = foreign.map_or_else(own, |secret| stands_at(bytes, at, &secret)) else {
                    continue;
                };
                let clean = clean.get_or_insert_with(|| Vec::with_capacity(bytes.len()));
                clean.extend_from_slice(&bytes[kept..start]);
                clean.extend_from_slice(COVER.as_bytes());
                kept = end;
            }
        }
        match clean {
            None => Cow::Borrowed(bytes),
            Some(mut clean) => {
                clean.extend_from_slice(&bytes[kept..]);
                Cow::Owned(clean)
            }
        }
    }

    /// Those in the slice from `from` on, in the order of places, and of one place the own ones first.
    fn candidates(&self, bytes: &[u8], from: usize) -> Vec<Candidate> {
        let to = (from + SLICE + disguise::START_ROOM).min(bytes.len());
        let everybody = self.everybody.as_ref().map(|secrets| secrets.open());
        let (mut short, mut long) = (Vec::new(), Vec::new());
        disguise::visit_starts(
            &bytes[from..to],
            |at, byte| short.extend(self.firsts.contains(&byte).then_some((from + at, None))),
            |at, start| {
                long.extend(self.starts.contains(&start).then_some((from + at, None)));
                let foreign = everybody.iter().flat_map(|everybody| everybody.beginning_with(start));
                long.extend(foreign.map(|secret| (from + at, Some(Arc::clone(secret)))));
            },
        );
        drop(everybody);
        short.append(&mut long);
        short.sort_unstable();
        short.dedup();
        short
    }

    /// Where the secret lies that begins at `at`; it never reaches back behind `floor`.
    fn find_secret(&self, bytes: &[u8], at: usize, floor: usize) -> Option<(usize, usize)> {
        let rest = &bytes[at..];
        if let Some(length) = self.plain.iter().find_map(|secret| disguise::length_of(rest, secret)) {
            return Some((at, at + length));
        }
        let short = self.short_token.as_ref().and_then(|token| disguise::length_of(rest, token));
        if let Some(length) = short.filter(|length| stands_alone(bytes, at, at + length)) {
            return Some((at, at + length));
        }
        let length = self.encoded.iter().find_map(|secret| disguise::length_of(rest, secret))?;
        // The signs beside it hold the secret's first and last bits.
        let is_base64 = |byte: &&u8| byte.is_ascii_alphanumeric() || b"+/-_=".contains(byte);
        let before = bytes[floor..at].iter().rev().take(2).take_while(is_base64).count();
        let after = bytes[at + length..].iter().take(2).take_while(is_base64).count();
        Some((at - before, at + length + after))
    }
}

/// Whether no letter, digit or sign of a name touches what lies there. An escape before it is no letter.
fn stands_alone(bytes: &[u8], from: usize, to: usize) -> bool {
    let is_wordy = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii() || b"-_".contains(byte);
    let before = &bytes[..from];
    let escaped = before
        .last_chunk::<3>()
        .is_some_and(|[sign, digits @ ..]| *sign == b'%' && digits.iter().all(u8::is_ascii_hexdigit));
    (escaped || !before.last().is_some_and(is_wordy)) && !bytes.get(to).is_some_and(is_wordy)
}

/// Where the secret lies if it begins at `at`.
fn stands_at(bytes: &[u8], at: usize, secret: &str) -> Option<(usize, usize)> {
    disguise::length_of(&bytes[at..], secret.as_bytes()).map(|length| (at, at + length))
}

/// The signs of Base64 that the bytes alone decide when so many others stand before them.
fn inner_base64(bytes: &[u8], before: usize) -> String {
    let padded: Vec<u8> = std::iter::repeat_n(0, before).chain(bytes.iter().copied()).collect();
    let text = encode_base64(&padded);
    // A sign stands for six bits; the ones at the ends share theirs with neighbours.
    let from = (before * 8).div_ceil(6);
    let to = padded.len() * 8 / 6;
    text.get(from..to).unwrap_or("").to_owned()
}
