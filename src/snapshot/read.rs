//! From a document to what an emulator can take in, or to the first thing that is wrong with it.

use std::collections::{HashMap, HashSet};
use std::ops::RangeInclusive;

use serde::Deserialize;

use super::document::{self, Document, ExtrasPart, ModePart, TicketPart, VERSION};
use crate::cloud::{all_assumptions, vendors};
use crate::domain::{Assumptions, Extras, Family, Ticket, TicketId, Timestamp};
use crate::emulator::{ClockSpec, Import};
use crate::sandbox::{Holdings, Nonce, Position, Purpose, SavedState, SavedWindow, tag};
use crate::world::{KeyName, World, parse_answers};

/// The error in a document, with its place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {cause}")]
pub struct BadSnapshot {
    pub place: String,
    pub cause: String,
    /// The next step.
    pub hint: String,
}

impl BadSnapshot {
    fn new(place: impl Into<String>, cause: impl Into<String>) -> Self {
        let hint = "write it again with `ticketbooth snapshot save FILE`".to_owned();
        Self { place: place.into(), cause: cause.into(), hint }
    }
}

/// The range of times: the years from 1970 to 9999.
const TIMES: RangeInclusive<i64> = Timestamp::EARLIEST.unix_seconds()..=Timestamp::WRITABLE.unix_seconds();

/// As much of any document as tells whether it is one that this program reads.
#[derive(Deserialize)]
struct Head {
    ticketbooth_snapshot: Option<u64>,
    program: Option<String>,
}

/// Reads the document and checks all of it.
///
/// # Errors
///
/// The first thing that is wrong.
pub fn read_snapshot(text: &str) -> Result<Import, BadSnapshot> {
    let damaged = |error: serde_json::Error| {
        BadSnapshot::new(
            format!("line {} column {}", error.line(), error.column()),
            format!("damaged snapshot: {error}"),
        )
    };
    let head: Head = serde_json::from_str(text).map_err(damaged)?;
    match head.ticketbooth_snapshot {
        Some(version) if version == u64::from(VERSION) => {}
        Some(version) => {
            let by = head.program.unwrap_or_else(|| "an unknown one".to_owned());
            let cause = format!("format version {version} is not known; this program reads version {VERSION}");
            let hint = format!("load it with the version of ticketbooth that wrote it: {by}");
            return Err(BadSnapshot { hint, ..BadSnapshot::new("ticketbooth_snapshot", cause) });
        }
        None => {
            return Err(BadSnapshot::new("ticketbooth_snapshot", "this is not a snapshot: it has no format version"));
        }
    }
    check_document(&serde_json::from_str(text).map_err(damaged)?)
}

fn check_document(document: &Document) -> Result<Import, BadSnapshot> {
    let world = World::load("world.text", &document.world.text, &all_assumptions()).map_err(|problems| {
        let first = problems.iter().next();
        first.map_or_else(
            || BadSnapshot::new("world.text", "the world is not sound"),
            |problem| {
                BadSnapshot::new(format!("world.text:{}:{}", problem.line, problem.column), problem.message.as_str())
            },
        )
    })?;
    let keys = read_keys(document, &world)?;
    let start = read_time(document.clock.now, || "clock.now".to_owned())?;
    if start > Timestamp::LATEST {
        return Err(BadSnapshot::new("clock.now", "it is out of the clock's range, which ends with the year 9998"));
    }
    Ok(Import {
        keys,
        assumptions: read_choices(document)?,
        state: SavedState {
            stem: Box::from(document.sandbox.as_str()),
            seed: document.seed,
            clock: ClockSpec { frozen: document.clock.mode == ModePart::Frozen, start: Some(start) },
            holdings: read_holdings(document)?,
            positions: read_positions(document)?,
            nonces: read_nonces(document)?,
            rates: read_rates(document)?,
        },
        world,
    })
}

fn read_keys(document: &Document, world: &World) -> Result<Vec<KeyName>, BadSnapshot> {
    let mut seen = HashSet::new();
    let named = document.world.keys.iter().enumerate().map(|(index, key)| {
        let place = || format!("world.keys[{index}]");
        let meant = world.named_credentials().find(|(id, known)| *id == key.stands_for && known.vendor == key.vendor);
        let Some((_, known)) = meant else {
            let cause = format!("the world has no key \"{}\" of {}", key.stands_for, key.vendor);
            return Err(BadSnapshot::new(place(), cause));
        };
        if key.id.is_empty() || key.secret.is_empty() {
            return Err(BadSnapshot::new(place(), "a key needs an id and a secret"));
        }
        if !seen.insert((known.vendor, key.id.as_str())) {
            return Err(BadSnapshot::new(place(), format!("the key \"{}\" is listed twice", key.id)));
        }
        Ok(KeyName {
            vendor: known.vendor,
            stands_for: key.stands_for.clone(),
            id: key.id.clone(),
            secret: key.secret.clone(),
        })
    });
    named.collect()
}

fn read_choices(document: &Document) -> Result<Assumptions, BadSnapshot> {
    parse_answers(&document.assumptions, &all_assumptions()).map_err(|unfit| {
        let first = unfit.0.into_iter().next().expect("nothing is refused without a reason");
        BadSnapshot::new(format!("assumptions.{}", first.name), first.message)
    })
}

