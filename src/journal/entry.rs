//! One call as it is remembered: what came, what went out, and how it was decided.

use std::sync::Arc;

use crate::call::{Params, RawRequest, Text};
use crate::domain::{Change, Choice, Refusal, RequestId, Ticket, Timestamp};
use crate::reply::{Reply, Said};
use crate::trail::Trail;
use crate::world::World;
use crate::world::things::ThingNote;

/// An entry of a journal.
#[derive(Debug)]
pub struct Entry {
    /// Its number in the journal, from 1.
    pub serial: u64,
    pub told: CallRecord,
}

/// The record of one call.
///
/// Everything is kept as it came, secrets included: whoever shows an entry takes them out.
#[derive(Debug)]
pub struct CallRecord {
    pub request_id: RequestId,
    /// The world clock when the call came.
    pub at: Timestamp,
    pub kind: CallKind,
    pub vendor: &'static str,
    /// The sandbox that it is in.
    pub sandbox: Arc<str>,
    /// The visitor, where that was told or could be.
    pub visitor: Option<Box<str>>,
    /// As it was asked for; for a page, the name of its [`CallKind`].
    pub action: Text,
    /// The same where the vendor has such an action, else `other`.
    pub counted: &'static str,
    pub version: Option<Text>,
    pub raw: Arc<RawRequest>,
    /// The parameters as rules and expectations see them; for a page, the pairs of its link.
    pub params: Params,
    pub reply: Reply,
    pub outcome: Outcome,
    /// The rule that shaped the answer.
    pub rule: Option<Arc<str>>,
    /// Where that rule stands, as `throttled.yaml:7`; `None`: in no file.
    pub rule_place: Option<Arc<str>>,
    /// The step of the rule's sequence, counted from 1; 0 without a rule.
    pub step: usize,
    /// The damage to the answer, by its name in a rule.
    pub mangled: Option<&'static str>,
    /// The changes that the call made to tickets, in their order.
    pub changes: Vec<Change>,
    /// Notes on what the call did to things of the world; of a refused one, on what earlier calls had done to those that it names.
    pub notes: Vec<ThingNote>,
    /// The ticket that a refused call named, as it was then.
    pub named: Option<Box<Ticket>>,
    pub trail: Trail,
    /// The world that decided, without what calls had changed in it.
    pub world: Arc<World>,
    /// The wall clock when the request was read, in microseconds since 1970.
    pub received_us: i64,
    /// The same when its answer was made. How it was delivered then is in the reply.
    pub answered_us: i64,
    pub duration_us: u64,
}

/// The outcome of a call for its client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Success,
    Refused(Said),
    /// A rule answered with a response of its own.
    Scripted,
    /// A rule lost the call or its answer.
    Lost,
}

impl Outcome {
    /// Every name of an outcome.
    pub const NAMES: &'static [&'static str] = &["success", "refused", "scripted", "lost"];

    /// The word for it in lists, counters and expectations.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Refused(_) => "refused",
            Self::Scripted => "scripted",
            Self::Lost => "lost",
        }
    }

    /// The vendor's code in the answer, where it is a refusal.
    pub fn code(&self) -> Option<&str> {
        self.said().map(|said| &*said.code)
    }

    /// The refusal in the vendor's words, where there was one.
    pub const fn said(&self) -> Option<&Said> {
        match self {
            Self::Refused(said) => Some(said),
            Self::Success | Self::Scripted | Self::Lost => None,
        }
    }

    /// Why it was refused, unless a rule wanted it so.
    pub fn refusal(&self) -> Option<&Refusal> {
        self.said().and_then(|said| said.why.as_ref())
    }
}

/// The kind of request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CallKind {
    Call,
    /// An embed page that takes a use.
    Visit,
    /// An embed page that only looks whether it could.
    Look,
    /// The data call of an open page.
    Data,
}

impl CallKind {
    /// The name under which a page stands where an action's name is asked for; `None`: it is a call.
    pub const fn page_name(self) -> Option<&'static str> {
        match self {
            Self::Call => None,
            Self::Visit => Some("visit"),
            Self::Look => Some("look"),
            Self::Data => Some("data"),
        }
    }
}

/// The memory of an entry beside its texts: the structs and their allocations.
const OVERHEAD: usize = 1024;

impl CallRecord {
    /// The assumptions that were consulted, with the answers that were taken.
    pub fn assumed_choices(&self) -> impl Iterator<Item = Choice> + '_ {
        self.trail.assumptions().iter().map(|row| (row.name, self.world.assumptions.answer_to(row)))
    }

    /// Bytes that the entry takes of the journal beside its texts, near enough for a bound.
    pub(super) fn weight_beside_texts(&self) -> usize {
        let said = self.outcome.said().map_or(0, |said| said.code.len() + said.message.len());
        let tickets = self.changes.len() * size_of::<Change>() + self.named.as_ref().map_or(0, |_| size_of::<Ticket>());
        OVERHEAD + tickets + said + self.notes.iter().map(ThingNote::weight).sum::<usize>()
    }
}
