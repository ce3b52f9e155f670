//! Hosts that a client wanted to be led to, and that nobody is.

use std::collections::BTreeMap;

use parking_lot::Mutex;

use super::Emulator;
use super::unseen::Stray;
use crate::journal::Noted;

/// Names that are kept. Behind them only the counters go on.
const NAMES: usize = 100;

/// The hosts with how often each was refused.
#[derive(Debug, Default)]
pub struct RefusedHosts(Mutex<BTreeMap<Box<str>, u64>>);

impl RefusedHosts {
    fn count(&self, host: &str) {
        let mut hosts = self.0.lock();
        let is_room = hosts.len() < NAMES;
        match hosts.get_mut(host) {
            Some(times) => *times += 1,
            None if is_room => _ = hosts.insert(host.into(), 1),
            None => {}
        }
    }

    /// Each with its number, in the order of their names.
    pub fn all(&self) -> Vec<(String, u64)> {
        self.0.lock().iter().map(|(host, times)| (host.to_string(), *times)).collect()
    }
}

impl Emulator {
    /// Counts a host that a client is not led to, and notes it.
    pub fn note_refused_host(&self, host: &str, text: &str) {
        let redactor = self.make_redactor();
        self.refused_hosts.count(&Noted::cut_text(&redactor.redact_text(host)));
        self.note_stray_text(Stray::Connect, &redactor.redact_text(text));
    }
}
