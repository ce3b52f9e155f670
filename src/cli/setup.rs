//! How an emulator is set up by flags, the same for every verb that starts one.

use std::fs;
use std::hash::{BuildHasher, RandomState};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::{Args, ValueEnum};
use tracing::info;

use super::size::size;
use super::{Failure, logs};
use crate::emulator::{AuthClock, AuthMode, Bounds, ClockSpec, Guard, RateLimits, Settings};
use crate::rules::Scenario;
use crate::vendor::assumptions;
use crate::world::World;

#[derive(Clone, Debug, Args)]
pub(crate) struct Setup {
    /// Credentials, users, projects and works; without it the demo world.
    #[arg(long, env = "TICKETBOOTH_WORLD", value_name = "FILE")]
    world: Option<PathBuf>,
    /// Rules and expectations: a file, or a folder of files. Can be given several times.
    #[arg(long, env = "TICKETBOOTH_SCENARIO", value_name = "PATH", value_delimiter = ',')]
    pub scenario: Vec<PathBuf>,
    /// How signatures are treated.
    #[arg(long, env = "TICKETBOOTH_AUTH", value_enum, default_value = "strict", value_name = "MODE")]
    auth: Auth,
    /// The clock that signature timestamps are judged by.
    #[arg(long, env = "TICKETBOOTH_AUTH_CLOCK", value_enum, default_value = "wall", value_name = "CLOCK")]
    auth_clock: JudgedBy,
    /// The clock of the world: `running` or `frozen`, each with `@` and an RFC 3339 time to begin at.
    /// That of the scenario when left out, else `running`.
    #[arg(long, env = "TICKETBOOTH_CLOCK", value_name = "SPEC", value_parser = clock)]
    clock: Option<ClockSpec>,
    /// What ids, tokens, request ids and chance come from: a number, or `random`.
    /// That of the scenario when left out, else 1.
    #[arg(long, env = "TICKETBOOTH_SEED", value_name = "N")]
    seed: Option<Seed>,
    /// Whether the vendor's limits on calls a second hold.
    #[arg(long, env = "TICKETBOOTH_RATE_LIMITS", value_enum, default_value = "off", value_name = "MODE")]
    rate_limits: Rates,
    /// So many calls at most are kept in the journal of each sandbox.
    #[arg(long, env = "TICKETBOOTH_JOURNAL_ENTRIES", default_value = "10000", value_name = "N")]
    journal_entries: usize,
    /// So many bytes of calls at most are kept in the journal of each sandbox.
    #[arg(long, env = "TICKETBOOTH_JOURNAL_BYTES", default_value = "16MiB", value_name = "SIZE", value_parser = size)]
    journal_bytes: usize,
    /// The least important log lines that are written to stderr.
    #[arg(long, env = "TICKETBOOTH_LOG", value_enum, value_name = "LEVEL")]
    log: Option<logs::Level>,
    /// The form of the log.
    #[arg(long, env = "TICKETBOOTH_LOG_FORMAT", value_enum, default_value = "text", value_name = "FORM")]
    log_format: logs::Format,
}

/// Settings that an emulator can be made of, and where their world came from.
pub(crate) struct Ready {
    pub settings: Settings,
    /// `None`: the demo world.
    pub world_file: Option<PathBuf>,
}

/// `--auth`.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Auth {
    /// Signatures are verified.
    Strict,
    /// The fields must be there and are not verified.
    Presence,
    /// Anything is accepted.
    Off,
}

/// `--auth-clock`.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum JudgedBy {
    /// The clock on the wall.
    Wall,
    /// The clock of the world, which can be moved.
    World,
    /// None: every timestamp is fresh.
    Off,
}

/// `--rate-limits`.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Rates {
    /// There are none.
    Off,
    /// As many calls a second as the vendor allows.
    Vendor,
}

/// `--seed`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seed {
    Number(u64),
    Random,
}

impl Setup {
    pub fn start_log(&self) {
        logs::start(self.log.unwrap_or(logs::Level::Info), self.log_format);
    }

    /// The same beside a program whose output is the one to be read: only what is wrong, unless more is
    /// asked for.
    pub fn start_quiet_log(&self) {
        logs::start(self.log.unwrap_or(logs::Level::Warn), self.log_format);
    }

