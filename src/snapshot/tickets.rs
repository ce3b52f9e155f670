//! The tickets of a document, of which there may be a million.

use std::fmt;

use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::checksum::Checksum;
use super::document::{self, ExtrasPart, TicketPart};
use super::json_text;
use super::parts::{BadSnapshot, read_family, read_time};
use crate::cloud::vendors;
use crate::domain::{Extras, Ticket, TicketId};

/// Tickets as they are read: each is taken for what it says at once, so that their texts are never there together.
pub(super) struct TicketParts {
    /// The tickets, or what is wrong with the first one that says nothing sensible.
    pub tickets: Result<Vec<Ticket>, BadSnapshot>,
    pub seal: Checksum,
}

impl<'de> Deserialize<'de> for TicketParts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(TicketVisitor)
    }
}

struct TicketVisitor;

impl<'de> Visitor<'de> for TicketVisitor {
    type Value = TicketParts;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of tickets")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<TicketParts, A::Error> {
        let mut list = TicketParts { tickets: Ok(Vec::new()), seal: Checksum::default() };
        while let Some(part) = parts.next_element::<TicketPart>()? {
            list.seal.add_ticket(&json_text(&part));
            if let Ok(tickets) = &mut list.tickets {
                match read_ticket(&part, tickets.len()) {
                    Ok(ticket) => tickets.push(ticket),
                    Err(unfit) => list.tickets = Err(unfit),
                }
            }
        }
        Ok(list)
    }
}

fn read_ticket(part: &TicketPart, index: usize) -> Result<Ticket, BadSnapshot> {
    let place = |what: &str| format!("tickets[{index}].{what}");
    let id = TicketId::parse(&part.id);
    let target = document::to_target(&part.target);
    Ok(Ticket {
        id: id.ok_or_else(|| BadSnapshot::new(place("id"), format!("invalid ticket \"{}\"", part.id)))?,
        family: read_family(&part.vendor, &part.kind, || place("kind"))?,
        serial: part.serial,
        target: target.ok_or_else(|| BadSnapshot::new(place("target"), "it names neither one work nor one project"))?,
        user: part.user.as_ref().map(document::to_user),
        max_uses: part.max_uses,
        used: part.used,
        lifetime_minutes: part.lifetime_minutes,
        issued_at: read_time(part.issued_at, || place("issued_at"))?,
        updated_at: read_time(part.updated_at, || place("updated_at"))?,
        expires_at: read_time(part.expires_at, || place("expires_at"))?,
        revoked: part.revoked,
        extras: part
            .extras
            .as_ref()
            .map(|part| read_extras(part, || place("extras.edition")))
            .transpose()?
            .map(Box::new),
    })
}

fn read_extras(part: &ExtrasPart, place: impl Fn() -> String) -> Result<Extras, BadSnapshot> {
    let editions =
        || vendors().iter().flat_map(|vendor| vendor.catalog.actions).flat_map(|action| action.versions.iter());
    let edition = part.edition.as_deref().map(|text| {
        let known = editions().copied().find(|known| *known == text);
        known.ok_or_else(|| BadSnapshot::new(place(), format!("unknown edition \"{text}\"")))
    });
    Ok(Extras {
        global_param: part.global_param.clone(),
        watermark: part.watermark.clone(),
        config_param: part.config_param.clone(),
        spare: part.spare.clone(),
        edition: edition.transpose()?,
    })
}
