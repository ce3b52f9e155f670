//! What a file of the user's is meant to be.

use serde_json::Value;

use crate::document::{self, Problems, find_nearest};
use crate::rules::Scenario;
use crate::world::World;

worded! {
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(super) enum FileKind {
        Scenario = "scenario",
        World = "world",
    }
}

/// What the file is meant to be, by the sections that only one kind has; a mistyped one counts too.
///
/// A text that is no YAML counts as a world: what is wrong with it is the same for both.
pub(super) fn detect_kind(name: &str, text: &str) -> Result<FileKind, Problems> {
    let Some(keys) = document::top_level_keys(text) else { return Ok(FileKind::World) };
    let (scenario, world) = (schema_sections(&Scenario::schema()), schema_sections(&World::schema()));
    let all = || scenario.iter().chain(&world).map(String::as_str);
    let (mut scenarios, mut worlds) = (0, 0);
    for meant in keys.iter().filter_map(|key| find_nearest(key, all())) {
        match (scenario.iter().any(|own| own == meant), world.iter().any(|own| own == meant)) {
            (true, false) => scenarios += 1,
            (false, true) => worlds += 1,
            _ => {}
        }
    }
    let only = |own: &[String], other: &[String]| {
        let own = own.iter().filter(|section| !other.contains(section));
        own.map(|section| format!("`{section}:`")).collect::<Vec<_>>().join(" ")
    };
    match (scenarios, worlds) {
        (1.., 0) => Ok(FileKind::Scenario),
        (0, 1..) => Ok(FileKind::World),
        (scenarios, _) => {
            let message = match scenarios {
                0 => "this is neither a scenario nor a world, as far as can be told",
                _ => "this has sections of a scenario and of a world; a file is one of them",
            };
            let (of_scenarios, of_worlds) = (only(&scenario, &world), only(&world, &scenario));
            let help = format!("a scenario has one or more of {of_scenarios}, a world of {of_worlds}");
            Err(document::refuse_document(name, text, message, help))
        }
    }
}

/// The keys that a file of the schema may have on its outermost level.
fn schema_sections(schema: &Value) -> Vec<String> {
    schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect()
}
