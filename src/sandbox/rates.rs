//! Calls counted in fixed windows of one second.

use dashmap::DashMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::SHARDS;
use crate::domain::Timestamp;

/// The rate windows of one sandbox, one for each key and action.
#[derive(Debug)]
pub struct Rates(DashMap<(Box<str>, Box<str>), Window>);

impl Default for Rates {
    fn default() -> Self {
        Self(DashMap::with_shard_amount(SHARDS))
    }
}

#[derive(Debug)]
struct Window {
    second: Timestamp,
    calls: u64,
    before: u64,
}

/// One rate window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RateWindow {
    pub key: Box<str>,
    pub action: Box<str>,
    pub second: Timestamp,
    /// Calls in that second.
    pub calls: u64,
    /// Calls in the second before.
    pub before: u64,
}

/// How many calls there were, the one that was just counted among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// In this second so far.
    pub this_second: u64,
    /// In the whole second before.
    pub second_before: u64,
}

impl Rates {
    /// The windows, as if the calls had been counted here.
    pub fn of(windows: Vec<RateWindow>) -> Self {
        let rates = Self::default();
        for RateWindow { key, action, second, calls, before } in windows {
            rates.0.insert((key, action), Window { second, calls, before });
        }
        rates
    }

    /// Every window, in no order.
    pub fn all(&self) -> Vec<RateWindow> {
        let windows = self.0.iter().map(|entry| {
            let ((key, action), &Window { second, calls, before }) = (entry.key().clone(), entry.value());
            RateWindow { key, action, second, calls, before }
        });
        windows.collect()
    }

    /// Counts one more call.
    pub fn count(&self, key: &str, action: &str, now: Timestamp) -> Count {
        let name = (Box::from(key), Box::from(action));
        let mut window = self.0.entry(name).or_insert(Window { second: now, calls: 0, before: 0 });
        if window.second != now {
            let before = if now.seconds_since(window.second) == 1 { window.calls } else { 0 };
            *window = Window { second: now, calls: 0, before };
        }
        window.calls += 1;
        Count { this_second: window.calls, second_before: window.before }
    }
}
