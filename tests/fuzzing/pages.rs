//! Links of embed pages. An input has requests between lines of `%%`; `$ticket`, `$token`, `$page` and `$chat` stand for
//! tickets that there are.

use std::sync::Arc;

use ticketbooth::emulator::Emulator;
use ticketbooth::journal::{CallKind, Outcome};
use ticketbooth::world::World;

use super::actions::check_saved;
use super::booth::{CHAT, PlainCall, parse_request, split_parts, strict_booth};
use super::laws::{check_views, last_entry, send_request};

/// The most requests of one input.
const MOST: usize = 6;

const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";

/// Names of tickets, and the calls that make them.
const TICKETS: &[(&str, PlainCall)] = &[
    (
        "$ticket",
        PlainCall { vendor: "alibaba", action: "CreateTicket", params: &[("WorksId", WORK), ("TicketNum", "2")] },
    ),
    ("$token", PlainCall { vendor: "alibaba", action: "CreateEmbedToken", params: &[("WorksId", WORK)] }),
    (
        "$page",
        PlainCall {
            vendor: "tencent",
            action: "CreateEmbedToken",
            params: &[("ProjectId", "117"), ("PageId", "11520"), ("TicketNum", "2")],
        },
    ),
    ("$chat", CHAT),
];

/// Makes the tickets, and gives their ids by their names.
fn create_tickets(emulator: &Emulator) -> Vec<(&'static str, String)> {
    let create = |(nonce, (name, call)): (usize, &(&'static str, PlainCall))| {
        let entry = send_request(emulator, &call.sign(nonce, None)).1.expect("a call is noted");
        let ticket = entry.told.changes.last().unwrap_or_else(|| panic!("{:?}", entry.told.outcome)).after.id;
        (*name, ticket.to_string())
    };
    TICKETS.iter().enumerate().map(create).collect()
}

fn count_uses(emulator: &Emulator) -> u32 {
    emulator.default_sandbox().epoch().state.tickets.all_tickets().iter().map(|ticket| ticket.used).sum()
}

fn decode_link(link: &str) -> String {
    percent_encoding::percent_decode_str(link).decode_utf8_lossy().into_owned()
}

/// A page opens for a ticket that stands in its link, takes one use of it, and never more than there are.
pub fn open_pages(data: &[u8]) {
    let emulator = strict_booth(World::demo());
    let tickets = create_tickets(&emulator);
    for part in split_parts(data, MOST) {
        let mut part = part.to_vec();
        if let Ok(text) = std::str::from_utf8(&part) {
            let filled = tickets.iter().fold(text.to_owned(), |text, (name, ticket)| text.replace(name, ticket));
            let session = last_session(&emulator);
            part = filled.replace("$session", &session).into_bytes();
        }
        let raw = Arc::new(parse_request(&part));
        let before = count_uses(&emulator);
        let (_, entry) = send_request(&emulator, &raw);
        let taken = count_uses(&emulator) - before;
        let Some(entry) = entry else {
            assert_eq!(taken, 0, "{raw:?} took a use");
            continue;
        };
        let opened = entry.told.kind == CallKind::Visit && entry.told.outcome == Outcome::Success;
        assert_eq!(taken, u32::from(opened), "{raw:?} took {taken} uses");
        if opened {
            let link = decode_link(&raw.target);
            assert!(tickets.iter().any(|(_, ticket)| link.contains(ticket)), "{link} names no ticket");
        }
    }
    for ticket in emulator.default_sandbox().epoch().state.tickets.all_tickets() {
        assert!(ticket.max_uses.is_none_or(|most| ticket.used <= most), "{ticket:?}");
    }
    check_views(&emulator);
    check_saved(&emulator);
}

/// The session of the page that was opened last.
fn last_session(emulator: &Emulator) -> String {
    let cookie = last_entry(emulator).and_then(|entry| {
        let mut cookies = entry.told.reply.headers.iter().filter(|(name, _)| name == "set-cookie");
        let found = cookies.find_map(|(_, value)| value.strip_prefix("ticketbooth_session=").map(str::to_owned));
        found.and_then(|value| value.split(';').next().map(str::to_owned))
    });
    cookie.unwrap_or_default()
}
