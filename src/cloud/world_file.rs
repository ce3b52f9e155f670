//! A world file: what all vendors share in it, and the section of each vendor, which lives with the vendor.
//!
//! None of these types can be printed: there are secrets in them.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::Error as _;
use serde_json::Value;

use super::{Vendor, vendor_named, vendors};
use crate::document::{self, Flaws, FromDocument, Place, Problems, ReadError, Reading};
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

type ReadSection = fn(Reading<'_>) -> Result<Box<dyn SectionFile>, ReadError>;

/// A section as it was read.
pub trait SectionFile {
    /// The keys and the things of the section, which stands at `place`. What is wrong is noted, and then neither is to
    /// be used.
    fn load(&self, place: &Place<'_>, flaws: &mut Flaws) -> (Vec<Credential>, Arc<dyn VendorWorld>);
}

impl Section {
    /// The section that a `T` is read from; a file without it has that of `T::default()`.
    pub const fn of<T: SectionFile + Default + FromDocument + JsonSchema + 'static>() -> Self {
        Self {
            describe: |generator| generator.subschema_for::<T>(),
            read: |reading| T::read_from(reading).map(|file| Box::new(file) as _),
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

impl FromDocument for WorldFile {
    fn read_from(reading: Reading<'_>) -> Result<Self, ReadError> {
        let (mut ticketbooth, mut name, mut about, mut assume) = (None, None, None, BTreeMap::new());
        let mut unsupported = Unsupported::default();
        let mut sections = HashMap::new();
        for (key, value) in reading.members()? {
            match key {
                "ticketbooth" => ticketbooth = Some(u32::read_from(value)?),
                "name" => name = Some(String::read_from(value)?),
                "about" => about = Option::read_from(value)?,
                "assume" => assume = BTreeMap::read_from(value)?,
                "unsupported" => unsupported = Unsupported::read_from(value)?,
                other => {
                    let vendor = vendor_named(other);
                    let vendor = vendor.ok_or_else(|| ReadError::custom(format_args!("unknown key {other}")))?;
                    sections.insert(vendor.name, (vendor.section.read)(value)?);
                }
            }
        }
        let common = CommonPart {
            ticketbooth: ticketbooth.ok_or_else(|| ReadError::missing_field("ticketbooth"))?,
            name: name.ok_or_else(|| ReadError::missing_field("name"))?,
            about,
            assume,
            unsupported,
        };
        let mut section = |vendor: &Vendor| sections.remove(vendor.name).unwrap_or_else(vendor.section.empty);
        Ok(WorldFile { common, sections: vendors().iter().map(|vendor| (*vendor, section(vendor))).collect() })
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
