//! The vendors: what each one says differently, behind one trait, and the list of them.
//!
//! A vendor reads a request into a [`Call`], computes what the signature should have been, describes
//! its actions, errors and open questions as rows, and wraps an outcome into its own envelope. It
//! judges nothing: freshness, equality, replay and rate are `gateway`'s, tickets are `domain`'s.

pub mod alibaba;
pub mod catalog;
mod check;
pub mod client;
pub mod draft;
pub mod examples;
pub mod mistakes;
pub mod params;
pub mod tencent;
pub mod words;

use jiff::tz::TimeZone;
use serde_json::Value;

use crate::call::{Call, Language, RawRequest};
use crate::domain::{Assumption, Assumptions, Family, Refusal, RequestId, Spelling, TargetHint, Terms, Timestamp};
use crate::reply::{Reply, Said};
use catalog::{Action, ErrorRow, KnownAction, Text};
pub use check::{Check, Look, Proof, RateWindow};
use client::Wish;
use draft::Draft;
use examples::Examples;
use mistakes::Mistake;
use params::Policy;
use words::Spoken;

/// Every vendor, in the order in which they are asked whose request it is.
pub static VENDORS: &[&'static dyn Vendor] = &[&tencent::Tencent, &alibaba::Alibaba];

/// The vendor of this name.
pub fn named(name: &str) -> Option<&'static dyn Vendor> {
    VENDORS.iter().copied().find(|vendor| vendor.name() == name)
}

/// Every open question of every vendor.
pub fn assumptions() -> Vec<&'static Assumption> {
    VENDORS.iter().flat_map(|vendor| vendor.assumptions().iter().copied()).collect()
}

/// What one vendor does differently.
pub trait Vendor: Sync {
    /// The lower-case word used in flags, rules and documents.
    fn name(&self) -> &'static str;

    /// Whether this `Host` is one of the vendor's own.
    fn owns_host(&self, host: &str) -> bool;

    /// Whether the request carries marks that only this vendor's clients send.
    fn has_marks(&self, raw: &RawRequest) -> bool;

    /// What [`Vendor::has_marks`] looks for, for people whose request had none of it.
    fn marks(&self) -> &'static str;

    /// Reads the request. Total: what cannot be read is left out, and the first fault is kept.
    fn read(&self, raw: &RawRequest) -> Call;

    /// The answer to a request that never reaches the API, such as a browser's question before a call.
    fn preflight(&self, _raw: &RawRequest, _assumptions: &Assumptions) -> Option<Reply> {
        None
    }

    /// Puts the world's answers to open questions into a call that was read without them.
    fn settle(&self, _call: &mut Call, _assumptions: &Assumptions) {}

