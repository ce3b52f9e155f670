//! `ticketbooth exec`: a program under an emulator of its own, and the verdict on what it did.

use std::ffi::OsString;
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::sync::Arc;

use clap::Args;
use tracing_subscriber::filter::LevelFilter;

use super::Failure;
use super::access::Access;
use super::env::{self, Keys};
use super::failure::VERDICT_CODES;
use super::files::{self, Readers};
use super::report;
use super::serve::address;
use super::setup::Setup;
use super::values::BaseUrl;
use crate::emulator::{Emulator, Live};
use crate::export;
use crate::http::{self, Addresses, Background};
use crate::vendor::{alibaba, tencent};
use crate::verify::Report;

#[derive(Debug, Args)]
#[command(after_help = VERDICT_CODES)]
pub(crate) struct Flags {
    /// Where the emulator listens; a free port when left out.
    #[arg(long, value_name = "ADDR", value_parser = address)]
    listen: Option<SocketAddr>,
    #[command(flatten)]
    setup: Setup,
    #[command(flatten)]
    access: Access,
    /// Write the verdict into this file: JUnit for a name that ends in `.xml`, else JSON. Can be given
    /// several times.
    #[arg(long, value_name = "FILE")]
    report: Vec<PathBuf>,
    /// Write the journals of all sandboxes into this file, a line of JSON a call; `journal`, `explain` and `verify` read
    /// it with `--from`.
    #[arg(long, value_name = "FILE")]
    journal: Option<PathBuf>,
    /// The program and its arguments.
    #[arg(required = true, last = true, value_name = "CMD")]
    command: Vec<OsString>,
}

pub(crate) fn run(flags: &Flags) -> Result<(), Failure> {
    let _log = flags.setup.start_log(LevelFilter::WARN);
    let listen = flags.listen.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 0)));
    let settings = flags.setup.settings(flags.access.guard(listen)?)?.settings;
    let emulator = Arc::new(Emulator::new(settings));
    let server = Background::start(Addresses::only(listen), Arc::clone(&emulator))?;
    let url = BaseUrl { endpoint: server.addresses().listen.to_string() };
    let live = emulator.default_tenant().live();
    let (program, arguments) = flags.command.split_first().expect("the parser wants one at least");
    let mut command = Command::new(program);
    command.args(arguments).envs(env::variables(&url, &keys(&live)));
    let status = http::run(command).map_err(|error| {
        let message = format!("cannot run {}: {error}", program.display());
        Failure::usage(message, "write the program and its arguments behind `--`")
    })?;
    // Nothing that comes after its end has any part in the verdict.
    drop(server);
    let live = emulator.default_tenant().live();
    let report =
        live.scenario.as_ref().map(|scenario| Report::of(scenario, emulator.standings(&live), &live.journal.extract()));
    if let Some(file) = &flags.journal {
        write_journal(file, &emulator)?;
    }
    for file in &flags.report {
        report::write(file, report.as_ref(), &status)?;
    }
    judged(report.as_ref(), status)
}

fn write_journal(file: &Path, emulator: &Emulator) -> Result<(), Failure> {
    let lines = export::lines(emulator.sandboxes().journals(), emulator.guard.token.clone());
    files::replace(file, Readers::Owner, lines).map_err(Failure::Usage)
}

/// The first key of each vendor in the world.
fn keys(live: &Live) -> Keys {
    let first = |vendor: &str| {
        let key = live.world.credentials().find(|key| key.vendor == vendor)?;
        Some((key.id.clone(), key.secret.clone()))
    };
    Keys { tencent: first(tencent::NAME), alibaba: first(alibaba::NAME) }
}

/// The program's own failure goes first: a failing test is never masked.
fn judged(report: Option<&Report>, status: ExitStatus) -> Result<(), Failure> {
    if let Some(report) = report {
        tell(report);
    }
    if !status.success() {
        return Err(Failure::OfChild(code(status)));
    }
    report.map_or(Ok(()), |report| Failure::judged(report.verdict.name(), report.complaints().join("; ")))
}

/// One line on stderr, which is not the program's.
fn tell(report: &Report) {
    let (fired, expected) =
        (report.rules.iter().filter(|part| part.standing.hits > 0).count(), report.expectations.len());
    let line = format!(
        "ticketbooth: scenario {}: {} ({fired} of {} rules fired, {expected} expectations)",
        report.name,
        report.verdict.name(),
        report.rules.len(),
    );
    // With the stream gone there is nobody left to tell; the exit code still says it.
    let _ = writeln!(anstream::stderr(), "{line}");
}

/// The exit code of the program; as a shell says it where a signal ended it.
fn code(status: ExitStatus) -> u8 {
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt;
        if let Some(signal) = status.signal() {
            return u8::try_from(128 + signal).unwrap_or(u8::MAX);
        }
    }
    status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
}
