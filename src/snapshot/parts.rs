//! The readings that several parts of a document share, and what is wrong where one of them fails.

use std::ops::RangeInclusive;

use crate::cloud::vendors;
use crate::domain::{Family, Timestamp};

/// The error in a document, with its place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {cause}")]
pub struct BadSnapshot {
    pub place: String,
    pub cause: String,
    /// The next step.
    pub hint: String,
}

impl BadSnapshot {
    pub(super) fn new(place: impl Into<String>, cause: impl Into<String>) -> Self {
        let hint = "write it again with `ticketbooth snapshot save FILE`".to_owned();
        Self { place: place.into(), cause: cause.into(), hint }
    }
}

/// The range of times: the years from 1970 to 9999.
const TIMES: RangeInclusive<i64> = Timestamp::EARLIEST.unix_seconds()..=Timestamp::WRITABLE.unix_seconds();

/// The family of this name, which some action has.
pub(super) fn read_family(vendor: &str, kind: &str, place: impl Fn() -> String) -> Result<Family, BadSnapshot> {
    let mut families = vendors().iter().flat_map(|vendor| vendor.catalog.actions).filter_map(|action| action.family());
    let found = families.find(|family| family.vendor() == vendor && family.kind() == kind);
    found.ok_or_else(|| BadSnapshot::new(place(), format!("{vendor} has no tickets of kind \"{kind}\"")))
}

pub(super) fn read_time(unix: i64, place: impl Fn() -> String) -> Result<Timestamp, BadSnapshot> {
    let fits = TIMES.contains(&unix).then(|| Timestamp::from_unix(unix));
    fits.ok_or_else(|| BadSnapshot::new(place(), format!("{unix} is not a time between the years 1970 and 9999")))
}

/// A number that can be counted on from.
pub(super) fn read_count(count: u64, place: impl Fn() -> String) -> Result<u64, BadSnapshot> {
    let fits = i64::try_from(count).is_ok().then_some(count);
    fits.ok_or_else(|| BadSnapshot::new(place(), format!("{count} is more than can ever be counted")))
}
