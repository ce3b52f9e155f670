//! The tickets of a sandbox: looking at them and ending them by hand.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::asked::{AdminRequest, parse_vendor, refuse_filter};
use super::{AdminError, Answer, json_reply};
use crate::cloud::vendor_named;
use crate::domain::{Ending, Target, Ticket, TicketId, TicketStatus, Timestamp, format_rfc3339};
use crate::emulator::{TicketPage, TicketPlace};
use crate::explain::{Summary, TicketEffect, ticket_effects};
use crate::export;
use crate::journal::Entry;

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct TicketList {
    /// Newest first.
    tickets: Vec<TicketView>,
    /// How many there are that fit, listed or not.
    total: usize,
    /// The cursor of what follows; `null`: that was all.
    next: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct TicketView {
    /// The text of the ticket itself.
    id: String,
    vendor: &'static str,
    /// `ticket` or `token`: the vendor's family that it belongs to.
    kind: &'static str,
    target: Value,
    /// `null`: bound to nobody.
    user: Option<Value>,
    /// `live`, `expired`, `used-up` or `revoked`.
    status: &'static str,
    /// Uses so far.
    uses: u32,
    /// `null`: without limit.
    uses_left: Option<u32>,
    issued_at: String,
    updated_at: String,
    /// The first second at which it is no longer valid.
    expires_at: String,
    /// The path and the query that open it, where the vendor has pages. Whoever follows it takes a use.
    link: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    global_param: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    watermark: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    config_param: Option<String>,
}

pub(super) fn list_tickets(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    let epoch = asked.epoch();
    let now = epoch.state.clock.now();
    let vendor = asked.query_value("vendor").map(parse_vendor).transpose()?;
    let status = asked.query_value("status").map(parse_status).transpose()?;
    let limit = export::check_limit(asked.query_number("limit")?).map_err(refuse_filter)?;
    let below = asked.query_value("cursor").map(parse_cursor).transpose()?;
    let fits = |ticket: &Ticket| {
        vendor.is_none_or(|vendor| ticket.family.vendor() == vendor)
            && status.is_none_or(|status| ticket.status_at(now) == status)
    };
    let TicketPage { tickets, total, next } = epoch.state.tickets.page_below(fits, below, limit);
    let tickets = tickets.iter().map(|ticket| TicketView::from_ticket(ticket, now)).collect();
    Ok(json_reply(200, &TicketList { tickets, total, next: next.map(format_cursor) }).into())
}

/// A place in the list as text.
fn format_cursor((issued_at, serial, id): TicketPlace) -> String {
    format!("{}.{serial}.{id}", issued_at.unix_seconds())
}

/// The place that a cursor stands for.
fn parse_cursor(text: &str) -> Result<TicketPlace, AdminError> {
    let mut parts = text.splitn(3, '.');
    let place = (|| {
        let issued_at = Timestamp::from_unix(parts.next()?.parse().ok()?);
        Some((issued_at, parts.next()?.parse().ok()?, TicketId::parse(parts.next()?)?))
    })();
    place.ok_or_else(|| refuse_filter(export::bad_cursor(text)))
}

pub(super) fn show_ticket(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    let epoch = asked.epoch();
    let ticket = epoch.state.tickets.by_id(asked.ticket_id()?).ok_or_else(|| asked.no_ticket())?;
    Ok(json_reply(200, &TicketView::from_ticket(&ticket, epoch.state.clock.now())).into())
}

/// What happened to a ticket, as far as the journal goes back.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Timeline {
    ticket: TicketView,
    /// The calls and visits that issued, changed or named it, oldest first; at most a thousand of the newest.
    calls: Vec<TicketCall>,
    /// How many there are, listed or not.
    total: usize,
}

/// A call, and what it did to the ticket.
#[derive(Debug, Serialize, JsonSchema)]
struct TicketCall {
    #[serde(flatten)]
    call: Summary,
    /// What it did.
    effect: TicketEffect,
}

/// Calls of one ticket that are listed.
const MOST: usize = 1000;

pub(super) fn show_timeline(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    let epoch = asked.epoch();
    let id = asked.ticket_id()?;
    let ticket = epoch.state.tickets.by_id(id).ok_or_else(|| asked.no_ticket())?;
    let base = asked.emulator.base_redactor();
    let text = id.to_string();
    let entries = epoch.journal.calls_about(id);
    let newest = &entries[entries.len().saturating_sub(MOST)..];
    let call = |entry: &Arc<Entry>| {
        let effect = ticket_effects(&entry.told).into_iter().find(|effect| effect.id() == text)?;
        Some(TicketCall { call: Summary::from_entry(entry, &base), effect })
    };
    let calls = newest.iter().filter_map(call).collect();
    let ticket = TicketView::from_ticket(&ticket, epoch.state.clock.now());
    Ok(json_reply(200, &Timeline { ticket, calls, total: entries.len() }).into())
}

pub(super) fn expire_ticket(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    let ticket = asked.sandbox.end_ticket(asked.ticket_id()?, Ending::Expire);
    ticket_reply(asked, ticket)
}

pub(super) fn revoke_ticket(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    let ticket = asked.sandbox.end_ticket(asked.ticket_id()?, Ending::Revoke);
    ticket_reply(asked, ticket)
}

fn ticket_reply(asked: &AdminRequest<'_>, ticket: Option<Ticket>) -> Result<Answer, AdminError> {
    let ticket = ticket.ok_or_else(|| asked.no_ticket())?;
    Ok(json_reply(200, &TicketView::from_ticket(&ticket, asked.epoch().state.clock.now())).into())
}

fn parse_status(name: &str) -> Result<TicketStatus, AdminError> {
    const ALL: [TicketStatus; 4] =
        [TicketStatus::Live, TicketStatus::Expired, TicketStatus::UsedUp, TicketStatus::Revoked];
    ALL.into_iter().find(|status| status.name() == name).ok_or_else(|| {
        let hint = format!("one of {}", ALL.map(TicketStatus::name).join(", "));
        AdminError::new(400, "bad_query", format!("unknown status \"{name}\""), hint)
    })
}

impl TicketView {
    pub fn from_ticket(ticket: &Ticket, now: Timestamp) -> Self {
        let extras = ticket.extras.as_deref();
        let extra =
            |text: fn(&crate::domain::Extras) -> &Option<String>| extras.and_then(|extras| text(extras).clone());
        Self {
            id: ticket.id.to_string(),
            vendor: ticket.family.vendor(),
            kind: ticket.family.kind(),
            target: describe_target(&ticket.target),
            user: ticket.user.as_ref().map(|user| json!({ "organization": &*user.organization, "id": &*user.id })),
            status: ticket.status_at(now).name(),
            uses: ticket.used,
            uses_left: ticket.uses_left(),
            issued_at: format_rfc3339(ticket.issued_at),
            updated_at: format_rfc3339(ticket.updated_at),
            expires_at: format_rfc3339(ticket.expires_at),
            link: vendor_named(ticket.family.vendor()).and_then(|vendor| (vendor.pages.ticket_link)(ticket)),
            global_param: extra(|extras| &extras.global_param),
            watermark: extra(|extras| &extras.watermark),
            config_param: extra(|extras| &extras.config_param),
        }
    }
}

fn describe_target(target: &Target) -> Value {
    match target {
        Target::Work { work, component } => json!({ "work": &**work, "component": component.as_deref() }),
        Target::Module { module } => json!({ "module": &**module }),
        Target::Page { project, page, view } => {
            json!({ "project": project, "page": page, "view": view.name() })
        }
    }
}
