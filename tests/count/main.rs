//! The count of uses: the checker of histories, the store against a model, and histories of real connections.

#![allow(clippy::unwrap_used, reason = "in a test, an unwrap is an assertion")]

mod checker;
