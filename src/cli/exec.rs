//! `ticketbooth exec`: a program under an emulator of its own, and the verdict on what it did.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::sync::Arc;

use clap::Args;
use tracing_subscriber::filter::LevelFilter;

use super::Failure;
use super::access::AccessFlags;
use super::env::{self, ClientKeys};
use super::failure::VERDICT_CODES;
use super::files::{self, Readers};
use super::output::tell_people;
use super::report;
use super::serve::parse_address;
use super::setup::Setup;
use super::tether::{cannot_run, tethered_command};
use super::values::BaseUrl;
use crate::emulator::{Emulator, Epoch};
use crate::export;
use crate::http::{self, Addresses, Background};
use crate::verify::Report;

#[derive(Debug, Args)]
#[command(after_help = VERDICT_CODES)]
pub(crate) struct ExecFlags {
    /// Where the emulator listens; a free port when left out.
    #[arg(long, value_name = "ADDR", value_parser = parse_address)]
    listen: Option<SocketAddr>,
    #[command(flatten)]
    setup: Setup,
    #[command(flatten)]
    access: AccessFlags,
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

pub(crate) fn run(flags: &ExecFlags) -> Result<(), Failure> {
    let _log = flags.setup.start_log(LevelFilter::WARN);
    let listen = flags.listen.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 0)));
    let settings = flags.setup.to_settings(flags.access.to_guard(listen)?)?.settings;
    let emulator = Arc::new(Emulator::new(settings));
    let server = Background::start(Addresses::only(listen), Arc::clone(&emulator))?;
    let url = BaseUrl { endpoint: server.addresses().listen.to_string() };
    let epoch = emulator.default_sandbox().epoch();
    let (program, arguments) = flags.command.split_first().expect("the parser wants one at least");
    let mut command = tethered_command(program);
    command.args(arguments).envs(env::env_variables(&url, &client_keys(&epoch)));
    let status = http::run_child(command).map_err(|error| cannot_run(program, &error))?;
    // Nothing that comes after its end has any part in the verdict.
    drop(server);
    let epoch = emulator.default_sandbox().epoch();
    let report = epoch
        .scenario
        .as_ref()
        .map(|scenario| Report::from_journal(scenario, emulator.rule_stats(&epoch), &epoch.journal.extract()));
    let journal = flags.journal.as_deref().map(|file| write_journal(file, &emulator));
    let reports = flags.report.iter().map(|file| report::write_report(file, report.as_ref(), &status));
    let unwritten = journal.into_iter().chain(reports).filter_map(Result::err).collect();
    judge_run(report.as_ref(), status, unwritten)
}

fn write_journal(file: &Path, emulator: &Emulator) -> Result<(), Failure> {
    let lines = export::export_lines(emulator.sandboxes().all_journals(), emulator.base_redactor());
    files::replace_file(file, Readers::Owner, lines).map_err(Failure::Own)
}

/// The first key of each vendor in the world.
fn client_keys(epoch: &Epoch) -> ClientKeys {
    let first = |vendor: &str| {
        let key = epoch.world.credentials().find(|key| key.vendor == vendor)?;
        Some((key.id.clone(), key.secret.clone()))
    };
    ClientKeys::of_each(|vendor| first(vendor.name))
}

/// The program's own failure goes first and the verdict next: a failing test is never masked. That its outcome could not
/// be written counts where all else is well, as a report that is not there must not pass for a good one. Whatever is
/// wrong is told.
fn judge_run(report: Option<&Report>, status: ExitStatus, unwritten: Vec<Failure>) -> Result<(), Failure> {
    if let Some(report) = report {
        print_report(report);
    }
    let own = if status.success() { Ok(()) } else { Err(Failure::OfChild(exit_code(status))) };
    let verdict =
        report.map_or(Ok(()), |report| Failure::of_verdict(report.verdict.name(), report.complaints().join("; ")));
    // The verdict is in the line above; behind a program that failed, its complaints are no news.
    let verdict = verdict.err().filter(|_| own.is_ok());
    let mut all = own.err().into_iter().chain(verdict).chain(unwritten);
    let Some(first) = all.next() else { return Ok(()) };
    all.for_each(|other| other.print());
    Err(first)
}

/// One line on stderr, which is not the program's.
fn print_report(report: &Report) {
    let (fired, expected) =
        (report.rules.iter().filter(|part| part.standing.hits > 0).count(), report.expectations.len());
    let line = format!(
        "ticketbooth: scenario {}: {} ({fired} of {} rules fired, {expected} expectations)",
        report.name,
        report.verdict.name(),
        report.rules.len(),
    );
    tell_people(&line);
}

/// The exit code of the program; as a shell says it where a signal ended it.
fn exit_code(status: ExitStatus) -> u8 {
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt;
        if let Some(signal) = status.signal() {
            return u8::try_from(128 + signal).unwrap_or(u8::MAX);
        }
    }
    status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
}
