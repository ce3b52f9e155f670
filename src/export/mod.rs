//! Journals as a file: one line of JSON for each call, behind a line that says what the file holds.
//!
//! A line has everything that the admin API tells of a call, and the parameters that selectors look at. So what reads
//! such a file answers as the emulator did that wrote it, and recomputes nothing. Secrets are covered already.

mod read;
mod write;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::document::{quote, suggestion};
use crate::domain::{RequestId, Timestamp};
use crate::journal::Noted;
use crate::time;
pub use read::{Archive, EVERY, Unreadable};
pub use write::lines;

/// The version of the format that is written, and the only one that is read.
pub const FORMAT: u32 = 1;

pub const MEDIA_TYPE: &str = "application/jsonl";

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
struct Header {
    ticketbooth_journal: u32,
    /// Of the program that wrote it.
    version: String,
    sandboxes: Vec<Sandbox>,
}

/// What is told of the journal of one sandbox.
#[derive(Debug, Serialize, Deserialize)]
struct Sandbox {
    id: String,
    /// Whether it was deleted before this was written.
    deleted: bool,
    /// The test that it was made for, where it said so.
    origin: Value,
    /// Calls that were ever answered.
    total: u64,
    /// Calls that were kept no more, and so are not in the file.
    dropped: u64,
    counts: Vec<Count>,
}

/// How many calls there were of one kind, those that are kept no more included.
#[derive(Debug, Serialize, Deserialize)]
struct Count {
    vendor: String,
    action: String,
    outcome: String,
    code: Option<String>,
    calls: u64,
}

impl Count {
    fn borrowed(&self) -> crate::journal::Count<'_> {
        let Self { vendor, action, outcome, code, calls } = self;
        crate::journal::Count { vendor, action, outcome, code: code.as_deref(), calls: *calls }
    }
}

/// One entry: a call, or something else that happened.
#[derive(Debug, Serialize, Deserialize)]
struct Line {
    /// Which of the header's sandboxes, counted from 0: several may have had one id.
    journal: usize,
    sandbox: String,
    #[serde(flatten)]
    what: Entry,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Entry {
    Call(CallLine),
    Other {
        /// As `GET /journal?kind=…` gives it.
        other: Value,
    },
}

#[derive(Debug, Serialize, Deserialize)]
struct CallLine {
    /// The action as it is counted.
    counted: String,
    /// The world clock when the call came, in seconds since 1970.
    at: i64,
    /// Texts stand for themselves; what was JSON stands in a list of one.
    params: Vec<(String, Value)>,
    /// As `GET /journal/{id}` gives it.
    entry: Value,
}

/// The word for calls among the kinds of entries, and that for all kinds.
const CALL: &str = "call";
const ALL: &str = "all";

/// The members of an entry that a list of entries leaves out.
const NOT_LISTED: &[&str] = &["arrival", "signed", "delivery", "covered", "request", "answer", "explanation"];

/// Entries that are listed unless another number is asked for.
const USUAL_LIMIT: usize = 100;

/// Which entries of a journal are listed.
#[derive(Clone, Debug, Default)]
pub struct Filters {
    kinds: Vec<String>,
    pub vendor: Option<String>,
    pub action: Option<String>,
    pub code: Option<String>,
    since: Option<Since>,
    pub limit: usize,
}

/// From when on.
#[derive(Clone, Copy, Debug)]
enum Since {
    Serial(u64),
    Time(Timestamp),
}

/// What is wrong with the words of filters, and what to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit {
    pub message: String,
    pub help: String,
}

/// What filters look at.
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
    pub fn read<'q>(of: impl Fn(&str) -> Option<&'q str>, limit: Option<usize>) -> Result<Self, Unfit> {
        let text = |name: &str| of(name).map(str::to_owned);
        let since = of("since").map(|text| match text.parse() {
            Ok(serial) => Ok(Since::Serial(serial)),
            Err(_) => time::instant(text).map(Since::Time),
        });
        let bad = |time::BadTime { message, help }| Unfit { message, help };
        let kinds: Vec<String> = of("kind").unwrap_or(CALL).split(',').map(str::to_owned).collect();
        let known: Vec<&str> = [CALL, ALL].into_iter().chain(Noted::KINDS.iter().copied()).collect();
        if let Some(odd) = kinds.iter().find(|kind| !known.contains(&kind.as_str())) {
            let message = format!("there is no kind of entry {}", quote(odd));
            return Err(Unfit { message, help: suggestion(odd, &known).unwrap_or_default() });
        }
        Ok(Self {
            kinds,
            vendor: text("vendor"),
            action: text("action"),
            code: text("code"),
            since: since.transpose().map_err(bad)?,
            limit: limit.unwrap_or(USUAL_LIMIT),
        })
    }

    fn wants(&self, kind: &str) -> bool {
        self.kinds.iter().any(|known| known == kind || known == ALL)
    }

    /// Whether an entry of this kind that is no call is listed. `after` is the number of the newest call before it.
    pub fn fit_other(&self, kind: &str, after: u64, at: Timestamp) -> bool {
        let of_calls = self.vendor.is_some() || self.action.is_some() || self.code.is_some();
        self.wants(kind)
            && !of_calls
            && match self.since {
                None => true,
                Some(Since::Serial(serial)) => after >= serial,
                Some(Since::Time(since)) => at >= since,
            }
    }

    pub fn fit(&self, listed: &Listed<'_>) -> bool {
        self.wants(CALL)
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

/// The call that is meant: by its number in the journal, or by a request id, of which several calls may have one: a
/// sandbox that is loaded or made again draws the same ids again.
#[derive(Clone, Copy, Debug)]
pub enum Wanted {
    Serial(u64),
    RequestId(Uuid),
}

impl Wanted {
    /// `None`: it is neither.
    pub fn read(text: &str) -> Option<Self> {
        let serial = text.parse().ok().map(Self::Serial);
        serial.or_else(|| Uuid::parse_str(text).ok().map(Self::RequestId))
    }

    pub fn is(&self, serial: u64, request_id: RequestId) -> bool {
        match self {
            Self::Serial(wanted) => *wanted == serial,
            Self::RequestId(wanted) => request_id.is(*wanted),
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

impl Rank {
    /// The rank of a call; `wall_us` where several journals are listed.
    pub fn call(wall_us: Option<i64>, journal: usize, serial: u64) -> Self {
        Self { wall_us: wall_us.unwrap_or_default(), journal, serial, place: 0 }
    }

    /// The rank of something else, which is number `place` of its kind in the journal, from 0.
    pub fn other(wall_us: Option<i64>, journal: usize, after: u64, place: usize) -> Self {
        Self { place: place + 1, ..Self::call(wall_us, journal, after) }
    }
}
