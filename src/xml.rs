//! The characters that a document in XML 1.0 can hold.

use std::borrow::Cow;

/// The text with U+FFFD in the place of each character that XML 1.0 cannot hold, not even escaped.
///
/// Source: the production `Char` of <https://www.w3.org/TR/xml/#charsets>.
pub fn writable_text(text: &str) -> Cow<'_, str> {
    let is_writable = |letter| matches!(letter, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    if text.chars().all(is_writable) {
        return text.into();
    }
    text.chars().map(|letter| if is_writable(letter) { letter } else { '\u{fffd}' }).collect()
}
