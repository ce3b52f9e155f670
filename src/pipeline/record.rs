//! From the beginning of a call to its line in the journal.

use std::borrow::Cow;
use std::sync::Arc;

use tracing::{debug, info, warn};

use super::{EXPLAIN_HEADER, NOW_HEADER, REQUEST_HEADER, RULE_HEADER};
use crate::call::{Params, RawRequest, Text};
use crate::cloud::Vendor;
use crate::domain::{Change, RequestId, Ticket, TicketId, Timestamp, format_rfc3339};
use crate::emulator::{Backwards, DEFAULT, Epoch, Shift, wall_us};
use crate::journal::{CallKind, CallRecord, EventDetail, Outcome};
use crate::reply::{Damage, MADE_UP_HEADER, Reply};
use crate::rules::{Advance, CallMoment, Mangle, Plan};
use crate::sandbox::clock::Stopwatch;
use crate::trail::Trail;
use crate::world::things::ThingNote;

/// A call under way.
pub(super) struct Record {
    epoch: Arc<Epoch>,
    vendor: &'static Vendor,
    kind: CallKind,
    at: Timestamp,
    /// Whether the world's clock had parted from the one on the wall, or a rule has moved it.
    has_parted: bool,
    watch: Stopwatch,
    pub trail: Trail,
    /// The plan of the rules, once they were asked.
    pub plan: Plan,
    /// The changes that the call made to tickets.
    pub changes: Vec<Change>,
    /// Notes on what the call did to things; of a refused one, on what earlier calls had done to those that it names.
    pub notes: Vec<ThingNote>,
    /// The ticket that a refused call named, as it was then.
    named: Option<Box<Ticket>>,
    about: Option<TicketId>,
    /// Seconds that the clock moves once the call stands in the journal.
    advance: Option<i64>,
    /// Whether the answer is an example and nothing of the world.
    pub is_made_up: bool,
    /// The visitor of a page.
    pub visitor: Option<Box<str>>,
}

/// The fields of a call's line beside those of its record.
pub(super) struct RecordLine {
    pub request_id: RequestId,
    /// Empty where the call names none.
    pub action: Text,
    pub version: Option<Text>,
    /// The action as logs and listeners are told of it, where that is something else.
    pub shown: Option<Box<str>>,
    pub params: Params,
}

impl Record {
    pub fn begin(epoch: &Arc<Epoch>, vendor: &'static Vendor, kind: CallKind) -> Self {
        let ((at, has_parted), watch) = (epoch.state.clock.now_and_parted(), Stopwatch::start());
        Self {
            epoch: Arc::clone(epoch),
            vendor,
            kind,
            at,
            has_parted,
            watch,
            trail: Trail::default(),
            plan: Plan::default(),
            changes: Vec::new(),
            notes: Vec::new(),
            named: None,
            about: None,
            advance: None,
            is_made_up: false,
            visitor: None,
        }
    }

    /// Sets the ticket that the call is about: the one that it names, else the last one that it issued.
    pub fn set_ticket(&mut self, text: Option<&str>) {
        self.about = text.and_then(TicketId::parse);
    }

    /// Ends the call's ticket and moves the clock, as far as the plan wants that at this moment.
    pub fn act_by_rule(&mut self, moment: CallMoment) {
        let sandbox = &self.epoch.state;
        if let Some(ending) = self.plan.ending_at(moment) {
            let issued = self.changes.iter().filter(|change| change.before.is_none()).map(|change| change.after.id);
            let tickets: Vec<TicketId> = self.about.map_or_else(|| issued.collect(), |about| vec![about]);
            for id in tickets {
                if let Some((change, ticket)) = sandbox.tickets.end_ticket(id, ending, sandbox.clock.now()) {
                    self.changes.push(change);
                    self.epoch.tell_ticket(&ticket);
                }
            }
        }
        if let Some(advance) = self.plan.advance_at(moment) {
            self.has_parted = true;
            let last = self.about.or(self.changes.last().map(|change| change.after.id));
            let seconds = match advance {
                Advance::By(seconds) => Some(seconds),
                Advance::ToExpiry { plus } => last
                    .and_then(|id| sandbox.tickets.by_id(id))
                    .map(|ticket| ticket.expires_at.seconds_since(sandbox.clock.now()).saturating_add(plus)),
            };
            match moment {
                CallMoment::Before => seconds.into_iter().for_each(|seconds| self::advance_clock(&self.epoch, seconds)),
                CallMoment::After => self.advance = seconds,
            }
        }
    }

    /// Keeps the ticket of this text as it is now.
    pub fn name_ticket(&mut self, text: Option<&str>) {
        let id = text.and_then(TicketId::parse);
        self.named = id.and_then(|id| self.epoch.state.tickets.by_id(id)).map(Box::new);
    }

    /// The ticket that a refused call named, as it was then.
    pub fn named_ticket(&self) -> Option<&Ticket> {
        self.named.as_deref()
    }

    /// The answer as the plan damages its words, with what is told beside the body.
    fn with_diagnostics(&self, reply: Reply, request_id: RequestId, outcome: &Outcome) -> Reply {
        let mut reply = match self.plan.mangle {
            Some(mangle) => mangle.mangle_reply(self.vendor, reply),
            None => reply,
        };
        reply = reply.with_header(REQUEST_HEADER, request_id.to_string());
        if outcome.said().is_some() {
            reply = reply.with_header(EXPLAIN_HEADER, explain_path(&self.epoch.state.id, request_id));
        }
        if let Some(now) = self.told_time() {
            reply = reply.with_header(NOW_HEADER, format_rfc3339(now));
        }
        if self.is_made_up && *outcome == Outcome::Success {
            reply = reply.with_header(MADE_UP_HEADER, "example");
        }
        if let Some(rule) = &self.plan.rule {
            reply = reply.with_header(RULE_HEADER, rule.to_string());
        }
        reply
    }

