//! Journals as a file: one line of JSON for each call, behind a line that says what the file holds.
//!
//! A line has everything that the admin API tells of a call, and the parameters that selectors look at. So what reads
//! such a file answers as the emulator did that wrote it, and recomputes nothing. Secrets are covered already.

mod read;
mod write;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::domain::Timestamp;
use crate::time;
pub use read::{Archive, Unreadable};
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

/// One call.
#[derive(Debug, Serialize, Deserialize)]
struct Line {
    /// Which of the header's sandboxes, counted from 0: several may have had one id.
    journal: usize,
    sandbox: String,
    /// The action as it is counted.
    counted: String,
    /// The world clock when the call came, in seconds since 1970.
    at: i64,
    /// Texts stand for themselves; what was JSON stands in a list of one.
    params: Vec<(String, Value)>,
    /// As `GET /journal/{id}` gives it.
    entry: Value,
}

/// The members of an entry that a list of entries leaves out.
const NOT_LISTED: &[&str] = &["arrival", "signed", "delivery", "covered", "request", "answer", "explanation"];

/// Entries that are listed unless another number is asked for.
const USUAL_LIMIT: usize = 100;

/// Which calls of a journal are listed.
#[derive(Clone, Debug, Default)]
pub struct Filters {
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
    /// `since` is neither a number nor a time.
    pub fn read<'q>(of: impl Fn(&str) -> Option<&'q str>, limit: Option<usize>) -> Result<Self, time::BadTime> {
        let text = |name: &str| of(name).map(str::to_owned);
        let since = of("since").map(|text| match text.parse() {
            Ok(serial) => Ok(Since::Serial(serial)),
            Err(_) => time::instant(text).map(Since::Time),
        });
        Ok(Self {
            vendor: text("vendor"),
            action: text("action"),
            code: text("code"),
            since: since.transpose()?,
            limit: limit.unwrap_or(USUAL_LIMIT),
        })
    }

    pub fn fit(&self, listed: &Listed<'_>) -> bool {
        self.vendor.as_deref().is_none_or(|vendor| vendor == listed.vendor)
            && self.action.as_deref().is_none_or(|action| action == listed.action)
            && self.code.as_deref().is_none_or(|code| listed.code == Some(code))
            && match self.since {
                None => true,
                Some(Since::Serial(serial)) => listed.serial > serial,
                Some(Since::Time(at)) => listed.at >= at,
            }
    }
}
