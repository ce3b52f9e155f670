//! The wire: sockets, connections, time limits, and nothing that knows what a ticket is.
//!
//! The only async room. A connection becomes a [`crate::call::RawRequest`] in `receive`, an answer is
//! chosen in `route` by plain function calls, and becomes bytes again in `send`; what is wrong with the
//! bytes on purpose is done in `outgoing` and `raw`. What a request means is `pipeline`'s, `web`'s and
//! `admin`'s business.

mod aside;
mod background;
mod body;
mod client;
mod connection;
mod context;
mod crowd;
mod exchange;
mod limits;
mod listen;
mod opening;
mod outgoing;
mod peer;
mod presence;
mod process;
mod raw;
mod ready;
mod receive;
mod route;
mod send;
mod stop;
mod tls;
mod tunnel;
mod waiting;
mod wire;

pub use background::Background;
pub use client::{ClientAnswer, ServerPlace, send_request};

pub use limits::Limits;
pub use listen::{Addresses, BindError, Server};
pub use process::{StartError, run_child, run_in_foreground};
pub use ready::{NotReady, wait_until_ready};
