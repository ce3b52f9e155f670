//! Calls counted in fixed windows of one second.

use dashmap::DashMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::SHARDS;
use crate::domain::Timestamp;
use crate::text::joined;

/// The rate windows of one sandbox, one for each key and action, whose names stand there as one.
#[derive(Debug)]
pub struct Rates(DashMap<Box<str>, Window>);

/// What no key has in it.
const BETWEEN: &str = "\0";

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
            joined([&key, BETWEEN, &action], |name| rates.0.insert(name.into(), Window { second, calls, before }));
        }
        rates
    }

    /// Every window, in no order.
    pub fn all(&self) -> Vec<RateWindow> {
        let windows = self.0.iter().map(|entry| {
            let &Window { second, calls, before } = entry.value();
            let (key, action) = entry.key().split_once(BETWEEN).unwrap_or_default();
            RateWindow { key: key.into(), action: action.into(), second, calls, before }
        });
        windows.collect()
    }

    /// Counts one more call.
    pub fn count(&self, key: &str, action: &str, now: Timestamp) -> Count {
        joined([key, BETWEEN, action], |name| {
            let known = self.0.get_mut(name);
            let begun = || Window { second: now, calls: 0, before: 0 };
            Self::one_more(&mut known.unwrap_or_else(|| self.0.entry(name.into()).or_insert_with(begun)), now)
        })
    }

    fn one_more(window: &mut Window, now: Timestamp) -> Count {
        if window.second != now {
            let before = if now.seconds_since(window.second) == 1 { window.calls } else { 0 };
            *window = Window { second: now, calls: 0, before };
        }
        window.calls += 1;
        Count { this_second: window.calls, second_before: window.before }
    }
}
