//! A value held against a JSON Schema: the part of it that `schemars` writes for our own types.
//!
//! A test walks every schema of ours, so that none can have a keyword which would be passed over here.

use serde_json::{Map, Value};

use super::flaw::PathStep;

/// One way in which a value is not as its schema wants it.
#[derive(Debug)]
pub(super) struct Difference<'s> {
    /// Where the value is.
    pub path: Vec<PathStep>,
    pub found: &'s Value,
    pub kind: DifferenceKind<'s>,
}

/// The difference.
#[derive(Debug)]
pub(super) enum DifferenceKind<'s> {
    /// Keys of a mapping that are none of the known ones.
    UnknownKeys {
        unknown: Vec<&'s str>,
        known: Vec<&'s str>,
    },
    MissingKey(&'s str),
    /// The value is of none of these types.
    Type(Vec<&'s str>),
    /// The value is none of these words.
    Word(Vec<&'s Value>),
    Less(&'s Value),
    More(&'s Value),
    /// The value has none of several forms; what is different from each.
    NoForm {
        forms: &'s Value,
        differences: Vec<Vec<Difference<'s>>>,
    },
    Other,
}

/// Everything in which the value differs from the schema.
pub(super) fn find_differences<'s>(value: &'s Value, schema: &'s Value) -> Vec<Difference<'s>> {
    let mut look = Comparison { root: schema, path: Vec::new(), found: Vec::new() };
    look.compare_at(value, schema);
    look.found
}

struct Comparison<'s> {
    root: &'s Value,
    path: Vec<PathStep>,
    found: Vec<Difference<'s>>,
}

impl<'s> Comparison<'s> {
    fn compare_at(&mut self, value: &'s Value, form: &'s Value) {
        let form = match form {
            Value::Object(form) => form,
            Value::Bool(true) => return,
            _ => return self.note_difference(value, DifferenceKind::Other),
        };
        if let Some(target) = form.get("$ref").and_then(Value::as_str) {
            match target.strip_prefix('#').and_then(|pointer| self.root.pointer(pointer)) {
                Some(target) => self.compare_at(value, target),
                None => self.note_difference(value, DifferenceKind::Other),
            }
        }
        self.compare_plain(value, form);
        match value {
            Value::Object(members) => self.compare_members(value, members, form),
            Value::Array(entries) => self.compare_entries(entries, form),
            Value::Number(_) => self.compare_bounds(value, form),
            _ => {}
        }
        for (keyword, is_one) in [("anyOf", false), ("oneOf", true)] {
            if let Some(forms) = form.get(keyword) {
                self.compare_forms(value, forms, is_one);
            }
        }
    }

    fn note_difference(&mut self, found: &'s Value, kind: DifferenceKind<'s>) {
        self.found.push(Difference { path: self.path.clone(), found, kind });
    }

    fn compare_plain(&mut self, value: &'s Value, form: &'s Map<String, Value>) {
        let types: Vec<&str> = match form.get("type") {
            Some(Value::String(kind)) => vec![kind],
            Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        if !types.is_empty() && !types.iter().any(|kind| is_of(value, kind)) {
            self.note_difference(value, DifferenceKind::Type(types));
        }
        let words: Option<Vec<&Value>> = match (form.get("const"), form.get("enum")) {
            (Some(word), _) => Some(vec![word]),
            (None, words) => words.and_then(Value::as_array).map(|words| words.iter().collect()),
        };
        if let Some(words) = words.filter(|words| !words.contains(&value)) {
            self.note_difference(value, DifferenceKind::Word(words));
        }
    }

    fn compare_members(&mut self, value: &'s Value, members: &'s Map<String, Value>, form: &'s Map<String, Value>) {
        let properties = form.get("properties").and_then(Value::as_object);
        let own = |key: &str| properties.and_then(|properties| properties.get(key));
        let others = form.get("additionalProperties").unwrap_or(&Value::Bool(true));
        let mut unknown = Vec::new();
        for (key, member) in members {
            match (own(key), others) {
                (None, Value::Bool(false)) => unknown.push(key.as_str()),
                (own, others) => self.compare_below(PathStep::Key(key.clone()), member, own.unwrap_or(others)),
            }
        }
        if !unknown.is_empty() {
            let known = properties.into_iter().flat_map(|properties| properties.keys().map(String::as_str)).collect();
            self.note_difference(value, DifferenceKind::UnknownKeys { unknown, known });
        }
        let required = form.get("required").and_then(Value::as_array).into_iter().flatten();
        for key in required.filter_map(Value::as_str).filter(|key| !members.contains_key(*key)) {
            self.note_difference(value, DifferenceKind::MissingKey(key));
        }
    }

    fn compare_entries(&mut self, entries: &'s [Value], form: &'s Map<String, Value>) {
        let Some(items) = form.get("items") else { return };
        for (index, entry) in entries.iter().enumerate() {
            self.compare_below(PathStep::Index(index), entry, items);
        }
    }

    fn compare_below(&mut self, step: PathStep, value: &'s Value, form: &'s Value) {
        self.path.push(step);
        self.compare_at(value, form);
        self.path.pop();
    }

    fn compare_bounds(&mut self, value: &'s Value, form: &'s Map<String, Value>) {
        let number = |value: &Value| value.as_f64().unwrap_or_default();
        if let Some(limit) = form.get("minimum").filter(|limit| number(value) < number(limit)) {
            self.note_difference(value, DifferenceKind::Less(limit));
        }
        if let Some(limit) = form.get("maximum").filter(|limit| number(value) > number(limit)) {
            self.note_difference(value, DifferenceKind::More(limit));
        }
    }

    fn compare_forms(&mut self, value: &'s Value, forms: &'s Value, is_one: bool) {
        let tried = forms.as_array().into_iter().flatten().map(|form| {
            let mut look = Comparison { root: self.root, path: self.path.clone(), found: Vec::new() };
            look.compare_at(value, form);
            look.found
        });
        let differences: Vec<Vec<Difference<'s>>> = tried.collect();
        match differences.iter().filter(|differences| differences.is_empty()).count() {
            0 => self.note_difference(value, DifferenceKind::NoForm { forms, differences }),
            2.. if is_one => self.note_difference(value, DifferenceKind::Other),
            _ => {}
        }
    }
}

/// Whether the value is of the type; a number without a fraction is whole, however it is written.
fn is_of(value: &Value, kind: &str) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Keywords that say nothing about what a value may be; `format` beside a number comes with its bounds.
    const SILENT: &[&str] =
        &["$schema", "$defs", "title", "description", "default", "examples", "format", "deprecated"];

    /// Keywords that are looked at.
    const KNOWN: &[&str] = &[
        "$ref",
        "type",
        "const",
        "enum",
        "properties",
        "additionalProperties",
        "required",
        "items",
        "minimum",
        "maximum",
        "anyOf",
        "oneOf",
    ];

    /// The schema of everything that is read.
    fn schemas() -> Vec<Value> {
        let taken = crate::admin::ENDPOINTS.iter().filter_map(|endpoint| endpoint.takes).map(|takes| match takes {
            crate::admin::Takes::Json(schema)
            | crate::admin::Takes::JsonOrNothing(schema)
            | crate::admin::Takes::File(schema) => schema(),
        });
        taken.chain([crate::world::World::schema(), crate::rules::Scenario::schema()]).collect()
    }

    /// Looks at every schema in the schema.
    fn walk(schema: &Value, look: &mut dyn FnMut(&Map<String, Value>)) {
        let Some(form) = schema.as_object() else { return };
        look(form);
        for (keyword, inner) in form {
            match keyword.as_str() {
                "properties" | "$defs" => inner.as_object().unwrap().values().for_each(|inner| walk(inner, look)),
                "anyOf" | "oneOf" => inner.as_array().unwrap().iter().for_each(|inner| walk(inner, look)),
                "items" | "additionalProperties" => walk(inner, look),
                _ => {}
            }
        }
    }

    #[test]
    fn no_schema_of_ours_has_a_keyword_that_is_passed_over() {
        for schema in schemas() {
            walk(&schema, &mut |form| {
                let odd = form.keys().find(|key| !KNOWN.contains(&key.as_str()) && !SILENT.contains(&key.as_str()));
                assert_eq!(odd, None, "differ.rs does not look at it");
            });
        }
    }

    /// Values that a schema may take, or nearly.
    fn sample(schema: &Value, root: &Value, turn: usize, depth: usize) -> Value {
        let Some(form) = schema.as_object().filter(|_| depth < 6) else { return json!(turn) };
        let pick = |many: &'_ Value| many.as_array().map(|many| many[turn % many.len()].clone());
        if turn % 7 == 6 {
            return [json!(null), json!(-1), json!("x"), json!(1.5), json!([]), json!({ "x": 1 }), json!(true)]
                [depth % 7]
                .clone();
        }
        if let Some(target) = form.get("$ref").and_then(Value::as_str) {
            return sample(root.pointer(&target[1..]).unwrap(), root, turn, depth);
        }
        if let Some(word) = form.get("const") {
            return word.clone();
        }
        if let Some(word) = form.get("enum").and_then(pick) {
            return word;
        }
        if let Some(inner) = form.get("anyOf").or_else(|| form.get("oneOf")).and_then(pick) {
            return sample(&inner, root, turn / 2, depth);
        }
        let kind = form.get("type").map(|kind| pick(kind).unwrap_or_else(|| kind.clone()));
        match kind.as_ref().and_then(Value::as_str) {
            Some("object") => {
                let properties = form.get("properties").and_then(Value::as_object).into_iter().flatten();
                let kept = properties.enumerate().filter(|(index, _)| (turn >> (index % 5)) & 3 != 3);
                let members =
                    kept.map(|(index, (key, inner))| (key.clone(), sample(inner, root, turn + index, depth + 1)));
                let extra = (turn % 5 == 4).then(|| ("extra".to_owned(), json!(1)));
                Value::Object(members.chain(extra).collect())
            }
            Some("array") => (0..turn % 3).map(|index| sample(&form["items"], root, turn + index, depth + 1)).collect(),
            Some("integer" | "number") => json!(turn),
            Some("boolean") => json!(turn.is_multiple_of(2)),
            Some("null") => Value::Null,
            _ => json!("text"),
        }
    }

    #[test]
    fn a_value_differs_where_another_validator_says_that_it_does() {
        let mut verdicts = [0, 0];
        for schema in schemas() {
            let validator = jsonschema::validator_for(&schema).unwrap();
            for turn in 0..400 {
                let value = sample(&schema, &schema, turn, 0);
                let fits = find_differences(&value, &schema).is_empty();
                assert_eq!(fits, validator.is_valid(&value), "{value}");
                verdicts[usize::from(fits)] += 1;
            }
        }
        assert!(verdicts.iter().all(|number| *number > 200), "{verdicts:?}");
    }
}
