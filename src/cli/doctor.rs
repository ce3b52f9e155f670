//! `ticketbooth doctor`: looks at what usually goes wrong, and says what to do.

use std::io::ErrorKind;
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

use clap::{Args, Command};
use serde_json::{Value, json};

use super::failure::Complaint;
use super::remote::{AdminCall, Remote, Trouble, cell_text};
use super::table::TableData;
use super::{Failure, env, files};
use crate::cloud::all_assumptions;
use crate::document::{MAX_BYTES, find_nearest};
use crate::emulator::wall_now;
use crate::world::World;

#[derive(Debug, Args)]
pub(crate) struct DoctorFlags {
    #[command(flatten)]
    remote: Remote,
}

/// One thing that was looked at.
struct DoctorFinding {
    about: &'static str,
    state: FindingState,
    says: String,
    /// The next step.
    help: String,
}

worded! {
    #[derive(Clone, Copy, PartialEq, Eq)]
    enum FindingState {
        Well = "ok",
        /// It may be meant.
        Odd = "look",
        Wrong = "wrong",
    }
}

/// Seconds by which two clocks may differ: gateways accept signatures that are a few minutes old.
const SKEW: i64 = 60;

/// How long somebody at the port may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// Variables of ours that are for clients and belong to no flag.
const FOR_CLIENTS: &[&str] = &["TICKETBOOTH_SANDBOX", "TICKETBOOTH_ENDPOINT"];

