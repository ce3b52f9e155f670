//! The action's part of an answer: JSON that is finished, from a value or member by member.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

/// A value in JSON, as text. Who wants to look into it has to read it again, which is rare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered(String);

impl Rendered {
    /// The value as JSON.
    pub fn of(value: &impl Serialize) -> Self {
        Self(serde_json::to_string(value).expect("an answer is made of texts and numbers"))
    }

    pub fn as_json(&self) -> &str {
        &self.0
    }
}

impl Serialize for Rendered {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value: &RawValue = serde_json::from_str(&self.0).map_err(serde::ser::Error::custom)?;
        value.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Rendered {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Box::<RawValue>::deserialize(deserializer).map(|value| Self(Box::<str>::from(value).into()))
    }
}

/// An object that is written member by member, for answers that are given often: a serializer looks at every sign of the
/// names as well. The names need no escapes.
#[derive(Debug)]
pub struct JsonObject(String);

impl JsonObject {
    /// An object with room for so many bytes.
    pub fn with_room(bytes: usize) -> Self {
        let mut text = String::with_capacity(bytes);
        text.push('{');
        Self(text)
    }

    #[must_use]
    pub fn text(mut self, name: &'static str, value: &str) -> Self {
        self.begin_member(name);
        push_text(&mut self.0, value);
        self
    }

    /// A text, or null.
    #[must_use]
    pub fn optional_text(mut self, name: &'static str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.text(name, value),
            None => {
                self.begin_member(name);
                self.0.push_str("null");
                self
            }
        }
    }

    #[must_use]
    pub fn number(mut self, name: &'static str, value: u64) -> Self {
        self.begin_member(name);
        self.0.push_str(&value.to_string());
        self
    }

    #[must_use]
    pub fn truth(mut self, name: &'static str, value: bool) -> Self {
        self.begin_member(name);
        self.0.push_str(if value { "true" } else { "false" });
        self
    }

    pub fn finish(mut self) -> Rendered {
        self.0.push('}');
        Rendered(self.0)
    }

    fn begin_member(&mut self, name: &'static str) {
        self.0.push_str(if self.0.len() > 1 { ",\"" } else { "\"" });
        self.0.push_str(name);
        self.0.push_str("\":");
    }
}

fn push_text(json: &mut String, text: &str) {
    if text.bytes().any(|byte| byte < b' ' || byte == b'"' || byte == b'\\') {
        json.push_str(&serde_json::Value::from(text).to_string());
        return;
    }
    json.push('"');
    json.push_str(text);
    json.push('"');
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_written_by_hand_is_what_a_serializer_writes() {
        let texts = ["", "plain", "with \"quotes\"", "back\\slash", "line\nand\u{1}", "\u{7f}\u{e4}\u{6587}/"];
        let mut members = serde_json::Map::new();
        let mut object = JsonObject::with_room(0);
        for (name, text) in ["a", "b", "c", "d", "e", "f"].into_iter().zip(texts) {
            members.insert(name.to_owned(), json!(text));
            object = object.text(name, text);
        }
        let mut object = object.number("n", u64::MAX).truth("t", true).truth("u", false);
        members.extend([("n", json!(u64::MAX)), ("t", json!(true)), ("u", json!(false))].map(named));
        object = object.number("z", 0).number("h", 1500);
        members.extend([("z", json!(0)), ("h", json!(1500))].map(named));
        members.extend([("o", json!(null)), ("p", json!("x"))].map(named));
        let rendered = object.optional_text("o", None).optional_text("p", Some("x")).finish();
        assert_eq!(rendered, Rendered::of(&members));
        assert_eq!(json!({ "within": rendered }), json!({ "within": members }));
        assert_eq!(JsonObject::with_room(2).finish().as_json(), "{}");
    }

    fn named((name, value): (&str, serde_json::Value)) -> (String, serde_json::Value) {
        (name.to_owned(), value)
    }
}
