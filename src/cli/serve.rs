//! `ticketbooth serve`: the emulator in the foreground.

use std::hash::{BuildHasher, RandomState};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use tracing::info;

use super::access::Access;
use super::announce::{self, Output, ReadyFile};
use super::failure::Complaint;
use super::size::size;
use super::{Failure, logs};
use crate::domain::Assumption;
use crate::emulator::{AuthClock, AuthMode, Bounds, ClockSpec, Emulator, RateLimits, Settings};
use crate::http::{self, Addresses, BindError, StartError};
use crate::vendor::VENDORS;
use crate::world::World;

#[derive(Debug, Args)]
pub(crate) struct Flags {
    /// Both vendors, embed pages and admin API on one port; port 0 picks a free one.
    #[arg(long, env = "TICKETBOOTH_LISTEN", default_value = "127.0.0.1:4240", value_name = "ADDR", value_parser = address)]
    listen: SocketAddr,
    /// An extra port on which every call is Tencent's.
    #[arg(long, env = "TICKETBOOTH_TENCENT_LISTEN", value_name = "ADDR", value_parser = address)]
    tencent_listen: Option<SocketAddr>,
    /// An extra port on which every call is Alibaba's.
    #[arg(long, env = "TICKETBOOTH_ALIBABA_LISTEN", value_name = "ADDR", value_parser = address)]
    alibaba_listen: Option<SocketAddr>,
    /// Credentials, users, projects and works; without it the demo world.
    #[arg(long, env = "TICKETBOOTH_WORLD", value_name = "FILE")]
    world: Option<PathBuf>,
    /// How signatures are treated.
    #[arg(long, env = "TICKETBOOTH_AUTH", value_enum, default_value = "strict", value_name = "MODE")]
    auth: Auth,
    /// The clock that signature timestamps are judged by.
    #[arg(long, env = "TICKETBOOTH_AUTH_CLOCK", value_enum, default_value = "wall", value_name = "CLOCK")]
    auth_clock: JudgedBy,
    /// The clock of the world: `running` or `frozen`, each with `@` and an RFC 3339 time to begin at.
    #[arg(long, env = "TICKETBOOTH_CLOCK", default_value = "running", value_name = "SPEC", value_parser = clock)]
    clock: ClockSpec,
    /// What ids, tokens, request ids and chance come from: a number, or `random`.
    #[arg(long, env = "TICKETBOOTH_SEED", default_value = "1", value_name = "N")]
    seed: Seed,
    /// Whether the vendor's limits on calls a second hold.
    #[arg(long, env = "TICKETBOOTH_RATE_LIMITS", value_enum, default_value = "off", value_name = "MODE")]
    rate_limits: Rates,
    /// So many calls at most are kept in the journal of each sandbox.
    #[arg(long, env = "TICKETBOOTH_JOURNAL_ENTRIES", default_value = "10000", value_name = "N")]
    journal_entries: usize,
    /// So many bytes of calls at most are kept in the journal of each sandbox.
    #[arg(long, env = "TICKETBOOTH_JOURNAL_BYTES", default_value = "16MiB", value_name = "SIZE", value_parser = size)]
    journal_bytes: usize,
    #[command(flatten)]
    access: Access,
    /// A file to write when the port is open, and to remove at the end.
    #[arg(long, env = "TICKETBOOTH_READY_FILE", value_name = "FILE")]
    ready_file: Option<PathBuf>,
    /// The form of the ready line on stdout.
    #[arg(long, env = "TICKETBOOTH_OUTPUT", value_enum, default_value = "text", value_name = "FORM")]
    output: Output,
    /// The least important log lines that are written to stderr.
    #[arg(long, env = "TICKETBOOTH_LOG", value_enum, default_value = "info", value_name = "LEVEL")]
    log: logs::Level,
    /// The form of the log.
    #[arg(long, env = "TICKETBOOTH_LOG_FORMAT", value_enum, default_value = "text", value_name = "FORM")]
    log_format: logs::Format,
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
enum Seed {
    Number(u64),
    Random,
}

pub(crate) fn run(flags: Flags) -> Result<(), Failure> {
    logs::start(flags.log, flags.log_format);
    let guard = flags.access.guard(flags.listen)?;
    let world = world(flags.world.as_deref())?;
    let wanted = Addresses { listen: flags.listen, tencent: flags.tencent_listen, alibaba: flags.alibaba_listen };
    let emulator = Arc::new(Emulator::new(Settings {
        auth: flags.auth.into(),
        auth_clock: flags.auth_clock.into(),
        clock: flags.clock,
        seed: flags.seed.number(),
        rate_limits: flags.rate_limits.into(),
        journal: Bounds { entries: flags.journal_entries, bytes: flags.journal_bytes },
        guard,
        ..Settings::new(world)
    }));
    let mut ready_file = None;
    http::foreground(wanted, emulator, |addresses| {
        ready_file = flags.ready_file.as_deref().map(|path| ReadyFile::write(path, addresses)).transpose()?;
        announce::print(flags.output, addresses)?;
        greet(addresses, flags.world.as_deref());
        Ok(())
    })
}

fn world(file: Option<&Path>) -> Result<World, Failure> {
    let known: Vec<&'static Assumption> = VENDORS.iter().flat_map(|vendor| vendor.assumptions()).copied().collect();
    let Some(file) = file else { return Ok(World::demo()) };
    let name = file.display().to_string();
    let text = std::fs::read_to_string(file).map_err(|error| {
        let help = "leave --world out to serve the demo world";
        Failure::usage(format!("cannot read the world file {name}: {error}"), help)
    })?;
    World::load(&name, &text, &known).map_err(|problems| Failure::File(problems.to_string()))
}

/// Tells people, who read stderr, what to do next.
fn greet(addresses: &Addresses, world: Option<&Path>) {
    let url = format!("http://{}", addresses.listen);
    for (vendor, address) in [("tencent", addresses.tencent), ("alibaba", addresses.alibaba)] {
        if let Some(address) = address {
            info!("every call to http://{address} is {vendor}'s");
        }
    }
    match world {
        Some(file) => info!("serving the world of {} on {url}; the keys are those in the file", file.display()),
        None => {
            info!("serving the demo world on {url}");
            // A secret is no matter for a log, not even one that everybody knows.
            let keys: Vec<&str> = VENDORS.iter().map(|vendor| vendor.examples().key).collect();
            info!("keys {}; `ticketbooth env` has their secrets", keys.join(" and "));
        }
    }
    info!("try: ticketbooth env --sdk tencent-python --url {url}");
}

fn address(text: &str) -> Result<SocketAddr, String> {
    let text = text.strip_prefix("localhost:").map_or_else(|| text.to_owned(), |port| format!("127.0.0.1:{port}"));
    text.parse().map_err(|_| "expected an address and a port, like 127.0.0.1:4240".to_owned())
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

impl From<StartError> for Failure {
    fn from(error: StartError) -> Self {
        let complaint = Complaint::new(error.to_string());
        Self::Start(match error {
            StartError::Bind(BindError::Taken(_)) => {
                complaint.help("stop the program that has it, or pick a free port with --listen 127.0.0.1:0")
            }
            StartError::Bind(BindError::Refused { .. }) => complaint.help("pick another address with --listen"),
            StartError::Runtime(_) => complaint,
        })
    }
}
