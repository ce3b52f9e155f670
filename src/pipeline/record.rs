//! From the beginning of a call to its line in the journal.

use std::sync::Arc;

use tracing::warn;
use uuid::Uuid;

use super::{EXPLAIN_HEADER, REQUEST_HEADER, RULE_HEADER};
use crate::call::RawRequest;
use crate::domain::Timestamp;
use crate::emulator::{Backwards, DEFAULT, Live, Shift};
use crate::journal::{Kind, Told, What};
use crate::reply::Reply;
use crate::rules::Plan;
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
    /// What the rules say, once they were asked.
    pub plan: Plan,
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
        let (at, watch) = (live.sandbox.clock.now(), Stopwatch::started());
        Self { live, kind, at, watch, trail: Trail::new(), plan: Plan::default() }
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

    /// Writes the line, and gives the answer as the plan wants it, with its diagnostics beside the body.
    pub fn end(self, raw: &RawRequest, request_id: Uuid, reply: Reply, refused: Option<(String, Denial)>) -> Reply {
        let Self { record, vendor, action, shown, version } = self;
        let Record { live, kind, at, watch, trail, plan } = record;
        let mut reply = match plan.mangle {
            Some(mangle) => mangle.reply(vendor, reply),
            None => reply,
        };
        reply.delivery = plan.delivery;
        reply = reply.with(REQUEST_HEADER, request_id.to_string());
        if refused.is_some() {
            reply = reply.with(EXPLAIN_HEADER, explain_path(&live.sandbox.id, request_id));
        }
        if let Some(rule) = &plan.rule {
            reply = reply.with(RULE_HEADER, &**rule);
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
            rule: plan.rule.clone(),
            trail,
            world: Arc::clone(&live.world),
            duration_us: watch.elapsed_us(),
        });
        let (vendor, status) = (vendor.name(), reply.status);
        live.feed.tell(at, What::Call { request_id, vendor, action: Box::from(shown), status, code });
        if let Some(rule) = plan.rule {
            live.feed.tell(at, What::Rule { rule, request_id });
        }
        if let Some(seconds) = plan.advance {
            advance(live, seconds);
        }
        reply
    }
}

/// Moves the world clock, after the call has got its place in the journal.
fn advance(live: &Live, seconds: i64) {
    if live.shift(Shift::Advance(seconds), Backwards::Refused).is_err() {
        warn!(seconds, "a rule cannot move the clock by {seconds} seconds: it would leave its range");
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
