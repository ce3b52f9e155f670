//! The parts that all sandboxes of an emulator share.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use super::Epoch;
use crate::journal::Feed;
use crate::redact::Secrets;

/// The parts that all sandboxes of an emulator share.
#[derive(Clone, Debug, Default)]
pub(super) struct SharedParts {
    pub reaper: Arc<Reaper>,
    /// Has the events of all of them.
    pub feed: Arc<Feed>,
    /// Those of all their worlds.
    pub secrets: Arc<Secrets>,
}

/// Things that may wait for the thread. Beyond that, whoever throws something away takes it apart itself,
/// so that memory does not fill with what nobody has.
const WAITING: usize = 16;

#[derive(Debug, Default)]
pub(super) struct Reaper(OnceLock<Option<SyncSender<Arc<Epoch>>>>);

impl Reaper {
    /// Drops `old` on the thread, or here if there is none to be had or it is busy.
    pub fn reap(&self, old: Arc<Epoch>) {
        if let Some(sender) = self.0.get_or_init(start_reaper) {
            // What is not taken comes back in the error, and is dropped with it.
            drop(sender.try_send(old));
        }
    }
}

fn start_reaper() -> Option<SyncSender<Arc<Epoch>>> {
    let (sender, receiver) = sync_channel(WAITING);
    let thread = thread::Builder::new().name("reaper".to_owned());
    thread.spawn(move || drop_received(&receiver)).ok().map(|_| sender)
}

fn drop_received(receiver: &Receiver<Arc<Epoch>>) {
    while let Ok(old) = receiver.recv() {
        drop(old);
        while let Ok(next) = receiver.recv_timeout(SETTLED) {
            drop(next);
        }
        // The allocator looks at what it may give back to the system when a large piece of memory comes back to it.
        drop(std::hint::black_box(Vec::<u8>::with_capacity(LARGE)));
    }
}

/// The allocator keeps what was freed for about a second, in case it is wanted again.
const SETTLED: Duration = Duration::from_millis(1500);

/// Bytes that are asked for and never touched.
const LARGE: usize = 64 << 20;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emulator::{Emulator, Settings};
    use crate::world::World;

    #[test]
    fn where_no_thread_can_be_started_whoever_throws_away_takes_apart() {
        let reaper = Reaper(OnceLock::from(None));
        let old = Arc::new(Epoch::clone(&Emulator::new(Settings::new(World::demo())).default_sandbox().epoch()));
        let tickets = Arc::downgrade(&old.state.tickets);
        reaper.reap(old);
        assert!(tickets.upgrade().is_none(), "it is taken apart when that returns");
    }
}