fn read_positions(document: &Document) -> Result<Vec<Position>, BadSnapshot> {
    let mut seen = HashSet::new();
    let positions = document.streams.iter().enumerate().map(|(index, stream)| {
        let place = || format!("streams[{index}]");
        let purpose = Purpose::ALL.iter().copied().find(|purpose| purpose.name() == stream.purpose);
        let purpose =
            purpose.ok_or_else(|| BadSnapshot::new(place(), format!("unknown purpose \"{}\"", stream.purpose)))?;
        if !seen.insert((purpose, &stream.key)) {
            return Err(BadSnapshot::new(place(), "the stream is listed twice"));
        }
        Ok(Position { purpose, key: Box::from(stream.key.as_str()), drawn: stream.drawn })
    });
    positions.collect()
}

fn read_nonces(document: &Document) -> Result<Vec<Nonce>, BadSnapshot> {
    let check =
        |(index, nonce): (usize, &Nonce)| read_time(nonce.until.unix_seconds(), || format!("nonces[{index}].until"));
    document.nonces.iter().enumerate().try_for_each(|nonce| check(nonce).map(drop))?;
    Ok(document.nonces.clone())
}

fn read_rates(document: &Document) -> Result<Vec<SavedWindow>, BadSnapshot> {
    let check = |(index, rate): (usize, &SavedWindow)| {
        let place = || format!("rates[{index}]");
        read_count(rate.calls.max(rate.before), place)?;
        read_time(rate.second.unix_seconds(), || format!("rates[{index}].second"))
    };
    document.rates.iter().enumerate().try_for_each(|rate| check(rate).map(drop))?;
    Ok(document.rates.clone())
}

fn read_holdings(document: &Document) -> Result<Holdings, BadSnapshot> {
    let mut last: HashMap<Family, u64> = HashMap::new();
    for (index, serial) in document.serials.iter().enumerate() {
        let place = || format!("serials[{index}]");
        let counted = read_count(serial.last, place)?;
        if last.insert(read_family(&serial.vendor, &serial.kind, place)?, counted).is_some() {
            return Err(BadSnapshot::new(place(), "the family is listed twice"));
        }
    }
    let tag = tag::of_sandbox(&document.sandbox);
    let mut by_id: HashMap<TicketId, usize> = HashMap::new();
    let mut serials = HashSet::new();
    let mut tickets: Vec<Ticket> = Vec::with_capacity(document.tickets.len());
    for (index, part) in document.tickets.iter().enumerate() {
        let unfit = |what: &str, cause: String| BadSnapshot::new(format!("tickets[{index}].{what}"), cause);
        let ticket = read_ticket(part, index)?;
        if tag::of_ticket(ticket.id) != tag {
            return Err(unfit("id", format!("{} is not a ticket of sandbox \"{}\"", part.id, document.sandbox)));
        }
        if by_id.insert(ticket.id, index).is_some() {
            return Err(unfit("id", format!("{} is listed twice", part.id)));
        }
        let highest = last.get(&ticket.family).copied().unwrap_or(0);
        if ticket.serial > highest || !serials.insert((ticket.family, ticket.serial)) {
            return Err(unfit("serial", format!("{} is beyond the last one, or is listed twice", ticket.serial)));
        }
        tickets.push(ticket);
    }
    let newest = read_newest(document, &by_id, &tickets)?;
    let mut serials: Vec<(Family, u64)> = last.into_iter().collect();
    serials.sort_unstable_by_key(|(family, _)| (family.vendor(), family.kind()));
    Ok(Holdings { tickets, newest, serials })
}

fn read_newest(
    document: &Document,
    by_id: &HashMap<TicketId, usize>,
    tickets: &[Ticket],
) -> Result<Vec<TicketId>, BadSnapshot> {
    let mut holders = HashSet::new();
    let ids = document.newest.iter().enumerate().map(|(index, text)| {
        let unfit = |cause: String| BadSnapshot::new(format!("newest[{index}]"), cause);
        let found = TicketId::parse(text).and_then(|id| Some((id, &tickets[*by_id.get(&id)?])));
        let (id, ticket) = found.ok_or_else(|| unfit(format!("unknown ticket {text}")))?;
        if !holders.insert((ticket.family, &ticket.target, &ticket.user)) {
            return Err(unfit(format!("another ticket is the newest of the holder of {text}")));
        }
        Ok(id)
    });
    ids.collect()
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

/// The family of this name, which some action has.
fn read_family(vendor: &str, kind: &str, place: impl Fn() -> String) -> Result<Family, BadSnapshot> {
    let mut families = vendors().iter().flat_map(|vendor| vendor.catalog.actions).map(|action| action.family);
    let found = families.find(|family| family.vendor() == vendor && family.kind() == kind);
    found.ok_or_else(|| BadSnapshot::new(place(), format!("{vendor} has no tickets of kind \"{kind}\"")))
}

fn read_time(unix: i64, place: impl Fn() -> String) -> Result<Timestamp, BadSnapshot> {
    let fits = TIMES.contains(&unix).then(|| Timestamp::from_unix(unix));
    fits.ok_or_else(|| BadSnapshot::new(place(), format!("{unix} is not a time between the years 1970 and 9999")))
}

/// A number that can be counted on from.
fn read_count(count: u64, place: impl Fn() -> String) -> Result<u64, BadSnapshot> {
    let fits = i64::try_from(count).is_ok().then_some(count);
    fits.ok_or_else(|| BadSnapshot::new(place(), format!("{count} is more than can ever be counted")))
}
