//! The flags that set up an emulator, the same for every verb that starts one.

use std::hash::{BuildHasher, RandomState};
use std::path::PathBuf;
use std::str::FromStr;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use tracing::info;
use tracing_appender::non_blocking::WorkerGuard;
use tracing_subscriber::filter::LevelFilter;

use super::inputs::{self, Inputs};
use super::values::{parse_pair, parse_size};
use super::{Failure, logs};
use crate::cloud::all_assumptions;
use crate::emulator::{AuthClock, AuthMode, Bounds, ClockSpec, Guard, Mode, RateClock, RateLimits, Settings};
use crate::world::{Unsupported, parse_answers};

#[derive(Clone, Debug, Args)]
pub(crate) struct Setup {
    /// Credentials, users, projects and works; without it the demo world.
    #[arg(long, env = "TICKETBOOTH_WORLD", value_name = "FILE")]
    world: Option<PathBuf>,
    /// Rules and expectations: a file, or a folder of files. Can be given several times.
    #[arg(long, env = "TICKETBOOTH_SCENARIO", value_name = "PATH", value_delimiter = ',')]
    pub scenario: Vec<PathBuf>,
    /// How signatures are checked.
    #[arg(long, env = "TICKETBOOTH_AUTH", value_parser = mode_parser::<AuthMode>(), default_value = "strict", value_name = "MODE")]
    auth: AuthMode,
    /// The clock that signature timestamps are judged by.
    #[arg(long, env = "TICKETBOOTH_AUTH_CLOCK", value_parser = mode_parser::<AuthClock>(), default_value = "wall", value_name = "CLOCK")]
    auth_clock: AuthClock,
    /// The clock of the world: `running` or `frozen`, each with `@` and an RFC 3339 time to begin at.
    /// Default: the scenario's, else `running`.
    #[arg(long, env = "TICKETBOOTH_CLOCK", value_name = "SPEC", value_parser = parse_clock)]
    clock: Option<ClockSpec>,
    /// Seed of ids, tokens, request ids and random draws: a number, or `random`.
    /// Default: the scenario's, else 1.
    #[arg(long, env = "TICKETBOOTH_SEED", value_name = "N")]
    seed: Option<Seed>,
    /// Set an assumption, over the world's choice: behaviour that no public source settles.
    #[arg(long, env = "TICKETBOOTH_ASSUME", value_name = "NAME=CHOICE", value_delimiter = ',', value_parser = parse_pair)]
    assume: Vec<(String, String)>,
    /// Whether the vendor's limits on calls a second hold.
    #[arg(long, env = "TICKETBOOTH_RATE_LIMITS", value_parser = mode_parser::<RateLimits>(), default_value = "off", value_name = "MODE")]
    rate_limits: RateLimits,
    /// The clock that the seconds of those limits are counted by.
    #[arg(long, env = "TICKETBOOTH_RATE_CLOCK", value_parser = mode_parser::<RateClock>(), default_value = "wall", value_name = "CLOCK")]
    rate_clock: RateClock,
    /// The answer of an action that the vendor has and that is not served.
    /// Default: the world's, else `refuse`.
    #[arg(long, env = "TICKETBOOTH_UNSUPPORTED", value_parser = mode_parser::<Unsupported>(), value_name = "ANSWER")]
    unsupported: Option<Unsupported>,
    /// Most calls kept in the journal of each sandbox.
    #[arg(long, env = "TICKETBOOTH_JOURNAL_ENTRIES", default_value = "10000", value_name = "N")]
    journal_entries: usize,
    /// Most bytes of calls kept in the journal of each sandbox.
    #[arg(long, env = "TICKETBOOTH_JOURNAL_BYTES", default_value = "16MiB", value_name = "SIZE", value_parser = parse_size)]
    journal_bytes: usize,
    /// The least important log lines that are written to stderr.
    #[arg(long, env = "TICKETBOOTH_LOG", value_parser = level_parser(), value_name = "LEVEL")]
    log: Option<LevelFilter>,
    /// The form of the log.
    #[arg(long, env = "TICKETBOOTH_LOG_FORMAT", value_enum, default_value = "text", value_name = "FORM")]
    log_format: logs::LogFormat,
}

/// Settings that an emulator can be made of, and where their world came from.
pub(crate) struct Ready {
    pub settings: Settings,
    /// `None`: the demo world.
    pub world_file: Option<PathBuf>,
}

/// `--seed`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seed {
    Number(u64),
    Random,
}

impl Setup {
    /// Writes logs of this level until the guard is dropped, unless the flags say another level.
    pub fn start_log(&self, usual: LevelFilter) -> WorkerGuard {
        logs::start_logging(self.log.unwrap_or(usual), self.log_format)
    }

    /// The same flags with a seed that stays what it is, however often the files are read.
    pub fn with_fixed_seed(self) -> Self {
        Self { seed: self.seed.map(|seed| Seed::Number(seed.to_number())), ..self }
    }

    /// Reads every file that the flags name.
    ///
    /// # Errors
    ///
    /// What is wrong with the files: all that is wrong with any of them.
    pub fn to_settings(&self, guard: Guard) -> Result<Ready, Failure> {
        self.settings_noting(guard, &mut Vec::new())
    }

    /// The same, and every path on which that depends, even where it fails.
    ///
    /// # Errors
    ///
    /// What is wrong with the files: all that is wrong with any of them.
    pub fn settings_noting(&self, guard: Guard, looked_at: &mut Vec<PathBuf>) -> Result<Ready, Failure> {
        let Inputs { scene, world, world_file } =
            inputs::read_inputs(&self.scenario, self.world.as_deref(), looked_at)?;
        let assume = parse_answers(&self.assume.iter().cloned().collect(), &all_assumptions()).map_err(|unfit| {
            Failure::bad_usage(unfit.to_string(), "`ticketbooth codes --assumptions` lists every choice")
        })?;
        let settings = Settings {
            world,
            auth: self.auth,
            auth_clock: self.auth_clock,
            clock: self.clock,
            seed: self.seed.map(Seed::to_number),
            rate_limits: self.rate_limits,
            rate_clock: self.rate_clock,
            unsupported: self.unsupported,
            journal: Bounds { entries: self.journal_entries, bytes: self.journal_bytes },
            guard,
            scenario: scene,
            assume,
            ..Settings::default()
        };
        Ok(Ready { settings, world_file })
    }
}

/// Reads one of the words of a closed set.
fn mode_parser<M: Mode>() -> impl TypedValueParser<Value = M> {
    let words = M::WORDS.iter().map(|(_, name, about)| PossibleValue::new(*name).help(*about));
    let meant = |word: String| M::WORDS.iter().find(|(_, name, _)| *name == word).map(|(mode, ..)| *mode);
    PossibleValuesParser::new(words).try_map(move |word| meant(word).ok_or("no word of the set"))
}

fn level_parser() -> impl TypedValueParser<Value = LevelFilter> {
    let words = PossibleValuesParser::new(["off", "error", "warn", "info", "debug", "trace"]);
    words.try_map(|word| word.parse::<LevelFilter>())
}

fn parse_clock(text: &str) -> Result<ClockSpec, String> {
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
    fn to_number(self) -> u64 {
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
