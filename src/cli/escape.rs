//! Signs that a terminal obeys instead of showing them, made visible.
//!
//! Names, texts and answers come from files and from whoever answers at an address. What they hold must not move the
//! cursor, colour the screen or turn the order of a line around.

use std::borrow::Cow;

/// Whether a terminal obeys the sign: controls but for the end of a line and the tab, and marks of direction.
pub fn is_obeyed(sign: char) -> bool {
    let is_direction = matches!(
        sign,
        '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
    );
    is_direction || (sign.is_control() && !matches!(sign, '\n' | '\t'))
}

/// The text as people may see it: `\u{1b}` for an escape.
pub fn escape_text(text: &str) -> Cow<'_, str> {
    escape_with(text, |sign| format!("\\u{{{:x}}}", u32::from(sign)))
}

/// The same for a text of JSON, which stays the same value: in JSON such signs stand in strings only.
pub fn escape_json(text: &str) -> Cow<'_, str> {
    escape_with(text, |sign| format!("\\u{:04x}", u32::from(sign)))
}

fn escape_with(text: &str, escape: impl Fn(char) -> String) -> Cow<'_, str> {
    if !text.contains(is_obeyed) {
        return text.into();
    }
    let mut safe = String::with_capacity(text.len() + 8);
    for sign in text.chars() {
        if is_obeyed(sign) { safe.push_str(&escape(sign)) } else { safe.push(sign) }
    }
    safe.into()
}
