//! The count of uses: the checker of histories, the store against a model, and histories of real connections.

#![allow(clippy::unwrap_used, reason = "in a test, an unwrap is an assertion")]

mod checker;
mod export;
#[path = "../it/harness.rs"]
#[allow(dead_code, reason = "shared with the other tests, which use the rest")]
mod harness;
mod sockets;
mod store;
