//! The tickets of a sandbox: looking at them and ending them by hand.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};

use super::asked::Asked;
use super::journal::unfit;
use super::{Answer, Problem, data};
use crate::domain::{Ending, Status, Target, Ticket, TicketId, Timestamp, rfc3339};
use crate::emulator::{Page, Place};
use crate::export;
use crate::vendor::VENDORS;

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Tickets {
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
    /// `live`, `expired`, `used_up` or `revoked`.
    status: &'static str,
    /// Uses so far.
    uses: u32,
    /// `null`: without limit.
    uses_left: Option<u32>,
    issued_at: String,
    updated_at: String,
    /// The first second at which it is no longer valid.
    expires_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    global_param: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    watermark: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    config_param: Option<String>,
}

pub(super) fn list(asked: &Asked<'_>) -> Result<Answer, Problem> {
    let live = asked.live();
    let now = live.sandbox.clock.now();
    let vendor = asked.query("vendor").map(vendor).transpose()?;
    let status = asked.query("status").map(status).transpose()?;
    let limit = export::limit(asked.number("limit")?).map_err(unfit)?;
    let below = asked.query("cursor").map(place).transpose()?;
    let fits = |ticket: &Ticket| {
        vendor.is_none_or(|vendor| ticket.family.vendor() == vendor)
            && status.is_none_or(|status| ticket.status(now) == status)
    };
    let Page { tickets, total, next } = live.sandbox.tickets.page(fits, below, limit);
    let tickets = tickets.iter().map(|ticket| TicketView::of(ticket, now)).collect();
    Ok(data(200, &Tickets { tickets, total, next: next.map(cursor) }).into())
}

/// A place in the list as text.
fn cursor((issued_at, serial, id): Place) -> String {
    format!("{}.{serial}.{id}", issued_at.unix())
}

/// The place that a cursor stands for.
fn place(text: &str) -> Result<Place, Problem> {
    let mut parts = text.splitn(3, '.');
    let place = (|| {
        let issued_at = Timestamp::from_unix(parts.next()?.parse().ok()?);
        Some((issued_at, parts.next()?.parse().ok()?, TicketId::parse(parts.next()?)?))
    })();
    place.ok_or_else(|| unfit(export::bad_cursor(text)))
}

pub(super) fn show(asked: &Asked<'_>) -> Result<Answer, Problem> {
    let live = asked.live();
    let ticket = live.sandbox.tickets.by_id(asked.ticket_id()?).ok_or_else(|| asked.no_ticket())?;
    Ok(data(200, &TicketView::of(&ticket, live.sandbox.clock.now())).into())
}

pub(super) fn expire(asked: &Asked<'_>) -> Result<Answer, Problem> {
    let ticket = asked.tenant.end_ticket(asked.ticket_id()?, Ending::Expire);
    ended(asked, ticket)
}

pub(super) fn revoke(asked: &Asked<'_>) -> Result<Answer, Problem> {
    let ticket = asked.tenant.end_ticket(asked.ticket_id()?, Ending::Revoke);
    ended(asked, ticket)
}

fn ended(asked: &Asked<'_>, ticket: Option<Ticket>) -> Result<Answer, Problem> {
    let ticket = ticket.ok_or_else(|| asked.no_ticket())?;
    Ok(data(200, &TicketView::of(&ticket, asked.live().sandbox.clock.now())).into())
}

/// The vendor of this name.
pub(super) fn vendor(name: &str) -> Result<&'static str, Problem> {
    let names = || VENDORS.iter().map(|vendor| vendor.name());
    names().find(|known| *known == name).ok_or_else(|| {
        let hint = format!("one of {}", names().collect::<Vec<_>>().join(", "));
        Problem::new(400, "bad_query", format!("there is no vendor \"{name}\""), hint)
    })
}

fn status(name: &str) -> Result<Status, Problem> {
    const ALL: [Status; 4] = [Status::Live, Status::Expired, Status::UsedUp, Status::Revoked];
    ALL.into_iter().find(|status| status.name() == name).ok_or_else(|| {
        let hint = format!("one of {}", ALL.map(Status::name).join(", "));
        Problem::new(400, "bad_query", format!("there is no status \"{name}\""), hint)
    })
}

impl TicketView {
    pub fn of(ticket: &Ticket, now: Timestamp) -> Self {
        let extras = ticket.extras.as_deref();
        let extra =
            |text: fn(&crate::domain::Extras) -> &Option<String>| extras.and_then(|extras| text(extras).clone());
        Self {
            id: ticket.id.to_string(),
            vendor: ticket.family.vendor(),
            kind: ticket.family.kind(),
            target: target(&ticket.target),
            user: ticket.user.as_ref().map(|user| json!({ "organization": &*user.organization, "id": &*user.id })),
            status: ticket.status(now).name(),
            uses: ticket.used,
            uses_left: ticket.uses_left(),
            issued_at: rfc3339(ticket.issued_at),
            updated_at: rfc3339(ticket.updated_at),
            expires_at: rfc3339(ticket.expires_at),
            global_param: extra(|extras| &extras.global_param),
            watermark: extra(|extras| &extras.watermark),
            config_param: extra(|extras| &extras.config_param),
        }
    }
}

fn target(target: &Target) -> Value {
    match target {
        Target::Work { work, component } => json!({ "work": &**work, "component": component.as_deref() }),
        Target::Page { project, page, view } => {
            json!({ "project": project, "page": page, "view": view.name() })
        }
    }
}
