//! The errors of the YAML reader in our words.

use serde_json::Value;
use serde_saphyr::{Error, Location, MessageFormatter, UserMessageFormatter};

use super::flaw::{Flaw, Part, PathStep, quote_text};
use super::nearest;
use super::problem::{Problems, SourceText};
use super::reading::ReadError;
use super::tree::Node;

const TOO_MUCH: &str = "the file is too large, too deep or grows too much by aliases";

/// The reader's error as the one problem of the file.
pub(super) fn syntax_problems(source: &SourceText, error: &Error) -> Problems {
    let error = error.without_snippet();
    match error.location() {
        Some(location) => source.single_problem(location, error_message(error)),
        None => source.whole_file(error_message(error)),
    }
}

fn error_message(error: &Error) -> String {
    match error {
        Error::AliasError { error, .. } => error_message(error),
        Error::MultipleDocuments { .. } => "a second document begins here; a file holds one".to_owned(),
        Error::UnknownAnchor { .. } => "no anchor of this name is defined above".to_owned(),
        Error::Budget { .. }
        | Error::AliasReplayLimitExceeded { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. }
        | Error::AliasReplayCounterOverflow { .. } => TOO_MUCH.to_owned(),
        Error::UnsupportedTag { tag, .. } => format!("tag {} has no meaning here", quote_text(tag)),
        Error::Eof { .. } => "the file ends too early".to_owned(),
        // The scanner has a limit of its own for nested brackets, and only a text for it.
        Error::ExternalMessage { msg, .. } if msg.contains("recursion limit") => TOO_MUCH.to_owned(),
        other => plain_words(&UserMessageFormatter.format_message(other)),
    }
}

/// A value that does not fit its type as the one problem of the file.
pub(super) fn unfit_value(source: &SourceText, error: &ReadError) -> Problems {
    // None of the forms of a value fits, and which of them was meant cannot be told.
    let has_forms = error.message.contains("untagged enum");
    let message = if has_forms { "this is not of the expected form".to_owned() } else { plain_words(&error.message) };
    source.single_problem(error.at.unwrap_or(Location::UNKNOWN), message)
}

/// In the form of our messages: one line, lower case, no full stop.
fn plain_words(text: &str) -> String {
    let line = text.lines().next().unwrap_or("").trim_end_matches('.');
    let mut chars = line.chars();
    match (chars.next(), line.chars().nth(1)) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(chars).collect(),
        _ => line.to_owned(),
    }
}

/// The key that is meant by one that is mistyped.
pub(super) fn meant_key(flaw: &Flaw) -> Option<&str> {
    flaw.help.as_deref().filter(|_| matches!(flaw.part, Part::Key { .. })).and_then(nearest::word_of_help)
}

/// The tree with every mistyped key under the name that was meant, and without keys that nobody knows.
pub(super) fn mend_tree(mut root: Value, flaws: &[Flaw]) -> Value {
    for flaw in flaws.iter().filter(|flaw| matches!(flaw.part, Part::Key { .. })) {
        let Some((PathStep::Key(key), path)) = flaw.path.split_last() else { continue };
        let Some(Value::Object(mapping)) = value_at(&mut root, path) else { continue };
        let Some(value) = mapping.shift_remove(key) else { continue };
        if let Some(meant) = meant_key(flaw) {
            mapping.entry(meant).or_insert(value);
        }
    }
    root
}

/// The flaw of a mended tree, with its path as keys are written in the tree itself.
pub(super) fn unmend_path(mut flaw: Flaw, root: &Node, flaws: &[Flaw]) -> Flaw {
    for known in flaws {
        let (Some((written, around)), Some(meant)) = (known.path.split_last(), meant_key(known)) else { continue };
        let is_below = flaw.path.starts_with(around) && !root.has_key(around, meant);
        if let Some(step) =
            flaw.path.get_mut(around.len()).filter(|step| is_below && **step == PathStep::Key(meant.into()))
        {
            *step = written.clone();
        }
    }
    flaw
}

/// What becomes of a value of a wrong type, so that the rest of the file can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WrongValue {
    /// It is taken away; an item of a list, whose neighbours are counted, is emptied.
    LeftOut,
    Emptied,
}

/// The tree without the values that are of a wrong type.
pub(super) fn mend_values(mut root: Value, flaws: &[Flaw], how: WrongValue) -> Value {
    for flaw in flaws.iter().filter(|flaw| flaw.part == Part::Value) {
        let Some((last, path)) = flaw.path.split_last() else { continue };
        let Some(holder) = value_at(&mut root, path) else { continue };
        match (holder, last) {
            (Value::Object(mapping), PathStep::Key(key)) if how == WrongValue::LeftOut => {
                mapping.shift_remove(key);
            }
            (holder, _) => {
                if let Some(value) = value_at(holder, std::slice::from_ref(last)) {
                    *value = empty_value(&flaw.message);
                }
            }
        }
    }
    root
}

/// The emptiest value of the type that the message asks for.
fn empty_value(message: &str) -> Value {
    let wanted = message.strip_prefix("expected ").unwrap_or("").split(',').next().unwrap_or("");
    let of = |words: &[&str]| words.iter().any(|word| wanted.contains(word));
    match () {
        () if of(&["number"]) => 0.into(),
        () if of(&["list"]) => Value::Array(Vec::new()),
        () if of(&["mapping"]) => Value::Object(serde_json::Map::new()),
        () if of(&["true"]) => false.into(),
        () => "".into(),
    }
}

fn value_at<'v>(root: &'v mut Value, path: &[PathStep]) -> Option<&'v mut Value> {
    path.iter().try_fold(root, |value, step| match step {
        PathStep::Key(key) => value.get_mut(key),
        PathStep::Index(index) => value.get_mut(index),
    })
}