    /// Reads every file that the flags name.
    ///
    /// # Errors
    ///
    /// What is wrong with the files: all that is wrong with any of them.
    pub fn settings(&self, guard: Guard) -> Result<Ready, Failure> {
        let (scenario, of_scenario) = scenario(&self.scenario)?;
        let world_file = match (&self.world, of_scenario) {
            (Some(file), Some(other)) => {
                let message =
                    format!("--world {} and the scenario's {} are two worlds", file.display(), other.display());
                return Err(Failure::usage(message, "leave --world out, or take `world` out of the scenario"));
            }
            (file, other) => file.clone().or(other),
        };
        let said = scenario.as_ref().map_or((None, None), |scenario| (scenario.seed, scenario.clock));
        let settings = Settings {
            auth: self.auth.into(),
            auth_clock: self.auth_clock.into(),
            clock: self.clock.or(said.1).unwrap_or_default(),
            seed: self.seed.map(Seed::number).or(said.0).unwrap_or(1),
            rate_limits: self.rate_limits.into(),
            journal: Bounds { entries: self.journal_entries, bytes: self.journal_bytes },
            guard,
            scenario,
            ..Settings::new(world(world_file.as_deref())?)
        };
        Ok(Ready { settings, world_file })
    }
}

/// The scenario of all the files together, and the world that it wants.
fn scenario(paths: &[PathBuf]) -> Result<(Option<Scenario>, Option<PathBuf>), Failure> {
    let (mut scenarios, mut worlds, mut problems) = (Vec::new(), Vec::new(), String::new());
    for file in files(paths)? {
        let name = file.display().to_string();
        let text = fs::read_to_string(&file).map_err(|error| {
            Failure::usage(format!("cannot read the scenario file {name}: {error}"), "name a file that is there")
        })?;
        match Scenario::load(&name, &text) {
            Ok(scenario) => {
                // A bare name has a parent, too: an empty one.
                let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
                let world = scenario.world_in(folder).map_err(|error| {
                    let help = "the path is meant from the folder of the scenario's file";
                    Failure::usage(format!("{name}: cannot find its world: {error}"), help)
                })?;
                worlds.extend(world);
                scenarios.push(scenario);
            }
            Err(found) => problems.push_str(&found.to_string()),
        }
    }
    if !problems.is_empty() {
        return Err(Failure::File(problems));
    }
    worlds.dedup();
    if let [one, other, ..] = worlds.as_slice() {
        let message = format!("the scenarios want two worlds: {} and {}", one.display(), other.display());
        return Err(Failure::usage(message, "run them one after the other"));
    }
    let joined = Scenario::joined(scenarios).map_err(|message| {
        Failure::usage(format!("the scenarios do not go together: {message}"), "run them one after the other")
    })?;
    Ok((joined, worlds.pop()))
}

/// The files themselves; a folder stands for the scenario files right in it, in the order of their names.
pub(crate) fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let unreadable = |error| {
            Failure::usage(format!("cannot read the folder {}: {error}", path.display()), "name a folder that is there")
        };
        let mut inside = Vec::new();
        for entry in fs::read_dir(path).map_err(unreadable)? {
            let found = entry.map_err(unreadable)?.path();
            let ending = found.extension().and_then(|ending| ending.to_str()).unwrap_or("");
            if found.is_file() && ["yaml", "yml", "json"].contains(&ending) {
                inside.push(found);
            }
        }
        inside.sort();
        files.extend(inside);
    }
    Ok(files)
}

fn world(file: Option<&Path>) -> Result<World, Failure> {
    let Some(file) = file else { return Ok(World::demo()) };
    let name = file.display().to_string();
    let text = std::fs::read_to_string(file).map_err(|error| {
        let help = "leave --world out to serve the demo world";
        Failure::usage(format!("cannot read the world file {name}: {error}"), help)
    })?;
    World::load(&name, &text, &assumptions()).map_err(|problems| Failure::File(problems.to_string()))
}

fn clock(text: &str) -> Result<ClockSpec, String> {
    text.parse::<ClockSpec>().map_err(|error| error.to_string())
}

impl FromStr for Seed {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "random" => Ok(Self::Random),
            number => number.parse().map(Self::Number).map_err(|_| "expected a whole number or `random`".to_owned()),
        }
    }
}

impl Seed {
    fn number(self) -> u64 {
        match self {
            Self::Number(number) => number,
            Self::Random => {
                // The keys of a new hasher come from the system, and ten digits are easily typed again.
                let seed = RandomState::new().hash_one("seed") % 10_000_000_000;
                info!(seed, "the seed is {seed}");
                seed
            }
        }
    }
}

impl From<Auth> for AuthMode {
    fn from(flag: Auth) -> Self {
        match flag {
            Auth::Strict => Self::Strict,
            Auth::Presence => Self::Presence,
            Auth::Off => Self::Off,
        }
    }
}

impl From<JudgedBy> for AuthClock {
    fn from(flag: JudgedBy) -> Self {
        match flag {
            JudgedBy::Wall => Self::Wall,
            JudgedBy::World => Self::World,
            JudgedBy::Off => Self::Off,
        }
    }
}

impl From<Rates> for RateLimits {
    fn from(flag: Rates) -> Self {
        match flag {
            Rates::Off => Self::Off,
            Rates::Vendor => Self::Vendor,
        }
    }
}
