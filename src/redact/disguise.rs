//! Secrets behind the escapes of a text: where one may begin, and whether it stands there.

/// Backslashes before one sign that are still taken for escapes of escapes.
const MOST_SLASHES: usize = 9;

/// Signs that escapes begin with.
const ESCAPES: &[u8] = b"%\\&";

/// Bytes that tell secrets apart when a text is searched for many of them at once.
pub(super) const START: usize = 8;

/// Bytes of a text in which the start of a secret has room, however it is escaped.
pub(super) const START_ROOM: usize = START * (MOST_SLASHES + 5);

/// Which of two readings goes first where a sign may be itself or the beginning of an escape.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Prefer {
    Itself,
    Escape,
    /// A text that was escaped twice, where a backslash is four of them.
    EscapeTwice,
}

impl Prefer {
    const fn slashes(self) -> usize {
        if matches!(self, Self::EscapeTwice) { 4 } else { 2 }
    }
}

/// An escape: the bytes it stands for, and the bytes it takes.
struct Escape {
    written: [u8; 4],
    gained: usize,
    taken: usize,
}

impl Escape {
    fn of_byte(byte: u8, taken: usize) -> Self {
        Self { written: [byte, 0, 0, 0], gained: 1, taken }
    }

    fn of_letter(letter: char, taken: usize) -> Self {
        let mut written = [0; 4];
        let gained = letter.encode_utf8(&mut written).len();
        Self { written, gained, taken }
    }

    fn bytes(&self) -> &[u8] {
        &self.written[..self.gained]
    }
}

