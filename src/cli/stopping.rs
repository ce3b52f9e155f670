//! A signal that ends a verb, put off until nothing is half written.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXFSZ};
use signal_hook::{flag, low_level};

/// The signals with which people and systems end a program that does nothing wrong. The last one is its own: a file
/// grew larger than the system allows, which is an error of writing when it ends nothing.
const ENDING: &[i32] = &[SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXFSZ];

/// The time in which a signal is only noted.
pub(super) struct DelayedStop {
    /// Whether a signal ends the process at once.
    is_over: Arc<AtomicBool>,
    /// The signal that came; 0 for none.
    came: Arc<AtomicUsize>,
}

impl DelayedStop {
    pub fn begin_delay() -> Self {
        let stop = Self { is_over: Arc::new(AtomicBool::new(false)), came: Arc::new(AtomicUsize::new(0)) };
        for signal in ENDING {
            // Where it cannot be had, the signal does what it always does.
            let _ = stop.note_signal(*signal);
        }
        stop
    }

    fn note_signal(&self, signal: i32) -> io::Result<()> {
        flag::register_conditional_default(signal, Arc::clone(&self.is_over))?;
        if signal != SIGXFSZ {
            flag::register_usize(signal, Arc::clone(&self.came), signal.unsigned_abs() as usize)?;
        }
        Ok(())
    }

    pub fn is_asked_for(&self) -> bool {
        self.came.load(Ordering::Acquire) != 0
    }

    /// Ends the process by the signal that came, as it would have ended at once.
    pub fn end_delay(self) {
        self.is_over.store(true, Ordering::Release);
        if let Some(signal) = i32::try_from(self.came.load(Ordering::Acquire)).ok().filter(|signal| *signal != 0) {
            // One that the system does not end processes by would have done nothing before.
            let _ = low_level::emulate_default_handler(signal);
        }
    }
}
