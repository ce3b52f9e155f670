//! A sandbox as one JSON document, and back: everything that its future depends on, and nothing of its past.
//!
//! `document` has the words of the format, `read` the checks. A document is either right in every
//! part or refused with place and cause; what is done with one that is right is `emulator`'s business.
//! The journal is not in it.

mod document;
mod read;

pub use document::{Document, VERSION};
pub use read::{Unfit, read};

use crate::domain::Ticket;
use crate::emulator::{ClockSpec, Live, wall};
use crate::sandbox::Position;
use crate::vendor::assumptions;
use document::{ClockPart, KeyPart, Mode, SerialPart, StreamPart, TicketPart, WorldPart};

/// The sandbox as it is now. The same state gives the same document.
pub fn take(live: &Live) -> Document {
    let state = live.sandbox.state();
    let mut streams: Vec<StreamPart> = state.positions.iter().map(stream).collect();
    streams.sort_unstable_by(|one, other| (&one.purpose, &one.key).cmp(&(&other.purpose, &other.key)));
    let (mut nonces, mut rates) = (state.nonces, state.rates);
    nonces.sort_unstable_by(|one, other| (&one.key, &one.nonce).cmp(&(&other.key, &other.nonce)));
    rates.sort_unstable_by(|one, other| (&one.key, &one.action).cmp(&(&other.key, &other.action)));
    let rows = assumptions().into_iter();
    let chosen = rows.map(|row| (row, live.world.assumptions.of(row))).filter(|(row, choice)| row.default != *choice);
    Document {
        ticketbooth_snapshot: VERSION,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        sandbox: state.stem.to_string(),
        seed: state.seed,
        clock: clock(state.clock),
        world: WorldPart {
            text: live.world.text().to_owned(),
            keys: live.world.named_credentials().map(key).collect(),
        },
        assumptions: chosen.map(|(row, choice)| (row.name.to_owned(), choice.to_owned())).collect(),
        streams,
        tickets: state.holdings.tickets.iter().map(ticket).collect(),
        newest: state.holdings.newest.iter().map(ToString::to_string).collect(),
        serials: state.holdings.serials.iter().map(|(family, last)| SerialPart::of(*family, *last)).collect(),
        nonces,
        rates,
    }
}

fn clock(spec: ClockSpec) -> ClockPart {
    let mode = if spec.frozen { Mode::Frozen } else { Mode::Running };
    ClockPart { mode, now: spec.start.unwrap_or_else(wall).unix() }
}

fn key((stands_for, key): (&str, &crate::world::Credential)) -> KeyPart {
    KeyPart {
        vendor: key.vendor.to_owned(),
        stands_for: stands_for.to_owned(),
        id: key.id.clone(),
        secret: key.secret.clone(),
    }
}

fn stream(position: &Position) -> StreamPart {
    let Position { purpose, key, drawn } = position;
    StreamPart { purpose: purpose.name().to_owned(), key: key.to_string(), drawn: *drawn }
}

fn ticket(ticket: &Ticket) -> TicketPart {
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
        issued_at: ticket.issued_at.unix(),
        updated_at: ticket.updated_at.unix(),
        expires_at: ticket.expires_at.unix(),
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
