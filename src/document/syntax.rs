//! What the YAML reader is allowed to do, and its errors in our words.

use serde_json::Value;
use serde_saphyr::{DuplicateKeyPolicy, Error, MessageFormatter, Options, UserMessageFormatter};

use super::flaw::{Flaw, Part, PathStep};
use super::nearest;
use super::problem::{Problems, SourceText, quote_text};

const TOO_MUCH: &str = "the file is too large, too deep or grows too much by aliases";

/// Strict and bounded.
pub(super) fn strict_options() -> Options {
    serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_depth: 32,
            flow_nesting_limit: 32,
            max_nodes: 200_000,
            max_events: 500_000,
            max_aliases: 2_000,
            max_anchors: 1_000,
            max_merge_keys: 1_000,
            max_recorded_anchor_events: 200_000,
        },
        alias_limits: serde_saphyr::alias_limits! {
            max_total_replayed_events: 10_000,
            max_replay_stack_depth: 16,
            max_alias_expansions_per_anchor: 2_000,
        },
        strict_booleans: true,
        reject_unsupported_tags: true,
        with_snippet: false,
    }
}

/// As bounded, but taking keys twice and any number, so that everything wrong can be seen at once.
pub(super) fn permissive_options() -> Options {
    let mut options = strict_options();
    options.duplicate_keys = DuplicateKeyPolicy::PassThrough;
    options.non_finite_float_policy = serde_saphyr::NonFiniteFloatPolicy::AsString;
    options
}

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
        Error::DuplicateMappingKey { key: Some(key), .. } => format!("key {} is defined twice", quote_text(key)),
        Error::MultipleDocuments { .. } => "a second document begins here; a file holds one".to_owned(),
        Error::UnknownAnchor { .. } => "no anchor of this name is defined above".to_owned(),
        Error::Budget { .. }
        | Error::AliasReplayLimitExceeded { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. }
        | Error::AliasReplayCounterOverflow { .. } => TOO_MUCH.to_owned(),
        Error::UnsupportedTag { tag, .. } => format!("tag {} has no meaning here", quote_text(tag)),
        Error::Eof { .. } => "the file ends too early".to_owned(),
        Error::InvalidScalar { ty: "u64", .. } => format!("this is not a whole number from 0 to {}", u64::MAX),
        // The scanner has a limit of its own for nested brackets, and only a text for it.
        Error::ExternalMessage { msg, .. } if msg.contains("recursion limit") => TOO_MUCH.to_owned(),
        other => match plain_words(&UserMessageFormatter.format_message(other)) {
            // None of the forms of a value fits, and which of them was meant cannot be told.
            text if text.contains("untagged enum") => "this is not of the expected form".to_owned(),
            text => text,
        },
    }
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

/// The line with the values of secret keys overwritten, in the same number of characters.
///
/// A key counts as secret by its name, so that a mistyped one is covered too.
pub(super) fn blank_line(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(colon) = rest.find(':') {
        let (before, after) = rest.split_at(colon + 1);
        text.push_str(before);
        rest = after;
        if is_secret(key_before(before)) {
            let value = &after[..value_length(after)];
            text.extend(value.chars().map(|sign| if " []\"'".contains(sign) { sign } else { '*' }));
            rest = &after[value.len()..];
        }
    }
    text.push_str(rest);
    text
}

/// The key that ends at the colon that ends the text.
fn key_before(text: &str) -> &str {
    let text = text.trim_end_matches([':', ' ', '"', '\'']);
    text.rsplit(|sign: char| !(sign.is_alphanumeric() || "_-".contains(sign))).next().unwrap_or(text)
}

fn is_secret(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    key != "secret_id" && (key.contains("secret") || key.contains("token"))
}

/// How far the value reaches: to the end of its quotes, of its list, of its entry or of the line.
fn value_length(after: &str) -> usize {
    let value = after.trim_start();
    let skipped = after.len() - value.len();
    let end = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => value[1..].find(quote).map(|length| length + 2),
        Some('[') => value.find(']'),
        _ => value.find([',', '}']),
    };
    end.map_or(after.len(), |length| skipped + length)
}

/// The tree with every mistyped key under the name that was meant, and without keys that nobody knows.
pub(super) fn mend_tree(mut root: Value, flaws: &[Flaw]) -> Value {
    for flaw in flaws.iter().filter(|flaw| matches!(flaw.part, Part::Key { .. })) {
        let Some((PathStep::Key(key), path)) = flaw.path.split_last() else { continue };
        let Some(Value::Object(mapping)) = value_at(&mut root, path) else { continue };
        let Some(value) = mapping.shift_remove(key) else { continue };
        if let Some(meant) = flaw.help.as_deref().and_then(nearest::word_of_help) {
            mapping.entry(meant).or_insert(value);
        }
    }
    root
}

fn value_at<'v>(root: &'v mut Value, path: &[PathStep]) -> Option<&'v mut Value> {
    path.iter().try_fold(root, |value, step| match step {
        PathStep::Key(key) => value.get_mut(key),
        PathStep::Index(index) => value.get_mut(index),
    })
}
