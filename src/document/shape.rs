//! A tree held against the schema of what was expected, with every difference as a flaw.

use std::collections::HashSet;

use serde_json::Value;

use super::differ::{Difference, DifferenceKind, find_differences};
use super::flaw::{Flaw, Part, PathStep, quote_text};
use super::nearest;
use super::tree::Node;

/// Everything in which the tree differs from the schema.
pub(super) fn shape_flaws(root: &Node, schema: &Value) -> Vec<Flaw> {
    let instance = root.to_json();
    let mut flaws = Vec::new();
    for difference in find_differences(&instance, schema) {
        explain_difference(&difference, schema, &mut flaws);
    }
    drop_followers(&mut flaws);
    flaws
}

/// A key that is only mistyped is not missing as well.
fn drop_followers(flaws: &mut Vec<Flaw>) {
    let mistyped: HashSet<(Vec<PathStep>, String)> = flaws
        .iter()
        .filter(|flaw| matches!(flaw.part, Part::Key { .. }))
        .filter_map(|flaw| {
            let (_, mapping) = flaw.path.split_last()?;
            let meant = flaw.help.as_deref().and_then(nearest::word_of_help)?;
            Some((mapping.to_vec(), missing_key(meant)))
        })
        .collect();
    if !mistyped.is_empty() {
        flaws.retain(|flaw| !mistyped.contains(&(flaw.path.clone(), flaw.message.clone())));
    }
}

fn missing_key(key: &str) -> String {
    format!("missing key {}", quote_text(key))
}

fn explain_difference(difference: &Difference<'_>, schema: &Value, flaws: &mut Vec<Flaw>) {
    let Difference { path, found, kind } = difference;
    match kind {
        DifferenceKind::UnknownKeys { unknown, known } => {
            for key in unknown {
                let mut path = path.clone();
                path.push(PathStep::Key((*key).to_owned()));
                let message = format!("unknown key {}", quote_text(key));
                flaws.push(Flaw { path, part: Part::Key { nth: 0 }, message, help: nearest::suggest_word(key, known) });
            }
        }
        DifferenceKind::MissingKey(key) => flaws.push(value_flaw(difference, missing_key(key))),
        DifferenceKind::Type(types) => flaws.extend(type_flaw(difference, types)),
        DifferenceKind::Word(words) => {
            let words: Vec<_> = words.iter().filter_map(|word| word.as_str()).collect();
            flaws.push(word_flaw(difference, &words));
        }
        DifferenceKind::Less(limit) => flaws.push(value_flaw(difference, format!("{found} is less than {limit}"))),
        DifferenceKind::More(limit) => flaws.push(value_flaw(difference, format!("{found} is more than {limit}"))),
        DifferenceKind::NoForm { forms, differences } => {
            explain_alternatives(difference, forms, differences, schema, flaws)
        }
        DifferenceKind::Other => flaws.push(value_flaw(difference, "this is not of the expected form".to_owned())),
    }
}

