//! A tree held against the schema of what was expected, with every difference as a flaw.

use std::collections::HashSet;

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::paths::LocationSegment;
use jsonschema::{JsonType, ValidationError};
use serde_json::Value;

use super::flaw::{Flaw, Part, Step};
use super::nearest;
use super::problem::quote;
use super::tree::Node;

/// Everything in which the tree differs from the schema.
///
/// Empty also when the schema itself cannot be used; the reader's own error stands in then.
pub(super) fn flaws(root: &Node, schema: &Value) -> Vec<Flaw> {
    let Ok(validator) = jsonschema::validator_for(schema) else { return Vec::new() };
    let instance = root.to_json();
    let mut flaws = Vec::new();
    for error in validator.iter_errors(&instance) {
        explain(&error, schema, &mut flaws);
    }
    drop_followers(&mut flaws);
    flaws
}

/// A key that is only mistyped is not missing as well.
fn drop_followers(flaws: &mut Vec<Flaw>) {
    let mistyped: HashSet<(Vec<Step>, String)> = flaws
        .iter()
        .filter(|flaw| matches!(flaw.part, Part::Key { .. }))
        .filter_map(|flaw| {
            let (_, mapping) = flaw.path.split_last()?;
            let meant = flaw.help.as_deref().and_then(nearest::word_of_help)?;
            Some((mapping.to_vec(), missing(meant)))
        })
        .collect();
    if !mistyped.is_empty() {
        flaws.retain(|flaw| !mistyped.contains(&(flaw.path.clone(), flaw.message.clone())));
    }
}

fn missing(key: &str) -> String {
    format!("missing key {}", quote(key))
}

fn explain(error: &ValidationError<'_>, schema: &Value, flaws: &mut Vec<Flaw>) {
    let found = error.instance().as_ref();
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            let known = known_keys(error, schema);
            for key in unexpected {
                let mut path = path(error);
                path.push(Step::Key(key.clone()));
                let message = format!("unknown key {}", quote(key));
                flaws.push(Flaw { path, part: Part::Key { nth: 0 }, message, help: nearest::suggestion(key, &known) });
            }
        }
        ValidationErrorKind::Required { property } => {
            flaws.push(value_flaw(error, missing(property.as_str().unwrap_or_default())));
        }
        ValidationErrorKind::Type { kind } => flaws.extend(type_flaw(error, kind, found)),
        ValidationErrorKind::Enum { options } => {
            let words: Vec<_> = options.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            flaws.push(word_flaw(error, found, &words));
        }
        ValidationErrorKind::Constant { expected_value } => {
            let words: Vec<_> = expected_value.as_str().into_iter().collect();
            flaws.push(word_flaw(error, found, &words));
        }
        ValidationErrorKind::Minimum { limit } => {
            flaws.push(value_flaw(error, format!("{found} is less than {limit}")))
        }
        ValidationErrorKind::Maximum { limit } => {
            flaws.push(value_flaw(error, format!("{found} is more than {limit}")))
        }
        ValidationErrorKind::MinItems { limit } => {
            flaws.push(value_flaw(error, format!("fewer than {limit} entries")));
        }
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            alternatives(error, context, schema, flaws);
        }
        _ => flaws.push(value_flaw(error, "this is not of the expected form".to_owned())),
    }
}

/// None of several forms fits: either a word is wrong, or the form that was meant is.
fn alternatives(
    error: &ValidationError<'_>,
    context: &[Vec<ValidationError<'static>>],
    schema: &Value,
    flaws: &mut Vec<Flaw>,
) {
    let found = error.instance().as_ref();
    let mut words = Vec::new();
    if let Some(forms) = schema.pointer(error.schema_path().as_str()) {
        collect_words(forms, schema, 0, &mut words);
    }
    if found.is_string() && !words.is_empty() {
        flaws.push(word_flaw(error, found, &words));
        return;
    }
    if let Some(errors) = context.iter().find(|errors| !errors.iter().any(|inner| is_type_error(inner, error))) {
        errors.iter().for_each(|inner| explain(inner, schema, flaws));
        return;
    }
    let mut kinds = Vec::new();
    context.iter().flatten().for_each(|inner| collect_types(inner, error, &mut kinds));
    if kinds.is_empty() {
        flaws.push(word_flaw(error, found, &words));
    } else if !(is_plain(found) && context.iter().any(|errors| takes_text(errors, error))) {
        flaws.push(value_flaw(error, format!("expected {}, found {}", kinds.join(" or "), found_word(found))));
    }
}

/// Whether the form that these are the errors of takes any text, and not only some words.
fn takes_text(errors: &[ValidationError<'_>], outer: &ValidationError<'_>) -> bool {
    let here = || errors.iter().filter(|inner| inner.instance_path() == outer.instance_path());
    let is_text = |inner: &ValidationError<'_>| match inner.kind() {
        ValidationErrorKind::Type { kind } => type_words(kind).contains(&type_word(JsonType::String)),
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            context.iter().any(|errors| takes_text(errors, outer))
        }
        _ => false,
    };
    let is_word = |inner: &ValidationError<'_>| {
        matches!(inner.kind(), ValidationErrorKind::Constant { .. } | ValidationErrorKind::Enum { .. })
    };
    here().any(is_text) && !here().any(is_word)
}

