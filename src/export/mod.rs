//! Journals as a file: one line of JSON for each call, behind a line that says what the file holds.
//!
//! A line has everything that the admin API tells of a call, and the parameters that selectors look at. So what reads
//! such a file answers as the emulator did that wrote it, and recomputes nothing. Secrets are covered already.

mod history;
mod list;
mod read;
mod write;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::domain::RequestId;
pub use list::{BadFilter, Filters, Listed, Rank, bad_cursor, check_limit};
pub use read::{Archive, BadExport, EVERY};
pub use write::export_lines;

/// The version of the format that is written, and the only one that is read.
pub const FORMAT: u32 = 1;

pub const MEDIA_TYPE: &str = "application/jsonl";

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
struct Header {
    ticketbooth_journal: u32,
    /// Of the program that wrote it.
    version: String,
    sandboxes: Vec<SandboxHeader>,
}

/// The header of the journal of one sandbox.
#[derive(Debug, Serialize, Deserialize)]
struct SandboxHeader {
    id: String,
    /// Whether it was deleted before this was written.
    deleted: bool,
    /// The test that it was made for, where it said so.
    origin: Value,
    /// Calls that were ever answered.
    total: u64,
    /// Calls that were kept no more, and so are not in the file.
    dropped: u64,
    counts: Vec<CountLine>,
}

/// How many calls there were of one kind, those that are kept no more included.
#[derive(Debug, Serialize, Deserialize)]
struct CountLine {
    vendor: String,
    action: String,
    outcome: String,
    code: Option<String>,
    calls: u64,
}

impl CountLine {
    fn to_count(&self) -> crate::journal::CallCount<'_> {
        let Self { vendor, action, outcome, code, calls } = self;
        crate::journal::CallCount { vendor, action, outcome, code: code.as_deref(), calls: *calls }
    }
}

/// One entry: a call, or something else that happened.
#[derive(Debug, Serialize, Deserialize)]
struct ExportLine {
    /// Which of the header's sandboxes, counted from 0: several may have had one id.
    journal: usize,
    sandbox: String,
    #[serde(flatten)]
    what: ExportEntry,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum ExportEntry {
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

/// The members of an entry that a list of entries leaves out.
const NOT_LISTED: &[&str] = &["arrival", "signed", "delivery", "covered", "request", "answer", "explanation"];

/// The call that is meant: by its number in the journal, or by a request id, of which several calls may have one: a
/// sandbox that is loaded or made again draws the same ids again.
#[derive(Clone, Copy, Debug)]
pub enum Wanted {
    Serial(u64),
    RequestId(Uuid),
}

impl Wanted {
    /// `None`: it is neither.
    pub fn parse_id(text: &str) -> Option<Self> {
        let serial = text.parse().ok().map(Self::Serial);
        serial.or_else(|| Uuid::parse_str(text).ok().map(Self::RequestId))
    }

    pub fn is_meant(&self, serial: u64, request_id: RequestId) -> bool {
        match self {
            Self::Serial(wanted) => *wanted == serial,
            Self::RequestId(wanted) => request_id.has_bits(*wanted),
        }
    }
}
