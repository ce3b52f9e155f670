//! Any YAML as a tree in which every node knows where it stands.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Number, Value};
use serde_saphyr::{Location, Spanned};

use super::flaw::{Flaw, Part, PathStep, quote_text};
use super::options;

/// One value and where it begins.
#[derive(Debug)]
pub(super) struct Node {
    pub at: Location,
    /// The place of the value itself, which is elsewhere where an alias or a merged mapping stands for it.
    pub defined: Location,
    pub kind: NodeKind,
}

#[derive(Debug)]
pub(super) enum NodeKind {
    Scalar(Value),
    List(Vec<Node>),
    /// In the order of the file, keys that stand twice included.
    Map(Vec<(NodeKey, Node)>),
}

#[derive(Debug)]
pub(super) struct NodeKey {
    pub at: Location,
    pub text: String,
}

/// Reads the text without asking what it is for. A key that stands twice is an error.
pub(super) fn read_strict_tree(text: &str) -> Result<Node, serde_saphyr::Error> {
    serde_saphyr::from_str_with_options(text, options::strict_options())
}

/// The same with keys that stand twice, so that everything else that is wrong can be seen as well.
pub(super) fn read_tree(text: &str) -> Result<Node, serde_saphyr::Error> {
    serde_saphyr::from_str_with_options(text, options::permissive_options())
}

impl Node {
    /// A tree that stands nowhere.
    pub fn of_json(value: Value) -> Self {
        let kind = match value {
            Value::Array(items) => NodeKind::List(items.into_iter().map(Self::of_json).collect()),
            Value::Object(members) => {
                let entry = |(text, value)| (NodeKey { at: Location::UNKNOWN, text }, Self::of_json(value));
                NodeKind::Map(members.into_iter().map(entry).collect())
            }
            scalar => NodeKind::Scalar(scalar),
        };
        Self { at: Location::UNKNOWN, defined: Location::UNKNOWN, kind }
    }

    /// The same as plain JSON; of a key that is defined twice the last value.
    pub fn to_json(&self) -> Value {
        match &self.kind {
            NodeKind::Scalar(value) => value.clone(),
            NodeKind::List(items) => items.iter().map(Self::to_json).collect(),
            NodeKind::Map(entries) => entries.iter().map(|(key, node)| (key.text.clone(), node.to_json())).collect(),
        }
    }

    /// Where the part of the path stands; of a path that leads nowhere, its last step that exists.
    pub fn locate(&self, path: &[PathStep], part: Part) -> Location {
        let Some((step, rest)) = path.split_first() else { return self.at };
        match (step, &self.kind) {
            (PathStep::Index(index), NodeKind::List(items)) => {
                items.get(*index).map_or(self.at, |item| item.locate(rest, part))
            }
            (PathStep::Key(name), NodeKind::Map(entries)) => {
                let mut named = entries.iter().filter(|(key, _)| key.text == *name);
                let found = match part {
                    Part::Key { nth } if rest.is_empty() => named.nth(nth),
                    _ => named.next_back(),
                };
                match (found, part) {
                    (None, _) => self.at,
                    (Some((key, _)), Part::Key { .. }) if rest.is_empty() => key.at,
                    (Some((_, node)), _) => node.locate(rest, part),
                }
            }
            _ => self.at,
        }
    }
}

/// A flaw for every key that already stood in its mapping.
pub(super) fn repeated_keys(root: &Node) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    collect_repeated(root, &mut Vec::new(), &mut flaws);
    flaws
}

fn collect_repeated(node: &Node, path: &mut Vec<PathStep>, flaws: &mut Vec<Flaw>) {
    match &node.kind {
        NodeKind::Scalar(_) => {}
        NodeKind::List(items) => {
            for (index, item) in items.iter().enumerate() {
                path.push(PathStep::Index(index));
                collect_repeated(item, path, flaws);
                path.pop();
            }
        }
        NodeKind::Map(entries) => {
            let mut counts = std::collections::HashMap::new();
            for (key, value) in entries {
                let nth: &mut usize = counts.entry(key.text.as_str()).or_default();
                path.push(PathStep::Key(key.text.clone()));
                if *nth > 0 {
                    let message = format!("key {} is defined twice", quote_text(&key.text));
                    flaws.push(Flaw { path: path.clone(), part: Part::Key { nth: *nth }, message, help: None });
                }
                *nth += 1;
                collect_repeated(value, path, flaws);
                path.pop();
            }
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<NodeKind>::deserialize(deserializer)?;
        Ok(Self { at: spanned.referenced, defined: spanned.defined, kind: spanned.value })
    }
}

impl<'de> Deserialize<'de> for NodeKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(KindVisitor)
    }
}

struct KindVisitor;

impl<'de> Visitor<'de> for KindVisitor {
    type Value = NodeKind;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<NodeKind, E> {
        Ok(NodeKind::Scalar(Value::Null))
    }

    fn visit_none<E>(self) -> Result<NodeKind, E> {
        Ok(NodeKind::Scalar(Value::Null))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<NodeKind, D::Error> {
        NodeKind::deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<NodeKind, E> {
        Ok(NodeKind::Scalar(Value::Bool(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<NodeKind, E> {
        Ok(NodeKind::Scalar(Value::from(value)))
    }

    fn visit_u64<E>(self, value: u64) -> Result<NodeKind, E> {
        Ok(NodeKind::Scalar(Value::from(value)))
    }

    fn visit_i128<E>(self, value: i128) -> Result<NodeKind, E> {
        Ok(NodeKind::Scalar(Value::String(value.to_string())))
    }

    fn visit_u128<E>(self, value: u128) -> Result<NodeKind, E> {
        Ok(NodeKind::Scalar(Value::String(value.to_string())))
    }

    fn visit_f64<E>(self, value: f64) -> Result<NodeKind, E> {
        Ok(NodeKind::Scalar(Number::from_f64(value).map_or_else(|| Value::String(value.to_string()), Value::Number)))
    }

    fn visit_str<E>(self, value: &str) -> Result<NodeKind, E> {
        Ok(NodeKind::Scalar(Value::from(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<NodeKind, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(NodeKind::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<NodeKind, A::Error> {
        let mut map = Vec::new();
        while let Some(key) = entries.next_key::<Spanned<String>>()? {
            map.push((NodeKey { at: key.referenced, text: key.value }, entries.next_value()?));
        }
        Ok(NodeKind::Map(map))
    }
}
