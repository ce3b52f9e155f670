//! A world file: what all vendors share in it, and the section of each vendor, which lives with the vendor.
//!
//! None of these types can be printed: there are secrets in them.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::{Arc, LazyLock};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::Value;

use super::{Vendor, vendor_named, vendors};
use crate::document::{self, Flaws, Place, Problems};
use crate::domain::{Assumption, Assumptions};
use crate::world::checks::check_filled;
use crate::world::{Credential, DEMO, UnfitAnswer, Unsupported, VendorWorld, World, parse_answers};

/// The version of the format that is read.
const VERSION: u32 = 1;

/// The part of a world file that is a vendor's own: how it is described, and how it is read.
pub struct Section {
    describe: fn(&mut SchemaGenerator) -> Schema,
    read: ReadSection,
    empty: fn() -> Box<dyn SectionFile>,
}

type ReadSection = fn(&mut dyn erased_serde::Deserializer<'_>) -> Result<Box<dyn SectionFile>, erased_serde::Error>;

/// A section as it was read.
pub trait SectionFile {
    /// The keys and the things of the section, which stands at `place`. What is wrong is noted, and then neither is to
    /// be used.
    fn load(&self, place: &Place<'_>, flaws: &mut Flaws) -> (Vec<Credential>, Arc<dyn VendorWorld>);
}

impl Section {
    /// The section that a `T` is read from; a file without it has that of `T::default()`.
    pub const fn of<T: SectionFile + Default + DeserializeOwned + JsonSchema + 'static>() -> Self {
        Self {
            describe: |generator| generator.subschema_for::<T>(),
            read: |deserializer| erased_serde::deserialize::<T>(deserializer).map(|file| Box::new(file) as _),
            empty: || Box::new(T::default()),
        }
    }
}

/// A world: who may call, and what there is to be embedded.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, rename = "WorldFile")]
struct CommonPart {
    /// Version of the format: 1.
    ticketbooth: u32,
    /// Name of the world.
    name: String,
    /// One sentence on what it is for.
    #[schemars(default)]
    about: Option<String>,
    /// Answers to open questions that differ from the defaults, by name.
    #[schemars(default)]
    assume: BTreeMap<String, String>,
    /// The answer of an action that is not served: a refusal, or the example of the vendor's documents.
    #[schemars(default)]
    unsupported: Unsupported,
}

/// A whole world file.
struct WorldFile {
    common: CommonPart,
    /// In the order of [`vendors`].
    sections: Vec<(&'static Vendor, Box<dyn SectionFile>)>,
}

impl JsonSchema for WorldFile {
    fn schema_name() -> Cow<'static, str> {
        CommonPart::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = CommonPart::json_schema(generator);
        if let Some(members) = schema.get_mut("properties").and_then(Value::as_object_mut) {
            let describe = |vendor: &&Vendor| (vendor.name.to_owned(), (vendor.section.describe)(generator).to_value());
            members.extend(vendors().iter().map(describe));
        }
        schema
    }
}

impl<'de> serde::Deserialize<'de> for WorldFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(WorldVisitor)
    }
}

struct WorldVisitor;

impl<'de> Visitor<'de> for WorldVisitor {
    type Value = WorldFile;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a world")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<WorldFile, A::Error> {
        let (mut ticketbooth, mut name, mut about, mut assume) = (None, None, None, BTreeMap::new());
        let mut unsupported = Unsupported::default();
        let mut sections = HashMap::new();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "ticketbooth" => ticketbooth = Some(map.next_value()?),
                "name" => name = Some(map.next_value()?),
                "about" => about = map.next_value()?,
                "assume" => assume = map.next_value()?,
                "unsupported" => unsupported = map.next_value()?,
                other => {
                    let vendor = vendor_named(other);
                    let vendor = vendor.ok_or_else(|| A::Error::custom(format!("unknown key {other}")))?;
                    sections.insert(vendor.name, map.next_value_seed(SectionSeed(vendor.section))?);
                }
            }
        }
        let common = CommonPart {
            ticketbooth: ticketbooth.ok_or_else(|| A::Error::missing_field("ticketbooth"))?,
            name: name.ok_or_else(|| A::Error::missing_field("name"))?,
            about,
            assume,
            unsupported,
        };
        let mut section = |vendor: &Vendor| sections.remove(vendor.name).unwrap_or_else(vendor.section.empty);
        Ok(WorldFile { common, sections: vendors().iter().map(|vendor| (*vendor, section(vendor))).collect() })
    }
}

/// Reads one section as its vendor reads it.
struct SectionSeed(&'static Section);

impl<'de> DeserializeSeed<'de> for SectionSeed {
    type Value = Box<dyn SectionFile>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        (self.0.read)(&mut <dyn erased_serde::Deserializer<'_>>::erase(deserializer)).map_err(D::Error::custom)
    }
}

impl World {
    /// The world that is there without any file.
    pub fn demo() -> Self {
        static LOADED: LazyLock<World> =
            LazyLock::new(|| World::load("demo.yaml", DEMO, &[]).expect("a test loads the embedded world"));
        LOADED.clone()
    }

    /// Reads a world file. `known` are the assumptions that may be made in it.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the file.
    pub fn load(name: &str, text: &str, known: &[&'static Assumption]) -> Result<Self, Problems> {
        document::read_document(name, text, |file, flaws| build_world(file, text, known, flaws))
    }

    /// The JSON Schema of a world file.
    pub fn schema() -> Value {
        document::schema_of::<WorldFile>()
    }
}

/// The world of the file. What is wrong is noted, and then the world is not to be used.
fn build_world(file: &WorldFile, text: &str, known: &[&'static Assumption], flaws: &mut Flaws) -> World {
    let (root, common) = (&Place::ROOT, &file.common);
    flaws.check_version(common.ticketbooth, VERSION);
    check_filled(flaws, &root.key("name"), &common.name);
    let assumptions = load_assumptions(&common.assume, known, &root.key("assume"), flaws);
    let (mut keys, mut parts) = (Vec::new(), Vec::new());
    for (vendor, section) in &file.sections {
        let (own, things) = section.load(&root.key(vendor.name), flaws);
        keys.extend(own);
        parts.push((vendor.name, things));
    }
    let mut world = World::new(common.name.clone(), common.about.clone(), assumptions, text, keys, parts);
    world.unsupported = common.unsupported;
    world
}

fn load_assumptions(
    chosen: &BTreeMap<String, String>,
    known: &[&'static Assumption],
    place: &Place<'_>,
    flaws: &mut Flaws,
) -> Assumptions {
    parse_answers(chosen, known).unwrap_or_else(|unfit| {
        for UnfitAnswer { name, is_known, message, help } in unfit.0 {
            let place = place.key(&name);
            if is_known {
                flaws.at_value(&place, message, Some(help))
            } else {
                flaws.at_key(&place, message, Some(help))
            }
        }
        Assumptions::default()
    })
}
