//! A server as a whole process: it is told when it is ready, and it stops at a signal.

use std::io;
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

/// Serves until SIGINT or SIGTERM and then stops gracefully; a second signal stops at once.
///
/// `ready` is called with the real addresses when the ports are open and signals are minded.
///
/// # Errors
///
/// What kept the server from starting, `ready` included.
pub fn foreground<E: From<StartError>>(
    wanted: Addresses,
    emulator: Arc<Emulator>,
    ready: impl FnOnce(&Addresses) -> Result<(), E>,
) -> Result<(), E> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(StartError::Runtime)?;
    let outcome = runtime.block_on(serve(wanted, emulator, ready));
    // Whatever has not ended by now was told to, and waiting for it could take for ever.
    runtime.shutdown_background();
    outcome
}

async fn serve<E: From<StartError>>(
    wanted: Addresses,
    emulator: Arc<Emulator>,
    ready: impl FnOnce(&Addresses) -> Result<(), E>,
) -> Result<(), E> {
    let mut signals = Signals::mind().map_err(StartError::Runtime)?;
    let server = Server::bind(wanted).map_err(StartError::Bind)?;
    ready(server.addresses())?;
    let (stop, stopped) = oneshot::channel::<()>();
    let mut serving = std::pin::pin!(server.run(emulator, async {
        // A sender that is gone is as good a reason to stop as its word.
        let _ = stopped.await;
    }));
    tokio::select! {
        () = &mut serving => return Ok(()),
        () = signals.next() => info!("stopping; a second signal stops at once"),
    }
    let _ = stop.send(());
    tokio::select! {
        () = serving => info!("stopped"),
        () = signals.next() => info!("stopped at once"),
    }
    Ok(())
}

/// The signals that ask a process to end.
#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn mind() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

/// The signals that ask a process to end.
#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn mind() -> io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) {
        // A console that cannot be listened to never asks for anything.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
