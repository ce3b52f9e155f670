//! A server beside the program that started it, on a thread and a runtime of its own.
//!
//! So it answers whatever runtime that program has, also none, and while that program blocks; and it is
//! gone, port and all, as soon as it is dropped.

use std::sync::Arc;
use std::thread::JoinHandle;

use tokio::sync::oneshot;

use super::listen::{Addresses, Server};
use super::process::StartError;
use crate::emulator::Emulator;

/// A server that answers until it is dropped.
#[derive(Debug)]
pub struct Background {
    addresses: Addresses,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Background {
    /// Opens the ports and begins to answer.
    ///
    /// # Errors
    ///
    /// What kept the server from starting.
    pub fn start(wanted: Addresses, emulator: Arc<Emulator>) -> Result<Self, StartError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let bound = {
            let _inside = runtime.enter();
            Server::bind(wanted)
        };
        let server = match bound {
            Ok(server) => server,
            Err(error) => {
                // Merely dropped it would panic where the caller is on a runtime itself.
                runtime.shutdown_background();
                return Err(error.into());
            }
        };
        let addresses = server.addresses().clone();
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = std::thread::Builder::new().name("ticketbooth".to_owned()).spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    () = server.run(emulator, std::future::pending()) => {}
                    // A sender that is gone is as good a reason to stop as its word.
                    _ = stopped => {}
                }
            });
            // Takes every task and with it every socket along, before anybody is told that it has ended.
            drop(runtime);
        })?;
        Ok(Self { addresses, stop: Some(stop), thread: Some(thread) })
    }

    /// Where the ports really are.
    pub fn addresses(&self) -> &Addresses {
        &self.addresses
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic in there was told when it happened.
            let _ = thread.join();
        }
    }
}
