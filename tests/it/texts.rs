//! How texts are matched and written: globs, escapes and sorted pairs.

use proptest::prelude::*;
use ticketbooth::select::{Glob, LONGEST};
use ticketbooth::sign::{any_pair, canonical_query, decode_pairs, percent_encode};

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
        assert_eq!(Glob::parse_pattern(pattern).unwrap().fits(text), fits, "{pattern:?} {text:?}");
    }
}

/// The meaning of a pattern, as it is told: a star stands for nothing, or for one sign more.
fn fits_as_told(pattern: &[char], text: &[char]) -> bool {
    match (pattern, text) {
        ([], text) => text.is_empty(),
        (['*', pattern @ ..], text) => {
            fits_as_told(pattern, text) || !text.is_empty() && fits_as_told(&[&['*'], pattern].concat(), &text[1..])
        }
        (['?', pattern @ ..], [_, text @ ..]) => fits_as_told(pattern, text),
        ([wanted, pattern @ ..], [found, text @ ..]) => wanted == found && fits_as_told(pattern, text),
        (_, []) => false,
    }
}

/// Going back in the text, as matchers do that try one place after the other, would take 600 million steps here and
/// more; this one asks for each sign once, by a walk that cannot go back, and is told how many were asked for.
#[test]
fn a_long_pattern_takes_each_sign_of_a_long_text_once() {
    const SIGNS: usize = 9 << 20;
    let halves = "a".repeat(LONGEST / 2 - 1);
    let patterns = [format!("*{halves}b{halves}"), format!("*{}", "a?".repeat(127)), format!("{}b", "*a".repeat(127))];
    for pattern in patterns {
        let glob = Glob::parse_pattern(&pattern).unwrap();
        let mut asked = 0;
        let signs = std::iter::repeat_n('a', SIGNS).inspect(|_| asked += 1);
        assert_eq!(glob.fits_signs(signs), !pattern.contains('b'), "{pattern}");
        assert!(asked <= SIGNS, "{pattern}");
    }
    assert_eq!(Glob::parse_pattern(&"a".repeat(LONGEST + 1)), None);
    assert!(Glob::parse_pattern(&"报".repeat(LONGEST)).unwrap().fits(&"报".repeat(LONGEST)));
}

#[test]
fn only_unreserved_characters_stay() {
    assert_eq!(percent_encode("a-_.~ *+/!'()三"), "a-_.~%20%2A%2B%2F%21%27%28%29%E4%B8%89");
}

#[test]
fn pairs_keep_blanks_duplicates_and_order() {
    let pairs = decode_pairs(b"b=1&a=&b=%2B+x&c");
    let expected = [("b", "1"), ("a", ""), ("b", "+ x"), ("c", "")];
    assert_eq!(pairs, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

#[test]
fn a_canonical_query_is_sorted_by_name_then_value() {
    let pairs = [("b", "2"), ("a", "x y"), ("b", "1"), ("B", "")];
    let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(canonical_query(&pairs), "B=&a=x%20y&b=1&b=2");
}

/// Pieces of queries, right ones and damaged ones.
const PIECES: &[&[u8]] =
    &[b"a", b"=", b"&", b"%", b"+", b"%2", b"%26", b"%3D", b"%e6%8A%A5", b"%ff", "报".as_bytes(), b"\xff", b"\0"];

proptest! {
    #[test]
    fn a_pattern_fits_what_it_is_said_to_fit(pattern in "[ab*?报]{0,9}", text in "[ab报]{0,9}", far in 0_usize..3) {
        // Beyond the first places of a pattern, which share a word of the matcher, everything is the same.
        let before = "a".repeat(far * 61);
        let (pattern, text) = (format!("{before}{pattern}"), format!("{before}{text}"));
        let signs = |text: &str| text.chars().collect::<Vec<_>>();
        let expected = fits_as_told(&signs(&pattern), &signs(&text));
        prop_assert_eq!(Glob::parse_pattern(&pattern).unwrap().fits(&text), expected, "{} {}", pattern, text);
    }

    #[test]
    fn pairs_are_read_as_the_library_of_the_standard_reads_them(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..12)
    ) {
        let text = pieces.concat();
        let expected: Vec<_> = form_urlencoded::parse(&text).into_owned().collect();
        prop_assert_eq!(decode_pairs(&text), expected);
    }

    #[test]
    fn a_pair_that_is_looked_for_is_found_where_decoding_all_of_them_finds_it(
        pieces in prop::collection::vec(prop::sample::select(&["Version", "%56ersion", "a", "=", "&", "%61", "+", "%", "\u{e4}", "2"][..]), 0..9)
    ) {
        let text = pieces.concat();
        let is_mark = |name: &str, value: &str| name == "Version" && value == "a" || name == "\u{e4}";
        let all = decode_pairs(text.as_bytes());
        let expected = all.iter().any(|(name, value)| is_mark(name, value));
        prop_assert_eq!(any_pair(text.as_bytes(), |name, value| is_mark(name, &value())), expected, "{}", text);
    }
}
