//! The vendors: what each one says differently, behind one trait, and the list of them.
//!
//! A vendor reads a request into a [`Call`], computes what the signature should have been, describes
//! its actions, errors and open questions as rows, and wraps an outcome into its own envelope. It
//! judges nothing: freshness, equality, replay and rate are `gateway`'s, tickets are `domain`'s.

pub mod alibaba;
pub mod catalog;
mod check;
pub mod client;
pub mod examples;
pub mod mistakes;
pub mod params;
pub mod recipe;
pub mod tencent;
pub mod words;

use serde_json::value::RawValue;

use crate::call::{Call, Language, RawRequest};
use crate::domain::{Assumption, Assumptions, Family, Refusal, RequestId, Spelling, TargetHint, Terms, Timestamp};
use crate::reply::{Reply, Said};
use crate::sign::KeptKey;
use catalog::{Action, ErrorRow, ErrorText, KnownAction};
pub use check::{Check, CheckInput, Proof, RateWindow};
use client::ClientCall;
use examples::Examples;
use mistakes::Mistake;
use params::Policy;
use recipe::Recipe;
use words::Spoken;

/// Every vendor, in the order in which they are asked whose request it is.
pub static VENDORS: &[&Vendor] = &[&tencent::TENCENT, &alibaba::ALIBABA];

/// The vendor of this name.
pub fn vendor_named(name: &str) -> Option<&'static Vendor> {
    VENDORS.iter().copied().find(|vendor| vendor.name() == name)
}

/// Every open question of every vendor.
pub fn all_assumptions() -> Vec<&'static Assumption> {
    VENDORS.iter().flat_map(|vendor| vendor.assumptions.iter().copied()).collect()
}

