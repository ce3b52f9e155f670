//! Whether a text begins with a secret, however its signs are written.

/// Backslashes before one sign that are still taken for escapes of escapes.
const MOST_SLASHES: usize = 9;

/// Which of two readings goes first where a sign may be itself or the beginning of an escape.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Prefer {
    Itself,
    Escape,
    /// A text that was escaped twice, where a backslash is four of them.
    EscapeTwice,
}

/// How many bytes of `text` a secret takes that stands at its beginning; `None`: there is none.
///
/// The case of letters does not count, because names of headers have lost theirs.
pub(super) fn length_of(text: &[u8], secret: &[u8]) -> Option<usize> {
    // Most bytes of most texts are of no interest; this is what makes the search quick.
    if !text.first()?.eq_ignore_ascii_case(secret.first()?) && !b"%\\&+".contains(&text[0]) {
        return None;
    }
    match_disguised(text, secret, Prefer::Itself)
        .or_else(|| match_disguised(text, secret, Prefer::Escape))
        .or_else(|| match_disguised(text, secret, Prefer::EscapeTwice))
}

fn match_disguised(text: &[u8], secret: &[u8], prefer: Prefer) -> Option<usize> {
    let (mut at, mut matched) = (0, 0);
    while matched < secret.len() {
        let rest = &text[at..];
        let itself = || rest.first().filter(|next| next.eq_ignore_ascii_case(&secret[matched])).map(|_| (1, 1));
        let escape = || {
            let (written, taken) = decode_escape(rest, if prefer == Prefer::EscapeTwice { 4 } else { 2 })?;
            let signs = secret.get(matched..matched + written.len())?;
            signs.eq_ignore_ascii_case(&written).then_some((taken, written.len()))
        };
        let (taken, gained) = match prefer {
            Prefer::Itself => itself().or_else(escape)?,
            Prefer::Escape | Prefer::EscapeTwice => escape().or_else(itself)?,
        };
        at += taken;
        matched += gained;
    }
    Some(at)
}

/// The escape that the text begins with, where a backslash is written as `of_slash` of them: what it stands for, and how long it is.
fn decode_escape(text: &[u8], of_slash: usize) -> Option<(Vec<u8>, usize)> {
    match text.first()? {
        b'%' => decode_percent(text),
        b'\\' => decode_backslash(text, of_slash),
        b'&' => decode_entity(text),
        b'+' => Some((vec![b' '], 1)),
        _ => None,
    }
}

/// `%41`, and `%2541` and so on for what was encoded more than once.
fn decode_percent(text: &[u8]) -> Option<(Vec<u8>, usize)> {
    let mut at = 1;
    loop {
        let digits = text.get(at..at + 2)?;
        let byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
        let is_nested =
            byte == b'%' && text.get(at + 2..at + 4).is_some_and(|next| next.iter().all(u8::is_ascii_hexdigit));
        at += 2;
        if !is_nested {
            return Some((vec![byte], at));
        }
    }
}

/// `\u0041`, `\/` and the like, with any number of backslashes before it.
fn decode_backslash(text: &[u8], of_slash: usize) -> Option<(Vec<u8>, usize)> {
    let slashes = text.iter().take(MOST_SLASHES).take_while(|byte| **byte == b'\\').count();
    let rest = &text[slashes..];
    match rest.first() {
        Some(b'u') => {
            let digits = std::str::from_utf8(rest.get(1..5)?).ok()?;
            let letter = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
            Some((letter.to_string().into_bytes(), slashes + 5))
        }
        Some(sign @ (b'"' | b'/')) => Some((vec![*sign], slashes + 1)),
        _ if slashes >= of_slash => Some((vec![b'\\'], of_slash)),
        _ => None,
    }
}

/// `&amp;`, `&#65;`, `&#x41;`.
fn decode_entity(text: &[u8]) -> Option<(Vec<u8>, usize)> {
    let end = text.iter().take(12).position(|byte| *byte == b';')?;
    let name = std::str::from_utf8(&text[1..end]).ok()?;
    let letter = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    };
    Some((letter.to_string().into_bytes(), end + 1))
}
