//! The word that was probably meant.

/// Words longer than this are not compared: nobody mistypes them by a letter or two.
const LONGEST: usize = 80;

/// The candidate that is closest to `word`, if one is close enough to have been meant.
///
/// Of equally close ones the first wins.
pub fn find_nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    if length == 0 || length > LONGEST {
        return None;
    }
    let folded = word.to_lowercase();
    let reach = (length / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= 4 * LONGEST)
        // Words are as far apart as their lengths at least; a file full of mistakes asks very often.
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= reach)
        .map(|candidate| (strsim::osa_distance(&folded, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= reach)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

const OPENING: &str = "did you mean \"";
const CLOSING: &str = "\"?";

/// The help that names the word that was meant.
pub fn did_you_mean(word: &str) -> String {
    format!("{OPENING}{word}{CLOSING}")
}

/// The help that names the nearest candidate, if one is near enough.
pub fn suggest_near<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    find_nearest(word, candidates).map(did_you_mean)
}

/// The help that names the nearest candidate, or, where none is near, the few that there are.
pub fn suggest_word(word: &str, candidates: &[&str]) -> Option<String> {
    let all = || (!candidates.is_empty()).then(|| format!("one of: {}", candidates.join(", ")));
    suggest_near(word, candidates.iter().copied()).or_else(all)
}

/// The word that such a help names.
pub(super) fn word_of_help(help: &str) -> Option<&str> {
    help.strip_prefix(OPENING)?.strip_suffix(CLOSING)
}