/// What one vendor has: rows, and the functions that every vendor has.
pub struct Vendor {
    /// The lower-case word used in flags, rules and documents.
    pub name: &'static str,
    /// What [`Vendor::has_marks`] looks for, for people whose request had none of it.
    pub marks: &'static str,
    /// Parameters and headers that carry a signature or a session token, in lower case.
    pub veiled: &'static [&'static str],
    /// The checks of the gateway in the order in which they answer.
    pub checks: &'static [Check],
    /// The mistakes that only clients of this vendor make when they sign.
    pub mistakes: &'static [&'static [Mistake]],
    /// The actions that are served.
    pub actions: &'static [&'static Action],
    /// Every action the vendor has, served or not, with the versions it exists in.
    pub known_actions: &'static [KnownAction],
    pub errors: &'static [&'static ErrorRow],
    /// One call for every error code that a call can provoke.
    pub examples: &'static Examples,
    pub assumptions: &'static [&'static Assumption],
    /// How the vendor treats parameters before any action sees them.
    pub policy: &'static Policy,
    /// How the vendor writes its request ids.
    pub spelling: Spelling,
    /// Where in the body of an answer the request id stands, from the outermost name to the innermost.
    pub request_id_path: &'static [&'static str],
    /// Where an open page of this vendor fetches its data.
    pub data_path: &'static str,
    /// Whether this `Host` is one of the vendor's own.
    pub owns_host: fn(&str) -> bool,
    /// Whether the request carries marks that only this vendor's clients send.
    pub has_marks: fn(&RawRequest) -> bool,
    /// Reads the request. Total: what cannot be read is left out, and the first fault is kept.
    pub read: fn(&RawRequest) -> Call,
    /// The steps of the signature that `secret` gives for the request.
    ///
    /// A vendor may allow several readings of one request; `attempt` counts through them from 0.
    /// `None`: there is no such attempt.
    pub draft: fn(&CheckInput<'_>, &str, usize) -> Option<Recipe>,
    /// Whether the signature that was sent is the one that `secret` gives for the first reading, found without
    /// noting any step. `false` says nothing: the drafts have the last word, and what is unusual is left to them.
    pub holds: fn(&CheckInput<'_>, &str, &KeptKey) -> bool,
    /// The request that a client of the vendor sends for the wish, with the signature put in its place.
    pub compose: fn(&ClientCall, &str) -> RawRequest,
    /// Wraps the action's result, or what is said of a refusal, into the vendor's envelope.
    pub envelope: fn(&Stamp<'_>, &Call, Result<&RawValue, &Said>) -> Reply,
    /// What an embed page asks for, when the request is for one of this vendor's pages.
    pub visit: fn(&RawRequest) -> Option<VisitAsk>,
    /// The data call of an open page, when the request is one of this vendor's.
    pub data_call: fn(&RawRequest) -> Option<DataCall>,
    /// Wraps what a data call gets.
    pub data_reply: fn(&Stamp<'_>, Result<&RawValue, &Said>) -> Reply,
    /// The HTTP status of an error row whose status depends on the API version.
    pub status_of_version: fn(&str) -> u16,
    /// The answer to a request that never reaches the API, such as a browser's question before a call.
    pub preflight: fn(&RawRequest, &Assumptions) -> Option<Reply>,
    /// Puts the world's answers to open questions into a call that was read without them.
    pub settle: fn(&mut Call, &Assumptions),
    /// Which calls count against the limit of a second.
    pub rate_window: fn(&Assumptions) -> RateWindow,
    /// The refusal of the call that is number `count` of its window, where only `limit` may come in.
    pub throttled: fn(u64, u64, &Assumptions) -> Refusal,
    /// The terms under which a call of the action changes tickets.
    pub terms: fn(&Action, &Call, &Assumptions) -> Terms,
    /// The refusal that is told in the place of this one, where the vendor has several ways to say it and no
    /// public source settles which.
    pub as_told: fn(&Refusal, &Spoken<'_>) -> Option<Refusal>,
    /// The language in which the row's message is told.
    pub language: fn(&ErrorRow, &Spoken<'_>) -> Language,
    /// Whether the code stands in the place of this text.
    pub keeps_back: fn(&ErrorText, &Assumptions) -> bool,
    /// Whether there is a page at a path that [`Vendor::visit`] takes for one.
    pub has_page: fn(&str, &Assumptions) -> bool,
    /// The terms under which a visit uses a ticket.
    pub visit_terms: fn(&Assumptions) -> Terms,
    /// The HTTP status of a refused visit.
    pub visit_status: fn(&PageWords<'_>) -> u16,
    /// The refusal of a visit that the page tells in the place of this one.
    pub as_told_on_page: fn(&Refusal, &PageWords<'_>) -> Option<Refusal>,
}

impl Vendor {
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The intermediates and the signature of the same.
    pub fn prove(&self, look: &CheckInput<'_>, secret: &str, attempt: usize) -> Option<Proof> {
        (self.draft)(look, secret, attempt).map(|draft| draft.prove())
    }

    /// The refusal for a signature that is not the one in `proof`, the first attempt's.
    pub fn mismatch_refusal(&self, proof: Proof) -> Refusal {
        let Proof { canonical_request, string_to_sign, .. } = proof;
        match canonical_request {
            Some(canonical_request) => Refusal::CanonicalMismatch { string_to_sign, canonical_request },
            None => Refusal::SignatureMismatch { string_to_sign },
        }
    }
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
    Scripted(InjectedError),
}

impl From<Refusal> for Denial {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// An error that was ordered by its code.
#[derive(Clone, Debug)]
pub struct InjectedError {
    pub row: &'static ErrorRow,
    /// What fills the placeholders of the message, in the order in which they stand.
    pub args: Vec<String>,
    /// Another message than the row's.
    pub message: Option<String>,
    /// Another HTTP status than the row's.
    pub status: Option<u16>,
}

impl InjectedError {
    /// The error as the row has it.
    pub const fn of_row(row: &'static ErrorRow) -> Self {
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
pub fn format_wall_time(at: Timestamp, utc: bool) -> String {
    let offset = jiff::tz::offset(if utc { 0 } else { 8 });
    let at = offset.to_datetime(jiff::Timestamp::from_second(at.unix_seconds()).unwrap_or(jiff::Timestamp::MAX));
    let (date, time) = (at.date(), at.time());
    let (year, month, day) = (date.year(), date.month(), date.day());
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())
}
