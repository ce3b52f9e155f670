//! Requests that are no calls: counted, noted and told, so that nothing that came goes unseen.

use std::sync::atomic::{AtomicU64, Ordering};

use tracing::warn;

use super::{Emulator, Epoch};
use crate::journal::{EventDetail, Noted};

worded! {
    /// The kinds of what came instead of a call.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Stray {
        /// A request that fits no vendor.
        Stranger = "stranger",
        /// A browser's question before a call.
        Preflight = "preflight",
        /// The beginning of TLS on a port without it.
        Tls = "tls",
        /// A handshake of TLS that came to no end.
        Handshake = "handshake",
        /// A request for another host than that of its connection.
        Misdirected = "misdirected",
        /// A client that takes this port for a proxy.
        Connect = "connect",
        /// A message that is no HTTP, or could be understood in two ways.
        BadHttp = "bad-http",
    }
}

/// So many of a kind have a line in the log each; then only every one whose number is a power of two, so that a flood
/// pushes nothing else out.
const LOGGED: u64 = 20;

/// How many there were of each kind since the emulator began.
#[derive(Debug, Default)]
pub struct StrayCounts([AtomicU64; Stray::ALL.len()]);

impl StrayCounts {
    fn count(&self, stray: Stray) -> u64 {
        self.0[stray as usize].fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Each kind with its number.
    pub fn all_counts(&self) -> impl Iterator<Item = (&'static str, u64)> + '_ {
        Stray::ALL.iter().map(|stray| (stray.name(), self.0[*stray as usize].load(Ordering::Relaxed)))
    }
}

impl Emulator {
    /// Counts what came, notes it in the journal of the sandbox, and tells listeners and the log. `noted` holds nothing
    /// that a client sent but what was redacted and cut.
    pub fn note_stray(&self, epoch: &Epoch, stray: Stray, noted: Noted) {
        let number = self.strays.count(stray);
        let (kind, text) = (stray.name(), noted.stray_text());
        if number <= LOGGED || number.is_power_of_two() {
            warn!(kind, number, "no call: {text}");
        }
        epoch.tell_stray(kind, &text);
        epoch.write_note(noted);
    }

    /// The same in the default sandbox, for what has no sandbox of its own.
    pub fn note_stray_text(&self, stray: Stray, text: &str) {
        let noted = Noted::Other { what: stray.name(), text: Noted::cut_text(text) };
        self.note_stray(&self.default_sandbox().epoch(), stray, noted);
    }
}

impl Epoch {
    fn tell_stray(&self, what: &'static str, text: &str) {
        self.feed.publish(self.state.clock.now(), EventDetail::Other { what, text: text.into() });
    }
}
