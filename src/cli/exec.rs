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
use super::child_env::{self, ChildAccess};
use super::env::{self, ClientKeys};
use super::failure::Complaint;
use super::files::{self, Readers};
use super::intercept::{Interception, LedBy};
use super::isolate::{self, Isolation, Whereabouts};
use super::output::tell_people;
use super::report;
use super::setup::Setup;
use super::tether::{cannot_run, exit_code, tethered_command};
use super::tls::{cannot_make, make_trust};
use super::trust_folder::Beside;
use super::values::{BaseUrl, parse_address};
use crate::emulator::{Emulator, Epoch};
use crate::explain::explain;
use crate::export;
use crate::http::{self, Addresses, Background};
use crate::trust::Alpn;
use crate::verify::Report;

/// The exit codes of a run, for people.
const EXIT_CODES: &str = "\
The exit code is the program's own where it failed, and 127 or 126 where it cannot be started: it is not found, or cannot \
be run. Else it tells the verdict: 0 pass, 6 fail, 5 vacuous, 4 indeterminate. For a program that has codes of its own \
there, as pytest has 1 to 5, --verdict-exit-code puts another in the place of these three.";

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct ExecFlags {
    /// Where the emulator listens; a free port when left out.
    #[arg(long, value_name = "ADDR", value_parser = parse_address, conflicts_with = "isolate")]
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
    /// The exit code of a verdict that is no pass, instead of 4, 5 or 6.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..))]
    verdict_exit_code: Option<u8>,
    /// Leave the variables that name a proxy in the program's environment.
    #[arg(long)]
    keep_proxy: bool,
    /// Lead calls to the vendors' own hosts here, with https as well: by variables for a proxy and for a root of this run's
    /// own. Nothing is forwarded, and a run in which no call of a vendor arrived is vacuous.
    #[arg(long, group = "led", conflicts_with = "keep_proxy")]
    intercept: bool,
    /// The same without a proxy: in a network of its own (Linux), where the vendors' names lead here and nothing leads
    /// elsewhere.
    #[arg(long, group = "led", conflicts_with = "keep_proxy")]
    isolate: bool,
    /// What the program trusts then: this emulator alone, or the roots of this system as well.
    #[arg(long, value_enum, default_value = "only", requires = "led", value_name = "WHAT")]
    trust: Beside,
    /// Let a run pass in which no call of a vendor arrived.
    #[arg(long, requires = "led")]
    allow_none: bool,
    /// Say nothing on stderr but what went wrong.
    #[arg(long, short)]
    quiet: bool,
    /// The program and its arguments.
    #[arg(required = true, last = true, value_name = "CMD")]
    command: Vec<OsString>,
}

impl ExecFlags {
    /// The way in which calls to the vendors' own hosts are led here; `None`: they are not.
    fn led_by(&self) -> Option<LedBy> {
        match (self.intercept, self.isolate) {
            (true, _) => Some(LedBy::Proxy),
            (_, true) => Some(LedBy::Names),
            _ => None,
        }
    }
}

/// `tree` has the verbs with their flags, and so the variables of ours.
pub(crate) fn run(flags: &ExecFlags, tree: &clap::Command, place: &Whereabouts) -> Result<(), Failure> {
    let isolation = match place {
        Whereabouts::Outside(arguments) if flags.isolate => return isolate::run_inside(arguments),
        Whereabouts::Inside(isolation) if flags.isolate => Some(isolation),
        _ => None,
    };
    let _log = flags.setup.start_log(LevelFilter::WARN);
    for file in flags.report.iter().chain(&flags.journal) {
        files::try_place(file).map_err(Failure::Usage)?;
    }
    let free = || SocketAddr::from(([127, 0, 0, 1], 0));
    let wanted =
        isolation.map_or_else(|| Addresses::only(flags.listen.unwrap_or_else(free)), |_| Isolation::addresses());
    let mut settings = flags.setup.to_settings(flags.access.to_guard(wanted.listen, &[])?)?.settings;
    if let Some(by) = flags.led_by() {
        settings.trust = Some(Arc::new(make_trust(&[], Alpn::default()).map_err(cannot_make)?));
        settings.proxy = by == LedBy::Proxy;
    }
    let emulator = Arc::new(Emulator::new(settings));
    isolation.map_or(Ok(()), Isolation::open_network)?;
    let server = Background::start(wanted, Arc::clone(&emulator))?;
    let status = run_program(flags, tree, &Surroundings { server: &server, emulator: &emulator, isolation })?;
    // Nothing that comes after its end has any part in the verdict.
    drop(server);
    let epoch = emulator.default_sandbox().epoch();
    let report = epoch
        .scenario
        .as_ref()
        .map(|scenario| Report::from_journal(scenario, emulator.rule_stats(&epoch), &epoch.journal.extract()));
    let journal = flags.journal.as_deref().map(|file| write_journal(file, &emulator));
    let refused_hosts = emulator.refused_hosts.all();
    let end = report::End { status: &status, refused_hosts: &refused_hosts };
    let reports = flags.report.iter().map(|file| report::write_report(file, report.as_ref(), &end));
    let unwritten = journal.into_iter().chain(reports).filter_map(Result::err).collect();
    judge_run(flags, &emulator, report.as_ref(), status, unwritten)
}

