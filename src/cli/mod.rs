//! The command line: one file a verb, and what all verbs share.
//!
//! Verbs print data on stdout and leave everything else to stderr. What goes wrong comes back as a
//! [`Failure`] with its exit code; only the binary prints it and exits.

mod access;
mod actions;
mod assumptions;
mod ca_folder;
mod call;
mod check;
mod child_env;
mod clock;
mod codes;
mod codes_chapters;
mod completions;
mod doctor;
mod env;
pub mod escape;
mod exec;
mod explain;
mod failure;
mod file_kind;
pub mod files;
pub mod inputs;
mod intercept;
mod isolate;
mod journal;
mod logs;
mod output;
mod proxies;
pub mod remote;
pub mod report;
mod reset;
mod rule;
mod sandbox;
mod scenario;
mod schema;
mod select;
mod sending;
mod serve;
mod setup;
mod snapshot;
mod source;
#[cfg(unix)]
mod stopping;
mod table;
mod tether;
mod ticket;
mod tls;
mod trust;
mod trust_env;
mod trust_folder;
pub mod values;
mod verbs_book;
mod verify;
mod visit;
mod wait;
pub mod watch;
mod world;

use std::ffi::OsString;

use clap::{Command, CommandFactory, Parser, Subcommand};

pub use codes::codes_book;
pub use failure::{Complaint, Failure};

/// A local emulator of the embed-ticket APIs of Tencent Cloud BI and Alibaba Quick BI.
#[derive(Debug, Parser)]
#[command(name = "ticketbooth", version, max_term_width = 100)]
#[command(after_help = "With no verb it serves: `ticketbooth --listen 127.0.0.1:0` is `ticketbooth serve --listen …`.")]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Run the emulator in the foreground (the default verb).
    Serve(Box<serve::ServeFlags>),
    /// Run a program under an emulator of its own, and judge the scenario.
    Exec(Box<exec::ExecFlags>),
    /// Start a scenario in a running emulator, or show its state.
    Scenario(scenario::ScenarioFlags),
    /// Validate scenario and world files, and report every mistake in them.
    Check(check::CheckFlags),
    /// Print the JSON Schema of scenario or world files, for editors.
    Schema(schema::SchemaFlags),
    /// List the served actions with their parameters.
    Actions(actions::ActionsFlags),
    /// List the error codes with status, message, what provokes them, and evidence.
    Codes(codes::CodesFlags),
    /// Send a signed call, right or wrong on purpose, and print the answer.
    Call(Box<call::CallFlags>),
    /// Open an embed link as a browser would, and print the verdict of its page.
    Visit(visit::VisitFlags),
    /// Print shell exports, or a snippet that points an SDK at the emulator.
    Env(env::EnvFlags),
    /// Write what clients need to trust the TLS of a running emulator.
    Trust(trust::TrustFlags),
    /// Block until the emulator is ready.
    Wait(wait::WaitFlags),
    /// Show the world clock of a running emulator, or move it.
    Clock(clock::ClockFlags),
    /// List sandboxes, create one with keys of its own, or delete one.
    Sandbox(sandbox::SandboxFlags),
    /// List the assumptions of a sandbox, or change them.
    Assumptions(assumptions::AssumptionsFlags),
    /// List the things of a world as they stand now, and the calls that changed them.
    World(world::WorldFlags),
    /// List tickets, or end one by hand.
    Ticket(ticket::TicketFlags),
    /// List the rules of a sandbox, add, replace or delete them.
    Rule(rule::RuleFlags),
    /// Reset a sandbox, or parts of it.
    Reset(reset::ResetFlags),
    /// Save a sandbox into a file, or load one.
    Snapshot(snapshot::SnapshotFlags),
    /// List the calls that were answered.
    Journal(journal::JournalFlags),
    /// Check that the expected calls were made.
    Verify(verify::VerifyFlags),
    /// Explain why a call was answered as it was.
    Explain(explain::ExplainFlags),
    /// Check port, files, clock and environment, and say what to do.
    Doctor(doctor::DoctorFlags),
    /// Print a completion script for a shell.
    Completions(completions::CompletionsFlags),
}

/// Does what the arguments ask for; the first one is the name of the program.
///
/// # Errors
///
/// A [`Failure`] with what to print and the exit code; the help text is one, too.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Result<(), Failure> {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    tether::become_program(&arguments)?;
    let (arguments, place) = isolate::read_place(arguments)?;
    match Cli::try_parse_from(with_verb(arguments))?.verb {
        Verb::Serve(flags) => serve::run(*flags),
        Verb::Exec(flags) => exec::run(&flags, &Cli::command(), &place),
        Verb::Scenario(flags) => scenario::run(&flags),
        Verb::Check(flags) => check::run(&flags),
        Verb::Schema(flags) => schema::run(&flags),
        Verb::Actions(flags) => actions::run(&flags),
        Verb::Codes(flags) => codes::run(&flags),
        Verb::Call(flags) => call::run(&flags),
        Verb::Visit(flags) => visit::run(&flags),
        Verb::Env(flags) => env::run(&flags),
        Verb::Trust(flags) => trust::run(&flags),
        Verb::Wait(flags) => wait::run(&flags),
        Verb::Clock(flags) => clock::run(&flags),
        Verb::Sandbox(flags) => sandbox::run(&flags),
        Verb::Assumptions(flags) => assumptions::run(&flags),
        Verb::World(flags) => world::run(&flags),
        Verb::Ticket(flags) => ticket::run(&flags),
        Verb::Rule(flags) => rule::run(&flags),
        Verb::Reset(flags) => reset::run(&flags),
        Verb::Snapshot(flags) => snapshot::run(&flags),
        Verb::Journal(flags) => journal::run(&flags),
        Verb::Verify(flags) => verify::run(&flags),
        Verb::Explain(flags) => explain::run(&flags),
        Verb::Doctor(flags) => doctor::run(&flags, &Cli::command()),
        Verb::Completions(flags) => completions::run(&flags, Cli::command()),
    }
}

/// The tree of verbs, flags and arguments.
pub fn command_tree() -> Command {
    Cli::command()
}

/// The markdown of every verb with its flags.
pub fn verbs_book() -> String {
    verbs_book::format_verbs(Cli::command())
}

/// The arguments with the default verb put in where there is none.
///
/// Not left to the parser: flags that stand both before and behind the verb would read their twins
/// in the environment for every verb, and a bad one would fail verbs that it does not concern.
fn with_verb(mut arguments: Vec<OsString>) -> Vec<OsString> {
    let is_bare = match arguments.get(1).and_then(|first| first.to_str()) {
        None => arguments.len() < 2,
        Some("-h" | "--help" | "-V" | "--version") => false,
        Some(first) => first.starts_with('-'),
    };
    if is_bare {
        arguments.insert(arguments.len().min(1), "serve".into());
    }
    arguments
}
