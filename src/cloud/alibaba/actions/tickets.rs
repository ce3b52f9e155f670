//! Actions on a ticket: DelayTicketExpireTime, UpdateTicketNum, QueryTicketInfo, DeleteTicket.

use serde_json::json;

use super::{BOTH, TICKET, TICKETS, required_row, wall_text};
use crate::cloud::alibaba::assumptions::{
    DELAY_BASE, DELAY_CAP, DelayBaseChoice, DelayCapChoice, EXTEND_USED_UP, ExtendUsedUpChoice, UPDATE_TICKET_NUM,
    UpdateTicketNumChoice,
};
use crate::cloud::catalog::{
    Action, ActionResult, Does, ParamKind, ParamRule, Reasons, Rendered, TicketWork, ValueRange, to_rendered,
};
use crate::cloud::params::Args;
use crate::domain::{
    AfterEnd, Ask, Assumptions, Command, Evidence, ExtendFrom, Refusal, Target, TargetHint, Terms, Uses,
};

pub static DELAY_TICKET_EXPIRE_TIME: Action = Action {
    name: "DelayTicketExpireTime",
    versions: BOTH,
    about: "Extends a ticket by a number of minutes.",
    params: &[
        TICKET,
        required_row(
            "ExpireTime",
            "expireTime",
            ParamKind::Int,
            ParamRule::Minutes(ValueRange::Fixed(0, 240)),
            "minutes to add, 0 to 240",
        ),
    ],
    does: Does::Tickets(TicketWork {
        family: TICKETS,
        terms: extension_terms,
        parse: parse_delay,
        render: |_| to_rendered(&true),
    }),
    reasons: Reasons::new(),
    evidence: Evidence::Documented,
    source: "vendor page of the action (2022-01-01)",
};

/// The terms of an extension, the same for tickets and tokens.
pub fn extension_terms(assumptions: &Assumptions) -> Terms {
    Terms {
        extend_from: if assumptions.holds(&DELAY_BASE, DelayBaseChoice::Now) {
            ExtendFrom::Now
        } else {
            ExtendFrom::OldExpiry
        },
        max_ahead_minutes: assumptions.holds(&DELAY_CAP, DelayCapChoice::Minutes240).then_some(240),
        extend_used_up: if assumptions.holds(&EXTEND_USED_UP, ExtendUsedUpChoice::Refuse) {
            AfterEnd::Refuse
        } else {
            AfterEnd::Accept
        },
        after_expiry: AfterEnd::Refuse,
        ..Terms::default()
    }
}

fn parse_delay(args: &Args<'_>, _: &Assumptions) -> Result<Ask, Refusal> {
    let minutes = args.int("ExpireTime").and_then(|minutes| u32::try_from(minutes).ok());
    let command = Command::Extend { minutes, expected: TargetHint::default() };
    Ok(Ask::Act { ticket: args.owned_text("Ticket").unwrap_or_default(), command })
}

pub static SET_TICKET_NUM: Action = Action {
    name: "UpdateTicketNum",
    versions: BOTH,
    about: "Sets how often a ticket can still be used.",
    params: &[
        TICKET,
        required_row(
            "TicketNum",
            "ticketNum",
            ParamKind::Int,
            ParamRule::Uses(ValueRange::Fixed(1, 99_998)),
            "visits, 1 to 99998",
        ),
    ],
    does: Does::Tickets(TicketWork {
        family: TICKETS,
        terms: |_| Terms::default(),
        parse: parse_update,
        render: |_| to_rendered(&true),
    }),
    reasons: Reasons::new(),
    evidence: Evidence::Documented,
    source: "vendor page of the action (2021-03-25); newest SDK model",
};

fn parse_update(args: &Args<'_>, assumptions: &Assumptions) -> Result<Ask, Refusal> {
    let uses = args.int("TicketNum").and_then(|uses| u32::try_from(uses).ok()).unwrap_or(1);
    let uses = if assumptions.holds(&UPDATE_TICKET_NUM, UpdateTicketNumChoice::Maximum) {
        Uses::Total(uses)
    } else {
        Uses::Left(uses)
    };
    Ok(Ask::Act { ticket: args.owned_text("Ticket").unwrap_or_default(), command: Command::SetUses(uses) })
}

pub static QUERY_TICKET_INFO: Action = Action {
    name: "QueryTicketInfo",
    versions: BOTH,
    about: "Tells everything about a ticket that has not expired.",
    params: &[TICKET],
    does: Does::Tickets(TicketWork {
        family: TICKETS,
        terms: |_| Terms::default(),
        parse: parse_query,
        render: render_info,
    }),
    reasons: Reasons::new(),
    evidence: Evidence::Documented,
    source: "newest SDK model; vendor page of the action",
};

fn parse_query(args: &Args<'_>, _: &Assumptions) -> Result<Ask, Refusal> {
    Ok(Ask::Act { ticket: args.owned_text("Ticket").unwrap_or_default(), command: Command::Inspect })
}

fn render_info(done: &ActionResult<'_>) -> Rendered {
    let Some(ticket) = done.tickets.first() else { return to_rendered(&()) };
    let (work, component) = match &ticket.target {
        Target::Work { work, component } => (&**work, component.as_deref().unwrap_or("")),
        // The field that names what a ticket opens has the module.
        Target::Module { module } => (&**module, ""),
        Target::Page { .. } => ("", ""),
    };
    let extras = ticket.extras.as_deref();
    let extra = |text: Option<&String>| text.cloned().unwrap_or_default();
    to_rendered(&json!({
        "AccessTicket": ticket.id.to_string(),
        "OrganizationId": ticket.user.as_ref().map_or("", |user| &user.organization),
        "UserId": ticket.user.as_ref().map_or("", |user| &user.id),
        "WorksId": work,
        "CmptId": component,
        "MaxTicketNum": ticket.max_uses,
        "UsedTicketNum": ticket.used,
        "RegisterTime": wall_text(ticket.issued_at, done.assumptions),
        "InvalidTime": wall_text(ticket.expires_at, done.assumptions),
        "GlobalParam": extra(extras.and_then(|extras| extras.global_param.as_ref())),
        "WatermarkParam": extra(extras.and_then(|extras| extras.watermark.as_ref())),
    }))
}

pub static DELETE_TICKET: Action = Action {
    name: "DeleteTicket",
    versions: BOTH,
    about: "Ends a ticket; afterwards it does not exist.",
    params: &[TICKET],
    does: Does::Tickets(TicketWork {
        family: TICKETS,
        terms: |_| Terms::default(),
        parse: |args, _| {
            Ok(Ask::Act { ticket: args.owned_text("Ticket").unwrap_or_default(), command: Command::Revoke })
        },
        render: |_| to_rendered(&true),
    }),
    reasons: Reasons::new(),
    evidence: Evidence::Documented,
    source: "newest SDK model; vendor page of the action",
};