/// Variables through which HTTP clients find a proxy, which would get the calls instead of the emulator.
const PROXIES: &[&str] = &["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];

pub(crate) fn run(flags: &DoctorFlags, command: &Command) -> Result<(), Failure> {
    let mut findings = check_emulator(&flags.remote);
    findings.push(check_world());
    findings.push(check_proxies(&flags.remote));
    findings.push(check_variables(&flags.remote, command));
    findings.push(check_keys(&flags.remote));
    let all: Vec<Value> = findings.iter().map(DoctorFinding::to_json).collect();
    flags.remote.print_list(&json!({ "findings": all }), &findings_table(&findings), None)?;
    match findings.iter().filter(|finding| finding.state == FindingState::Wrong).count() {
        0 => Ok(()),
        1 => Err(Failure::Own(Complaint::new("one thing is wrong"))),
        many => Err(Failure::Own(Complaint::new(format!("{many} things are wrong")))),
    }
}

impl DoctorFinding {
    fn new(about: &'static str, state: FindingState, says: impl Into<String>, help: impl Into<String>) -> Self {
        Self { about, state, says: says.into(), help: help.into() }
    }

    fn all_well(about: &'static str, says: impl Into<String>) -> Self {
        Self::new(about, FindingState::Well, says, "")
    }

    fn to_json(&self) -> Value {
        json!({ "about": self.about, "state": self.state.name(), "says": self.says, "help": self.help })
    }
}

fn findings_table(findings: &[DoctorFinding]) -> TableData {
    let line = |one: &DoctorFinding| {
        vec![one.state.name().to_owned(), one.about.to_owned(), one.says.clone(), one.help.clone()]
    };
    TableData::new(&["State", "What", "Found", "To do"], findings.iter().map(line))
}

/// Whether an emulator answers at the address; and if so, how it goes with it.
fn check_emulator(remote: &Remote) -> Vec<DoctorFinding> {
    let health = remote.send_call(AdminCall::get("/health").within_patience(PATIENCE));
    match health {
        Ok(answer) => {
            let said: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
            if said["status"] != "ok" {
                return vec![check_port(remote)];
            }
            let mut findings = vec![check_version(remote, &said)];
            findings.extend(check_inside(remote));
            findings
        }
        Err(Trouble::Unreachable(error)) if error.kind() == ErrorKind::ConnectionRefused => {
            let says = format!("nobody listens at {}; the port is free", remote.base_url());
            vec![DoctorFinding::new("port", FindingState::Odd, says, "start an emulator with `ticketbooth serve`")]
        }
        Err(Trouble::Unreachable(_)) if is_listening(remote) => vec![check_port(remote)],
        Err(Trouble::Unreachable(error)) => {
            let help = "name another address with --url or TICKETBOOTH_URL";
            vec![DoctorFinding::new(
                "port",
                FindingState::Wrong,
                format!("{} cannot be reached: {error}", remote.base_url()),
                help,
            )]
        }
        Err(Trouble::Refused { .. }) => vec![check_port(remote)],
        Err(Trouble::Unasked(_)) => {
            let help = "`openssl rand -hex 16` prints one that can";
            vec![DoctorFinding::new("token", FindingState::Wrong, "the admin token cannot be sent in a header", help)]
        }
    }
}

fn is_listening(remote: &Remote) -> bool {
    let addresses = remote.base_url().endpoint.to_socket_addrs();
    addresses.into_iter().flatten().any(|address| TcpStream::connect_timeout(&address, PATIENCE).is_ok())
}

fn check_port(remote: &Remote) -> DoctorFinding {
    let says = format!("another program answers at {}", remote.base_url());
    DoctorFinding::new(
        "port",
        FindingState::Wrong,
        says,
        "stop it, or serve elsewhere: `ticketbooth serve --listen 127.0.0.1:0`",
    )
}

fn check_version(remote: &Remote, health: &Value) -> DoctorFinding {
    let (theirs, ours) = (cell_text(&health["version"]), env!("CARGO_PKG_VERSION"));
    let says = format!("ticketbooth {theirs} answers at {}", remote.base_url());
    if theirs == ours {
        return DoctorFinding::all_well("port", says);
    }
    DoctorFinding::new("port", FindingState::Odd, says, format!("this is ticketbooth {ours}; use one version for both"))
}

/// The configuration that the emulator reports.
fn check_inside(remote: &Remote) -> Vec<DoctorFinding> {
    let asked = || -> Result<(Value, Value), Failure> {
        Ok((remote.ask_json(AdminCall::get("/info"))?, remote.ask_json(AdminCall::get("/clock"))?))
    };
    let (info, clock) = match asked() {
        Ok(told) => told,
        Err(failure) => {
            let (says, help) = match failure {
                Failure::Own(complaint) => (complaint.message, complaint.help.unwrap_or_default()),
                other => (format!("{other:?}"), String::new()),
            };
            return vec![DoctorFinding::new("admin API", FindingState::Wrong, says, help)];
        }
    };
    vec![DoctorFinding::all_well("admin API", "answers"), check_skew(&clock), check_signature_clock(&info, &clock)]
}

/// Whether the wall clocks of both sides agree.
fn check_skew(clock: &Value) -> DoctorFinding {
    let shown = clock["now"].as_str().and_then(|text| text.parse::<jiff::Timestamp>().ok());
    let Some((shown, ahead)) = shown.zip(clock["offset_seconds"].as_i64()) else {
        return DoctorFinding::new(
            "clock",
            FindingState::Wrong,
            "the emulator does not tell its time",
            "use one version for both",
        );
    };
    let apart = shown.as_second() - ahead - wall_now().unix_seconds();
    if apart.abs() <= SKEW {
        return DoctorFinding::all_well("clock", "the clock here and that of the emulator agree");
    }
    let says = format!("the emulator's wall clock is {apart} s off from the one here");
    DoctorFinding::new("clock", FindingState::Wrong, says, "set the clocks, or serve with --auth-clock off")
}

/// Whether signatures of clients that go by the wall clock are taken for fresh.
fn check_signature_clock(info: &Value, clock: &Value) -> DoctorFinding {
    let by = cell_text(&info["configuration"]["auth_clock"]);
    let ahead = clock["offset_seconds"].as_i64().unwrap_or(0);
    if by == "world" && ahead.abs() > SKEW {
        let says = format!("signatures are judged by the world clock, which is {ahead} s off the wall clock");
        return DoctorFinding::new(
            "signatures",
            FindingState::Odd,
            says,
            "serve with --auth-clock wall, or let clients sign for that time",
        );
    }
    DoctorFinding::all_well("signatures", format!("their times are judged by: {by}"))
}

/// The world file that `serve` would take.
fn check_world() -> DoctorFinding {
    let Some(file) = std::env::var_os("TICKETBOOTH_WORLD") else {
        return DoctorFinding::all_well("world", "TICKETBOOTH_WORLD is not set; the demo world is served");
    };
    let name = std::path::Path::new(&file).display().to_string();
    let read = match files::read_text(std::path::Path::new(&file), MAX_BYTES as u64) {
        Ok(read) => read,
        Err(message) => {
            let help = "correct TICKETBOOTH_WORLD, or unset it to serve the demo world";
            return DoctorFinding::new("world", FindingState::Wrong, message, help);
        }
    };
    match World::load(&name, &read.text, &all_assumptions()).map_err(|problems| read.show_problems(problems)) {
        Ok(world) => DoctorFinding::all_well("world", format!("{name} is sound; it is \"{}\"", world.name)),
        Err(problems) => {
            let first = problems.iter().next().map_or_else(String::new, |problem| {
                format!("{}:{}:{}: {}", problem.file, problem.line, problem.column, problem.message)
            });
            let help = format!("{} to mend; `ticketbooth serve` shows all of them", problems.count());
            DoctorFinding::new("world", FindingState::Wrong, first, help)
        }
    }
}

fn check_proxies(remote: &Remote) -> DoctorFinding {
    let set: Vec<&str> =
        PROXIES.iter().copied().filter(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty())).collect();
    let url = remote.base_url();
    let host = url.endpoint.rsplit_once(':').map_or("", |(host, _)| host);
    let spared = ["NO_PROXY", "no_proxy"].iter().filter_map(|name| std::env::var(name).ok());
    let is_spared = spared
        .flat_map(|list| list.split(',').map(|name| name.trim().to_owned()).collect::<Vec<_>>())
        .any(|name| name == "*" || name == host);
    if set.is_empty() || is_spared {
        return DoctorFinding::all_well("proxy", "no proxy is set between clients and the emulator");
    }
    let says = format!("{} is set, so clients may send their calls to a proxy", set.join(", "));
    DoctorFinding::new("proxy", FindingState::Odd, says, format!("unset it, or add {host} to NO_PROXY"))
}

