//! `exec --isolate`: a program with its emulator in a network of their own, in which the vendors' names lead to that
//! emulator and nothing leads anywhere else. The kernel keeps it closed, so no client needs to know a proxy.
//!
//! This program is run once more in there by the tools of util-linux and iproute2, as entering a namespace by oneself
//! would take `unsafe`. The user's program then gets its own id back, and with it no right over that network.

use std::ffi::OsString;
use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::Failure;
use super::failure::Complaint;
use super::files::{self, Readers};
use super::tether::{exit_code, tethered_behind};
use crate::cloud::all_host_names;
use crate::http::{self, Addresses};

/// The first argument of the run inside. It is none for people, and no verb.
const MARK: &str = "--isolated-from";

/// The link that tells the network of a process.
const NETWORK: &str = "/proc/self/ns/net";

/// The files that tell how names are found, and that are others inside.
const HOSTS: &str = "/etc/hosts";
const SERVICES: &str = "/etc/nsswitch.conf";

/// The name of this machine.
const OWN_NAME: &str = "/proc/sys/kernel/hostname";

/// The most bytes of such a file.
const FILE_BYTES: u64 = 1 << 16;

/// The new namespaces, in which this user has the rights of root.
const OUTER: &[&str] = &["--user", "--map-root-user", "--mount", "--net", "--"];

/// The place of this run.
pub(super) enum Whereabouts {
    /// The usual one, with the arguments behind the name of the program.
    Outside(Vec<OsString>),
    Inside(Isolation),
}

/// A network of one's own, with the ids that its maker has outside.
pub(super) struct Isolation {
    user: String,
    group: String,
}

/// The place of the run with these arguments, and the arguments without what tells it.
pub(super) fn read_place(mut arguments: Vec<OsString>) -> Result<(Vec<OsString>, Whereabouts), Failure> {
    if arguments.get(1).is_none_or(|first| first != MARK) || arguments.len() < 5 {
        let behind = arguments.get(1..).unwrap_or_default().to_vec();
        return Ok((arguments, Whereabouts::Outside(behind)));
    }
    let told: Vec<OsString> = arguments.drain(1..5).skip(1).collect();
    // What follows would change the network of everybody.
    if fs::read_link(NETWORK).is_ok_and(|here| here.as_os_str() == told[0]) {
        return Err(Failure::bad_usage(format!("{MARK} is for a network of one's own"), "give --isolate to `exec`"));
    }
    let id = |at: usize| told[at].to_string_lossy().into_owned();
    Ok((arguments, Whereabouts::Inside(Isolation { user: id(1), group: id(2) })))
}

/// Runs this program with its arguments once more, in there.
pub(super) fn run_inside(arguments: &[OsString]) -> Result<(), Failure> {
    let (user, group) = own_ids();
    let tool = find_tool("unshare")?;
    // Whatever says no is to say so before anything is run.
    let inner = Isolation { user: user.clone(), group: group.clone() };
    let mut trial = Command::new(&tool);
    trial.args(OUTER).arg(&tool).args(inner.unshare_arguments()).arg("true");
    run_tool(trial, "make namespaces of one's own")?;
    let network = fs::read_link(NETWORK).map_err(|error| cannot("find the network of this process", &error))?;
    let ourselves = std::env::current_exe().map_err(|error| cannot("find this program", &error))?;
    let mut command = Command::new(&tool);
    command.args(OUTER);
    let mut command =
        tethered_behind(command, ourselves.as_os_str()).map_err(|error| cannot("find this program", &error))?;
    command.arg(MARK).arg(network).args([user, group]).args(arguments);
    let status = http::run_child(command).map_err(|error| cannot("run this program", &error))?;
    if status.success() { Ok(()) } else { Err(Failure::AlreadyTold(exit_code(status))) }
}

impl Isolation {
    /// Where the emulator is in there: at the ports of the vendors' hosts.
    pub fn addresses() -> Addresses {
        let at = |port| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        Addresses { listen: at(80), of_vendors: Vec::new(), only_tls: vec![at(443)] }
    }

    /// Brings up the one interface that there is.
    pub fn open_network(&self) -> Result<(), Failure> {
        let mut command = Command::new(find_tool("ip")?);
        command.args(["link", "set", "lo", "up"]);
        run_tool(command, "open a network of one's own")
    }

