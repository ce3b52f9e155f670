//! One call as it is remembered: what came, what went out, and how it was decided.

use std::sync::Arc;

use uuid::Uuid;

use crate::call::RawRequest;
use crate::domain::{Refusal, Timestamp};
use crate::reply::Reply;
use crate::trail::Trail;
use crate::world::World;

/// An entry of a journal.
#[derive(Debug)]
pub struct Entry {
    /// Its number in the journal, from 1.
    pub serial: u64,
    pub(super) weight: usize,
    pub told: Told,
}

/// What the pipeline tells of one call.
///
/// Everything is kept as it came, secrets included: whoever shows an entry takes them out.
#[derive(Debug)]
pub struct Told {
    pub request_id: Uuid,
    /// The world clock when the call came.
    pub at: Timestamp,
    pub kind: Kind,
    pub vendor: &'static str,
    /// As it was asked for; `visit` for an embed page, `data` for what an open page fetches.
    pub action: Box<str>,
    /// The same where the vendor has such an action, else `other`.
    pub counted: &'static str,
    pub version: Option<Box<str>>,
    pub raw: RawRequest,
    pub reply: Reply,
    /// The vendor's code in the answer; `None` for a success.
    pub code: Option<Box<str>>,
    /// Why it was refused, unless somebody ordered that.
    pub refusal: Option<Refusal>,
    /// The rule that shaped the answer.
    pub rule: Option<Arc<str>>,
    pub trail: Trail,
    /// The world that decided.
    pub world: Arc<World>,
    pub duration_us: u64,
}

/// What kind of request it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Call,
    Visit,
    /// What an open page fetches.
    Data,
}

/// What an entry takes beside the texts in it: the structs, headers and their allocations.
const OVERHEAD: usize = 1024;

impl Told {
    /// Bytes that the entry takes of the journal, near enough for a bound.
    pub(super) fn weight(&self) -> usize {
        let raw = &self.raw;
        let headers: usize = raw.headers.iter().map(|(name, value)| name.len() + value.len() + 48).sum();
        OVERHEAD + raw.target.len() + headers + raw.body.len() + self.reply.body.len()
    }
}
