//! Calls counted in fixed windows of one second.

use dashmap::DashMap;

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
}

impl Rates {
    /// Counts one more call and gives the number of calls in its second so far.
    pub fn count(&self, key: &str, action: &str, now: Timestamp) -> u64 {
        let name = (Box::from(key), Box::from(action));
        let mut window = self.0.entry(name).or_insert(Window { second: now, calls: 0 });
        if window.second != now {
            *window = Window { second: now, calls: 0 };
        }
        window.calls += 1;
        window.calls
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_counts_its_own_key_action_and_second() {
        let rates = Rates::default();
        let now = Timestamp::from_unix(7);
        assert_eq!(rates.count("a", "x", now), 1);
        assert_eq!(rates.count("a", "x", now), 2);
        assert_eq!(rates.count("b", "x", now), 1);
        assert_eq!(rates.count("a", "y", now), 1);
        assert_eq!(rates.count("a", "x", Timestamp::from_unix(8)), 1);
    }
}
