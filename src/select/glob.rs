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
