//! Ticketbooth: a local emulator of the embed-ticket APIs of Alibaba Quick BI and Tencent Cloud BI.
//!
//! Both vendors' official clients talk to it as to the real service: signatures are verified, tickets
//! are kept, count down and expire, and what is refused is refused in the vendor's own words.
//!
//! # The one-way picture
//!
//! ```text
//! RawRequest → Call → Verified → Ask → Order → Ticket → Value → Reply
//!    http     vendor   gateway  vendor  world  domain  vendor  vendor
//! ```
//!
//! [`pipeline`] tells the story; ARCHITECTURE.md tells why the rooms are as they are.
//!
//! # Where to add
//!
//! | a new… | touch |
//! | --- | --- |
//! | vendor | a folder under `cloud/`, one entry in [`cloud::VENDORS`] |
//! | action | one row with its functions in a file of `cloud/<name>/actions/`, one entry in its `ACTIONS` |
//! | error code | one row in `cloud/<name>/errors.rs` (and a [`domain::Refusal`] only for a new *reason*) |
//! | example | one row in `cloud/<name>/examples.rs`; `BLESS=1 cargo test --test it catalogue` renews `docs/codes.md` |
//! | parameter | one row in the action's file |
//! | assumption | one row in `cloud/<name>/assumptions.rs`, with reason and default |
//! | mistake in signing | one row in `cloud/mistakes/` or `cloud/<name>/mistakes/`, one client in `tests/it/signer/slip.rs` |
//! | gateway check | one entry in `cloud/<name>/checks.rs`, at its place in the order |
//! | admin endpoint | one entry in [`admin::ENDPOINTS`], one function |
//! | verb | one file under `cli/`; what it asks of a running emulator goes through `cli/remote.rs` |
//! | effect of a rule | one key in `rules/file.rs`, its check in `rules/load/then.rs`, and its doing: in [`pipeline`], or in `http/` if it hurts the wire |
//! | world | one YAML file |

#[macro_use]
mod worded;

pub mod admin;
pub mod call;
pub mod catalogue;
pub mod cli;
pub mod cloud;
pub mod document;
pub mod domain;
pub mod emulator;
pub mod explain;
pub mod export;
pub mod gateway;
pub mod http;
pub mod journal;
pub mod pipeline;
pub mod redact;
pub mod reply;
pub mod rules;
pub mod running;
pub mod sandbox;
pub mod select;
pub mod sign;
pub mod snapshot;
pub mod text;
pub mod time;
pub mod trail;
pub mod verify;
pub mod web;
pub mod world;
mod xml;

/// The examples of the README are run with those of the library.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
