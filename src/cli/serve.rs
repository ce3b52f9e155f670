//! `ticketbooth serve`: the emulator in the foreground.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use clap::{Arg, ArgMatches, Args, Command, FromArgMatches, ValueEnum};
use serde_json::{Value, json};
use tracing::{info, warn};
use tracing_subscriber::filter::LevelFilter;

use super::access::AccessFlags;
use super::escape::escape_text;
use super::failure::Complaint;
use super::files::{self, Destination, Readers};
use super::setup::{Ready, Setup};
use super::tls::TlsFlags;
use super::values::{BaseUrl, listen_flag, parse_address};
use super::{Failure, output, tether, watch};
use crate::cloud::{Vendor, all_snippets, vendors};
use crate::emulator::Emulator;
use crate::http::{self, Addresses, BindError, StartError};

#[derive(Debug, Args)]
pub(crate) struct ServeFlags {
    /// Both vendors, embed pages and admin API on one port; port 0 picks a free one.
    #[arg(long, env = "TICKETBOOTH_LISTEN", default_value = "127.0.0.1:4240", value_name = "ADDR", value_parser = parse_address)]
    listen: SocketAddr,
    #[command(flatten)]
    vendor_ports: VendorPorts,
    #[command(flatten)]
    tls: TlsFlags,
    #[command(flatten)]
    setup: Setup,
    /// Read world and scenario files again when they change; one that is wrong leaves the old one in force.
    #[arg(long, env = "TICKETBOOTH_WATCH")]
    watch: bool,
    #[command(flatten)]
    access: AccessFlags,
    /// A file to write when the port is open, and to remove at the end; a FIFO waits for its reader and stays.
    #[arg(long, env = "TICKETBOOTH_READY_FILE", value_name = "FILE")]
    ready_file: Option<PathBuf>,
    /// The form of the ready line on stdout.
    #[arg(long, env = "TICKETBOOTH_OUTPUT", value_enum, default_value = "text", value_name = "FORM")]
    output: Output,
    /// End when stdin does. The test kits hold its other end, so that no emulator outlives the run that started it.
    #[arg(long, hide = true)]
    until_stdin_closes: bool,
}

pub(crate) fn run(flags: ServeFlags) -> Result<(), Failure> {
    let _log = flags.setup.start_log(LevelFilter::INFO);
    // First, so that nobody reads the address of an earlier one where this one cannot start.
    if let Some(path) = &flags.ready_file {
        ReadyFile::remove_stale(path);
    }
    let guard = flags.access.to_guard(flags.listen, &flags.tls.tls_listen)?;
    let only_tls = flags.tls.tls_listen.clone();
    let wanted = Addresses { listen: flags.listen, of_vendors: flags.vendor_ports.0, only_tls };
    let setup = flags.setup.with_fixed_seed();
    let Ready { mut settings, world_file } = setup.to_settings(guard)?;
    settings.trust = flags.tls.to_trust()?;
    settings.vendor_hosts = flags.tls.vendor_host.clone();
    settings.proxy = flags.tls.proxy;
    let root = settings.trust.as_ref().map(|trust| trust.root_pem().to_owned());
    let scenario = settings.scenario.as_ref().map(|scene| scene.scenario.name.clone());
    let emulator = Arc::new(Emulator::new(settings));
    if flags.watch {
        watch::watch_files(setup, Arc::clone(&emulator))?;
    }
    let mut ready_file = None;
    http::run_in_foreground(wanted, emulator, |bound| {
        let started = Started { addresses: bound.to_reachable(), root, is_proxy: flags.tls.proxy };
        if let Some(root) = &started.root {
            flags.tls.write_trust(root, started.addresses.listen.port())?;
        }
        let written = flags.ready_file.as_deref().map(|path| ReadyFile::write_line(path, &started));
        ready_file = written.transpose()?.flatten();
        announce_ready(flags.output, &started)?;
        if flags.until_stdin_closes {
            tether::end_with_stdin()?;
        }
        log_greeting(&started, world_file.as_deref());
        if let Some(name) = scenario {
            info!("the scenario {} is in force in the default sandbox", escape_text(&name));
        }
        Ok(())
    })
}

