//! Notes beside the calls of a journal: changes of the sandbox, requests that are no calls, and marks.

use crate::bounds::{MARK, NOTED_TEXT};
use crate::domain::{Choice, Timestamp};

/// An entry that is no call.
#[derive(Debug)]
pub struct Note {
    /// Its number among those of its journal, from 1.
    pub number: u64,
    /// The number of the newest call before it.
    pub after: u64,
    /// The world clock.
    pub at: Timestamp,
    /// The wall clock in microseconds since 1970.
    pub wall_us: i64,
    pub what: Noted,
}

/// The note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Noted {
    /// A text that somebody put there: the name of the test that begins.
    Mark(Box<str>),
    /// The clock was moved from one time to another.
    Clock { from: Timestamp, to: Timestamp, frozen: bool },
    /// These parts were made anew.
    Reset { what: Vec<&'static str> },
    /// There are so many rules now.
    Rules { count: usize },
    /// A scenario began; `None`: it ended.
    Scenario { name: Option<Box<str>> },
    /// These answers to open questions hold from now on.
    Assumptions { changed: Vec<Choice> },
    /// A browser asked whether it may call, or a request ended before the API.
    Preflight { vendor: &'static str, method: Box<str>, path: Box<str>, status: u16 },
    /// A request that fits no vendor.
    Stranger { method: Box<str>, path: Box<str> },
    /// What came is no request of a vendor's at all: TLS on a plain port, a CONNECT, a message that is no HTTP.
    Other { what: &'static str, text: Box<str> },
}

/// The memory of a note beside its texts.
const OVERHEAD: usize = 128;

impl Noted {
    /// Every kind there is.
    pub const KINDS: &'static [&'static str] =
        &["mark", "clock", "reset", "rules", "scenario", "assumptions", "preflight", "stranger", "other"];

    /// The word for lists.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Mark(_) => "mark",
            Self::Clock { .. } => "clock",
            Self::Reset { .. } => "reset",
            Self::Rules { .. } => "rules",
            Self::Scenario { .. } => "scenario",
            Self::Assumptions { .. } => "assumptions",
            Self::Preflight { .. } => "preflight",
            Self::Stranger { .. } => "stranger",
            Self::Other { .. } => "other",
        }
    }

    /// What the log and listeners are told of a request that is no call; empty for everything else.
    pub fn stray_text(&self) -> String {
        match self {
            Self::Preflight { vendor, method, path, status } => {
                format!("{method} {path} answered with {status} before the API of {vendor}")
            }
            Self::Stranger { method, path } => format!("{method} {path} fits no vendor"),
            Self::Other { text, .. } => text.to_string(),
            Self::Mark(_)
            | Self::Clock { .. }
            | Self::Reset { .. }
            | Self::Rules { .. }
            | Self::Scenario { .. }
            | Self::Assumptions { .. } => String::new(),
        }
    }

    /// A mark of this text.
    ///
    /// # Errors
    ///
    /// What is wrong with the text.
    pub fn mark(text: &str) -> Result<Self, &'static str> {
        match text.chars().count() {
            0 => Err("a mark has a text"),
            count if count > MARK.most => Err("a mark has 500 characters at most"),
            _ if text.chars().any(char::is_control) => Err("a mark has no control characters"),
            _ => Ok(Self::Mark(text.into())),
        }
    }

    /// A text of a client, cut where it is too long to be kept.
    pub fn cut_text(text: &str) -> Box<str> {
        text.chars().take(NOTED_TEXT.most).collect::<String>().into()
    }
}

impl Note {
    /// Bytes that the note takes of the journal, near enough for a bound.
    pub(super) fn weight(&self) -> usize {
        OVERHEAD
            + match &self.what {
                Noted::Mark(text) => text.len(),
                Noted::Preflight { method, path, .. } | Noted::Stranger { method, path } => method.len() + path.len(),
                Noted::Other { text, .. } => text.len(),
                Noted::Scenario { name } => name.as_ref().map_or(0, |name| name.len()),
                Noted::Assumptions { changed } => changed.len() * size_of::<Choice>(),
                Noted::Reset { what } => what.len() * size_of::<&str>(),
                Noted::Clock { .. } | Noted::Rules { .. } => 0,
            }
    }
}
