//! Which files `ticketbooth check` looks at, and what each of them is meant to be.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::document::{self, Problems, nearest};
use crate::rules::Scenario;
use crate::world::World;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Scenario,
    World,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Scenario => "scenario",
            Self::World => "world",
        }
    }
}

/// The endings of the files that are ours to look at in a folder.
pub(super) const ENDINGS: &[&str] = &["yaml", "yml", "json"];

/// The file itself, or the files of the folder, however deep, in the order of their names.
///
/// Hidden files and folders are left out, and links to folders are not followed: they may lead in a circle.
pub(super) fn below(path: &Path) -> Result<Vec<PathBuf>, String> {
    let unreadable = |path: &Path, error: std::io::Error| format!("cannot read {}: {error}", path.display());
    if !fs::metadata(path).map_err(|error| unreadable(path, error))?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let (mut found, mut folders) = (Vec::new(), vec![path.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(|error| unreadable(&folder, error))? {
            let entry = entry.map_err(|error| unreadable(&folder, error))?;
            let (path, kind) = (entry.path(), entry.file_type().map_err(|error| unreadable(&folder, error))?);
            let is_ours = path.extension().and_then(|ending| ending.to_str()).is_some_and(|it| ENDINGS.contains(&it));
            match entry.file_name().to_str() {
                Some(name) if name.starts_with('.') => {}
                _ if kind.is_dir() => folders.push(path),
                _ if is_ours && path.is_file() => found.push(path),
                _ => {}
            }
        }
    }
    if found.is_empty() {
        let endings: Vec<String> = ENDINGS.iter().map(|ending| format!("*.{ending}")).collect();
        return Err(format!("there is no file to check in {}: none ends in {}", path.display(), endings.join(", ")));
    }
    found.sort();
    Ok(found)
}

/// What the file is meant to be, by the sections that only one kind has; a mistyped one counts too.
///
/// A text that is no YAML counts as a world: what is wrong with it is the same for both.
pub(super) fn kind(name: &str, text: &str) -> Result<Kind, Problems> {
    let Some(keys) = document::keys(text) else { return Ok(Kind::World) };
    let (scenario, world) = (sections(&Scenario::schema()), sections(&World::schema()));
    let all = || scenario.iter().chain(&world).map(String::as_str);
    let (mut scenarios, mut worlds) = (0, 0);
    for meant in keys.iter().filter_map(|key| nearest(key, all())) {
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
        (1.., 0) => Ok(Kind::Scenario),
        (0, 1..) => Ok(Kind::World),
        (scenarios, _) => {
            let message = match scenarios {
                0 => "this is neither a scenario nor a world, as far as can be told",
                _ => "this has sections of a scenario and of a world; a file is one of them",
            };
            let (of_scenarios, of_worlds) = (only(&scenario, &world), only(&world, &scenario));
            let help = format!("a scenario has one or more of {of_scenarios}, a world of {of_worlds}");
            Err(document::refused(name, text, message, help))
        }
    }
}

/// The keys that a file of the schema may have on its outermost level.
fn sections(schema: &Value) -> Vec<String> {
    schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect()
}