/// How many bytes of `text` a secret takes that stands at its beginning; `None`: there is none.
///
/// The case of letters does not count, because names of headers have lost theirs.
pub(super) fn length_of(text: &[u8], secret: &[u8]) -> Option<usize> {
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
            let escape = decode_escape(rest, prefer.slashes())?;
            let signs = secret.get(matched..matched + escape.gained)?;
            signs.eq_ignore_ascii_case(escape.bytes()).then_some((escape.taken, escape.gained))
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

/// The first [`START`] bytes of a secret as [`visit_starts`] sees them in a text. `None`: it is too short, or has signs
/// at its beginning that escapes begin with, so that only its first byte can be looked for.
pub(super) fn start_of(secret: &[u8]) -> Option<u64> {
    let start = secret.get(..START)?;
    let is_plain = start.iter().all(|byte| !ESCAPES.contains(byte));
    is_plain.then(|| start.iter().fold(0, |start, byte| start << 8 | u64::from(fold_byte(*byte))))
}

/// The byte as it is compared: without case, and with a plus for the blank that it is in a form.
pub(super) fn fold_byte(byte: u8) -> u8 {
    if byte == b'+' { b' ' } else { byte.to_ascii_lowercase() }
}

/// Shows every place of the text at which a secret may begin, with the first byte that is written there, and, as soon as
/// there are so many, every place with the [`START`] bytes from there on. Places come up to three times, once for each
/// way of reading escapes. The work is in proportion to the length of the text, whatever it is.
pub(super) fn visit_starts(text: &[u8], mut first: impl FnMut(usize, u8), mut start: impl FnMut(usize, u64)) {
    visit_reading(text, None, &mut first, &mut start);
    if text.iter().any(|byte| ESCAPES.contains(byte)) {
        for reading in [Prefer::Escape, Prefer::EscapeTwice] {
            visit_reading(text, Some(reading), &mut first, &mut start);
        }
    }
}

fn visit_reading(
    text: &[u8],
    reading: Option<Prefer>,
    first: &mut impl FnMut(usize, u8),
    start: &mut impl FnMut(usize, u64),
) {
    let mut window: u64 = 0;
    // Where each byte of the window is written; the newest is the last one.
    let mut places = [0; START];
    let mut count = 0;
    // Starts within escapes that are not whole yet.
    let mut begun: Vec<Begun> = Vec::new();
    let mut see = |begun: &mut Vec<Begun>, place: usize, byte: u8| {
        let byte = fold_byte(byte);
        window = window << 8 | u64::from(byte);
        first(place, byte);
        places[count % START] = place;
        count += 1;
        if count >= START {
            start(places[count % START], window);
        }
        begun.retain_mut(|one| {
            one.add_byte(byte);
            if one.seen == START {
                start(one.place, one.bytes);
            }
            one.seen < START
        });
    };
    let mut at = 0;
    while at < text.len() {
        match reading.and_then(|reading| decode_escape(&text[at..], reading.slashes())) {
            Some(escape) => {
                escape.bytes().iter().for_each(|byte| see(&mut begun, at, *byte));
                // A secret may as well begin within what only looks like an escape: `%1demo` is no `%1d`. With more bytes
                // than a start has, it is seen where no escape is read.
                for place in at + escape.taken - (escape.taken - 1).min(START - 1)..at + escape.taken {
                    let mut inside = Begun { place, bytes: 0, seen: 0 };
                    text[place..at + escape.taken].iter().for_each(|byte| inside.add_byte(*byte));
                    begun.push(inside);
                }
                at += escape.taken;
            }
            None => {
                see(&mut begun, at, text[at]);
                at += 1;
            }
        }
    }
}

/// The start of a secret that may begin within an escape, as far as it was seen.
struct Begun {
    place: usize,
    bytes: u64,
    seen: usize,
}

impl Begun {
    fn add_byte(&mut self, byte: u8) {
        self.bytes = self.bytes << 8 | u64::from(fold_byte(byte));
        self.seen += 1;
    }
}

/// The escape that the text begins with, where a backslash is written as `of_slash` of them.
fn decode_escape(text: &[u8], of_slash: usize) -> Option<Escape> {
    match text.first()? {
        b'%' => decode_percent(text),
        b'\\' => decode_backslash(text, of_slash),
        b'&' => decode_entity(text),
        b'+' => Some(Escape::of_byte(b' ', 1)),
        _ => None,
    }
}

/// `%41`, and `%2541` and so on for what was encoded more than once.
fn decode_percent(text: &[u8]) -> Option<Escape> {
    let digit = |at: usize| text.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let mut at = 1;
    // Encoded more often than that, nobody reads it any more.
    for _ in 0..MOST_SLASHES {
        let byte = u8::try_from(digit(at)? << 4 | digit(at + 1)?).ok()?;
        let is_nested = byte == b'%' && digit(at + 2).is_some() && digit(at + 3).is_some();
        at += 2;
        if !is_nested {
            return Some(Escape::of_byte(byte, at));
        }
    }
    None
}

/// `\u0041`, `\/` and the like, with any number of backslashes before it.
fn decode_backslash(text: &[u8], of_slash: usize) -> Option<Escape> {
    let slashes = text.iter().take(MOST_SLASHES).take_while(|byte| **byte == b'\\').count();
    let rest = &text[slashes..];
    match rest.first() {
        Some(b'u') => {
            let digits = std::str::from_utf8(rest.get(1..5)?).ok()?;
            let letter = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
            Some(Escape::of_letter(letter, slashes + 5))
        }
        Some(sign @ (b'"' | b'/')) => Some(Escape::of_byte(*sign, slashes + 1)),
        _ if slashes >= of_slash => Some(Escape::of_byte(b'\\', of_slash)),
        _ => None,
    }
}

/// `&amp;`, `&#65;`, `&#x41;`.
fn decode_entity(text: &[u8]) -> Option<Escape> {
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
    Some(Escape::of_letter(letter, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_work_is_in_proportion_to_the_text_whatever_it_is() {
        let texts = ["\\", "\\u0041", "%", "%25", "%2525", "%41", "&", "&amp;", "&#65;", "+", "a", "\\\\%&"];
        for text in texts.map(|piece| piece.repeat(10_000)) {
            let mut places = 0_usize;
            visit_starts(text.as_bytes(), |_, _| places += 1, |_, _| ());
            assert!(places <= 3 * text.len(), "{places} places in {} bytes of {}", text.len(), &text[..8]);
            // Each place takes so many bytes into account, at most.
            let longest = (0..text.len()).step_by(997).filter_map(|at| decode_escape(&text.as_bytes()[at..], 2));
            assert!(longest.map(|escape| escape.taken).max().unwrap_or(0) <= START_ROOM / START + 6);
        }
    }
}
