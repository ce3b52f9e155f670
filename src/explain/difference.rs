//! Where two texts part, so that a long string to sign need not be compared by eye.

/// How many characters of each text are shown from where they part.
const SHOWN: usize = 24;

/// The first place where two texts differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Counted from 1.
    pub line: usize,
    /// In characters, counted from 1.
    pub column: usize,
    /// What stands there in either text, to the end of the line at most; empty where a text has ended.
    /// A line break is shown as `\n` where the texts differ in it.
    pub expected: String,
    pub got: String,
}

/// Where `got` parts from `expected`; `None` for the same text.
pub fn first_difference(expected: &str, got: &str) -> Option<Difference> {
    if expected == got {
        return None;
    }
    let same = expected.chars().zip(got.chars()).take_while(|(left, right)| left == right);
    let (mut line, mut column, mut offset) = (1, 1, 0);
    for (letter, _) in same {
        offset += letter.len_utf8();
        (line, column) = if letter == '\n' { (line + 1, 1) } else { (line, column + 1) };
    }
    // What stood before is the same text in both, so the offset lies between characters in both.
    let piece = |text: &str| shown(text.get(offset..).unwrap_or(""));
    Some(Difference { line, column, expected: piece(expected), got: piece(got) })
}

/// The beginning of the text, to the end of its line.
fn shown(rest: &str) -> String {
    match rest.lines().next() {
        Some("") => "\\n".to_owned(),
        Some(line) => line.chars().take(SHOWN).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_difference_is_told_by_line_and_column() {
        let at = |expected: &str, got: &str| {
            first_difference(expected, got).map(|part| (part.line, part.column, part.expected, part.got))
        };
        let found = |line, column, expected: &str, got: &str| Some((line, column, expected.to_owned(), got.to_owned()));
        assert_eq!(at("a\nb", "a\nb"), None);
        assert_eq!(at("", ""), None);
        assert_eq!(at("POST\n/\n", "post\n/\n"), found(1, 1, "POST", "post"));
        assert_eq!(at("host:a:80\nx", "host:a\nx"), found(1, 7, ":80", "\\n"));
        assert_eq!(at("湖水x", "湖山x"), found(1, 2, "水x", "山x"));
        assert_eq!(at("a\n\nb", "a\nb"), found(2, 1, "\\n", "b"));
        assert_eq!(at("a", "a\n"), found(1, 2, "", "\\n"));
        assert_eq!(at("a\r\n", "a\n"), found(1, 2, "\\n", "\\n"));
        let long = "y".repeat(100);
        assert_eq!(at("", &long), found(1, 1, "", &"y".repeat(SHOWN)));
    }
}