/// The newest calls that the emulator refused of its own accord, each with what was wrong: behind a verdict that is no
/// pass, they are where to look.
fn refused_lines(emulator: &Emulator) -> Vec<String> {
    let base = emulator.base_redactor();
    let journals = emulator.sandboxes().all_journals();
    let calls = journals.iter().flat_map(|journal| journal.extract.entries.iter());
    let refused = calls.filter(|entry| entry.told.outcome.refusal().is_some());
    let mut newest: Vec<_> = refused.map(|entry| (entry.told.received_us, entry)).collect();
    newest.sort_by_key(|(received, _)| *received);
    newest.iter().rev().take(REFUSED_SHOWN).map(|(_, entry)| explain(entry, &base).in_one_line()).collect()
}

/// Refused calls that a verdict names, at most.
const REFUSED_SHOWN: usize = 3;

/// What there is around the program.
struct Surroundings<'a> {
    server: &'a Background,
    emulator: &'a Emulator,
    isolation: Option<&'a Isolation>,
}

fn run_program(flags: &ExecFlags, tree: &clap::Command, around: &Surroundings<'_>) -> Result<ExitStatus, Failure> {
    let Surroundings { server, emulator, isolation } = around;
    let (program, arguments) = flags.command.split_first().expect("the parser wants one at least");
    let address = server.addresses().to_reachable().listen;
    let url = BaseUrl::plain(address.to_string());
    let keys = client_keys(&emulator.default_sandbox().epoch());
    let access = ChildAccess { url, keys, token: emulator.guard.token.as_deref() };
    let proxies = if flags.keep_proxy { None } else { child_env::proxies_to_remove() };
    let (proxies, line) = proxies.unwrap_or_default();
    if !line.is_empty() && !flags.quiet && flags.led_by().is_none() {
        tell_people(&line);
    }
    let mut command =
        isolation.map_or_else(|| Ok(tethered_command(program)), |isolation| isolation.command_for(program))?;
    command.args(arguments);
    child_env::set_environment(&mut command, &access, &env::own_variables(tree), &proxies);
    // Its folder is there as long as the program runs.
    let interception = emulator
        .trust
        .as_deref()
        .zip(flags.led_by())
        .map(|(trust, by)| Interception::begin(trust.root_pem(), address, flags.trust, by).map_err(Failure::Start));
    let interception = interception.transpose()?;
    if let Some(interception) = &interception {
        interception.set_environment(&mut command);
        isolation.map_or(Ok(()), |isolation| isolation.lead_names(interception.folder()))?;
    }
    http::run_child(command).map_err(|error| cannot_run(program, &error))
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
fn judge_run(
    flags: &ExecFlags,
    emulator: &Emulator,
    report: Option<&Report>,
    status: ExitStatus,
    unwritten: Vec<Failure>,
) -> Result<(), Failure> {
    let verdict = report.map_or(Ok(()), |report| Failure::of_verdict(report.verdict.name(), ""));
    if let Some(report) = report
        && !(flags.quiet && verdict.is_ok())
    {
        let refused = if verdict.is_ok() { Vec::new() } else { refused_lines(emulator) };
        tell_people(&verdict_block(report, &refused, verdict.as_ref().err().and_then(Failure::help)));
    }
    let none = flags.led_by().map_or(Ok(()), |_| tell_interception(flags, emulator));
    let own = if status.success() { Ok(()) } else { Err(Failure::AlreadyTold(exit_code(status))) };
    // The block has told it.
    let verdict = verdict.map_err(|failure| {
        let usual = failure.exit_code();
        Failure::AlreadyTold(flags.verdict_exit_code.unwrap_or(usual))
    });
    let mut all = [own, verdict, none].into_iter().filter_map(Result::err).chain(unwritten);
    let Some(first) = all.next() else { return Ok(()) };
    all.for_each(|other| other.print());
    Err(first)
}

/// Tells which hosts were refused, and whether any call of a vendor arrived at all: if none did, they may have gone
/// elsewhere, and the run proves nothing.
fn tell_interception(flags: &ExecFlags, emulator: &Emulator) -> Result<(), Failure> {
    let hosts = emulator.refused_hosts.all();
    if !hosts.is_empty() && !flags.quiet {
        let lines: Vec<String> = hosts.iter().map(|(host, times)| format!("{host} ({times})")).collect();
        tell_people(&format!("ticketbooth: refused hosts: {}", lines.join(", ")));
    }
    if emulator.sandboxes().all_books().total_calls() > 0 || flags.allow_none {
        return Ok(());
    }
    tell_people(
        "ticketbooth: no call of a vendor arrived\n  help: its calls may have gone elsewhere, or it makes none; \
         docs/clients.md has what each client needs, and --allow-none lets such a run pass",
    );
    Err(Failure::AlreadyTold(flags.verdict_exit_code.unwrap_or(Failure::Vacuous(Complaint::new("")).exit_code())))
}

/// The verdict for people, with a line for each rule and each expectation.
fn verdict_block(report: &Report, refused: &[String], help: Option<&str>) -> String {
    let mut block = format!("ticketbooth: scenario {}: {}", report.name, report.verdict.name());
    let rules = report.rules.iter().map(|part| (part.verdict, &part.message));
    let expectations = report.expectations.iter().map(|part| (part.finding.verdict, &part.finding.message));
    for (verdict, message) in rules.chain(expectations) {
        block.push_str(&format!("\n  {:<13} {message}", verdict.name()));
    }
    for line in refused {
        block.push_str(&format!("\n  refused       {line}"));
    }
    if let Some(help) = help {
        block.push_str(&format!("\n  help: {help}"));
    }
    block
}
