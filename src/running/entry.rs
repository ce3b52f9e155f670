//! A call of the journal as a plain value.

use crate::domain::{Class, Timestamp};
use crate::emulator::Sandbox;
use crate::journal::Entry;

/// One call that was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalEntry {
    /// The id that the answer carries.
    pub request_id: String,
    /// On the world clock.
    pub at: Timestamp,
    /// `tencent` or `alibaba`.
    pub vendor: &'static str,
    /// `visit` for an embed page, `look` for one that takes no use, `data` for what an open page fetches.
    pub action: String,
    pub version: Option<String>,
    pub http_status: u16,
    /// `success`, `refused`, `scripted` (answered by a rule) or `lost` (by a rule).
    pub outcome: &'static str,
    /// The vendor's code; `None` where nothing was refused.
    pub code: Option<String>,
    /// The class of the code; `None` where nothing was refused.
    pub class: Option<Class>,
    /// The rule that shaped the answer.
    pub rule: Option<String>,
    /// The address of the client.
    pub client: String,
    pub duration_us: u64,
}

impl JournalEntry {
    /// Everything that the sandbox remembers, oldest first.
    pub(super) fn all_in(sandbox: &Sandbox) -> Vec<Self> {
        sandbox.epoch().journal.extract().entries.iter().map(|entry| Self::from_entry(entry)).collect()
    }

    fn from_entry(entry: &Entry) -> Self {
        let told = &entry.told;
        Self {
            request_id: told.request_id.to_string(),
            at: told.at,
            vendor: told.vendor,
            action: told.action.to_string(),
            version: told.version.as_deref().map(str::to_owned),
            http_status: told.reply.status,
            outcome: told.outcome.name(),
            code: told.outcome.code().map(str::to_owned),
            class: told.outcome.said().and_then(|said| said.class),
            rule: told.rule.as_deref().map(str::to_owned),
            client: told.raw.client.to_string(),
            duration_us: told.duration_us,
        }
    }
}
