//! How much of what is bounded over all sandboxes is taken at the moment.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use crate::bounds::{BODIES, Bound, CONNECTIONS, SANDBOXES, WAITERS};

/// The gauges of an emulator. Who holds something of one gives it back by dropping it.
#[derive(Debug)]
pub struct Load {
    pub connections: Arc<Gauge>,
    pub bodies: Arc<Gauge>,
    pub waiters: Arc<Gauge>,
    pub sandboxes: Arc<Gauge>,
}

/// The number of something that is bounded.
#[derive(Debug)]
pub struct Gauge {
    pub bound: &'static Bound,
    most: AtomicUsize,
    held: AtomicUsize,
    refused: AtomicU64,
}

/// A part of a gauge, until it is dropped.
#[derive(Debug)]
pub struct Share {
    gauge: Arc<Gauge>,
    amount: usize,
}

impl Default for Load {
    fn default() -> Self {
        let [connections, bodies, waiters, sandboxes] =
            [&CONNECTIONS, &BODIES, &WAITERS, &SANDBOXES].map(Gauge::of_bound);
        Self { connections, bodies, waiters, sandboxes }
    }
}

impl Load {
    /// Every gauge, in the order of the documents.
    pub fn gauges(&self) -> [&Gauge; 4] {
        [&self.bodies, &self.connections, &self.waiters, &self.sandboxes]
    }
}

impl Gauge {
    fn of_bound(bound: &'static Bound) -> Arc<Self> {
        let (held, refused) = (AtomicUsize::new(0), AtomicU64::new(0));
        Arc::new(Self { bound, most: AtomicUsize::new(bound.most), held, refused })
    }

    /// Takes so much, if there is room for it; else the refusal is counted.
    pub fn hold(self: &Arc<Self>, amount: usize) -> Option<Share> {
        let most = self.most();
        let taken = self.held.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |held| {
            held.checked_add(amount).filter(|held| *held <= most)
        });
        if taken.is_err() {
            self.refused.fetch_add(1, Ordering::Relaxed);
        }
        taken.ok().map(|_| Share { gauge: Arc::clone(self), amount })
    }

    /// Sets how much may be taken; what is held stays.
    pub fn set_most(&self, most: usize) {
        self.most.store(most, Ordering::Relaxed);
    }

    pub fn most(&self) -> usize {
        self.most.load(Ordering::Relaxed)
    }

    pub fn held(&self) -> usize {
        self.held.load(Ordering::Relaxed)
    }

    /// Refusals since the emulator began.
    pub fn refused(&self) -> u64 {
        self.refused.load(Ordering::Relaxed)
    }
}

impl Share {
    pub const fn amount(&self) -> usize {
        self.amount
    }

    /// Takes so much more; `false`: there is no room for it, and the refusal is counted.
    pub fn grow(&mut self, amount: usize) -> bool {
        let Some(mut more) = self.gauge.hold(amount) else { return false };
        self.amount += std::mem::take(&mut more.amount);
        true
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.gauge.held.fetch_sub(self.amount, Ordering::Relaxed);
    }
}
