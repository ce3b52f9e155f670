//! Calls counted in fixed windows of one second.

use dashmap::DashMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::SHARDS;
use crate::domain::Timestamp;
use crate::text::with_joined;

/// The rate windows of one sandbox, one for each key and action, whose names stand there as one.
#[derive(Debug)]
pub struct Rates(DashMap<Box<str>, SecondWindow>);

/// The separator, which no key has in it.
const BETWEEN: &str = "\0";

impl Default for Rates {
    fn default() -> Self {
        Self(DashMap::with_shard_amount(SHARDS))
    }
}

#[derive(Debug)]
struct SecondWindow {
    second: Timestamp,
    calls: u64,
    before: u64,
}

/// One rate window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SavedWindow {
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
pub struct RateCount {
    /// In this second so far.
    pub this_second: u64,
    /// In the whole second before.
    pub second_before: u64,
}

impl Rates {
    /// The windows, as if the calls had been counted here.
    pub fn from_windows(windows: Vec<SavedWindow>) -> Self {
        let rates = Self::default();
        for SavedWindow { key, action, second, calls, before } in windows {
            with_joined([&key, BETWEEN, &action], |name| {
                rates.0.insert(name.into(), SecondWindow { second, calls, before })
            });
        }
        rates
    }

    /// Every window, in no order.
    pub fn all_windows(&self) -> Vec<SavedWindow> {
        let windows = self.0.iter().map(|entry| {
            let &SecondWindow { second, calls, before } = entry.value();
            let (key, action) = entry.key().split_once(BETWEEN).unwrap_or_default();
            SavedWindow { key: key.into(), action: action.into(), second, calls, before }
        });
        windows.collect()
    }

    /// Counts one more call.
    pub fn count_call(&self, key: &str, action: &str, now: Timestamp) -> RateCount {
        with_joined([key, BETWEEN, action], |name| {
            let known = self.0.get_mut(name);
            let begun = || SecondWindow { second: now, calls: 0, before: 0 };
            Self::one_more(&mut known.unwrap_or_else(|| self.0.entry(name.into()).or_insert_with(begun)), now)
        })
    }

    /// Takes one call of this second back.
    pub fn take_back(&self, key: &str, action: &str, now: Timestamp) {
        let window = with_joined([key, BETWEEN, action], |name| self.0.get_mut(name));
        if let Some(mut window) = window.filter(|window| window.second == now) {
            window.calls = window.calls.saturating_sub(1);
        }
    }

    fn one_more(window: &mut SecondWindow, now: Timestamp) -> RateCount {
        if window.second != now {
            let before = if now.seconds_since(window.second) == 1 { window.calls } else { 0 };
            *window = SecondWindow { second: now, calls: 0, before };
        }
        window.calls += 1;
        RateCount { this_second: window.calls, second_before: window.before }
    }
}
