//! Version and configuration of this emulator.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::asked::AdminRequest;
use super::sandboxes::SandboxView;
use super::{AdminError, Answer, json_reply};
use crate::bounds::Bound;
use crate::emulator::{Emulator, Gauge, Mode};

/// The emulator without its secrets.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Info {
    version: &'static str,
    /// `host:port` as it was asked for.
    address: String,
    seed: u64,
    configuration: Configuration,
    /// How much of what all clients share is taken.
    load: Vec<LoadView>,
    /// Counts of what came and was no call, since the emulator began: `stranger` fits no vendor, `preflight` is a browser's question,
    /// `tls` spoke https to a plain port, `handshake` is TLS that
    /// came to no end, `misdirected` a request for another host than that of its connection, `connect` took it for a proxy, `bad-http` is no HTTP.
    strays: BTreeMap<&'static str, u64>,
    /// What is kept of calls that are over.
    kept: KeptView,
    /// At most a hundred of them.
    sandboxes: Vec<SandboxView>,
    sandboxes_total: usize,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Configuration {
    auth: &'static str,
    auth_clock: &'static str,
    rate_limits: &'static str,
    rate_clock: &'static str,
    /// The answer of actions that are not served; `null`: as the world of the sandbox says.
    unsupported: Option<&'static str>,
    journal_entries: usize,
    journal_bytes: usize,
    admin_token: bool,
    allowed_hosts: Vec<String>,
}

/// Something that is bounded over all sandboxes.
#[derive(Debug, Serialize, JsonSchema)]
struct LoadView {
    of: &'static str,
    unit: &'static str,
    /// At the moment.
    held: usize,
    most: usize,
    /// Since the emulator began.
    refused: u64,
}

impl LoadView {
    fn from_gauge(gauge: &Gauge) -> Self {
        let Bound { of, unit, .. } = *gauge.bound;
        Self { of, unit, held: gauge.held(), most: gauge.most(), refused: gauge.refused() }
    }
}

/// The memory that calls leave behind. Beside it, a ticket takes about 250 bytes, and a nonce 150 for as long as it is
/// remembered.
#[derive(Debug, Serialize, JsonSchema)]
struct KeptView {
    /// Of the journals of all sandboxes, deleted ones included.
    journal_bytes: usize,
    /// The most that they may be.
    journal_bytes_most: usize,
    tickets: u64,
    nonces: usize,
}

impl KeptView {
    fn from_emulator(emulator: &Emulator) -> Self {
        let (all, departed) = (emulator.all_sandboxes(), emulator.sandboxes().all_departed());
        let epochs = || all.iter().map(|sandbox| sandbox.epoch());
        let journals = all.iter().chain(&departed).map(|sandbox| sandbox.epoch().journal.memory_held().bytes);
        // The journals of deleted sandboxes have as much as one that is there.
        let journal_bytes_most = emulator.journal.bytes.saturating_mul(all.len() + 1);
        Self {
            journal_bytes: journals.sum(),
            journal_bytes_most,
            tickets: epochs().map(|epoch| epoch.state.tickets.issued()).sum(),
            nonces: epochs().map(|epoch| epoch.state.nonces.count()).sum(),
        }
    }
}

/// Sandboxes that are shown here; the list of all has its own endpoint.
const SHOWN: usize = 100;

pub(super) fn show_info(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    let emulator = asked.emulator;
    let sandboxes = emulator.all_sandboxes();
    let info = Info {
        version: env!("CARGO_PKG_VERSION"),
        address: asked.raw.host().to_owned(),
        seed: emulator.default_sandbox().epoch().state.seed,
        configuration: Configuration {
            auth: emulator.auth.name(),
            auth_clock: emulator.auth_clock.name(),
            rate_limits: emulator.rate_limits.name(),
            rate_clock: emulator.rate_clock.name(),
            unsupported: emulator.unsupported.map(Mode::name),
            journal_entries: emulator.journal.entries,
            journal_bytes: emulator.journal.bytes,
            admin_token: emulator.guard.token.is_some(),
            allowed_hosts: emulator.guard.hosts.clone(),
        },
        load: emulator.load.gauges().map(LoadView::from_gauge).into(),
        strays: emulator.strays.all_counts().collect(),
        kept: KeptView::from_emulator(emulator),
        sandboxes: sandboxes.iter().take(SHOWN).map(|sandbox| SandboxView::from_sandbox(sandbox)).collect(),
        sandboxes_total: sandboxes.len(),
    };
    Ok(json_reply(200, &info).into())
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Health {
    status: &'static str,
    version: &'static str,
}

/// Alive and ready are one: ports are opened after everything else is done.
pub(super) fn show_health(_asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    Ok(json_reply(200, &Health { status: "ok", version: env!("CARGO_PKG_VERSION") }).into())
}
