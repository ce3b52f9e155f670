//! How what is a word or a mapping is read.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{self, DeserializeOwned, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::then_file::{AdvanceFile, DelayFile, DrawnFile, EffectFile, ProceedFile, ThenFile, ToFile};

/// A word or a mapping, told apart by what stands there.
///
/// An untagged enum of serde reads the whole mapping before it knows its type, and then takes no number
/// for a text any more: `args: [21]` would be an error in a `then`, and none anywhere else.
trait TextOrMapping: Sized {
    type Mapping: DeserializeOwned;
    const EXPECTED: &str;

    fn of_text<E: de::Error>(text: &str) -> Result<Self, E>;
    fn of_mapping(mapping: Self::Mapping) -> Self;
}

impl TextOrMapping for ThenFile {
    type Mapping = EffectFile;
    const EXPECTED: &str = "`proceed` or a mapping";

    fn of_text<E: de::Error>(text: &str) -> Result<Self, E> {
        ProceedFile::deserialize(StrDeserializer::new(text)).map(Self::Word)
    }

    fn of_mapping(mapping: EffectFile) -> Self {
        Self::Effect(Box::new(mapping))
    }
}

impl TextOrMapping for DelayFile {
    type Mapping = DrawnFile;
    const EXPECTED: &str = "a length of time or a mapping";

    fn of_text<E: de::Error>(text: &str) -> Result<Self, E> {
        Ok(Self::Fixed(text.to_owned()))
    }

    fn of_mapping(mapping: DrawnFile) -> Self {
        Self::Drawn(mapping)
    }
}

impl TextOrMapping for AdvanceFile {
    type Mapping = ToFile;
    const EXPECTED: &str = "a duration or a mapping";

    fn of_text<E: de::Error>(text: &str) -> Result<Self, E> {
        Ok(Self::By(text.to_owned()))
    }

    fn of_mapping(mapping: ToFile) -> Self {
        Self::To(mapping)
    }
}

impl<'de> Deserialize<'de> for AdvanceFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Either(PhantomData))
    }
}

impl<'de> Deserialize<'de> for ThenFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Either(PhantomData))
    }
}

impl<'de> Deserialize<'de> for DelayFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Either(PhantomData))
    }
}

struct Either<T>(PhantomData<T>);

/// A number or a boolean counts as the text that it is written as.
impl<'de, T: TextOrMapping> Visitor<'de> for Either<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        T::of_text(text)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<T, E> {
        T::of_text(&value.to_string())
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<T, E> {
        T::of_text(&value.to_string())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<T, E> {
        T::of_text(&value.to_string())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<T, E> {
        T::of_text(&value.to_string())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::Mapping::deserialize(MapAccessDeserializer::new(map)).map(T::of_mapping)
    }
}
