//! The parameters of a call.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use bytes::Bytes;
use serde::Deserialize;
use serde::de::{Deserializer as _, MapAccess, Visitor};

use crate::sign::{shared_pairs, shared_part};
use crate::text::{Text, display_json};

/// The parameters of a call, decoded once.
#[derive(Clone, Debug, Default)]
pub struct Params {
    /// Every pair in the order it came, duplicates kept: some recipes sign them all.
    pub pairs: Vec<(Text, ParamValue)>,
}

/// One value as it came.
#[derive(Clone, Debug, PartialEq)]
pub enum ParamValue {
    /// From a query, a form or a text part: every scalar is text there.
    Text(Text),
    /// From a JSON body: types are the sender's.
    Json(serde_json::Value),
}

impl AsRef<Self> for Params {
    fn as_ref(&self) -> &Self {
        self
    }
}

impl Params {
    /// The members of an object in JSON: the last of one name, at the place of the first. `None`: it is no object.
    pub fn of_json(body: &Bytes) -> Option<Self> {
        let mut reader = serde_json::Deserializer::from_slice(body);
        let params = reader.deserialize_map(Members(body)).ok()?;
        reader.end().ok().map(|()| params)
    }

    /// The pairs of a query, every value as text.
    pub fn of_query(query: &Bytes) -> Self {
        Self { pairs: shared_pairs(query).map(|(name, value)| (name, ParamValue::Text(value))).collect() }
    }

    /// The first value of this name; names are case-sensitive.
    pub fn get(&self, name: &str) -> Option<&ParamValue> {
        self.pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// The first value of this name as a text that shares its memory where it can.
    pub fn shared_text(&self, name: &str) -> Option<Text> {
        match self.get(name)? {
            ParamValue::Text(text) => Some(text.clone()),
            ParamValue::Json(value) => value.as_str().map(Text::from),
        }
    }

    /// The first value of this name as text; one of JSON that is no text as it is written.
    pub fn display_text(&self, name: &str) -> Option<String> {
        Some(match self.get(name)? {
            ParamValue::Text(text) => text.to_string(),
            ParamValue::Json(value) => display_json(value),
        })
    }

    /// The first value of this name, where it is text.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.get(name)? {
            ParamValue::Text(text) => Some(text),
            ParamValue::Json(value) => value.as_str(),
        }
    }
}

/// Reads the members of an object whose names share the memory of the text where they can.
struct Members<'t>(&'t Bytes);

impl<'de> Visitor<'de> for Members<'_> {
    type Value = Params;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Params, A::Error> {
        let mut pairs: Vec<(Text, ParamValue)> = Vec::with_capacity(USUAL);
        // Of many names, where each stands.
        let mut places: HashMap<Text, usize> = HashMap::new();
        while let Some((name, value)) = members.next_entry::<ParamName<'de>, serde_json::Value>()? {
            let (name, value) = (shared_part(self.0, name.0), ParamValue::Json(value));
            let known = match pairs.len() {
                0..MANY => pairs.iter().position(|(known, _)| *known == name),
                MANY => {
                    places = pairs.iter().enumerate().map(|(place, (name, _))| (name.clone(), place)).collect();
                    places.get(&name).copied()
                }
                _ => places.get(&name).copied(),
            };
            match known {
                Some(place) => pairs[place].1 = value,
                None => {
                    if pairs.len() >= MANY {
                        places.insert(name.clone(), pairs.len());
                    }
                    pairs.push((name, value));
                }
            }
        }
        Ok(Params { pairs })
    }
}

/// The name of a member, borrowed where it has no escape in it.
#[derive(Deserialize)]
#[serde(transparent)]
struct ParamName<'n>(#[serde(borrow)] Cow<'n, str>);

/// Names that are looked through one by one, at most.
const MANY: usize = 32;

/// Parameters that there is room for without asking for memory again.
const USUAL: usize = 4;
