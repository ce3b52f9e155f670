//! From the beginning of a call to its line in the journal.

use std::sync::Arc;

use uuid::Uuid;

use super::{EXPLAIN_HEADER, REQUEST_HEADER};
use crate::call::RawRequest;
use crate::domain::Timestamp;
use crate::emulator::{DEFAULT, Live};
use crate::journal::{Kind, Told, What};
use crate::reply::Reply;
use crate::sandbox::clock::Stopwatch;
use crate::trail::Trail;
use crate::vendor::catalog::VISIT;
use crate::vendor::{Denial, Vendor};

/// A call under way.
pub(super) struct Record<'a> {
    live: &'a Live,
    kind: Kind,
    at: Timestamp,
    watch: Stopwatch,
    pub trail: Trail,
}

/// A call that is known by its name.
pub(super) struct Named<'a> {
    record: Record<'a>,
    vendor: &'a dyn Vendor,
    action: &'a str,
    /// The action as listeners are told of it.
    shown: &'a str,
    version: Option<&'a str>,
}

impl<'a> Record<'a> {
    pub fn begun(live: &'a Live, kind: Kind) -> Self {
        Self { live, kind, at: live.sandbox.clock.now(), watch: Stopwatch::started(), trail: Trail::new() }
    }

    pub fn of(self, vendor: &'a dyn Vendor, action: &'a str, version: Option<&'a str>) -> Named<'a> {
        Named { record: self, vendor, action, shown: action, version }
    }
}

impl<'a> Named<'a> {
    /// The same, with the action in other words for listeners.
    pub fn shown_as(self, shown: &'a str) -> Self {
        Self { shown, ..self }
    }

    /// Writes the line, and gives the answer with its diagnostics beside the body.
    pub fn end(self, raw: &RawRequest, request_id: Uuid, reply: Reply, refused: Option<(String, Denial)>) -> Reply {
        let Self { record, vendor, action, shown, version } = self;
        let Record { live, kind, at, watch, trail } = record;
        let mut reply = reply.with(REQUEST_HEADER, request_id.to_string());
        if refused.is_some() {
            reply = reply.with(EXPLAIN_HEADER, explain_path(&live.sandbox.id, request_id));
        }
        let (code, denial) = refused.map_or((None, None), |(code, denial)| (Some(code.into_boxed_str()), Some(denial)));
        live.journal.record(Told {
            request_id,
            at,
            kind,
            vendor: vendor.name(),
            action: Box::from(action),
            counted: counted(vendor, kind, action),
            version: version.map(Box::from),
            raw: raw.clone(),
            reply: reply.clone(),
            code: code.clone(),
            refusal: denial.and_then(|denial| match denial {
                Denial::Refused(refusal) => Some(refusal),
                Denial::Scripted(_) => None,
            }),
            rule: None,
            trail,
            world: Arc::clone(&live.world),
            duration_us: watch.elapsed_us(),
        });
        let (vendor, status) = (vendor.name(), reply.status);
        live.feed.tell(at, What::Call { request_id, vendor, action: Box::from(shown), status, code });
        reply
    }
}

/// The name that is counted: names that the vendor does not have are any number, so they share one.
fn counted(vendor: &dyn Vendor, kind: Kind, action: &str) -> &'static str {
    match kind {
        Kind::Visit if action == VISIT => VISIT,
        Kind::Visit => "look",
        Kind::Data => "data",
        Kind::Call => {
            let known = vendor.known_actions().iter().find(|known| known.name == action);
            known.map_or("other", |known| known.name)
        }
    }
}

/// Where somebody who was refused reads why.
fn explain_path(sandbox: &str, request_id: Uuid) -> String {
    let path = format!("/_ticketbooth/explain/{request_id}");
    if sandbox == DEFAULT { path } else { format!("{path}?sandbox={sandbox}") }
}
