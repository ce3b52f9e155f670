//! Types read from a tree. Whatever a document is for, this is the one deserializer that its types are built for.

use std::fmt;

use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::Value;
use serde_saphyr::Location;

use super::tree::{Node, NodeKey, NodeKind};

/// A type that a document, or a part of one, is read into.
pub trait FromDocument: Sized {
    /// The value that stands there.
    ///
    /// # Errors
    ///
    /// The first thing that does not fit the type.
    fn read_from(reading: Reading<'_>) -> Result<Self, ReadError>;
}

impl<T: DeserializeOwned> FromDocument for T {
    fn read_from(reading: Reading<'_>) -> Result<Self, ReadError> {
        T::deserialize(reading)
    }
}

/// A value of a document, on its way into a type.
#[derive(Clone, Copy)]
pub struct Reading<'t> {
    node: &'t Node,
    source: DocumentText<'t>,
}

/// The text behind a tree.
#[derive(Clone, Copy)]
pub(super) enum DocumentText<'t> {
    /// The document that the tree was read from with its places.
    Placed(&'t str),
    /// There is a document, but nobody knows where in it the tree stands.
    Placeless,
    /// There is none.
    Nothing,
}

/// A value that does not fit its type.
#[derive(Debug)]
pub struct ReadError {
    pub(super) message: String,
    /// The innermost value around it.
    pub(super) at: Option<Location>,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ReadError {}

impl serde::de::Error for ReadError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self { message: message.to_string(), at: None }
    }
}

impl<'t> Reading<'t> {
    pub(super) fn of_tree(node: &'t Node, source: DocumentText<'t>) -> Self {
        Self { node, source }
    }

    /// The members of a mapping, in their order.
    ///
    /// # Errors
    ///
    /// It is no mapping.
    pub fn members(self) -> Result<impl Iterator<Item = (&'t str, Self)>, ReadError> {
        match &self.node.kind {
            NodeKind::Map(entries) => Ok(entries.iter().map(move |(key, node)| (&*key.text, Self { node, ..self }))),
            NodeKind::Scalar(_) | NodeKind::List(_) => {
                Err(self.place_error(ReadError::custom("this is not a mapping")))
            }
        }
    }

    /// A number or a truth value as it stands in the document, where a text is wanted.
    fn plain_text(&self, value: &Value) -> Result<String, ReadError> {
        let span = self.node.defined.span();
        let in_document = |document: &'t str| {
            let start = usize::try_from(span.byte_offset()?).ok()?;
            let length = usize::try_from(span.byte_len()?).ok().filter(|length| *length > 0)?;
            document.get(start..start.checked_add(length)?).map(str::to_owned)
        };
        match self.source {
            DocumentText::Placed(document) => Ok(in_document(document).unwrap_or_else(|| value.to_string())),
            DocumentText::Nothing => Ok(value.to_string()),
            DocumentText::Placeless => Err(ReadError::custom("a number is wanted as it was written")),
        }
    }

    fn place_error(&self, error: ReadError) -> ReadError {
        ReadError { at: error.at.or(Some(self.node.at)), ..error }
    }

    /// What a seed makes of it. A type may find fault with a value after it has taken it.
    fn seed_type<T: DeserializeSeed<'t>>(self, seed: T) -> Result<T::Value, ReadError> {
        seed.deserialize(self).map_err(|error| self.place_error(error))
    }

    fn visit_value<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match &self.node.kind {
            NodeKind::Scalar(Value::String(text)) => visitor.visit_str(text),
            NodeKind::Scalar(Value::Bool(truth)) => visitor.visit_bool(*truth),
            NodeKind::Scalar(Value::Number(number)) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(whole), ..) => visitor.visit_u64(whole),
                (None, Some(whole), _) => visitor.visit_i64(whole),
                (None, None, broken) => visitor.visit_f64(broken.unwrap_or(f64::NAN)),
            },
            NodeKind::Scalar(_) => visitor.visit_unit(),
            NodeKind::List(items) => visitor.visit_seq(ListAccess { items: items.iter(), source: self.source }),
            NodeKind::Map(entries) => visitor.visit_map(self.entries(entries)),
        }
    }

    fn visit_text<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match &self.node.kind {
            // A name may look like a number, and then nobody writes quotes around it.
            NodeKind::Scalar(value @ (Value::Number(_) | Value::Bool(_))) => {
                visitor.visit_string(self.plain_text(value)?)
            }
            NodeKind::Scalar(_) | NodeKind::List(_) | NodeKind::Map(_) => self.visit_value(visitor),
        }
    }

    fn entries(self, entries: &'t [(NodeKey, Node)]) -> MappingAccess<'t> {
        MappingAccess { entries: entries.iter(), value: None, source: self.source }
    }
}

