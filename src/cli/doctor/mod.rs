//! `ticketbooth doctor`: looks at what usually goes wrong, and says what to do.
//!
//! A check is a function in a file of its own subject, and [`CHECKS`] is the list of them.

mod clocks;
mod finding;
mod port;
mod proxies;
mod roots;
mod strays;
mod variables;
mod world;

use clap::{Args, Command};
use serde_json::{Value, json};

use super::Failure;
use super::failure::Complaint;
use super::remote::Remote;
use finding::{DoctorFinding, FindingState, findings_table};

#[derive(Debug, Args)]
pub(crate) struct DoctorFlags {
    #[command(flatten)]
    remote: Remote,
}

/// The shell that the doctor is called in.
struct Shell<'a> {
    remote: &'a Remote,
    /// The tree of verbs and flags.
    command: &'a Command,
}

/// An emulator that answers, and lets us in.
struct Running {
    /// The answer of `GET /info`.
    info: Value,
    /// The answer of `GET /clock`.
    clock: Value,
}

enum DoctorCheck {
    /// Made where an emulator answers.
    OfEmulator(fn(&Shell<'_>, &Running) -> DoctorFinding),
    /// Made in any case.
    OfShell(fn(&Shell<'_>) -> DoctorFinding),
}

/// What is looked at, in this order, behind the port.
const CHECKS: &[DoctorCheck] = &[
    DoctorCheck::OfEmulator(clocks::check_skew),
    DoctorCheck::OfEmulator(clocks::check_world_clock),
    DoctorCheck::OfEmulator(clocks::check_signature_clock),
    DoctorCheck::OfEmulator(strays::check_strays),
    DoctorCheck::OfShell(world::check_world),
    DoctorCheck::OfShell(proxies::check_proxies),
    DoctorCheck::OfShell(roots::check_roots),
    DoctorCheck::OfShell(variables::check_variables),
    DoctorCheck::OfShell(variables::check_keys),
];

pub(crate) fn run(flags: &DoctorFlags, command: &Command) -> Result<(), Failure> {
    let shell = Shell { remote: &flags.remote, command };
    let (mut findings, running) = port::find_emulator(&flags.remote);
    findings.extend(CHECKS.iter().filter_map(|check| match check {
        DoctorCheck::OfEmulator(look) => running.as_ref().map(|running| look(&shell, running)),
        DoctorCheck::OfShell(look) => Some(look(&shell)),
    }));
    let all: Vec<Value> = findings.iter().map(DoctorFinding::to_json).collect();
    flags.remote.print_list(&json!({ "findings": all }), &findings_table(&findings), None)?;
    match findings.iter().filter(|finding| finding.state == FindingState::Wrong).count() {
        0 => Ok(()),
        1 => Err(Failure::Own(Complaint::new("one thing is wrong"))),
        many => Err(Failure::Own(Complaint::new(format!("{many} things are wrong")))),
    }
}
