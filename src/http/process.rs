//! This process as a whole: serving in it until a signal ends it, and running another program beside it, to which
//! signals are passed on.

use std::io;
use std::process::{Command, ExitStatus};
use std::sync::Arc;

use tokio::sync::oneshot;
use tracing::info;

use super::listen::{Addresses, BindError, Server};
use crate::emulator::Emulator;

/// Why serving did not begin.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(transparent)]
    Bind(#[from] BindError),
    #[error("cannot start the runtime: {0}")]
    Runtime(#[from] io::Error),
}

/// Serves until a signal asks it to end, SIGTERM or SIGHUP or another, and then stops gracefully; a second signal stops
/// at once.
///
/// `ready` is called with the real addresses when the ports are open and signals are minded.
///
/// # Errors
///
/// What kept the server from starting, `ready` included.
pub fn run_in_foreground<E: From<StartError>>(
    wanted: Addresses,
    emulator: Arc<Emulator>,
    ready: impl FnOnce(&Addresses) -> Result<(), E>,
) -> Result<(), E> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(StartError::Runtime)?;
    let outcome = runtime.block_on(serve_until_signal(wanted, emulator, ready));
    // Whatever has not ended by now was told to, and waiting for it could take for ever.
    runtime.shutdown_background();
    outcome
}

async fn serve_until_signal<E: From<StartError>>(
    wanted: Addresses,
    emulator: Arc<Emulator>,
    ready: impl FnOnce(&Addresses) -> Result<(), E>,
) -> Result<(), E> {
    let mut signals = Signals::register().map_err(StartError::Runtime)?;
    let server = Server::bind(wanted).map_err(StartError::Bind)?;
    ready(server.addresses())?;
    let (stop, stopped) = oneshot::channel::<()>();
    let mut serving = std::pin::pin!(server.run(emulator, async {
        // A sender that is gone is as good a reason to stop as its word.
        let _ = stopped.await;
    }));
    tokio::select! {
        () = &mut serving => return Ok(()),
        _ = signals.next_signal() => info!("stopping; a second signal stops at once"),
    }
    let _ = stop.send(());
    tokio::select! {
        () = serving => info!("stopped"),
        _ = signals.next_signal() => info!("stopped at once"),
    }
    Ok(())
}

/// Runs the program to its end. Its streams are ours.
///
/// # Errors
///
/// When it cannot be started.
pub fn run_child(mut command: Command) -> io::Result<ExitStatus> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let status = runtime.block_on(async {
        // Minded before the program is there, so that none is lost.
        let mut signals = Signals::register()?;
        let mut child = command.spawn()?;
        let id = child.id();
        let mut ended = tokio::task::spawn_blocking(move || child.wait());
        loop {
            tokio::select! {
                status = &mut ended => return status.map_err(io::Error::other)?,
                signal = signals.next_signal() => pass_on(id, signal),
            }
        }
    });
    runtime.shutdown_background();
    status
}

/// A key press in a terminal reaches the program without us, and it need not get it twice.
#[cfg(unix)]
fn pass_on(id: u32, signal: Signal) {
    use std::io::IsTerminal;
    if [Signal::INT, Signal::QUIT].contains(&signal) && io::stdin().is_terminal() {
        return;
    }
    let process = i32::try_from(id).ok().and_then(rustix::process::Pid::from_raw);
    // One that has ended meanwhile needs no signal.
    let _ = process.map(|process| rustix::process::kill_process(process, signal));
}

/// The console tells the program itself.
#[cfg(not(unix))]
fn pass_on(_id: u32, _signal: Signal) {}

#[cfg(unix)]
use std::task::Poll;

#[cfg(unix)]
pub(super) use rustix::process::Signal;

/// The signal of a console when somebody presses Ctrl-C.
#[cfg(not(unix))]
pub(super) struct Signal;

/// Minded from its making on.
pub(super) struct Signals {
    #[cfg(unix)]
    minded: Vec<(Signal, tokio::signal::unix::Signal)>,
}

/// Every signal that would end this process and that can be minded, but for those that tell of a fault of its own.
#[cfg(unix)]
const ENDING: &[Signal] = &[
    Signal::INT,
    Signal::TERM,
    Signal::HUP,
    Signal::QUIT,
    Signal::USR1,
    Signal::USR2,
    Signal::ALARM,
    Signal::VTALARM,
    Signal::PROF,
    Signal::IO,
    Signal::XCPU,
    #[cfg(target_os = "linux")]
    Signal::POWER,
];

#[cfg(unix)]
impl Signals {
    pub fn register() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let mind = |ending: &Signal| Ok((*ending, signal(SignalKind::from_raw(ending.as_raw()))?));
        Ok(Self { minded: ENDING.iter().map(mind).collect::<io::Result<_>>()? })
    }

    pub async fn next_signal(&mut self) -> Signal {
        std::future::poll_fn(|context| {
            let mut minded = self.minded.iter_mut();
            let came = minded.find_map(|(signal, minded)| minded.poll_recv(context).is_ready().then_some(*signal));
            came.map_or(Poll::Pending, Poll::Ready)
        })
        .await
    }
}

#[cfg(not(unix))]
impl Signals {
    pub fn register() -> io::Result<Self> {
        Ok(Self {})
    }

    pub async fn next_signal(&mut self) -> Signal {
        // A console that cannot be listened to never asks for anything.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        Signal
    }
}
