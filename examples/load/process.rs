//! Servers as processes of their own.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

/// A server that is ready; dropping it ends it.
pub struct Server {
    pub address: String,
    /// The certificate of its root in PEM, of one that has TLS.
    pub root: String,
    child: Child,
}

/// What `/proc` counts the time of a process in, a second.
const TICKS: u64 = 100;

impl Server {
    /// This very program, as the server of that name.
    pub fn start(name: &str) -> Self {
        Self::start_under(name, wrapper(name).as_deref())
    }

    /// The same as the program of a command.
    pub fn start_under(name: &str, wrapper: Option<&str>) -> Self {
        let program = std::env::current_exe().expect("a program knows itself");
        let mut command = match wrapper {
            Some(wrapper) => {
                let mut command = Command::new("env");
                command.args(wrapper.split(' ')).arg(program);
                command
            }
            None => Command::new(program),
        };
        let mut child =
            command.arg(name).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("this program starts again");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("it is piped");
        BufReader::new(stdout).read_line(&mut line).expect("a server says where it listens");
        let ready: Option<serde_json::Value> = serde_json::from_str(&line).ok();
        let told = |name: &str| ready.as_ref().and_then(|ready| ready[name].as_str().map(str::to_owned));
        let address = told("http").unwrap_or(line).trim().trim_start_matches("http://").to_owned();
        Self { address, root: told("ca").unwrap_or_default(), child }
    }

    /// Microseconds of CPU so far.
    pub fn cpu_us(&self) -> u64 {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap_or_default();
        let behind = stat.rsplit_once(") ").map_or("", |(_, rest)| rest);
        let ticks: u64 = behind.split(' ').skip(11).take(2).filter_map(|text| text.parse::<u64>().ok()).sum();
        ticks * 1_000_000 / TICKS
    }

    /// Resident memory in kB.
    pub fn rss_kb(&self) -> i64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
    }
}

/// What stands for the name of the server in a wrapper that is for all of them.
const SERVER: &str = "{server}";

/// The command that the server is to be run under, such as `valgrind --tool=callgrind`.
fn wrapper(name: &str) -> Option<String> {
    let wrapper = std::env::var("LOAD_WRAPPER").ok().filter(|wrapper| !wrapper.is_empty())?;
    (name.starts_with("ticketbooth") || wrapper.contains(SERVER)).then(|| wrapper.replace(SERVER, name))
}

impl Drop for Server {
    fn drop(&mut self) {
        // A tool around it writes what it has seen when it is asked to end.
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}

/// The emulator with its default flags and these, in this process.
pub fn ticketbooth(flags: &[&str]) {
    let arguments = [&["ticketbooth", "serve", "--listen", "127.0.0.1:0", "--output", "json"], flags].concat();
    if let Err(failure) = ticketbooth::cli::run(arguments.into_iter().map(Into::into)) {
        failure.print();
    }
}