    /// Has the names of the vendors' hosts lead to this machine, and others nowhere. The files for that stand in the
    /// folder.
    pub fn lead_names(&self, folder: &Path) -> Result<(), Failure> {
        lay_over(HOSTS, &hosts_text(), folder)?;
        // Who asks a service of the system by its socket would ask outside.
        match files::read_text(Path::new(SERVICES), FILE_BYTES) {
            Ok(there) => lay_over(SERVICES, &services_text(&there.text), folder),
            Err(_) => Ok(()),
        }
    }

    /// The command that starts the program, as who started this run.
    pub fn command_for(&self, program: &OsString) -> Result<Command, Failure> {
        let mut command = Command::new(find_tool("unshare")?);
        command.args(self.unshare_arguments());
        tethered_behind(command, program).map_err(|error| cannot("find this program", &error))
    }

    /// Back to one's own ids, and away from those that own the network.
    fn unshare_arguments(&self) -> [String; 4] {
        let Self { user, group } = self;
        ["--user".to_owned(), format!("--map-user={user}"), format!("--map-group={group}"), "--".to_owned()]
    }
}

#[cfg(unix)]
fn own_ids() -> (String, String) {
    use rustix::process::{getegid, geteuid};
    (geteuid().as_raw().to_string(), getegid().as_raw().to_string())
}

/// There is no tool that would take them.
#[cfg(not(unix))]
fn own_ids() -> (String, String) {
    (String::new(), String::new())
}

fn hosts_text() -> String {
    let mut text = "127.0.0.1 localhost\n::1 localhost\n".to_owned();
    let own = files::read_text(Path::new(OWN_NAME), FILE_BYTES).map(|file| file.text).unwrap_or_default();
    for name in all_host_names().iter().map(String::as_str).chain([own.trim()]).filter(|name| !name.is_empty()) {
        text.push_str(&format!("127.0.0.1 {name}\n"));
    }
    text
}

/// The same services, but that hosts are found in the file alone.
fn services_text(there: &str) -> String {
    let others = there.lines().filter(|line| !line.trim_start().starts_with("hosts:"));
    others.chain(["hosts: files"]).flat_map(|line| [line, "\n"]).collect()
}

/// Puts the text in the place of the file, as long as this network is there and for nobody else.
fn lay_over(place: &str, text: &str, folder: &Path) -> Result<(), Failure> {
    let name = Path::new(place).file_name().unwrap_or_default();
    let file = folder.join(name);
    files::replace_file(&file, Readers::Anybody, [text]).map_err(Failure::Start)?;
    let mut command = Command::new(find_tool("mount")?);
    command.arg("--bind").arg(&file).arg(place);
    run_tool(command, &format!("lay another file over {place}"))
}

/// Folders of tools that are not in everybody's path.
const TOOLS: &[&str] = &["/usr/sbin", "/sbin", "/usr/bin", "/bin"];

fn find_tool(name: &str) -> Result<PathBuf, Failure> {
    if !cfg!(target_os = "linux") {
        let complaint = Complaint::new("--isolate needs Linux, and nothing was run");
        return Err(Failure::Start(complaint.with_help(INSTEAD)));
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut places = std::env::split_paths(&path).chain(TOOLS.iter().map(PathBuf::from));
    places.find_map(|place| Some(place.join(name)).filter(|file| file.is_file())).ok_or_else(|| {
        let complaint = Complaint::new(format!("--isolate needs the tool {name}, and nothing was run"));
        Failure::Start(complaint.with_help("install util-linux and iproute2, or use --intercept"))
    })
}

/// What to do where it cannot be.
const INSTEAD: &str = "use --intercept, or a container in a network of its own; where AppArmor says no, as on Ubuntu 24.04, \
                       `sysctl kernel.apparmor_restrict_unprivileged_userns=0` lets everybody make such namespaces";

/// Runs a tool that says nothing unless it fails.
fn run_tool(mut command: Command, purpose: &str) -> Result<(), Failure> {
    let done = command.stdin(Stdio::null()).output().map_err(|error| cannot(purpose, &error))?;
    let said = String::from_utf8_lossy(&done.stderr);
    if done.status.success() { Ok(()) } else { Err(cannot(purpose, &said.trim())) }
}

fn cannot(purpose: &str, reason: &dyn std::fmt::Display) -> Failure {
    let message = format!("--isolate cannot {purpose}, and nothing was run: {reason}");
    Failure::Start(Complaint::new(message).with_help(INSTEAD))
}
