//! From a document to what an emulator can take in, or to the first thing that is wrong with it.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use super::changes::read_changes;
use super::checksum::Checksum;
use super::document::{Document, ModePart, VERSION};
use super::json_text;
use super::parts::{BadSnapshot, read_count, read_family, read_time};
use super::tickets::TicketParts;
use crate::cloud::all_assumptions;
use crate::domain::{Assumptions, Family, Ticket, TicketId, Timestamp};
use crate::emulator::{ClockSpec, Import};
use crate::sandbox::{Holdings, Nonce, Position, Purpose, SavedState, SavedWindow, tag};
use crate::world::{KeyName, World, parse_answers};

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
    let document: Document<TicketParts> = serde_json::from_str(text).map_err(damaged)?;
    let (document, tickets) = take_tickets(document);
    let import = check_document(&document, tickets.tickets?)?;
    check_seal(document, tickets.seal)?;
    Ok(import)
}

/// The document without its tickets, and those.
fn take_tickets(read: Document<TicketParts>) -> (Document, TicketParts) {
    let Document { ticketbooth_snapshot, program, sandbox, seed, clock, world, assumptions, .. } = read;
    let (streams, newest, serials, nonces) = (read.streams, read.newest, read.serials, read.nonces);
    let (rates, sha256, tickets) = (read.rates, read.sha256, Vec::new());
    let document = Document {
        ticketbooth_snapshot,
        program,
        sandbox,
        seed,
        clock,
        world,
        assumptions,
        streams,
        tickets,
        newest,
        serials,
        nonces,
        rates,
        sha256,
    };
    (document, read.tickets)
}

/// The checksum that a snapshot would have that was saved with what this text says; `None`: it is none. Tests change
/// snapshots with it.
pub fn checksum_of(text: &str) -> Option<String> {
    let (mut document, tickets) = take_tickets(serde_json::from_str(text).ok()?);
    document.sha256.clear();
    Some(finish_seal(document, tickets.seal))
}

fn finish_seal(mut document: Document, mut seal: Checksum) -> String {
    document.nonces.iter().for_each(|nonce| seal.add_nonce(&json_text(nonce)));
    document.nonces.clear();
    seal.finish(&document)
}

/// Whether the document says what it said when it was saved.
fn check_seal(mut document: Document, seal: Checksum) -> Result<(), BadSnapshot> {
    let told = std::mem::take(&mut document.sha256);
    if finish_seal(document, seal) == told {
        return Ok(());
    }
    let cause = "the contents are not those that were saved: the snapshot was damaged, or changed by hand";
    Err(BadSnapshot::new("sha256", cause))
}

fn check_document(document: &Document, tickets: Vec<Ticket>) -> Result<Import, BadSnapshot> {
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
    let world = read_changes(&document.world.changes, world)?;
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
            holdings: read_holdings(document, tickets)?,
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

fn read_holdings(document: &Document, tickets: Vec<Ticket>) -> Result<Holdings, BadSnapshot> {
    let mut last: HashMap<Family, u64> = HashMap::new();
    for (index, serial) in document.serials.iter().enumerate() {
        let place = || format!("serials[{index}]");
        let counted = read_count(serial.last, place)?;
        if last.insert(read_family(&serial.vendor, &serial.kind, place)?, counted).is_some() {
            return Err(BadSnapshot::new(place(), "the family is listed twice"));
        }
    }
    let tag = tag::of_sandbox(&document.sandbox);
    let mut by_id: HashMap<TicketId, usize> = HashMap::with_capacity(tickets.len());
    let mut serials = HashSet::with_capacity(tickets.len());
    for (index, ticket) in tickets.iter().enumerate() {
        let unfit = |what: &str, cause: String| BadSnapshot::new(format!("tickets[{index}].{what}"), cause);
        if tag::of_ticket(ticket.id) != tag {
            return Err(unfit("id", format!("{} is not a ticket of sandbox \"{}\"", ticket.id, document.sandbox)));
        }
        if by_id.insert(ticket.id, index).is_some() {
            return Err(unfit("id", format!("{} is listed twice", ticket.id)));
        }
        let highest = last.get(&ticket.family).copied().unwrap_or(0);
        if ticket.serial > highest || !serials.insert((ticket.family, ticket.serial)) {
            return Err(unfit("serial", format!("{} is beyond the last one, or is listed twice", ticket.serial)));
        }
    }
    drop(serials);
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
