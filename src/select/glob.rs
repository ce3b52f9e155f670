//! Patterns of texts, matched in one walk over the text.
//!
//! The matcher takes the signs of a text from an iterator that cannot go back, so the work for a text grows with its
//! length alone, whatever the pattern is. It keeps all places of the pattern where it could be as bits, and moves them
//! together: a pattern is short enough for a few words of them. An engine for regular expressions would do more than
//! the two signs of these patterns, and promises less: it may fall back to work for each pair of sign and place.

use crate::bounds::PATTERN;

/// The most characters a pattern may have.
pub const LONGEST: usize = PATTERN.most;

/// The words that hold a bit for each place in a pattern, and one for its end.
const WORDS: usize = LONGEST / 64 + 1;

/// A set of places in a pattern.
type Places = [u64; WORDS];

/// A pattern, compiled once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glob {
    /// The characters and `?` of the pattern; a place stands before each of them, and one behind the last.
    signs: usize,
    /// The text itself, where the pattern stands for no other.
    literal: Option<String>,
    /// Where a `*` stands, which stays at its place whatever comes.
    stars: Places,
    /// Where a `?` stands, which takes any character.
    any: Places,
    /// Where each character stands, in the order of the characters.
    exact: Vec<(char, Places)>,
}

impl Glob {
    /// The pattern, unless it is longer than [`LONGEST`].
    pub fn parse_pattern(pattern: &str) -> Option<Self> {
        let is_short = pattern.chars().nth(LONGEST).is_none();
        is_short.then(|| Self::compile_pattern(pattern))
    }

    fn compile_pattern(pattern: &str) -> Self {
        let mut glob = Self { signs: 0, literal: None, stars: [0; WORDS], any: [0; WORDS], exact: Vec::new() };
        let mut literal = Some(String::new());
        let mut letters = pattern.chars().peekable();
        while let Some(letter) = letters.next() {
            let letter = match letter {
                '*' => {
                    literal = None;
                    set_place(&mut glob.stars, glob.signs);
                    continue;
                }
                '?' => {
                    literal = None;
                    set_place(&mut glob.any, glob.signs);
                    glob.signs += 1;
                    continue;
                }
                '\\' => letters.next_if(|next| ['*', '?', '\\'].contains(next)).unwrap_or('\\'),
                letter => letter,
            };
            literal.iter_mut().for_each(|text| text.push(letter));
            let at = glob.exact.binary_search_by_key(&letter, |(known, _)| *known).unwrap_or_else(|at| {
                glob.exact.insert(at, (letter, [0; WORDS]));
                at
            });
            set_place(&mut glob.exact[at].1, glob.signs);
            glob.signs += 1;
        }
        glob.literal = literal;
        glob
    }

    /// Whether the whole text fits; case counts.
    pub fn fits(&self, text: &str) -> bool {
        match &self.literal {
            Some(literal) => literal == text,
            None => self.fits_signs(text.chars()),
        }
    }

    /// The same for signs of which each is taken once.
    pub fn fits_signs(&self, signs: impl Iterator<Item = char>) -> bool {
        let mut here: Places = [0; WORDS];
        here[0] = 1;
        for sign in signs {
            if has_place(&here, self.signs) && has_place(&self.stars, self.signs) {
                return true;
            }
            let exact = self.exact.binary_search_by_key(&sign, |(known, _)| *known);
            let exact = exact.map_or(&[0; WORDS], |at| &self.exact[at].1);
            let mut carried = 0;
            let mut left = 0;
            for word in 0..=self.signs / 64 {
                let taken = here[word] & (exact[word] | self.any[word]);
                here[word] = (here[word] & self.stars[word]) | (taken << 1) | carried;
                carried = taken >> 63;
                left |= here[word];
            }
            if left == 0 {
                return false;
            }
        }
        has_place(&here, self.signs)
    }
}

fn set_place(places: &mut Places, at: usize) {
    places[at / 64] |= 1 << (at % 64);
}

fn has_place(places: &Places, at: usize) -> bool {
    places[at / 64] & (1 << (at % 64)) != 0
}
