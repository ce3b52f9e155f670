//! Any YAML as a tree in which every node knows where it stands.

use std::collections::{HashMap, HashSet};
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

/// Reads the text without asking what it is for. Keys may stand twice in it, so that everything else that is wrong can be
/// seen as well.
pub(super) fn read_tree(text: &str) -> Result<Node, serde_saphyr::Error> {
    let read = serde_saphyr::from_str_with_options::<NodeFile<true>>(text, options::reader_options());
    read.map(|file| file.0)
}

/// The same without places, which take a seventh of the time. They are wanted only when something is wrong.
pub(super) fn read_placeless_tree(text: &str) -> Result<Node, serde_saphyr::Error> {
    let read = serde_saphyr::from_str_with_options::<NodeFile<false>>(text, options::reader_options());
    read.map(|file| file.0)
}

/// Keys up to which each is held against each.
const FEW_KEYS: usize = 16;

impl Node {
    fn placeless(kind: NodeKind) -> Self {
        Self { at: Location::UNKNOWN, defined: Location::UNKNOWN, kind }
    }

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
        Self::placeless(kind)
    }

    /// The same as plain JSON; of a key that is defined twice the last value.
    pub fn to_json(&self) -> Value {
        match &self.kind {
            NodeKind::Scalar(value) => value.clone(),
            NodeKind::List(items) => items.iter().map(Self::to_json).collect(),
            NodeKind::Map(entries) => entries.iter().map(|(key, node)| (key.text.clone(), node.to_json())).collect(),
        }
    }

    /// Whether a key stands twice in its mapping.
    pub fn has_repeated_keys(&self) -> bool {
        match &self.kind {
            NodeKind::Scalar(_) => false,
            NodeKind::List(items) => items.iter().any(Self::has_repeated_keys),
            NodeKind::Map(entries) => {
                let keys = || entries.iter().map(|(key, _)| &*key.text);
                let repeats = if entries.len() <= FEW_KEYS {
                    keys().enumerate().any(|(place, key)| keys().take(place).any(|other| other == key))
                } else {
                    keys().collect::<HashSet<_>>().len() < entries.len()
                };
                repeats || entries.iter().any(|(_, node)| node.has_repeated_keys())
            }
        }
    }

    /// Whether the mapping at the path has the key.
    pub fn has_key(&self, path: &[PathStep], name: &str) -> bool {
        let Some((step, rest)) = path.split_first() else {
            return matches!(&self.kind, NodeKind::Map(entries) if entries.iter().any(|(key, _)| key.text == name));
        };
        match (step, &self.kind) {
            (PathStep::Index(index), NodeKind::List(items)) => {
                items.get(*index).is_some_and(|item| item.has_key(rest, name))
            }
            (PathStep::Key(known), NodeKind::Map(entries)) => {
                entries.iter().any(|(key, node)| key.text == *known && node.has_key(rest, name))
            }
            _ => false,
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
            let mut counts = HashMap::new();
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

/// A node as it is read, with its place or without.
struct NodeFile<const PLACED: bool>(Node);

impl<'de, const PLACED: bool> Deserialize<'de> for NodeFile<PLACED> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !PLACED {
            return KindFile::<PLACED>::deserialize(deserializer).map(|kind| Self(Node::placeless(kind.0)));
        }
        let spanned = Spanned::<KindFile<PLACED>>::deserialize(deserializer)?;
        Ok(Self(Node { at: spanned.referenced, defined: spanned.defined, kind: spanned.value.0 }))
    }
}

struct KindFile<const PLACED: bool>(NodeKind);

impl<'de, const PLACED: bool> Deserialize<'de> for KindFile<PLACED> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(KindVisitor::<PLACED>).map(Self)
    }
}

struct KindVisitor<const PLACED: bool>;

impl<'de, const PLACED: bool> Visitor<'de> for KindVisitor<PLACED> {
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
        KindFile::<PLACED>::deserialize(deserializer).map(|kind| kind.0)
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
        while let Some(NodeFile::<PLACED>(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(NodeKind::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<NodeKind, A::Error> {
        let mut map = Vec::new();
        while let Some(key) = next_key::<A, PLACED>(&mut entries)? {
            map.push((key, entries.next_value::<NodeFile<PLACED>>()?.0));
        }
        Ok(NodeKind::Map(map))
    }
}

fn next_key<'de, A: MapAccess<'de>, const PLACED: bool>(entries: &mut A) -> Result<Option<NodeKey>, A::Error> {
    if !PLACED {
        return Ok(entries.next_key()?.map(|text| NodeKey { at: Location::UNKNOWN, text }));
    }
    let key = entries.next_key::<Spanned<String>>()?;
    Ok(key.map(|key| NodeKey { at: key.referenced, text: key.value }))
}
