//! Sandboxes: making one with keys of its own, listing them, taking one away.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::asked::{AdminRequest, no_sandbox};
use super::clock::ClockView;
use super::{AdminError, Answer, assumptions, json_reply, scenario};
use crate::cloud::{self, Vendor, vendors};
use crate::emulator::{ClockError, ClockSpec, DEFAULT, Minted, MintedKey, Origin, Sandbox, SandboxOptions, Unminted};
use crate::world::{Credential, World};

/// A new sandbox; members that are left out are as in the default one.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SandboxWish {
    /// Its id: 1 to 64 letters, digits, `.`, `_` and `-`.
    name: Option<String>,
    /// The world file itself, as an object or as the text of a file.
    world: Option<Value>,
    seed: Option<u64>,
    /// `running` or `frozen`, each with `@` and an RFC 3339 time behind it or not.
    clock: Option<String>,
    /// A scenario file itself, as an object or as the text of a file.
    scenario: Option<Value>,
    /// Choices by the names of assumptions, over those of the world.
    assume: Option<BTreeMap<String, String>>,
    /// The test that it is for.
    origin: Option<OriginWish>,
}

/// The test that a sandbox is made for: texts of at most 1024 bytes, without control characters.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OriginWish {
    /// The name of the test.
    test: Option<String>,
    file: Option<String>,
    line: Option<u32>,
}

/// A new sandbox and its keys.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SandboxMade {
    id: String,
    #[serde(flatten)]
    first: FirstKeys,
    /// Every key of the sandbox, with the key of the world that it stands for.
    keys: Vec<MintedKeyView>,
}

/// For each vendor the key that stands for its first one in the world, in the vendor's own words.
#[derive(Debug)]
struct FirstKeys(Vec<(&'static Vendor, Option<MintedKey>)>);

impl Serialize for FirstKeys {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let view = |(vendor, key): &(&'static Vendor, Option<MintedKey>)| {
            let [id, secret] = vendor.clients.key_fields;
            (vendor.name, key.as_ref().map(|key| BTreeMap::from([(id, key.id.clone()), (secret, key.secret.clone())])))
        };
        serializer.collect_map(self.0.iter().map(view))
    }
}

impl JsonSchema for FirstKeys {
    fn schema_name() -> Cow<'static, str> {
        "FirstKeys".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let of_vendor = |vendor: &&'static Vendor| {
            let [id, secret] = vendor.clients.key_fields;
            let text = json!({ "type": "string" });
            let key = json!({
                "type": ["object", "null"],
                "description": "The key that stands for the first one of the world.",
                "properties": { id: text, secret: text },
                "required": [id, secret],
            });
            (vendor.name.to_owned(), key)
        };
        let properties: Map<String, Value> = vendors().iter().map(of_vendor).collect();
        json_schema!({ "type": "object", "properties": properties })
    }
}

