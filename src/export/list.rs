//! Which entries of a journal are listed, in which order, and in pages.

use std::cmp::Reverse;
use std::fmt;

use crate::document::{quote_text, suggest_word};
use crate::domain::Timestamp;
use crate::journal::Noted;
use crate::time;

/// The word for calls among the kinds of entries, and that for all kinds.
const CALL: &str = "call";
const ALL: &str = "all";

/// Entries that are listed unless another number is asked for.
pub const USUAL_LIMIT: usize = 100;

/// Entries that are listed at once. A cursor leads to more.
pub const MOST: usize = 10_000;

/// Which entries of a journal are listed.
#[derive(Clone, Debug, Default)]
pub struct Filters {
    kinds: Vec<String>,
    pub vendor: Option<String>,
    pub action: Option<String>,
    pub code: Option<String>,
    since: Option<Since>,
    pub limit: usize,
    below: Option<Rank>,
}

/// How many are listed.
///
/// # Errors
///
/// More than are listed at once.
pub fn check_limit(wanted: Option<usize>) -> Result<usize, BadFilter> {
    match wanted {
        Some(limit) if limit > MOST => {
            let message = format!("limit={limit} is more than are listed at once");
            Err(BadFilter {
                message,
                help: format!("at most {MOST}; `next` in the answer is the cursor of what follows"),
            })
        }
        limit => Ok(limit.unwrap_or(USUAL_LIMIT)),
    }
}

/// The error for a cursor that nobody gave out.
pub fn bad_cursor(text: &str) -> BadFilter {
    let help = "take the one that stands in the answer as `next`".to_owned();
    BadFilter { message: format!("invalid cursor {}", quote_text(text)), help }
}

/// From when on.
#[derive(Clone, Copy, Debug)]
enum Since {
    Serial(u64),
    Time(Timestamp),
}

/// The error for invalid filters, and what to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadFilter {
    pub message: String,
    pub help: String,
}

/// The fields that filters look at.
#[derive(Clone, Copy, Debug)]
pub struct Listed<'a> {
    pub serial: u64,
    pub at: Timestamp,
    pub vendor: &'a str,
    pub action: &'a str,
    pub code: Option<&'a str>,
}

impl Filters {
    /// The filters of a query, whose values `of` gives by their names.
    ///
    /// # Errors
    ///
    /// `since` is neither a number nor a time, or there is no such kind.
    pub fn from_query<'q>(of: impl Fn(&str) -> Option<&'q str>, limit: Option<usize>) -> Result<Self, BadFilter> {
        let text = |name: &str| of(name).map(str::to_owned);
        let since = of("since").map(|text| match text.parse() {
            Ok(serial) => Ok(Since::Serial(serial)),
            Err(_) => time::parse_instant(text).map(Since::Time),
        });
        let bad = |time::BadTime { message, help }| BadFilter { message, help };
        let kinds: Vec<String> = of("kind").unwrap_or(CALL).split(',').map(str::to_owned).collect();
        let known: Vec<&str> = [CALL, ALL].into_iter().chain(Noted::KINDS.iter().copied()).collect();
        if let Some(odd) = kinds.iter().find(|kind| !known.contains(&kind.as_str())) {
            let message = format!("unknown kind of entry {}", quote_text(odd));
            return Err(BadFilter { message, help: suggest_word(odd, &known).unwrap_or_default() });
        }
        Ok(Self {
            kinds,
            vendor: text("vendor"),
            action: text("action"),
            code: text("code"),
            since: since.transpose().map_err(bad)?,
            limit: self::check_limit(limit)?,
            below: of("cursor").map(Rank::parse_cursor).transpose()?,
        })
    }

    /// The newest of those that are listed from the cursor on, and where the next ones begin.
    pub fn cut_page<T>(&self, mut found: Vec<(Rank, T)>) -> (Vec<T>, Option<String>) {
        found.sort_unstable_by_key(|(rank, _)| Reverse(*rank));
        let first = self.below.map_or(0, |below| found.partition_point(|(rank, _)| *rank >= below));
        let has_more = found.len() - first > self.limit;
        let page: Vec<(Rank, T)> = found.into_iter().skip(first).take(self.limit).collect();
        let next = page.last().filter(|_| has_more).map(|(rank, _)| rank.to_string());
        (page.into_iter().map(|(_, one)| one).collect(), next)
    }

    fn wants_kind(&self, kind: &str) -> bool {
        self.kinds.iter().any(|known| known == kind || known == ALL)
    }

    /// Whether an entry of this kind that is no call is listed. `after` is the number of the newest call before it.
    pub fn fit_other(&self, kind: &str, after: u64, at: Timestamp) -> bool {
        let of_calls = self.vendor.is_some() || self.action.is_some() || self.code.is_some();
        self.wants_kind(kind)
            && !of_calls
            && match self.since {
                None => true,
                Some(Since::Serial(serial)) => after >= serial,
                Some(Since::Time(since)) => at >= since,
            }
    }

    pub fn fits_entry(&self, listed: &Listed<'_>) -> bool {
        self.wants_kind(CALL)
            && self.vendor.as_deref().is_none_or(|vendor| vendor == listed.vendor)
            && self.action.as_deref().is_none_or(|action| action == listed.action)
            && self.code.as_deref().is_none_or(|code| listed.code == Some(code))
            && match self.since {
                None => true,
                Some(Since::Serial(serial)) => listed.serial > serial,
                Some(Since::Time(at)) => listed.at >= at,
            }
    }
}

/// Where an entry stands in a list. In that of one journal only the numbers count, in that of several the wall time
/// goes before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    wall_us: i64,
    journal: usize,
    /// The number of the call, or of the newest one before it.
    serial: u64,
    /// 0 for a call, and what comes behind it by its place.
    place: usize,
}

impl fmt::Display for Rank {
    /// The cursor of this place.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { wall_us, journal, serial, place } = self;
        write!(f, "{wall_us}.{journal}.{serial}.{place}")
    }
}

impl Rank {
    /// The rank that a cursor stands for.
    ///
    /// # Errors
    ///
    /// It is none.
    fn parse_cursor(text: &str) -> Result<Self, BadFilter> {
        let mut parts = text.split('.').map(str::parse::<u64>);
        let mut part = || parts.next().and_then(Result::ok).ok_or_else(|| bad_cursor(text));
        let (wall_us, journal, serial, place) = (part()?, part()?, part()?, part()?);
        let of = |part: u64| usize::try_from(part).map_err(|_| bad_cursor(text));
        let rank = Self {
            wall_us: i64::try_from(wall_us).map_err(|_| bad_cursor(text))?,
            journal: of(journal)?,
            serial,
            place: of(place)?,
        };
        if parts.next().is_some() { Err(bad_cursor(text)) } else { Ok(rank) }
    }

    /// The number of its journal.
    pub fn journal(&self) -> usize {
        self.journal
    }

    /// The rank of a call; `wall_us` where several journals are listed.
    pub fn of_call(wall_us: Option<i64>, journal: usize, serial: u64) -> Self {
        Self { wall_us: wall_us.unwrap_or_default(), journal, serial, place: 0 }
    }

    /// The rank of something else, which has this number among such things in the journal, from 1.
    pub fn of_note(wall_us: Option<i64>, journal: usize, after: u64, number: usize) -> Self {
        Self { place: number, ..Self::of_call(wall_us, journal, after) }
    }
}
