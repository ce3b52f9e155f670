//! Reading of values that are a word or a mapping.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{self, DeserializeOwned, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::file::{AdvanceFile, DelayFile, ProceedFile, ThenFile};

/// A word or a mapping, told apart by what stands there.
///
/// An untagged enum of serde reads the whole mapping before it knows its type, and then takes no number
/// for a text any more: `args: [21]` would be an error in a `then`, and none anywhere else.
struct Either<T, M, E> {
    expected: &'static str,
    of_text: fn(&str) -> Result<T, E>,
    of_mapping: fn(M) -> T,
    error: PhantomData<E>,
}

impl<'de> Deserialize<'de> for AdvanceFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text_or_mapping(deserializer, "a duration or a mapping", |text| Ok(Self::By(text.to_owned())), Self::To)
    }
}

impl<'de> Deserialize<'de> for DelayFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text_or_mapping(
            deserializer,
            "a length of time or a mapping",
            |text| Ok(Self::Fixed(text.to_owned())),
            Self::Drawn,
        )
    }
}

impl<'de> Deserialize<'de> for ThenFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = |text: &str| ProceedFile::deserialize(StrDeserializer::new(text)).map(Self::Word);
        text_or_mapping(deserializer, "`proceed` or a mapping", word, |effect| Self::Effect(Box::new(effect)))
    }
}

fn text_or_mapping<'de, D: Deserializer<'de>, T, M: DeserializeOwned>(
    deserializer: D,
    expected: &'static str,
    of_text: fn(&str) -> Result<T, D::Error>,
    of_mapping: fn(M) -> T,
) -> Result<T, D::Error> {
    deserializer.deserialize_any(Either { expected, of_text, of_mapping, error: PhantomData })
}

/// A number or a boolean counts as the text that it is written as.
macro_rules! as_text {
    ($($visit:ident: $kind:ty),*) => {
        $(fn $visit<X: de::Error>(self, value: $kind) -> Result<T, X> {
            (self.of_text)(&value.to_string()).map_err(X::custom)
        })*
    };
}

impl<'de, T, M: DeserializeOwned, E: de::Error> Visitor<'de> for Either<T, M, E> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    as_text!(visit_str: &str, visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_f64: f64);

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        M::deserialize(MapAccessDeserializer::new(map)).map(self.of_mapping)
    }
}
