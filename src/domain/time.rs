//! A point in time as the booth counts it: whole seconds, handed in by the caller.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Seconds since 1970-01-01T00:00:00Z.
///
/// The vendors print and count whole seconds, so the booth does too: a ticket ends exactly at the
/// second that was printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The range of a clock: the years from 1970 to 9998, so that every ticket's end can be written.
    pub const EARLIEST: Self = Self(0);
    pub const LATEST: Self = Self(253_370_764_800);
    /// The last second of the year 9999, behind which no time can be written.
    pub const WRITABLE: Self = Self(253_402_300_799);

    /// The point `seconds` after the epoch.
    pub const fn from_unix(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Seconds since the epoch.
    pub const fn unix_seconds(self) -> i64 {
        self.0
    }

    /// The point `minutes` later; stops at the last one that can be written.
    #[must_use]
    pub const fn plus_minutes(self, minutes: i64) -> Self {
        let later = self.0.saturating_add(minutes.saturating_mul(60));
        if later > Self::WRITABLE.0 { Self::WRITABLE } else { Self(later) }
    }

    /// Seconds from `earlier` to `self`, negative when `self` is the earlier one.
    pub const fn seconds_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// The time in RFC 3339, in UTC.
pub fn format_rfc3339(at: Timestamp) -> String {
    jiff::Timestamp::from_second(at.unix_seconds()).unwrap_or(jiff::Timestamp::MAX).to_string()
}