    /// The time in the sandbox when the answer arrives, for an application whose own clock shall follow; `None`: that is
    /// the one on the wall.
    fn told_time(&self) -> Option<Timestamp> {
        if !self.has_parted {
            return None;
        }
        let (now, has_parted) = self.epoch.state.clock.now_and_parted();
        let ahead = self.advance.unwrap_or(0);
        let then = Timestamp::from_unix(now.unix_seconds().saturating_add(ahead));
        // Where a rule cannot move the clock, it stays.
        let then = if (Timestamp::EARLIEST..=Timestamp::LATEST).contains(&then) { then } else { now };
        (has_parted || ahead != 0).then_some(then)
    }

    /// Ends the record of a page, like [`Self::finish`]; a page stands in the journal under the name of its kind.
    pub fn end_page(
        self,
        raw: &Arc<RawRequest>,
        request_id: RequestId,
        params: Params,
        page: Reply,
        outcome: Outcome,
    ) -> Reply {
        let action = Text::from_static(self.kind.page_name().unwrap_or_default());
        self.finish(raw, RecordLine { request_id, action, version: None, shown: None, params }, page, outcome)
    }

    /// Writes the line, and gives the answer as the plan wants it, with its diagnostics beside the body.
    pub fn finish(self, raw: &Arc<RawRequest>, line: RecordLine, reply: Reply, outcome: Outcome) -> Reply {
        let mut reply = self.with_diagnostics(reply, line.request_id, &outcome);
        let Self { epoch, vendor, kind, at, watch, plan, .. } = self;
        let RecordLine { request_id, action, version, shown, params } = line;
        let outcome = if matches!(plan.delivery.damage, Some(Damage::Lost(_))) { Outcome::Lost } else { outcome };
        reply.delivery = plan.delivery;
        let (answered_us, duration_us) = (wall_us(), watch.elapsed_us());
        let counted = kind.page_name().unwrap_or_else(|| vendor.catalog.counted_name(&action));
        let shown = match shown {
            None if counted == &*action => Cow::Borrowed(counted),
            shown => shown.map_or_else(|| action.to_string(), String::from).into(),
        };
        log_call(&LoggedCall {
            vendor: vendor.name,
            action: if shown.is_empty() { "-" } else { &shown },
            outcome: &outcome,
            status: reply.status,
            request_id,
            sandbox: &epoch.state.id,
            rule: plan.rule.as_deref().unwrap_or(""),
            took_us: duration_us,
        });
        let (status, name) = (reply.status, outcome.name());
        let code = outcome.code().map(Box::from);
        epoch.journal.record_call(CallRecord {
            request_id,
            at,
            kind,
            vendor: vendor.name,
            sandbox: Arc::clone(&epoch.state.id),
            visitor: self.visitor,
            counted,
            action,
            version,
            raw: Arc::clone(raw),
            params,
            reply: reply.clone(),
            outcome,
            rule: plan.rule.clone(),
            rule_place: plan.rule_place,
            step: plan.step,
            mangled: plan.mangle.map(Mangle::name),
            changes: self.changes,
            notes: self.notes,
            named: self.named,
            trail: self.trail,
            // Of many worlds that differ in what calls changed, the journal keeps one.
            world: epoch.world.before_changes(),
            received_us: raw.arrival.received_us.unwrap_or(answered_us),
            answered_us,
            duration_us,
        });
        let (via, tls) = (raw.arrival.via.clone(), raw.arrival.tls);
        let (vendor, action, outcome) = (vendor.name, shown, name);
        epoch.feed.publish(at, EventDetail::Call { request_id, vendor, action, status, outcome, code, via, tls });
        if let Some(rule) = plan.rule {
            epoch.feed.publish(at, EventDetail::Rule { rule, request_id });
        }
        if let Some(seconds) = self.advance {
            self::advance_clock(&epoch, seconds);
        }
        reply
    }
}

/// A call as the log tells it: nothing that a signature or a ticket could be read from.
struct LoggedCall<'a> {
    vendor: &'a str,
    action: &'a str,
    outcome: &'a Outcome,
    status: u16,
    request_id: RequestId,
    sandbox: &'a str,
    rule: &'a str,
    took_us: u64,
}

/// One line for each call. Those that succeed are told to whoever asks for more than usual.
fn log_call(line: &LoggedCall<'_>) {
    let LoggedCall { vendor, action, outcome, status, request_id, sandbox, rule, took_us } = line;
    let (name, code) = (outcome.name(), outcome.code().unwrap_or(""));
    let said = if code.is_empty() { String::new() } else { format!(" with {code}") };
    let ms = u32::try_from(*took_us).map_or(f64::MAX, f64::from) / 1000.0;
    macro_rules! line {
        ($level:ident) => {
            $level!(vendor, action, outcome = name, code, status, %request_id, sandbox, rule, ms, "{vendor}.{action}: {name}{said}")
        };
    }
    if matches!(outcome, Outcome::Success) { line!(debug) } else { line!(info) }
}

/// Moves the world clock, after the call has got its place in the journal.
fn advance_clock(epoch: &Epoch, seconds: i64) {
    if epoch.shift_clock(Shift::Advance(seconds), Backwards::Refused).is_err() {
        warn!(seconds, "a rule cannot move the clock by {seconds} seconds: it would leave its range");
    }
}

/// Where somebody who was refused reads why.
fn explain_path(sandbox: &str, request_id: RequestId) -> String {
    let path = format!("/_ticketbooth/explain/{request_id}");
    if sandbox == DEFAULT { path } else { format!("{path}?sandbox={sandbox}") }
}