    /// Parameters and headers that carry a signature or a session token, in lower case.
    fn veiled(&self) -> &'static [&'static str];

    /// The checks of the gateway in the order in which they answer.
    fn checks(&self) -> &'static [Check];

    /// The steps of the signature that `secret` gives for the request.
    ///
    /// A vendor may allow several readings of one request; `attempt` counts through them from 0.
    /// `None`: there is no such attempt.
    fn draft(&self, look: &Look<'_>, secret: &str, attempt: usize) -> Option<Draft>;

    /// The intermediates and the signature of the same.
    fn prove(&self, look: &Look<'_>, secret: &str, attempt: usize) -> Option<Proof> {
        self.draft(look, secret, attempt).map(|draft| draft.proof())
    }

    /// The mistakes that only clients of this vendor make when they sign.
    fn mistakes(&self) -> &'static [&'static [Mistake]];

    /// The refusal for a signature that is not the one in `proof`, the first attempt's.
    fn mismatch(&self, proof: Proof) -> Refusal {
        let Proof { canonical_request, string_to_sign, .. } = proof;
        match canonical_request {
            Some(canonical_request) => Refusal::CanonicalMismatch { string_to_sign, canonical_request },
            None => Refusal::SignatureMismatch { string_to_sign },
        }
    }

    /// Which calls count against the limit of a second.
    fn rate_window(&self, _assumptions: &Assumptions) -> RateWindow {
        RateWindow::Fixed
    }

    /// The refusal of the call that is number `count` of its window, where only `limit` may come in.
    fn throttled(&self, count: u64, limit: u64, _assumptions: &Assumptions) -> Refusal {
        Refusal::Throttled { count, limit }
    }

    /// The actions that are served.
    fn actions(&self) -> &'static [&'static Action];

    /// Every action the vendor has, served or not, with the versions it exists in.
    fn known_actions(&self) -> &'static [KnownAction];

    fn errors(&self) -> &'static [&'static ErrorRow];

    /// One call for every error code that a call can provoke.
    fn examples(&self) -> &'static Examples;

    /// The request that a client of the vendor sends for the wish, with the signature put in its place.
    fn compose(&self, wish: &Wish, signature: &str) -> RawRequest;

    fn assumptions(&self) -> &'static [&'static Assumption];

    /// The terms under which a call of the action changes tickets.
    fn terms(&self, action: &Action, _call: &Call, assumptions: &Assumptions) -> Terms {
        (action.terms)(assumptions)
    }

    /// How the vendor treats parameters before any action sees them.
    fn policy(&self) -> &'static Policy;

    /// The HTTP status of an error row whose status depends on the API version.
    fn status_of_version(&self, version: &str) -> u16;

    /// The refusal that is told in the place of this one, where the vendor has several ways to say it and no
    /// public source settles which.
    fn as_told(&self, _refusal: &Refusal, _spoken: &Spoken<'_>) -> Option<Refusal> {
        None
    }

    /// The language in which the row's message is told.
    fn language(&self, _row: &ErrorRow, spoken: &Spoken<'_>) -> Language {
        spoken.language
    }

    /// Whether the code stands in the place of this text.
    fn keeps_back(&self, _text: &Text, _assumptions: &Assumptions) -> bool {
        false
    }

    /// Wraps the action's result, or what is said of a refusal, into the vendor's envelope.
    fn envelope(&self, stamp: &Stamp<'_>, call: &Call, outcome: Result<&Value, &Said>) -> Reply;

    /// How the vendor writes its request ids.
    fn spelling(&self) -> Spelling;

    /// Where in the body of an answer the request id stands, from the outermost name to the innermost.
    fn request_id_path(&self) -> &'static [&'static str];

    /// What an embed page asks for, when the request is for one of this vendor's pages.
    fn visit(&self, raw: &RawRequest) -> Option<VisitAsk>;

    /// Whether there is a page at a path that [`Vendor::visit`] takes for one.
    fn has_page(&self, _path: &str, _assumptions: &Assumptions) -> bool {
        true
    }

    /// The terms under which a visit uses a ticket.
    fn visit_terms(&self, _assumptions: &Assumptions) -> Terms {
        Terms::default()
    }

    /// The HTTP status of a refused visit.
    fn visit_status(&self, _page: &PageWords<'_>) -> u16 {
        200
    }

    /// The refusal of a visit that the page tells in the place of this one.
    fn as_told_on_page(&self, _refusal: &Refusal, _page: &PageWords<'_>) -> Option<Refusal> {
        None
    }

    /// The data call of an open page, when the request is one of this vendor's.
    fn data_call(&self, raw: &RawRequest) -> Option<DataCall>;

    /// Where an open page of this vendor fetches its data.
    fn data_path(&self) -> &'static str;

    /// Wraps what a data call gets.
    fn data_reply(&self, stamp: &Stamp<'_>, outcome: Result<&Value, &Said>) -> Reply;
}

/// What an answer carries beside the outcome.
#[derive(Clone, Copy, Debug)]
pub struct Stamp<'a> {
    pub request_id: RequestId,
    /// The host that was asked.
    pub host: &'a str,
    pub assumptions: &'a Assumptions,
}

/// Why a call does not get what it asked for.
#[derive(Clone, Debug)]
pub enum Denial {
    /// By the rules.
    Refused(Refusal),
    /// By somebody's wish, whatever the rules say.
    Scripted(Scripted),
}

impl From<Refusal> for Denial {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// An error that was ordered by its code.
#[derive(Clone, Debug)]
pub struct Scripted {
    pub row: &'static ErrorRow,
    /// What fills the placeholders of the message, in the order in which they stand.
    pub args: Vec<String>,
    /// Another message than the row's.
    pub message: Option<String>,
    /// Another HTTP status than the row's.
    pub status: Option<u16>,
}

impl Scripted {
    /// The error as the row has it.
    pub const fn plain(row: &'static ErrorRow) -> Self {
        Self { row, args: Vec::new(), message: None, status: None }
    }
}

/// What an embed page asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitAsk {
    /// The ticket as it stood in the link; `None` when there was none.
    pub ticket: Option<String>,
    /// The kind of ticket that this link carries.
    pub family: Family,
    pub asked: TargetHint,
}

/// What decides which of the vendor's texts a refused visit shows.
#[derive(Clone, Copy, Debug)]
pub struct PageWords<'a> {
    pub ask: &'a VisitAsk,
    pub language: Language,
    pub assumptions: &'a Assumptions,
}

/// A data call of an open page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataCall {
    /// The session that the page sent, if any.
    pub session: Option<String>,
}

/// A time as both vendors print it, `2026-01-05 08:00:00`: without a zone, and eight hours ahead of
/// UTC unless `utc` is chosen.
pub fn wall_text(at: Timestamp, utc: bool) -> String {
    let zone = if utc { TimeZone::UTC } else { TimeZone::fixed(jiff::tz::offset(8)) };
    let instant = jiff::Timestamp::from_second(at.unix()).unwrap_or(jiff::Timestamp::MAX);
    instant.to_zoned(zone).strftime("%Y-%m-%d %H:%M:%S").to_string()
}
