//! What all sandboxes of an emulator share.

use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, OnceLock};
use std::thread;

use super::Live;
use crate::journal::Feed;

/// What all sandboxes of an emulator share.
#[derive(Clone, Debug, Default)]
pub(super) struct Shared {
    pub reaper: Arc<Reaper>,
    /// Has the events of all of them.
    pub feed: Arc<Feed>,
}

/// Things that may wait for the thread. Beyond that, whoever throws something away takes it apart itself,
/// so that memory does not fill with what nobody has.
const WAITING: usize = 16;

#[derive(Debug, Default)]
pub(super) struct Reaper(OnceLock<Option<SyncSender<Arc<Live>>>>);

impl Reaper {
    /// Drops `old` on the thread, or here if there is none to be had or it is busy.
    pub fn reap(&self, old: Arc<Live>) {
        if let Some(sender) = self.0.get_or_init(start) {
            // What is not taken comes back in the error, and is dropped with it.
            drop(sender.try_send(old));
        }
    }
}

fn start() -> Option<SyncSender<Arc<Live>>> {
    let (sender, receiver) = sync_channel(WAITING);
    let thread = thread::Builder::new().name("reaper".to_owned());
    thread.spawn(move || receiver.into_iter().for_each(drop)).ok().map(|_| sender)
}
