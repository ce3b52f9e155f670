//! Tests of the emulator as a whole: captures of official clients, the state machine against a
//! model, what goes over the wire, and the house itself.

#![allow(clippy::unwrap_used, reason = "in a test, an unwrap is an assertion")]

mod admin;
#[cfg(target_os = "linux")]
mod aftermath;
mod architecture;
mod assumptions;
mod bad_input;
mod beginning;
mod bounds;
mod catalog_rows;
mod catalogue;
mod certificates;
mod changes;
mod changes_people;
mod changes_rights;
mod changes_tencent;
#[cfg(unix)]
mod check;
mod choices;
#[cfg(unix)]
mod cli;
mod cli_values;
mod console;
mod console_data;
mod doctor;
mod document;
mod documents;
mod events;
#[cfg(unix)]
mod evidence;
#[cfg(unix)]
mod exec;
#[cfg(unix)]
mod exec_env;
mod explain;
mod explained;
#[cfg(unix)]
mod export;
#[cfg(target_os = "linux")]
mod faults;
mod fidelity;
#[cfg(unix)]
mod files;
mod fuzz_replay;
#[path = "../fuzzing/mod.rs"]
mod fuzzing;
mod gateway;
mod golden;
mod harness;
mod injected;
mod isolation;
mod journal;
mod journal_facts;
mod journal_kinds;
mod journal_ring;
#[cfg(unix)]
mod kills;
mod kit;
mod laws;
mod led_docs;
mod library;
mod model;
mod modules;
mod overload;
mod pages;
mod params;
mod proxies;
mod reading;
mod redact;
#[cfg(unix)]
mod remote;
#[cfg(unix)]
mod replay;
mod reports;
mod rule_set;
mod rules;
mod rules_document;
mod rules_on_tickets;
mod sandbox_parts;
mod sandboxes;
mod scenario_file;
mod scenarios;
#[cfg(unix)]
mod secrets;
mod shapes;
mod signature_url;
mod signer;
mod snapshot;
mod snapshot_document;
mod snippets;
mod sockets;
#[cfg(unix)]
mod strays;
mod tables;
mod telling;
mod terminal;
mod texts;
#[cfg(unix)]
mod threads;
mod time_apart;
#[cfg(unix)]
mod tls;
#[cfg(unix)]
#[cfg(unix)]
mod traced;
mod trust_files;
#[cfg(unix)]
mod tunnels;
mod unsupported;
mod verdicts;
mod verify;
mod visits;
#[cfg(unix)]
mod waits;
mod watch;
mod wire;
mod world;
#[cfg(unix)]
mod written;
