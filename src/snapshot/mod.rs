//! A sandbox as one JSON document, and back: everything that its future depends on, and nothing of its past.
//!
//! `document` has the words of the format, `read` the checks. A document is either right in every
//! part or refused with place and cause; what is done with one that is right is `emulator`'s business.
//! The journal is not in it.

mod changes;
mod checksum;
mod document;
mod parts;
mod read;
mod tickets;

pub use document::{Document, VERSION};
pub use parts::BadSnapshot;
pub use read::{checksum_of, read_snapshot};

use serde::Serialize;
use std::iter::{self, once};
use std::sync::Arc;

use parking_lot::Mutex;

use crate::cloud::all_assumptions;
use crate::domain::Ticket;
use crate::emulator::{ClockSpec, Epoch, wall_now};
use crate::sandbox::{Nonce, Position};
use checksum::Checksum;
use document::{ClockPart, KeyPart, ModePart, SerialPart, StreamPart, TicketPart, WorldPart};

/// The sandbox as it is now, as text in pieces that are made one after the other: of a million tickets it is several
/// hundred megabytes. The same state gives the same text.
pub fn snapshot_pieces(epoch: &Epoch) -> impl Iterator<Item = String> + Send + use<> {
    let (document, tickets, nonces) = begin_document(epoch);
    let text = json_text(&document);
    // In a text of JSON a quote is escaped, so these are the members themselves, which are empty as yet.
    let (head, rest) = text.split_once(r#""tickets":[]"#).expect("the document has its tickets");
    let (middle, rest) = rest.split_once(r#""nonces":[]"#).expect("the document has its nonces");
    let (tail, end) = rest.split_once(r#""sha256":"""#).expect("the document has its checksum");
    let [head, middle, tail, end] = [head, middle, tail, end].map(str::to_owned);
    let seal = Arc::new(Mutex::new(Checksum::default()));
    let (of_tickets, of_nonces) = (Arc::clone(&seal), Arc::clone(&seal));
    let tickets = tickets.into_iter().map(move |ticket| {
        let text = self::json_text(&self::ticket_part(&ticket));
        of_tickets.lock().add_ticket(&text);
        text
    });
    let nonces = nonces.into_iter().map(move |nonce| {
        let text = self::json_text(&nonce);
        of_nonces.lock().add_nonce(&text);
        text
    });
    // Made when it is asked for, behind everything that it is about.
    let sealed = iter::once_with(move || {
        let checksum = std::mem::take(&mut *seal.lock()).finish(&document);
        format!(r#"]{tail}"sha256":"{checksum}"{end}"#)
    });
    let tickets = once(head + r#""tickets":["#).chain(json_elements(tickets)).chain(once("]".to_owned() + &middle));
    tickets.chain(once(r#""nonces":["#.to_owned())).chain(json_elements(nonces)).chain(sealed)
}

fn json_text(part: &impl Serialize) -> String {
    serde_json::to_string(part).expect("what is written has text for keys and no failing parts")
}

/// The elements of a list with their commas.
fn json_elements(texts: impl Iterator<Item = String>) -> impl Iterator<Item = String> {
    texts.enumerate().map(|(index, text)| if index == 0 { text } else { format!(",{text}") })
}

/// The document without what there may be a million of, and that.
fn begin_document(epoch: &Epoch) -> (Document, Vec<Ticket>, Vec<Nonce>) {
    let state = epoch.state.save_state();
    let mut streams: Vec<StreamPart> = state.positions.iter().map(stream_part).collect();
    streams.sort_unstable_by(|one, other| (&one.purpose, &one.key).cmp(&(&other.purpose, &other.key)));
    let (mut nonces, mut rates) = (state.nonces, state.rates);
    nonces.sort_unstable_by(|one, other| (&one.key, &one.nonce).cmp(&(&other.key, &other.nonce)));
    rates.sort_unstable_by(|one, other| (&one.key, &one.action).cmp(&(&other.key, &other.action)));
    let rows = all_assumptions().into_iter();
    let chosen =
        rows.map(|row| (row, epoch.world.assumptions.answer_to(row))).filter(|(row, choice)| row.default != *choice);
    let document = Document {
        ticketbooth_snapshot: VERSION,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        sandbox: state.stem.to_string(),
        seed: state.seed,
        clock: clock_part(state.clock),
        world: WorldPart {
            text: epoch.world.source_text().to_owned(),
            keys: epoch.world.named_credentials().map(key_part).collect(),
            changes: changes::change_parts(&epoch.world),
        },
        assumptions: chosen.map(|(row, choice)| (row.name.to_owned(), choice.to_owned())).collect(),
        streams,
        tickets: Vec::new(),
        newest: state.holdings.newest.iter().map(ToString::to_string).collect(),
        serials: state.holdings.serials.iter().map(|(family, last)| SerialPart::from_family(*family, *last)).collect(),
        nonces: Vec::new(),
        rates,
        sha256: String::new(),
    };
    (document, state.holdings.tickets, nonces)
}

fn clock_part(spec: ClockSpec) -> ClockPart {
    let mode = if spec.frozen { ModePart::Frozen } else { ModePart::Running };
    ClockPart { mode, now: spec.start.unwrap_or_else(wall_now).unix_seconds() }
}

fn key_part((stands_for, key): (&str, &crate::world::Credential)) -> KeyPart {
    KeyPart {
        vendor: key.vendor.to_owned(),
        stands_for: stands_for.to_owned(),
        id: key.id.clone(),
        secret: key.secret.clone(),
    }
}

fn stream_part(position: &Position) -> StreamPart {
    let Position { purpose, key, drawn } = position;
    StreamPart { purpose: purpose.name().to_owned(), key: key.to_string(), drawn: *drawn }
}

fn ticket_part(ticket: &Ticket) -> TicketPart {
    let extras = ticket.extras.as_deref().cloned();
    TicketPart {
        id: ticket.id.to_string(),
        vendor: ticket.family.vendor().to_owned(),
        kind: ticket.family.kind().to_owned(),
        serial: ticket.serial,
        target: document::target_part(&ticket.target),
        user: ticket.user.as_ref().map(document::user_part),
        max_uses: ticket.max_uses,
        used: ticket.used,
        lifetime_minutes: ticket.lifetime_minutes,
        issued_at: ticket.issued_at.unix_seconds(),
        updated_at: ticket.updated_at.unix_seconds(),
        expires_at: ticket.expires_at.unix_seconds(),
        revoked: ticket.revoked,
        extras: extras.map(|extras| document::ExtrasPart {
            global_param: extras.global_param,
            watermark: extras.watermark,
            config_param: extras.config_param,
            spare: extras.spare,
            edition: extras.edition.map(str::to_owned),
        }),
    }
}