/// Whole numbers, which may have quotes around them.
macro_rules! whole_numbers {
    ($($method:ident $visit:ident $type:ty),+) => {$(
        fn $method<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, ReadError> {
            let whole = match &self.node.kind {
                NodeKind::Scalar(Value::String(text)) => text.trim().parse::<i128>().ok(),
                // The tree has a number of that size without its last digits.
                NodeKind::Scalar(value @ Value::Number(_)) => {
                    whole_of(value).or_else(|| self.plain_text(value).ok()?.parse().ok())
                }
                NodeKind::Scalar(_) | NodeKind::List(_) | NodeKind::Map(_) => None,
            };
            let is_number = matches!(&self.node.kind, NodeKind::Scalar(Value::Number(_)));
            let read = match whole.map(<$type>::try_from) {
                Some(Ok(number)) => visitor.$visit(number),
                None if !is_number => self.visit_value(visitor),
                Some(Err(_)) | None => {
                    let (least, most) = (<$type>::MIN, <$type>::MAX);
                    Err(ReadError::custom(format_args!("this is not a whole number from {least} to {most}")))
                }
            };
            read.map_err(|error| self.place_error(error))
        }
    )+};
}

impl<'t> Deserializer<'t> for Reading<'t> {
    type Error = ReadError;

    fn deserialize_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.visit_value(visitor).map_err(|error| self.place_error(error))
    }

    fn deserialize_str<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.visit_text(visitor).map_err(|error| self.place_error(error))
    }

    fn deserialize_string<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_char<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, ReadError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match &self.node.kind {
            NodeKind::Scalar(Value::Null) => visitor.visit_none(),
            NodeKind::Scalar(_) | NodeKind::List(_) | NodeKind::Map(_) => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'t>>(self, _: &'static str, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_newtype_struct(self).map_err(|error| self.place_error(error))
    }

    fn deserialize_enum<V: Visitor<'t>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        let read = match &self.node.kind {
            NodeKind::Scalar(Value::String(text)) => visitor.visit_enum(text_of(text)),
            NodeKind::Scalar(value @ (Value::Number(_) | Value::Bool(_))) => {
                visitor.visit_enum(self.plain_text(value)?.into_deserializer())
            }
            NodeKind::Map(entries) => visitor.visit_enum(MapAccessDeserializer::new(self.entries(entries))),
            NodeKind::Scalar(_) | NodeKind::List(_) => self.visit_value(visitor),
        };
        read.map_err(|error| self.place_error(error))
    }

    fn deserialize_ignored_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_unit()
    }

    whole_numbers! {
        deserialize_u8 visit_u8 u8, deserialize_u16 visit_u16 u16, deserialize_u32 visit_u32 u32,
        deserialize_u64 visit_u64 u64, deserialize_i8 visit_i8 i8, deserialize_i16 visit_i16 i16,
        deserialize_i32 visit_i32 i32, deserialize_i64 visit_i64 i64
    }

    forward_to_deserialize_any! {
        <V: Visitor<'t>>
        bool f32 f64 bytes byte_buf unit unit_struct seq tuple tuple_struct map struct
    }
}

fn whole_of(value: &Value) -> Option<i128> {
    value.as_u64().map(i128::from).or_else(|| value.as_i64().map(i128::from))
}

fn text_of(text: &str) -> StrDeserializer<'_, ReadError> {
    text.into_deserializer()
}

struct ListAccess<'t> {
    items: std::slice::Iter<'t, Node>,
    source: DocumentText<'t>,
}

impl<'t> SeqAccess<'t> for ListAccess<'t> {
    type Error = ReadError;

    fn next_element_seed<T: DeserializeSeed<'t>>(&mut self, seed: T) -> Result<Option<T::Value>, ReadError> {
        let next = self.items.next().map(|node| Reading { node, source: self.source });
        next.map(|reading| reading.seed_type(seed)).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

struct MappingAccess<'t> {
    entries: std::slice::Iter<'t, (NodeKey, Node)>,
    /// That of the key that was read last.
    value: Option<&'t Node>,
    source: DocumentText<'t>,
}

impl<'t> MapAccess<'t> for MappingAccess<'t> {
    type Error = ReadError;

    fn next_key_seed<K: DeserializeSeed<'t>>(&mut self, seed: K) -> Result<Option<K::Value>, ReadError> {
        let Some((key, node)) = self.entries.next() else { return Ok(None) };
        self.value = Some(node);
        let placed = |error: ReadError| ReadError { at: error.at.or(Some(key.at)), ..error };
        seed.deserialize(text_of(&key.text)).map(Some).map_err(placed)
    }

    fn next_value_seed<T: DeserializeSeed<'t>>(&mut self, seed: T) -> Result<T::Value, ReadError> {
        let node = self.value.take().ok_or_else(|| ReadError::custom("a value has no key"))?;
        Reading { node, source: self.source }.seed_type(seed)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.entries.len())
    }
}
