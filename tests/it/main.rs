//! Tests of the emulator as a whole: captures of official clients, the state machine against a
//! model, what goes over the wire, and the house itself.

#![allow(clippy::unwrap_used, reason = "in a test, an unwrap is an assertion")]

mod admin;
mod architecture;
mod assumptions;
mod bad_input;
mod catalogue;
#[cfg(unix)]
mod cli;
mod documents;
mod gateway;
mod golden;
mod kit;
mod library;
mod model;
mod params;
#[cfg(unix)]
mod remote;
#[cfg(unix)]
mod secrets;
mod shapes;
mod signer;
mod snapshot;
mod sockets;
mod visits;
mod wire;
