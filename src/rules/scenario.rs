//! A scenario file: rules and expectations under a name, with the clock and the world they need.

use std::path::{Component, Path, PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_with::skip_serializing_none;

use super::file::RuleFile;
use super::load;
use super::rule::Rule;
use crate::document::{self, Flaws, Place, Problems, quote_text};
use crate::sandbox::ClockSpec;
use crate::select::{Expect, ExpectFile};
use crate::time;

/// The version of the format that is read.
const VERSION: u32 = 1;

/// The most expectations of one scenario.
const MAX_EXPECTATIONS: usize = 1000;

/// A scenario as it is written down.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Scenario")]
pub struct ScenarioFile {
    /// Version of the format: 1.
    pub ticketbooth: u32,
    /// Name of the scenario.
    pub name: String,
    /// One sentence on what it is for.
    pub about: Option<String>,
    /// The seed of random draws.
    pub seed: Option<u64>,
    pub clock: Option<ClockFile>,
    /// A world file: its path from the folder of this file, never outside it.
    pub world: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<RuleFile>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub expect: Vec<ExpectFile>,
}

/// The beginning of the world clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Clock")]
pub struct ClockFile {
    /// In the form of RFC 3339; without it, the present time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    #[serde(default)]
    pub frozen: bool,
}

/// A scenario that can be played.
#[derive(Clone, Debug, Default)]
pub struct Scenario {
    pub name: String,
    pub about: Option<String>,
    pub seed: Option<u64>,
    pub clock: Option<ClockSpec>,
    /// From the folder of the scenario's file.
    pub world: Option<PathBuf>,
    pub rules: Vec<Rule>,
    pub expect: Vec<Expect>,
}

impl Scenario {
    /// Reads a scenario file; `name` is the file's name in messages.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the file.
    pub fn load(name: &str, text: &str) -> Result<Self, Problems> {
        Self::load_with(name, text, &|_| Ok(()))
    }

    /// The same, where `check` is asked about the world that the file names; what it says against it
    /// stands at the path of the world.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the file.
    pub fn load_with(name: &str, text: &str, check: &dyn Fn(&Path) -> Result<(), String>) -> Result<Self, Problems> {
        let mut scenario: Self = document::read_document(name, text, |file, flaws| {
            let scenario = build_scenario(file, flaws);
            if let Some(Err(message)) = scenario.world.as_deref().map(check) {
                flaws.at_value(&Place::ROOT.key("world"), message, None);
            }
            scenario
        })?;
        for (rule, line) in scenario.rules.iter_mut().zip(document::item_lines(text, "rules")) {
            rule.place = Some(format!("{name}:{line}").into());
        }
        Ok(scenario)
    }

    /// The same for a text that has no folder, so that it can name no world.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the text.
    pub fn load_alone(name: &str, text: &str) -> Result<Self, Problems> {
        document::read_document(name, text, |file: &ScenarioFile, flaws| {
            if file.world.is_some() {
                let message = "a scenario that is sent names no `world` file, because it has no folder to look in";
                let help = "give the world beside the scenario: a new sandbox takes both, and so does the builder";
                flaws.at_value(&Place::ROOT.key("world"), message, Some(help.to_owned()));
            }
            build_scenario(file, flaws)
        })
    }

    /// Whether playing one or the other makes no difference.
    pub fn says_the_same(&self, other: &Self) -> bool {
        let written = |one: &Self| {
            let expect: Vec<ExpectFile> = one.expect.iter().map(|expect| expect.source_file().clone()).collect();
            serde_json::json!([one.name, one.about, one.seed, one.rules, expect])
        };
        self.clock == other.clock && written(self) == written(other)
    }

    /// Several scenarios as one, in their order: all their rules and all their expectations.
    ///
    /// # Errors
    ///
    /// What two of them say differently: an id of a rule twice, another seed, another clock.
    pub fn join_all(scenarios: Vec<Self>) -> Result<Option<Self>, String> {
        let mut scenarios = scenarios.into_iter();
        let Some(mut whole) = scenarios.next() else { return Ok(None) };
        for next in scenarios {
            if let Some(twice) = next.rules.iter().find(|rule| whole.rules.iter().any(|known| known.id() == rule.id()))
            {
                return Err(format!("rule \"{}\" is in \"{}\" and in \"{}\"", twice.id(), whole.name, next.name));
            }
            let parted =
                |what: &str| Err(format!("\"{}\" and \"{}\" want different values for {what}", whole.name, next.name));
            match (whole.seed, next.seed) {
                (Some(one), Some(other)) if one != other => return parted("seed"),
                (one, other) => whole.seed = one.or(other),
            }
            match (whole.clock, next.clock) {
                (Some(one), Some(other)) if one != other => return parted("clock"),
                (one, other) => whole.clock = one.or(other),
            }
            whole.name = format!("{} + {}", whole.name, next.name);
            whole.rules.extend(next.rules);
            whole.expect.extend(next.expect);
        }
        Ok(Some(whole))
    }

    /// The JSON Schema of a scenario file.
    pub fn schema() -> Value {
        document::schema_of::<ScenarioFile>()
    }
}

/// The path of the world that the scenario in this file names.
pub fn world_path(scenario: &Path, world: &Path) -> PathBuf {
    scenario.with_file_name("").join(world)
}

/// The same without links.
///
/// # Errors
///
/// When there is no such file, or when links lead out of the folder of the scenario.
pub fn world_of(scenario: &Path, world: &Path) -> Result<PathBuf, String> {
    let path = world_path(scenario, world);
    let missing = |_| format!("there is no file {}", path.display());
    let (inside, real) = (world_path(scenario, Path::new(".")).canonicalize(), path.canonicalize());
    let real = real.map_err(missing)?;
    if !real.starts_with(inside.map_err(missing)?) {
        return Err(format!("{} lies outside the folder of the scenario", world.display()));
    }
    Ok(real)
}

/// The scenario of the file. What is wrong is noted, and then the scenario is not to be used.
fn build_scenario(file: &ScenarioFile, flaws: &mut Flaws) -> Scenario {
    let root = &Place::ROOT;
    flaws.check_version(file.ticketbooth, VERSION);
    if file.name.trim().is_empty() {
        flaws.at_value(&root.key("name"), "this must not be empty", None);
    }
    let place = root.key("expect");
    if file.expect.len() > MAX_EXPECTATIONS {
        let help = Some(format!("{MAX_EXPECTATIONS} at most"));
        flaws.at_value(&place, format!("{} expectations are too many", file.expect.len()), help);
    }
    let expectations = file.expect.iter().take(MAX_EXPECTATIONS).enumerate();
    Scenario {
        name: file.name.clone(),
        about: file.about.clone(),
        seed: file.seed,
        clock: file.clock.as_ref().and_then(|clock| self::parse_clock(clock, &root.key("clock"), flaws)),
        world: file.world.as_ref().and_then(|world| parse_world_path(world, &root.key("world"), flaws)),
        rules: load::load_rules(&file.rules, &root.key("rules"), flaws),
        expect: expectations.filter_map(|(index, file)| Expect::read(file, &place.index(index), flaws)).collect(),
    }
}

fn parse_clock(file: &ClockFile, place: &Place<'_>, flaws: &mut Flaws) -> Option<ClockSpec> {
    let Some(start) = &file.start else { return Some(ClockSpec { frozen: file.frozen, start: None }) };
    let start = load::note_flaw(time::parse_start(start), &place.key("start"), flaws)?;
    Some(ClockSpec { frozen: file.frozen, start: Some(start) })
}

fn parse_world_path(text: &str, place: &Place<'_>, flaws: &mut Flaws) -> Option<PathBuf> {
    let path = Path::new(text);
    let stays = path.components().all(|piece| matches!(piece, Component::Normal(_) | Component::CurDir));
    // On every system a path of another one is refused as well.
    if text.is_empty() || !stays || text.contains(['\\', ':']) {
        let help = "write a path from the folder of this file, with `/` between its parts and without `..`".to_owned();
        flaws.at_value(place, format!("{} is not a path inside the folder of this file", quote_text(text)), Some(help));
        return None;
    }
    Some(path.to_owned())
}
