//! Ticketbooth: a local emulator of the embed-ticket APIs of Alibaba Quick BI and Tencent Cloud BI.
//!
//! Both vendors' official clients talk to it as to the real service: signatures are verified, tickets
//! are kept, count down and expire, and what is refused is refused in the vendor's own words.
//!
//! # The one-way picture
//!
//! ```text
//! RawRequest → Call → Verified → Ask → Order → Ticket → Rendered → Reply
//!    http     cloud   gateway  cloud   world  domain   cloud     cloud
//! ```
//!
//! [`pipeline`] tells the story; ARCHITECTURE.md tells why the rooms are as they are.
//!
//! # In a Rust test
//!
//! [`Emulator::builder`] gives a [`Builder`], which starts a [`Running`] emulator; what one sandbox can do is a
//! [`SandboxHandle`]. `docs/ci.md` has a whole test.
//!
//! # A vendor of your own
//!
//! A vendor is a value of the type [`cloud::Vendor`], and [`cloud::install`] adds it. `tests/third_vendor` has one.
//!
//! The other rooms are public for the tests and the binary, and change without notice.

#[macro_use]
mod worded;

#[macro_use]
#[doc(hidden)]
pub mod domain;

#[doc(hidden)]
pub mod admin;
#[doc(hidden)]
pub mod bounds;
#[doc(hidden)]
pub mod call;
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod cloud;
#[doc(hidden)]
pub mod document;
#[doc(hidden)]
pub mod emulator;
#[doc(hidden)]
pub mod exhibit;
#[doc(hidden)]
pub mod explain;
#[doc(hidden)]
pub mod export;
#[doc(hidden)]
pub mod gateway;
#[doc(hidden)]
pub mod history;
#[doc(hidden)]
pub mod http;
#[doc(hidden)]
pub mod journal;
#[doc(hidden)]
pub mod listing;
#[doc(hidden)]
pub mod pipeline;
#[doc(hidden)]
pub mod redact;
#[doc(hidden)]
pub mod reply;
#[doc(hidden)]
pub mod rules;
#[doc(hidden)]
pub mod running;
#[doc(hidden)]
pub mod sandbox;
#[doc(hidden)]
pub mod select;
#[doc(hidden)]
pub mod sign;
#[doc(hidden)]
pub mod snapshot;
#[doc(hidden)]
pub mod text;
#[doc(hidden)]
pub mod time;
#[doc(hidden)]
pub mod trail;
#[doc(hidden)]
pub mod trust;
#[doc(hidden)]
pub mod verify;
#[doc(hidden)]
pub mod web;
#[doc(hidden)]
pub mod world;
mod xml;

pub use emulator::{
    AuthClock, AuthMode, ClockSpec, Emulator, Minted, Origin, RateClock, RateLimits, SandboxOptions, Settings,
};
pub use http::Addresses;
pub use journal::Bounds;
pub use rules::{Rule, Scenario};
pub use running::{Builder, JournalEntry, Key, Running, SandboxHandle, WorldClock};
pub use verify::{Finding, Report, Verdict};
pub use world::World;

/// The examples of the README are run with those of the library.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// So are those of the page on tests.
#[cfg(doctest)]
#[doc = include_str!("../docs/ci.md")]
struct CiPage;