/// Variables that look like ours and are not.
fn check_variables(remote: &Remote, command: &Command) -> DoctorFinding {
    let of_flags = |command: &Command| -> Vec<String> {
        command.get_arguments().filter_map(|flag| Some(flag.get_env()?.to_str()?.to_owned())).collect()
    };
    let mut known: Vec<String> = command.get_subcommands().flat_map(of_flags).collect();
    let of_clients = env::env_variables(&remote.base_url(), &env::ClientKeys::of_demo());
    known.extend(of_clients.into_iter().map(|(name, _)| name));
    known.extend(FOR_CLIENTS.iter().map(|name| (*name).to_owned()));
    let set = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let unknown = set.filter(|name| name.starts_with("TICKETBOOTH_") && !known.contains(name)).min();
    match unknown {
        None => DoctorFinding::all_well("variables", "every TICKETBOOTH_… variable is one of ours"),
        Some(name) => {
            let help = match find_nearest(&name, known.iter().map(String::as_str)) {
                Some(near) => format!("{near} may be meant"),
                None => "it has no effect; unset it".to_owned(),
            };
            DoctorFinding::new("variables", FindingState::Odd, format!("{name} is not a variable of ours"), help)
        }
    }
}

/// Keys that clients of this shell would take. Only their names are shown.
fn check_keys(remote: &Remote) -> DoctorFinding {
    let demo = env::env_variables(&remote.base_url(), &env::ClientKeys::of_demo());
    let other =
        |(name, value): &&(String, String)| std::env::var(name).is_ok_and(|set| !set.is_empty() && set != *value);
    let addresses = ["TICKETBOOTH_URL", "TICKETBOOTH_ENDPOINT"];
    let set: Vec<&str> =
        demo.iter().filter(other).map(|(name, _)| name.as_str()).filter(|name| !addresses.contains(name)).collect();
    if set.is_empty() {
        return DoctorFinding::all_well("keys", "no variable holds keys other than those of the demo world");
    }
    let says = format!("other keys than those of the demo world: {}", set.join(", "));
    let help = "well for a world or a sandbox of your own, else `ticketbooth env` prints the usual ones";
    DoctorFinding::new("keys", FindingState::Odd, says, help)
}