/// Whether `inner` says that the very value of `outer` is of another type, whatever its form.
fn is_type_error(inner: &ValidationError<'_>, outer: &ValidationError<'_>) -> bool {
    let same = inner.instance_path() == outer.instance_path();
    match inner.kind() {
        ValidationErrorKind::Type { .. } | ValidationErrorKind::Constant { .. } | ValidationErrorKind::Enum { .. } => {
            same
        }
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            same && context.iter().all(|errors| errors.iter().any(|deeper| is_type_error(deeper, outer)))
        }
        _ => false,
    }
}

/// The types that the value of `outer` might have had.
fn collect_types(inner: &ValidationError<'_>, outer: &ValidationError<'_>, kinds: &mut Vec<&'static str>) {
    if inner.instance_path() != outer.instance_path() {
        return;
    }
    match inner.kind() {
        ValidationErrorKind::Type { kind } => {
            for word in type_words(kind) {
                if !kinds.contains(&word) {
                    kinds.push(word);
                }
            }
        }
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            context.iter().flatten().for_each(|deeper| collect_types(deeper, outer, kinds));
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

fn known_keys<'s>(error: &ValidationError<'_>, schema: &'s Value) -> Vec<&'s str> {
    let keyword = error.schema_path().as_str();
    let mapping = keyword.rsplit_once('/').and_then(|(parent, _)| schema.pointer(parent));
    let keys = mapping.and_then(|mapping| mapping.get("properties")).and_then(Value::as_object);
    keys.into_iter().flat_map(|keys| keys.keys().map(String::as_str)).collect()
}

fn word_flaw(error: &ValidationError<'_>, found: &Value, words: &[&str]) -> Flaw {
    let Some(word) = found.as_str() else {
        let message = format!("expected a word, found {}", found_word(found));
        return Flaw { help: nearest::suggestion("", words), ..value_flaw(error, message) };
    };
    let message = format!("unknown word {}", quote(word));
    Flaw { help: nearest::suggestion(word, words), ..value_flaw(error, message) }
}

/// A number or boolean where text is wanted is no flaw: its spelling is taken as the text.
fn type_flaw(error: &ValidationError<'_>, kind: &TypeKind, found: &Value) -> Option<Flaw> {
    let words = type_words(kind);
    if words.contains(&type_word(JsonType::String)) && is_plain(found) {
        return None;
    }
    Some(value_flaw(error, format!("expected {}, found {}", words.join(" or "), found_word(found))))
}

fn is_plain(value: &Value) -> bool {
    value.is_number() || value.is_boolean()
}

fn type_words(kind: &TypeKind) -> Vec<&'static str> {
    let types: Vec<JsonType> = match kind {
        TypeKind::Single(single) => vec![*single],
        TypeKind::Multiple(set) => set.iter().collect(),
    };
    types.into_iter().filter(|kind| *kind != JsonType::Null).map(type_word).collect()
}

const fn type_word(kind: JsonType) -> &'static str {
    match kind {
        JsonType::Null => "nothing",
        JsonType::Boolean => "true or false",
        JsonType::Integer => "a whole number",
        JsonType::Number => "a number",
        JsonType::String => "text",
        JsonType::Array => "a list",
        JsonType::Object => "a mapping",
    }
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

fn value_flaw(error: &ValidationError<'_>, message: String) -> Flaw {
    Flaw { path: path(error), part: Part::Value, message, help: None }
}

fn path(error: &ValidationError<'_>) -> Vec<Step> {
    let steps = error.instance_path().segments().map(|segment| match segment {
        LocationSegment::Property(name) => Step::Key(name.into_owned()),
        LocationSegment::Index(index) => Step::Index(index),
    });
    steps.collect()
}
