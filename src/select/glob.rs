//! Patterns of texts: `*` is any text, also none, and `?` is any one character. `\*`, `\?` and `\\` are the
//! characters themselves.

/// The most characters a pattern may have, so that matching a long value stays quick.
pub const LONGEST: usize = 256;

/// A pattern, compiled once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glob(Vec<Piece>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    Any,
    One,
    Exactly(char),
}

impl Glob {
    pub fn new(pattern: &str) -> Self {
        let mut pieces = Vec::new();
        let mut letters = pattern.chars().peekable();
        while let Some(letter) = letters.next() {
            pieces.push(match letter {
                '*' => Piece::Any,
                '?' => Piece::One,
                '\\' => Piece::Exactly(letters.next_if(|next| ['*', '?', '\\'].contains(next)).unwrap_or('\\')),
                _ => Piece::Exactly(letter),
            });
        }
        Self(pieces)
    }

    /// Whether the whole text fits; case counts.
    pub fn fits(&self, text: &str) -> bool {
        let pattern = &self.0;
        let mut rest = text.chars();
        let mut at = 0;
        // Where to go on when the last star has to take one character more.
        let mut retry = None;
        loop {
            match pattern.get(at) {
                Some(Piece::Any) => {
                    at += 1;
                    retry = Some((at, rest.clone()));
                    continue;
                }
                Some(wanted) => match rest.next() {
                    Some(found) if *wanted == Piece::One || *wanted == Piece::Exactly(found) => {
                        at += 1;
                        continue;
                    }
                    Some(_) => {}
                    None => return false,
                },
                None if rest.as_str().is_empty() => return true,
                None => {}
            }
            let Some((star, mut later)) = retry.take() else { return false };
            if later.next().is_none() {
                return false;
            }
            (at, rest) = (star, later.clone());
            retry = Some((star, later));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_and_question_marks_fit_and_everything_else_is_itself() {
        for (pattern, text, fits) in [
            ("", "", true),
            ("", "a", false),
            ("*", "", true),
            ("*", "anything", true),
            ("a206*", "a206f5f3", true),
            ("a206*", "A206f5f3", false),
            ("a206*", "xa206", false),
            ("*f3", "a206f5f3", true),
            ("*f3", "a206f5f3x", false),
            ("a*b*c", "aXbYbZc", true),
            ("a*b*c", "aXbYbZ", false),
            ("?", "报", true),
            ("?", "", false),
            ("??", "a", false),
            ("a?c*", "abc", true),
            ("*?", "", false),
            ("**a", "bba", true),
            ("[a-z]", "b", false),
            ("*aab", "aaaaaab", true),
            (r"\*", "*", true),
            (r"\*", "a", false),
            (r"a\?*", "a?b", true),
            (r"a\?*", "abb", false),
            (r"\\*", r"\anything", true),
            (r"C:\temp", r"C:\temp", true),
            (r"\", r"\", true),
        ] {
            assert_eq!(Glob::new(pattern).fits(text), fits, "{pattern:?} {text:?}");
        }
    }
}