#[derive(Debug, Serialize, JsonSchema)]
struct MintedKeyView {
    vendor: &'static str,
    stands_for: String,
    id: String,
    secret: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SandboxList {
    /// The default one first.
    sandboxes: Vec<SandboxView>,
    total: usize,
    /// Deleted sandboxes whose journals can still be read, in the order in which they were deleted.
    departed: Vec<DepartedView>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct DepartedView {
    id: String,
    /// Calls while it was there.
    calls: u64,
    origin: Option<Origin>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SandboxView {
    id: String,
    world: String,
    seed: u64,
    clock: ClockView,
    tickets: usize,
    /// Calls so far.
    calls: u64,
    /// The test that it was made for, where that was said.
    origin: Option<Origin>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SandboxRemoved {
    removed: String,
}

pub(super) fn create_sandbox(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    let SandboxWish { name, world, seed, clock, scenario, assume, origin } = asked.body_or_default()?;
    let world = world.map(|document| world_of(&document)).transpose()?;
    let clock = clock.map(|text| clock_of(&text)).transpose()?;
    let scenario = scenario.map(|document| scenario::parse_scenario(&as_text(&document))).transpose()?.map(Into::into);
    let assume = assumptions::parse_choices(&assume.unwrap_or_default())?;
    let origin = origin.map(|wish| wish.parse_origin()).transpose()?;
    let wish = SandboxOptions { name, origin, world, seed, clock, scenario, assume, ..SandboxOptions::default() };
    let minted = asked.emulator.create_sandbox(wish).map_err(|error| {
        let (status, kind, hint) = match error {
            Unminted::Taken(_) => (409, "taken", "choose another name, or none"),
            Unminted::BadName(_) => (400, "bad_body", "choose another name, or none"),
            Unminted::TooMany(_) => (503, "too_many", "DELETE those that are done with"),
        };
        AdminError::new(status, kind, error.to_string(), hint)
    })?;
    Ok(json_reply(201, &SandboxMade::from_minted(&minted)).into())
}

/// The file that somebody sent as it is, or as an object.
fn as_text(document: &Value) -> String {
    document.as_str().map_or_else(|| format!("{document:#}"), str::to_owned)
}

fn world_of(document: &Value) -> Result<World, AdminError> {
    World::load("world", &as_text(document), &cloud::all_assumptions()).map_err(|problems| {
        let hint = "GET /_ticketbooth/schema/world.json has its schema";
        AdminError::new(422, "bad_world", problems.to_string(), hint)
    })
}

fn clock_of(text: &str) -> Result<ClockSpec, AdminError> {
    text.parse().map_err(|error: ClockError| {
        AdminError::new(400, "bad_body", error.to_string(), "for instance \"frozen@2026-01-05T00:00:00Z\"")
    })
}

pub(super) fn list_sandboxes(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    let sandboxes: Vec<_> =
        asked.emulator.all_sandboxes().iter().map(|sandbox| SandboxView::from_sandbox(sandbox)).collect();
    let total = sandboxes.len();
    let departed = asked.emulator.sandboxes().all_departed().into_iter().map(|sandbox| DepartedView {
        id: sandbox.id().to_string(),
        calls: sandbox.epoch().journal.total_calls(),
        origin: sandbox.origin().cloned(),
    });
    Ok(json_reply(200, &SandboxList { sandboxes, total, departed: departed.collect() }).into())
}

/// A sandbox that is there, with its keys.
pub(super) fn show_sandbox(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    let id = asked.path_id();
    let sandbox = asked.emulator.find_sandbox(id).ok_or_else(|| no_sandbox(id))?;
    Ok(json_reply(200, &SandboxMade::from_sandbox(&sandbox)).into())
}

pub(super) fn remove_sandbox(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    let id = asked.path_id();
    if id == DEFAULT {
        let hint = "POST /_ticketbooth/reset resets it";
        return Err(AdminError::new(409, "default_sandbox", "the default sandbox stays", hint));
    }
    if !asked.emulator.remove_sandbox(id) {
        return Err(no_sandbox(id));
    }
    Ok(json_reply(200, &SandboxRemoved { removed: id.to_owned() }).into())
}

impl OriginWish {
    fn parse_origin(&self) -> Result<Origin, AdminError> {
        Origin::new(self.test.as_deref(), self.file.as_deref(), self.line).map_err(|error| {
            let hint = "name the test in one line, as {\"test\": \"…\", \"file\": \"…\", \"line\": 1}";
            AdminError::new(400, "bad_body", error.to_string(), hint)
        })
    }
}

impl SandboxMade {
    fn from_minted(minted: &Minted) -> Self {
        Self::with_keys(minted.sandbox.id().to_string(), &minted.keys)
    }

    fn from_sandbox(sandbox: &Sandbox) -> Self {
        let epoch = sandbox.epoch();
        let key = |(stands_for, key): (&str, &Credential)| MintedKey {
            vendor: key.vendor,
            stands_for: stands_for.to_owned(),
            id: key.id.clone(),
            secret: key.secret.clone(),
        };
        Self::with_keys(sandbox.id().to_string(), &epoch.world.named_credentials().map(key).collect::<Vec<_>>())
    }

    fn with_keys(id: String, keys: &[MintedKey]) -> Self {
        let first = |vendor: &str| keys.iter().find(|key| key.vendor == vendor).cloned();
        let view =
            |MintedKey { vendor, stands_for, id, secret }: MintedKey| MintedKeyView { vendor, stands_for, id, secret };
        Self {
            id,
            first: FirstKeys(vendors().iter().map(|vendor| (*vendor, first(vendor.name))).collect()),
            keys: keys.iter().cloned().map(view).collect(),
        }
    }
}

impl SandboxView {
    pub fn from_sandbox(sandbox: &Sandbox) -> Self {
        let epoch = sandbox.epoch();
        Self {
            id: epoch.state.id.to_string(),
            world: epoch.world.name.clone(),
            seed: epoch.state.seed,
            clock: ClockView::from_reading(epoch.state.clock.reading()),
            tickets: epoch.state.tickets.count(),
            calls: epoch.journal.total_calls(),
            origin: sandbox.origin().cloned(),
        }
    }
}
