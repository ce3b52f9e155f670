//! Text as it came in, shared instead of copied.

use std::borrow::Cow;
use std::cell::RefCell;
use std::iter;

use memchr::memchr;

/// Text that shares the memory it was cut from. Cloning copies none of it.
pub type Text = bytestring::ByteString;

thread_local! {
    static SCRATCH: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Does something with the parts as one text, for which no memory is asked for where a thread does that often.
pub fn with_joined<const N: usize, R>(parts: [&str; N], act: impl FnOnce(&str) -> R) -> R {
    // Taken out meanwhile, so that `act` may do the same.
    let mut text = SCRATCH.take();
    text.clear();
    text.extend(parts);
    let made = act(&text);
    SCRATCH.set(text);
    made
}

/// The pieces of a text with such a byte of ASCII between them, of which there is one at least; none of no text.
pub fn pieces(text: Option<&str>, between: u8) -> impl Iterator<Item = &str> {
    let mut rest = text;
    iter::from_fn(move || {
        let text = rest.take()?;
        let Some(place) = memchr(between, text.as_bytes()) else { return Some(text) };
        rest = Some(&text[place + 1..]);
        Some(&text[..place])
    })
}

/// The value as people write it: a text as it is, anything else as JSON.
pub fn display_json(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The text in lower case, copied only where it is not.
pub fn to_lower(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) { text.to_ascii_lowercase().into() } else { text.into() }
}