/// The flags for ports of the vendors' own.
#[derive(Debug)]
pub(crate) struct VendorPorts(Vec<(&'static str, SocketAddr)>);

impl Args for VendorPorts {
    fn augment_args(command: Command) -> Command {
        let flag = |vendor: &&'static Vendor| {
            let name = listen_flag(vendor);
            let variable = format!("TICKETBOOTH_{}_LISTEN", vendor.name.to_uppercase());
            Arg::new(name.clone())
                .long(name)
                .env(variable)
                .value_name("ADDR")
                .value_parser(parse_address)
                .help(format!("An extra port on which every call is {}'s", vendor.clients.title))
        };
        command.args(vendors().iter().map(flag))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for VendorPorts {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let given = |vendor: &&'static Vendor| {
            let address = matches.get_one::<SocketAddr>(&listen_flag(vendor))?;
            Some((vendor.name, *address))
        };
        Ok(Self(vendors().iter().filter_map(given).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// Tells people, who read stderr, what to do next.
fn log_greeting(started: &Started, world: Option<&Path>) {
    let Started { addresses, root, is_proxy } = started;
    let url = format!("http://{}", addresses.listen);
    if root.is_some() {
        info!("https://{} as well; its root is at {url}/_ticketbooth/ca.pem", addresses.listen);
    }
    if *is_proxy {
        info!("{url} is a proxy for the hosts of the vendors, and forwards nothing");
    }
    for address in &addresses.only_tls {
        info!("https://{address} has only TLS");
    }
    for (vendor, address) in &addresses.of_vendors {
        info!("every call to http://{address} is {vendor}'s");
    }
    match world {
        Some(file) => {
            let file = file.display().to_string();
            info!("serving the world of {} on {url}; the keys are those in the file", escape_text(&file));
        }
        None => {
            info!("serving the demo world on {url}");
            // A secret is no matter for a log, not even one that everybody knows.
            let keys: Vec<&str> = vendors().iter().map(|vendor| vendor.catalog.examples.key).collect();
            info!("keys {}; `ticketbooth env` has their secrets", keys.join(" and "));
        }
    }
    if let Some((sdk, _)) = all_snippets().next() {
        info!("try: ticketbooth env --sdk {sdk} --url {url}");
    }
}

impl From<StartError> for Failure {
    fn from(error: StartError) -> Self {
        let complaint = Complaint::new(error.to_string());
        Self::Start(match error {
            StartError::Bind(BindError::Taken(_)) => {
                complaint.with_help("stop the program that has it, or pick a free port with --listen 127.0.0.1:0")
            }
            StartError::Bind(BindError::Refused { .. }) => complaint.with_help("pick another address with --listen"),
            StartError::Runtime(_) => complaint,
        })
    }
}

/// The form of the ready line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Output {
    Text,
    Json,
}

/// How long whoever has stdout may take for the ready line before it is served without.
const PATIENCE: Duration = Duration::from_secs(1);

/// Prints the ready line, which is the first on stdout and the last. A pipe that is full and that nobody reads keeps a
/// thread busy and no call.
pub(crate) fn announce_ready(form: Output, started: &Started) -> Result<(), Failure> {
    let line = match form {
        Output::Text => format!("ticketbooth ready on http://{}", started.addresses.listen),
        Output::Json => ready_object(started).to_string(),
    };
    let (printed, outcome) = mpsc::channel();
    // Whoever has waited for long enough does not listen any more.
    let print = move || drop(printed.send(output::print_text(&line)));
    thread::Builder::new().name("ready line".to_owned()).spawn(print)?;
    outcome.recv_timeout(PATIENCE).unwrap_or_else(|_| {
        warn!("nobody reads the ready line from stdout");
        Ok(())
    })
}

/// How long the emulator of a ready file that is there already may take to answer.
const STALE: Duration = Duration::from_millis(300);

/// A started emulator.
pub(crate) struct Started {
    addresses: Addresses,
    /// The certificate of its root in PEM, where it has TLS.
    root: Option<String>,
    is_proxy: bool,
}

/// What others need to know of a started emulator. The vendors' own ports are in it where there are any.
fn ready_object(Started { addresses, root, is_proxy }: &Started) -> Value {
    let mut object = json!({
        "http": format!("http://{}", addresses.listen),
        "pid": std::process::id(),
        "version": env!("CARGO_PKG_VERSION"),
    });
    for (vendor, address) in &addresses.of_vendors {
        object[*vendor] = format!("http://{address}").into();
    }
    if let Some(root) = root {
        object["https"] = format!("https://{}", addresses.listen).into();
        object["ca"] = root.as_str().into();
    }
    if *is_proxy {
        object["proxy"] = object["http"].clone();
    }
    if !addresses.only_tls.is_empty() {
        let urls = addresses.only_tls.iter().map(|address| format!("https://{address}"));
        object["tls_listen"] = urls.collect::<Vec<_>>().into();
    }
    object
}

/// A file that is there as long as the emulator is ready.
#[derive(Debug)]
pub(crate) struct ReadyFile {
    path: PathBuf,
    text: String,
}

impl ReadyFile {
    /// Takes away what an emulator left there that was killed, so that nobody takes this one for ready before it is. The
    /// file of one that still answers stays.
    fn remove_stale(path: &Path) {
        let Ok(Destination::File(file)) = Destination::behind_path(path) else { return };
        let Some(content) = files::read_content(&file) else { return };
        let written: Value = serde_json::from_slice(&content).unwrap_or_default();
        let url = written["http"].as_str().and_then(|url| url.parse::<BaseUrl>().ok());
        let answers = url.is_some_and(|url| http::wait_until_ready(&url.endpoint, STALE).is_ok());
        if !answers && files::remove_file(&file).is_ok() {
            info!("removed a ready file that an earlier emulator left behind");
        }
    }

    /// Writes the file in one step, so that nobody reads a half of it. `None`: it is a FIFO or a device, into which it
    /// is written when somebody reads, and which stays.
    pub(crate) fn write_line(path: &Path, started: &Started) -> Result<Option<Self>, Failure> {
        let text = format!("{}\n", ready_object(started));
        if let Ok(Destination::Stream(stream)) = Destination::behind_path(path) {
            thread::Builder::new().name("ready file".to_owned()).spawn(move || {
                if let Err(complaint) = files::write_waiting(&stream, &text) {
                    warn!("{}", escape_text(&complaint.message));
                }
            })?;
            return Ok(None);
        }
        files::replace_file(path, Readers::Anybody, [&text]).map_err(Failure::Start)?;
        // A link to the file stays, as its owner made it.
        Ok(path.canonicalize().ok().map(|path| Self { path, text }))
    }
}

impl Drop for ReadyFile {
    fn drop(&mut self) {
        // Another emulator may have put its own there, and somebody may have taken it away before us.
        if files::read_content(&self.path).is_some_and(|there| there == self.text.as_bytes()) {
            let _ = files::remove_file(&self.path);
        }
    }
}
