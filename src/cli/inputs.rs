//! The files that an emulator is set up with: scenarios, folders of scenarios, and a world.

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};

use super::Failure;
use super::check::ENDINGS;
use super::files;
use crate::cloud::all_assumptions;
use crate::emulator::Scene;
use crate::rules::{self, Scenario};
use crate::world::World;

/// The inputs that were read.
pub struct Inputs {
    pub scene: Option<Scene>,
    /// `None`: no flag names one.
    pub world: Option<World>,
    /// Where the world came from, that of the scenario included.
    pub world_file: Option<PathBuf>,
}

/// Reads the files, and notes in `looked_at` every path on which that depends, even when it fails.
///
/// # Errors
///
/// What is wrong with the files: all that is wrong with any of them.
pub fn read_inputs(
    scenarios: &[PathBuf],
    world: Option<&Path>,
    looked_at: &mut Vec<PathBuf>,
) -> Result<Inputs, Failure> {
    looked_at.extend(world.map(Path::to_owned));
    let (scenario, of_scenario) = read_scenarios(scenarios, looked_at)?;
    if let (Some(file), Some(other)) = (world, &of_scenario) {
        let message = format!("--world {} and the scenario's {} are two worlds", file.display(), other.display());
        return Err(Failure::bad_usage(message, "leave --world out, or take `world` out of the scenario"));
    }
    let loaded = of_scenario.as_deref().map(load_world).transpose()?;
    Ok(Inputs {
        scene: scenario.map(|scenario| Scene { scenario, world: loaded }),
        world: world.map(load_world).transpose()?,
        world_file: world.map(Path::to_owned).or(of_scenario),
    })
}

/// The scenario of all the files together, and the world that it wants.
fn read_scenarios(
    paths: &[PathBuf],
    looked_at: &mut Vec<PathBuf>,
) -> Result<(Option<Scenario>, Option<PathBuf>), Failure> {
    looked_at.extend_from_slice(paths);
    let (mut scenarios, mut problems) = (Vec::new(), String::new());
    let (worlds, world_paths) = (RefCell::default(), RefCell::default());
    for file in files_of(paths)? {
        looked_at.push(file.clone());
        let read = files::read_file(&file, "name a scenario file that is there")?;
        let named = |world: &Path| {
            Vec::push(&mut world_paths.borrow_mut(), rules::world_path(&file, world));
            rules::world_of(&file, world).map(|real| Vec::push(&mut worlds.borrow_mut(), real))
        };
        match Scenario::load_with(&read.name, &read.text, &named) {
            Ok(scenario) => scenarios.push(scenario),
            Err(found) => problems.push_str(&read.show_problems(found).to_string()),
        }
    }
    looked_at.extend(world_paths.into_inner());
    let mut worlds: Vec<PathBuf> = worlds.into_inner();
    if !problems.is_empty() {
        return Err(Failure::File(problems));
    }
    worlds.dedup();
    if let [one, other, ..] = worlds.as_slice() {
        let message = format!("the scenarios name two worlds: {} and {}", one.display(), other.display());
        return Err(Failure::bad_usage(message, "run them one after the other"));
    }
    let joined = Scenario::join_all(scenarios).map_err(|message| {
        Failure::bad_usage(format!("the scenarios do not go together: {message}"), "run them one after the other")
    })?;
    Ok((joined, worlds.pop()))
}

/// The files themselves; a folder stands for the scenario files right in it, in the order of their names.
fn files_of(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let inside = files_in(path).map_err(|error| {
            Failure::bad_usage(
                format!("cannot read the folder {}: {error}", path.display()),
                "name a folder that is there",
            )
        })?;
        if inside.is_empty() {
            let endings: Vec<String> = ENDINGS.iter().map(|ending| format!("*.{ending}")).collect();
            let message =
                format!("there is no scenario in the folder {}: no {}", path.display(), endings.join(", no "));
            return Err(Failure::bad_usage(message, "name the folder that the files stand right in, or a file"));
        }
        files.extend(inside);
    }
    Ok(files)
}

/// The files right in the folder whose names end as those of scenarios do.
pub fn files_in(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut inside = Vec::new();
    for entry in fs::read_dir(folder)? {
        let found = entry?.path();
        let ending = found.extension().and_then(|ending| ending.to_str()).unwrap_or("");
        // What is no file at all, like a link that leads nowhere, is told by whoever reads it.
        if !found.is_dir() && ENDINGS.contains(&ending) {
            inside.push(found);
        }
    }
    inside.sort();
    Ok(inside)
}

fn load_world(file: &Path) -> Result<World, Failure> {
    let read = files::read_file(file, "name a world file that is there, or leave --world out to serve the demo world")?;
    World::load(&read.name, &read.text, &all_assumptions())
        .map_err(|problems| Failure::File(read.show_problems(problems).to_string()))
}
