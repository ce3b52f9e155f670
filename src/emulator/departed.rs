//! Sandboxes that were taken away: what happened in them can still be read.
//!
//! All of them together keep as much as the journal of one sandbox may, and the one that left first goes first.

use std::collections::VecDeque;
use std::sync::Arc;

use parking_lot::Mutex;

use super::{Bounds, Sandboxes, Tenant};

#[derive(Debug, Default)]
pub(super) struct Departed(Mutex<VecDeque<Arc<Tenant>>>);

impl Departed {
    /// Keeps the journal of the sandbox, if there is something in it.
    pub fn keep(&self, gone: &Tenant, bounds: Bounds) {
        let mut kept = self.0.lock();
        kept.push_back(Arc::new(gone.emptied()));
        kept.retain(|tenant| tenant.live().journal.holding().bytes > 0);
        let exceeded = |kept: &VecDeque<Arc<Tenant>>| {
            let holdings = kept.iter().map(|tenant| tenant.live().journal.holding());
            let (entries, bytes) =
                holdings.fold((0, 0), |(entries, bytes), one| (entries + one.entries, bytes + one.bytes));
            entries > bounds.entries || bytes > bounds.bytes
        };
        while exceeded(&kept) {
            kept.pop_front();
        }
    }
}

impl Sandboxes {
    /// The sandboxes that were taken away, as far as their journals are still kept, in the order in which
    /// they left. Beside them there are only the rules with their counts; several may have had one id.
    pub fn departed(&self) -> Vec<Arc<Tenant>> {
        self.departed.0.lock().iter().cloned().collect()
    }

    /// The one of this id that left last.
    pub fn departed_by_id(&self, id: &str) -> Option<Arc<Tenant>> {
        self.departed.0.lock().iter().rev().find(|tenant| &*tenant.id() == id).cloned()
    }
}
