//! The vendors: what each one says differently, as a value, and the list of them.
//!
//! The room is not called after them, because many tools skip a folder of that name as foreign code.
//!
//! A vendor reads a request into a [`Call`](crate::call::Call), computes what the signature should have been, describes
//! its actions, errors and open questions as rows, and wraps an outcome into its own envelope. It
//! judges nothing: freshness, equality, replay and rate are `gateway`'s, tickets are `domain`'s.

pub mod alibaba;
pub mod answer_examples;
pub mod catalog;
mod check;
pub mod client;
pub mod examples;
pub mod host;
pub mod mistakes;
mod param_rows;
pub mod params;
pub mod proxy;
pub mod recipe;
mod rendered;
pub mod table;
pub mod telling;
pub mod tencent;
mod vendor;
pub mod words;
pub mod world_file;
pub mod writing;

use std::collections::HashSet;
use std::sync::OnceLock;

use jiff::fmt::temporal::DateTimePrinter;

use crate::call::Language;
use crate::domain::{Assumption, Assumptions, Family, Refusal, RequestId, TargetHint, Timestamp};
use crate::world::World;
use catalog::ErrorRow;
pub use check::{Check, CheckInput, Proof, RateWindow};
use host::HostRow;
use proxy::ProxyHabit;
pub use vendor::{Answers, Catalog, Clients, Gateway, Pages, Requests, Vendor};

/// The vendors that are always there, in the order in which they are asked whose request it is.
static BUILT_IN: &[&Vendor] = &[&tencent::TENCENT, &alibaba::ALIBABA];

/// The vendors of this process. Settled when it is asked for the first time, and never changed.
static ALL: OnceLock<Vec<&'static Vendor>> = OnceLock::new();

/// Every vendor, in the order in which they are asked whose request it is.
pub fn vendors() -> &'static [&'static Vendor] {
    ALL.get_or_init(|| BUILT_IN.to_vec())
}

/// Adds vendors to those that are always there. A program does this once, before anything else of this crate.
///
/// # Errors
///
/// When the vendors were asked for before, or when two of them have one name. Nothing has changed then.
pub fn install(further: &[&'static Vendor]) -> Result<(), InstallError> {
    let all: Vec<&'static Vendor> = BUILT_IN.iter().chain(further).copied().collect();
    let mut names = HashSet::new();
    if let Some(twice) = all.iter().find(|vendor| !names.insert(vendor.name)) {
        return Err(InstallError::Twice(twice.name));
    }
    ALL.set(all).map_err(|_| InstallError::TooLate)
}

/// Why vendors cannot be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InstallError {
    #[error("the vendors of this process are settled; install further ones before anything else")]
    TooLate,
    #[error("two vendors are called {0}")]
    Twice(&'static str),
}

/// The vendor of this name.
pub fn vendor_named(name: &str) -> Option<&'static Vendor> {
    vendors().iter().copied().find(|vendor| vendor.name == name)
}

/// The vendor whose API stands at the host of this name.
pub fn vendor_of_host(name: &str) -> Option<&'static Vendor> {
    vendors().iter().copied().find(|vendor| vendor.owns_host(name))
}

/// The name of every host of every vendor that is answered, in lower case.
pub fn all_host_names() -> Vec<String> {
    let rows = vendors().iter().flat_map(|vendor| vendor.requests.hosts);
    rows.filter(|row| row.role.is_answered()).flat_map(HostRow::names).collect()
}

/// The programs for clients of every vendor, by name.
pub fn all_snippets() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    vendors().iter().flat_map(|vendor| vendor.clients.snippets)
}

/// What the clients of every vendor do with proxies.
pub fn all_proxy_habits() -> impl Iterator<Item = &'static ProxyHabit> {
    vendors().iter().flat_map(|vendor| vendor.clients.proxies)
}

/// Every open question of every vendor.
pub fn all_assumptions() -> Vec<&'static Assumption> {
    vendors().iter().flat_map(|vendor| vendor.catalog.assumptions.iter().copied()).collect()
}

/// The data that an answer carries beside the outcome.
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
    /// By the vendor's rules.
    Refused(Refusal),
    /// By an error that a rule injects, whatever the vendor would say.
    Injected(InjectedError),
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
    /// The values of the placeholders of the message, in their order.
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

/// The request of an embed page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitAsk {
    /// The ticket as it stood in the link; `None` when there was none.
    pub ticket: Option<String>,
    /// The kind of ticket that this link carries.
    pub family: Family,
    pub asked: TargetHint,
}

/// The facts that choose the vendor's text for a refused visit.
#[derive(Clone, Copy, Debug)]
pub struct PageWords<'a> {
    pub request_id: RequestId,
    pub world: &'a World,
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

/// Date and time with a space between them.
const WALL_TIME: DateTimePrinter = DateTimePrinter::new().separator(b' ');

/// A time as both vendors print it, `2026-01-05 08:00:00`: without a zone, and eight hours ahead of
/// UTC unless `utc` is chosen.
pub fn format_wall_time(at: Timestamp, utc: bool) -> String {
    let offset = jiff::tz::offset(if utc { 0 } else { 8 });
    let at = offset.to_datetime(jiff::Timestamp::from_second(at.unix_seconds()).unwrap_or(jiff::Timestamp::MAX));
    WALL_TIME.datetime_to_string(&at)
}
