//! Work that may take long, off the threads that answer calls.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

/// Places for such work. More than there are cores would only take turns on them, and the calls with them.
#[derive(Clone, Debug)]
pub(crate) struct Aside(Arc<Semaphore>);

impl Default for Aside {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self(Arc::new(Semaphore::new(cores.max(2))))
    }
}

impl Aside {
    /// What `work` gives, as soon as there is a place for it and it is done; `None`: the runtime ends, there is
    /// no thread for it, or the work has panicked.
    ///
    /// Work that was begun keeps its place to its end, also when nobody waits for it any more.
    pub(crate) async fn run_aside<A: Send + 'static>(&self, work: impl FnOnce() -> A + Send + 'static) -> Option<A> {
        let place = Arc::clone(&self.0).acquire_owned().await.ok()?;
        let placed = move || {
            let made = work();
            drop(place);
            made
        };
        // A system that has no thread left makes starting one panic; nothing has been done then.
        let begun = catch_unwind(AssertUnwindSafe(|| spawn_blocking(placed))).ok()?;
        begun.await.ok()
    }
}
