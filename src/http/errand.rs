//! A program that runs beside the server of this process, with the signals that reach us passed on to it.

use std::io;
use std::process::{Child, Command, ExitStatus};

/// Runs the program to its end. Its streams are ours.
///
/// # Errors
///
/// When it cannot be started.
pub fn run(mut command: Command) -> io::Result<ExitStatus> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let status = runtime.block_on(async {
        // Minded before the program is there, so that none is lost.
        let mut signals = Signals::mind()?;
        let child = command.spawn()?;
        let id = child.id();
        let mut ended = tokio::task::spawn_blocking(move || wait(child));
        loop {
            tokio::select! {
                status = &mut ended => return status.map_err(io::Error::other)?,
                signal = signals.next() => pass_on(id, signal),
            }
        }
    });
    runtime.shutdown_background();
    status
}

fn wait(mut child: Child) -> io::Result<ExitStatus> {
    child.wait()
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
    hangup: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn mind() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hangup: signal(SignalKind::hangup())?,
        })
    }

    async fn next(&mut self) -> rustix::process::Signal {
        tokio::select! {
            _ = self.interrupt.recv() => rustix::process::Signal::INT,
            _ = self.terminate.recv() => rustix::process::Signal::TERM,
            _ = self.hangup.recv() => rustix::process::Signal::HUP,
        }
    }
}

/// A key press in a terminal reaches the program without us, and it need not get it twice.
#[cfg(unix)]
fn pass_on(id: u32, signal: rustix::process::Signal) {
    use std::io::IsTerminal;
    if signal == rustix::process::Signal::INT && io::stdin().is_terminal() {
        return;
    }
    let process = i32::try_from(id).ok().and_then(rustix::process::Pid::from_raw);
    // One that has ended meanwhile needs no signal.
    let _ = process.map(|process| rustix::process::kill_process(process, signal));
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn mind() -> io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) {
        // The console tells the program itself.
        std::future::pending::<()>().await;
    }
}

#[cfg(not(unix))]
fn pass_on(_id: u32, _signal: ()) {}
