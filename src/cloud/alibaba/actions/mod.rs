//! The actions of Quick BI that are served.

mod account;
mod changes;
mod create_ticket;
mod embed_tokens;
mod global_param;
mod module_tickets;
mod others;
mod reads;
mod signature_url;
mod tells;
mod tickets;

use serde_json::json;

use super::assumptions::{AlibabaTimeZoneChoice, TIME_ZONE};
use crate::cloud::catalog::{Action, ActionResult, ParamKind, ParamRow, ParamRule, Rendered, to_rendered};
use crate::cloud::table::{join_rows, names};
use crate::domain::{Assumptions, Family, Ticket, Timestamp};
pub use global_param::once_decoded;

pub static ACTIONS: &[&Action] =
    &join_rows::<{ ON_TICKETS_COUNT + reads::COUNT + changes::COUNT }>(&ON_TICKETS, &[&reads::ROWS, &changes::ROWS]);

/// The actions that are not served.
pub static OTHERS: &[&Action] = &join_rows::<{ others::COUNT }>(&[], &[&others::ROWS]);

/// The names of the actions that tell of things.
pub static TELLING: [&str; reads::COUNT] = names(&reads::ROWS);
/// The names of the actions that change things.
pub static CHANGING: [&str; changes::COUNT] = names(&changes::ROWS);
/// The names of the actions that are not served.
pub static UNSERVED: [&str; others::COUNT] = names(&others::ROWS);

const ON_TICKETS_COUNT: usize = 13;

static ON_TICKETS: [&Action; ON_TICKETS_COUNT] = [
    &create_ticket::ACTION,
    &create_ticket::ACTION_2021,
    &tickets::DELAY_TICKET_EXPIRE_TIME,
    &tickets::SET_TICKET_NUM,
    &tickets::QUERY_TICKET_INFO,
    &tickets::DELETE_TICKET,
    &embed_tokens::CREATE_EMBED_TOKEN,
    &embed_tokens::DELAY_EMBED_TOKEN,
    &embed_tokens::QUERY_EMBED_TOKEN_INFO,
    &embed_tokens::DELETE_EMBED_TOKEN,
    &signature_url::ACTION,
    &module_tickets::COPILOT,
    &module_tickets::AI_PRO,
];

/// The family of tickets that CreateTicket issues.
pub const TICKETS: Family = Family::new(&(super::NAME, "ticket"));

/// The family of tokens that the older CreateEmbedToken issues.
pub const TOKENS: Family = Family::new(&(super::NAME, "token"));

/// The family of the links that BuildSignatureUrl issues.
pub const LINKS: Family = Family::new(&(super::NAME, "link"));

const OLDER: &[&str] = &["2021-03-25"];
const BOTH: &[&str] = &["2021-03-25", "2022-01-01"];

/// Minutes that tickets and tokens live when the call does not say.
const DEFAULT_MINUTES: u32 = 240;

const fn optional_row(
    name: &'static str,
    alias: &'static str,
    kind: ParamKind,
    rule: ParamRule,
    about: &'static str,
) -> ParamRow {
    ParamRow { name, alias, kind, required: false, rule, about }
}

const fn required_row(
    name: &'static str,
    alias: &'static str,
    kind: ParamKind,
    rule: ParamRule,
    about: &'static str,
) -> ParamRow {
    ParamRow { required: true, ..optional_row(name, alias, kind, rule, about) }
}

const WORKS_ID: ParamRow =
    required_row("WorksId", "worksId", ParamKind::Text, ParamRule::Any, "work to open, with embedding switched on");

const TICKET: ParamRow =
    required_row("Ticket", "ticket", ParamKind::Text, ParamRule::Any, "the ticket, as in the link");
const TOKEN: ParamRow = required_row("Token", "token", ParamKind::Text, ParamRule::Any, "the token, as in the link");

/// A token as the older actions describe it. The misspelt member is the vendor's own.
fn token_info(done: &ActionResult<'_>) -> Rendered {
    let info = |ticket: &Ticket| {
        json!({
            "AccessToken": ticket.id.to_string(),
            "TokeType": 4,
            "InvalidTime": wall_text(ticket.expires_at, done.assumptions),
            "RegisterTime": wall_text(ticket.issued_at, done.assumptions),
        })
    };
    to_rendered(&done.tickets.first().map(info))
}

/// A time as the vendor prints it.
pub fn wall_text(at: Timestamp, assumptions: &Assumptions) -> String {
    crate::cloud::format_wall_time(at, assumptions.holds(&TIME_ZONE, AlibabaTimeZoneChoice::Utc))
}
