//! Numbers for a monitoring system, as OpenMetrics text.
//!
//! The series are bounded: actions and codes by the vendors' tables, and all sandboxes but the
//! default one are counted together.

use std::collections::BTreeMap;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;

use super::asked::AdminRequest;
use super::{AdminError, Answer};
use crate::cloud::vendors;
use crate::domain::TicketStatus;
use crate::emulator::{DEFAULT, Emulator, Epoch};
use crate::journal;
use crate::reply::Reply;

pub(super) const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// The label of every sandbox but the default one.
const OTHERS: &str = "other";

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct CallLabels {
    sandbox: String,
    vendor: String,
    action: String,
    outcome: String,
    /// `none` where nothing was refused.
    code: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct StrayLabel {
    what: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct SandboxLabel {
    sandbox: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct TicketLabels {
    sandbox: &'static str,
    vendor: &'static str,
}

/// The metrics of each sandbox and of the emulator.
#[derive(Default)]
struct MetricFamilies {
    calls: Family<CallLabels, Counter>,
    dropped: Family<SandboxLabel, Counter>,
    tickets: Family<TicketLabels, Gauge>,
    entries: Family<SandboxLabel, Gauge>,
    bytes: Family<SandboxLabel, Gauge>,
    sandboxes: Gauge,
    strays: Family<StrayLabel, Counter>,
}

pub(super) fn show_metrics(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    let mut registry = Registry::default();
    collect_metrics(asked.emulator).register(&mut registry);
    let mut text = String::new();
    encode(&mut text, &registry)
        .map_err(|_| AdminError::new(500, "bug", "the metrics cannot be written", "report this as a bug"))?;
    Ok(Reply::new(200, MEDIA_TYPE, text).into())
}

fn collect_metrics(emulator: &Emulator) -> MetricFamilies {
    let told = MetricFamilies::default();
    for (what, count) in emulator.strays.all_counts() {
        told.strays.get_or_create(&StrayLabel { what }).inc_by(count);
    }
    for sandbox in emulator.all_sandboxes() {
        let epoch = sandbox.epoch();
        told.sandboxes.inc();
        told.take(&epoch, if &*epoch.state.id == DEFAULT { DEFAULT } else { OTHERS });
    }
    told
}

impl MetricFamilies {
    fn take(&self, epoch: &Epoch, sandbox: &'static str) {
        for count in epoch.journal.counters().all_counts() {
            let journal::CallCount { vendor, action, outcome, code, .. } = count;
            let [vendor, action, outcome, code] = [vendor, action, outcome, code.unwrap_or("none")].map(str::to_owned);
            let labels = CallLabels { sandbox: sandbox.to_owned(), vendor, action, outcome, code };
            self.calls.get_or_create(&labels).inc_by(count.calls);
        }
        let of_sandbox = SandboxLabel { sandbox };
        let holding = epoch.journal.memory_held();
        self.dropped.get_or_create(&of_sandbox).inc_by(holding.dropped);
        self.entries.get_or_create(&of_sandbox).inc_by(to_gauge(holding.entries));
        self.bytes.get_or_create(&of_sandbox).inc_by(to_gauge(holding.bytes));
        let now = epoch.state.clock.now();
        let mut tickets: BTreeMap<&str, usize> = vendors().iter().map(|vendor| (vendor.name, 0)).collect();
        epoch.state.tickets.for_each(|ticket| {
            if ticket.status_at(now) == TicketStatus::Live {
                *tickets.entry(ticket.family.vendor()).or_default() += 1;
            }
        });
        for (vendor, number) in tickets {
            self.tickets.get_or_create(&TicketLabels { sandbox, vendor }).inc_by(to_gauge(number));
        }
    }

    fn register(self, registry: &mut Registry) {
        let version = Info::new(vec![("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("ticketbooth", "The emulator", version);
        registry.register("ticketbooth_calls", "Calls since the journal was begun", self.calls);
        registry.register("ticketbooth_strays", "Requests that were no calls", self.strays);
        registry.register("ticketbooth_tickets_live", "Tickets that are live now", self.tickets);
        registry.register("ticketbooth_sandboxes", "Sandboxes, the default one among them", self.sandboxes);
        registry.register("ticketbooth_journal_entries", "Calls that are kept", self.entries);
        registry.register("ticketbooth_journal_size_bytes", "What the calls that are kept take", self.bytes);
        registry.register("ticketbooth_journal_dropped", "Calls that are kept no more", self.dropped);
    }
}

fn to_gauge(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
