//! The two ways in which a test has an emulator that really runs: in this process, and as a program of its own.

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::process::{Child, ChildStderr, ChildStdout, Command, ExitStatus, Output, Stdio};
use std::sync::{Arc, mpsc};
use std::thread;

use assert_cmd::cargo::CommandCargoExt;
use ticketbooth::emulator::Emulator;
use ticketbooth::http::{Addresses, Limits, Server};
use tokio::sync::oneshot;

/// A free port of the loopback address.
pub const FREE: &str = "127.0.0.1:0";

/// A server of this process, which ends with the value.
pub struct Served {
    pub address: SocketAddr,
    pub addresses: Addresses,
    pub emulator: Arc<Emulator>,
    stop: Option<oneshot::Sender<()>>,
    home: Home,
}

/// Where a server runs.
enum Home {
    Thread(Option<thread::JoinHandle<()>>),
    Task(tokio::task::JoinHandle<()>),
}

impl Served {
    /// A server on a thread and a runtime of its own, for a test that blocks.
    pub fn on_thread(emulator: impl Into<Arc<Emulator>>) -> Self {
        let emulator = emulator.into();
        let (stop, stopped) = oneshot::channel();
        let (told, addresses) = mpsc::channel();
        let served = Arc::clone(&emulator);
        let thread = thread::spawn(move || {
            let runtime = tokio::runtime::Runtime::new().unwrap();
            runtime.block_on(async {
                let server = Server::bind(Addresses::only(FREE.parse().unwrap())).unwrap();
                told.send(server.addresses().clone()).unwrap();
                server.run(served, async { drop(stopped.await) }).await;
            });
        });
        let addresses: Addresses = addresses.recv().unwrap();
        Self { address: addresses.listen, addresses, emulator, stop: Some(stop), home: Home::Thread(Some(thread)) }
    }

    /// A server among the tasks of the test.
    pub fn on_runtime(emulator: impl Into<Arc<Emulator>>, wanted: Addresses, limits: Limits) -> Self {
        let emulator = emulator.into();
        let server = Server::bind(wanted).unwrap().with_limits(limits);
        let addresses = server.addresses().clone();
        let (stop, stopped) = oneshot::channel::<()>();
        let task = tokio::spawn(server.run(Arc::clone(&emulator), async move { drop(stopped.await) }));
        Self { address: addresses.listen, addresses, emulator, stop: Some(stop), home: Home::Task(task) }
    }

    /// Asks the server to stop; it goes on with what is in flight.
    pub fn stop(&mut self) {
        self.stop.take().unwrap().send(()).unwrap();
    }

    /// Waits until a server among the tasks of the test has ended.
    pub async fn ended(&mut self) {
        match &mut self.home {
            Home::Task(task) => task.await.unwrap(),
            Home::Thread(_) => panic!("a test that blocks drops the value"),
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Home::Thread(thread) = &mut self.home {
            drop(thread.take().unwrap().join());
        }
    }
}

/// The program with these arguments. What is set around the tests must not change what they see.
pub fn ticketbooth(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("ticketbooth").unwrap();
    let misleading = ["TICKETBOOTH_", "TENCENTCLOUD_", "ALIBABA_CLOUD_"];
    let misleads = |name: &str| {
        misleading.iter().any(|start| name.starts_with(start)) || name.to_ascii_lowercase().ends_with("_proxy")
    };
    for (name, _) in std::env::vars().filter(|(name, _)| misleads(name)) {
        command.env_remove(name);
    }
    command.args(arguments);
    command
}

/// Exit code, stdout and stderr of a run that ends by itself.
pub fn finish(mut command: Command) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = command.output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

/// An emulator in a process of its own, which is killed with the value.
pub struct Process {
    child: Child,
    stdout: BufReader<ChildStdout>,
    /// The lines of its log, where they are wanted.
    pub log: Option<BufReader<ChildStderr>>,
    /// The first line on stdout.
    pub ready: String,
}

impl Process {
    /// An emulator on a free port, unless the arguments name another, that says nothing on stderr.
    pub fn start(arguments: &[&str]) -> Self {
        Self::spawn(serving(arguments), Stdio::null())
    }

    /// The same whose log the test reads.
    pub fn start_with_log(arguments: &[&str]) -> Self {
        Self::spawn(serving(arguments), Stdio::piped())
    }

    /// The emulator that this command starts.
    pub fn of(command: Command) -> Self {
        Self::spawn(command, Stdio::null())
    }

    fn spawn(mut command: Command, stderr: Stdio) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(stderr).spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut ready = String::new();
        stdout.read_line(&mut ready).unwrap();
        let log = child.stderr.take().map(BufReader::new);
        Self { child, stdout, log, ready: ready.trim_end().to_owned() }
    }

    pub fn url(&self) -> &str {
        self.ready.strip_prefix("ticketbooth ready on ").expect("it is ready")
    }

    /// Host and port.
    pub fn authority(&self) -> &str {
        self.url().strip_prefix("http://").unwrap()
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits until it has ended by itself.
    pub fn ended(mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }

    /// Sends the signal and returns how it ended, with what was still printed on stdout.
    pub fn end(mut self, signal: &str) -> (ExitStatus, String) {
        let sent = Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        let mut rest = String::new();
        self.stdout.read_to_string(&mut rest).unwrap();
        (self.child.wait().unwrap(), rest)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn serving(arguments: &[&str]) -> Command {
    let free: &[&str] = if arguments.contains(&"--listen") { &[] } else { &["--listen", FREE] };
    ticketbooth(&[free, arguments].concat())
}
