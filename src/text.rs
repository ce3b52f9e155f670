//! Text as it came in, shared instead of copied.

use std::borrow::Cow;

/// Text that shares the memory it was cut from. Cloning copies none of it.
pub type Text = bytestring::ByteString;

/// The text in lower case, copied only where it is not.
pub fn lower(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) { text.to_ascii_lowercase().into() } else { text.into() }
}
