//! Globs.

use super::glob;

#[test]
fn a_star_is_any_signs_and_a_question_mark_one() {
    for (pattern, text) in [
        ("", ""),
        ("a", "a"),
        ("*", ""),
        ("*", "anything"),
        ("a206*", "a206f5f3"),
        ("*f3", "a206f5f3"),
        ("a*f?f*", "a206f5f3"),
        ("a**b", "ab"),
        ("?三", "二三"),
        ("*ab*ab", "abcabxab"),
    ] {
        assert!(glob(pattern, text), "{pattern} {text}");
    }
    for (pattern, text) in [("", "a"), ("a", ""), ("?", ""), ("A", "a"), ("a?", "a"), ("*b", "bc"), ("a*b*c", "acb")] {
        assert!(!glob(pattern, text), "{pattern} {text}");
    }
}