/// None of several forms fits: either a word is wrong, or the form that was meant is.
fn explain_alternatives(
    outer: &Difference<'_>,
    forms: &Value,
    differences: &[Vec<Difference<'_>>],
    schema: &Value,
    flaws: &mut Vec<Flaw>,
) {
    let found = outer.found;
    let mut words = Vec::new();
    collect_words(forms, schema, 0, &mut words);
    if found.is_string() && !words.is_empty() {
        flaws.push(word_flaw(outer, &words));
        return;
    }
    if let Some(meant) = differences.iter().find(|form| !form.iter().any(|inner| is_type_error(inner, outer))) {
        meant.iter().for_each(|inner| explain_difference(inner, schema, flaws));
        return;
    }
    let mut kinds = Vec::new();
    differences.iter().flatten().for_each(|inner| collect_types(inner, outer, &mut kinds));
    if kinds.is_empty() {
        flaws.push(word_flaw(outer, &words));
    } else if !(is_plain(found) && differences.iter().any(|form| takes_text(form, outer))) {
        flaws.push(value_flaw(outer, format!("expected {}, found {}", kinds.join(" or "), found_word(found))));
    }
}

/// Whether the form that these are the differences from takes any text, and not only some words.
fn takes_text(form: &[Difference<'_>], outer: &Difference<'_>) -> bool {
    let here = || form.iter().filter(|inner| inner.path == outer.path);
    let is_text = |inner: &Difference<'_>| match &inner.kind {
        DifferenceKind::Type(types) => types.contains(&TEXT),
        DifferenceKind::NoForm { differences, .. } => differences.iter().any(|form| takes_text(form, outer)),
        _ => false,
    };
    here().any(is_text) && !here().any(|inner| matches!(inner.kind, DifferenceKind::Word(_)))
}

/// Whether `inner` says that the very value of `outer` is of another type, whatever its form.
fn is_type_error(inner: &Difference<'_>, outer: &Difference<'_>) -> bool {
    let same = inner.path == outer.path;
    match &inner.kind {
        DifferenceKind::Type(_) | DifferenceKind::Word(_) => same,
        DifferenceKind::NoForm { differences, .. } => {
            same && differences.iter().all(|form| form.iter().any(|deeper| is_type_error(deeper, outer)))
        }
        _ => false,
    }
}

/// The types that the value of `outer` might have had.
fn collect_types(inner: &Difference<'_>, outer: &Difference<'_>, kinds: &mut Vec<&'static str>) {
    if inner.path != outer.path {
        return;
    }
    match &inner.kind {
        DifferenceKind::Type(types) => {
            for word in type_words(types) {
                if !kinds.contains(&word) {
                    kinds.push(word);
                }
            }
        }
        DifferenceKind::NoForm { differences, .. } => {
            differences.iter().flatten().for_each(|deeper| collect_types(deeper, outer, kinds));
        }
        _ => {}
    }
}

/// The words that some form of a schema stands for.
fn collect_words<'s>(form: &'s Value, schema: &'s Value, depth: usize, words: &mut Vec<&'s str>) {
    if depth > 8 {
        return;
    }
    match form {
        Value::Array(forms) => forms.iter().for_each(|form| collect_words(form, schema, depth + 1, words)),
        Value::Object(keys) => {
            words.extend(keys.get("const").and_then(Value::as_str));
            words.extend(keys.get("enum").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str));
            for inner in ["oneOf", "anyOf"].iter().filter_map(|key| keys.get(*key)) {
                collect_words(inner, schema, depth + 1, words);
            }
            let target = keys.get("$ref").and_then(Value::as_str).and_then(|text| text.strip_prefix('#'));
            if let Some(inner) = target.and_then(|pointer| schema.pointer(pointer)) {
                collect_words(inner, schema, depth + 1, words);
            }
        }
        _ => {}
    }
}

fn word_flaw(difference: &Difference<'_>, words: &[&str]) -> Flaw {
    let found = difference.found;
    let Some(word) = found.as_str() else {
        let message = format!("expected a word, found {}", found_word(found));
        return Flaw { help: nearest::suggest_word("", words), ..value_flaw(difference, message) };
    };
    let message = format!("unknown word {}", quote_text(word));
    Flaw { help: nearest::suggest_word(word, words), ..value_flaw(difference, message) }
}

/// The name of the type that takes any text.
const TEXT: &str = "string";

/// A number or boolean where text is wanted is no flaw: its spelling is taken as the text.
fn type_flaw(difference: &Difference<'_>, types: &[&str]) -> Option<Flaw> {
    if types.contains(&TEXT) && is_plain(difference.found) {
        return None;
    }
    let (wanted, found) = (type_words(types).join(" or "), found_word(difference.found));
    Some(value_flaw(difference, format!("expected {wanted}, found {found}")))
}

fn is_plain(value: &Value) -> bool {
    value.is_number() || value.is_boolean()
}

fn type_words(types: &[&str]) -> Vec<&'static str> {
    let mut words: Vec<(usize, &'static str)> = types.iter().filter_map(|kind| type_word(kind)).collect();
    words.sort_unstable();
    words.into_iter().map(|(_, word)| word).collect()
}

/// The type in words, with its place among several; `None`: nothing, which nobody has to write.
fn type_word(kind: &str) -> Option<(usize, &'static str)> {
    const WORDS: &[(&str, &str)] = &[
        ("boolean", "true or false"),
        ("integer", "a whole number"),
        ("number", "a number"),
        (TEXT, "text"),
        ("array", "a list"),
        ("object", "a mapping"),
    ];
    WORDS.iter().enumerate().find(|(_, (known, _))| *known == kind).map(|(place, (_, word))| (place, *word))
}

const fn found_word(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(true) => "true",
        Value::Bool(false) => "false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a mapping",
    }
}

fn value_flaw(difference: &Difference<'_>, message: String) -> Flaw {
    Flaw { path: difference.path.clone(), part: Part::Value, message, help: None }
}
