//! The wire: sockets, connections, time limits, and nothing that knows what a ticket is.
//!
//! The only async room. A connection becomes a [`crate::call::RawRequest`] in `receive`, an answer is
//! chosen in `route` by plain function calls, and becomes bytes again in `send`; what is wrong with the
//! bytes on purpose is done in `outgoing` and `raw`. What a request means is `pipeline`'s, `web`'s and
//! `admin`'s business.

mod background;
mod client;
mod connection;
pub mod errand;
mod foreground;
mod limits;
mod listen;
mod outgoing;
mod raw;
mod ready;
mod receive;
mod route;
mod send;
mod waiting;

pub use background::Background;
pub use client::{Answer, send};
pub use foreground::{StartError, foreground};
pub use limits::Limits;
pub use listen::{Addresses, BindError, Server};
pub use ready::{NotReady, wait_until_ready};
