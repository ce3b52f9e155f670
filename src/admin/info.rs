//! Version and configuration of this emulator.

use schemars::JsonSchema;
use serde::Serialize;

use super::asked::AdminRequest;
use super::sandboxes::SandboxView;
use super::{AdminError, Answer, json_reply};
use crate::emulator::Mode;

/// The emulator without its secrets.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Info {
    version: &'static str,
    /// `host:port` as it was asked for.
    address: String,
    seed: u64,
    configuration: Configuration,
    /// At most a hundred of them.
    sandboxes: Vec<SandboxView>,
    sandboxes_total: usize,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Configuration {
    auth: &'static str,
    auth_clock: &'static str,
    rate_limits: &'static str,
    journal_entries: usize,
    journal_bytes: usize,
    admin_token: bool,
    allowed_hosts: Vec<String>,
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
            journal_entries: emulator.journal.entries,
            journal_bytes: emulator.journal.bytes,
            admin_token: emulator.guard.token.is_some(),
            allowed_hosts: emulator.guard.hosts.clone(),
        },
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
