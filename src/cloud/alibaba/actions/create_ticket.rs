//! CreateTicket: a ticket that opens one work, or one component of a dashboard.

use super::account::{ACCOUNT_NAME, ACCOUNT_TYPE, ACCOUNT_TYPE_2021, USER_ID, parse_account};
use super::{DEFAULT_MINUTES, OLDER, TICKETS, WORKS_ID, global_param, optional_row};
use crate::cloud::alibaba::assumptions::{CREATE_TICKET_CAP, CreateTicketCapChoice, ZERO_LIFETIME, ZeroLifetimeChoice};
use crate::cloud::catalog::{
    Action, ActionResult, Does, ParamKind, ParamRow, ParamRule, Reasons, Rendered, TicketWork, ValueRange, to_rendered,
};
use crate::cloud::params::Args;
use crate::domain::{
    AccountAsk, Ask, Assumptions, Evidence, Extras, IdForm, IssueAsk, IssueLimits, IssueSubject, Refusal, Renewal,
    Terms, WorkAsk,
};

pub static ACTION: Action = action_row(&["2022-01-01"], &PARAMS, "vendor page of the action (2022-01-01), 2023-10-24");

/// The older page knows one more kind of account.
pub static ACTION_2021: Action = action_row(OLDER, &PARAMS_2021, "older vendor page of the action (2021-03-25)");

static PARAMS: [ParamRow; 9] = param_rows(ACCOUNT_TYPE);
static PARAMS_2021: [ParamRow; 9] = param_rows(ACCOUNT_TYPE_2021);

const fn action_row(versions: &'static [&'static str], params: &'static [ParamRow], source: &'static str) -> Action {
    Action {
        name: "CreateTicket",
        versions,
        about: "Creates a ticket that opens a work a number of times within a number of minutes.",
        params,
        does: Does::Tickets(TicketWork { family: TICKETS, terms: |_| Terms::default(), parse, render }),
        reasons: Reasons::new(),
        evidence: Evidence::Documented,
        source,
    }
}

pub(super) const TICKET_NUM: ParamRow = optional_row(
    "TicketNum",
    "ticketNum",
    ParamKind::Int,
    ParamRule::Uses(ValueRange::Fixed(1, 99_999)),
    "visits, 1 to 99999; default 1",
);

const fn param_rows(account_type: ParamRow) -> [ParamRow; 9] {
    [
        WORKS_ID,
        optional_row("CmptId", "cmptId", ParamKind::Text, ParamRule::Any, "component of a dashboard"),
        TICKET_NUM,
        USER_ID,
        ACCOUNT_NAME,
        account_type,
        optional_row(
            "ExpireTime",
            "expireTime",
            ParamKind::Int,
            ParamRule::Minutes(ValueRange::Assumed(minutes_bounds)),
            "minutes, 0 to 240; default 240",
        ),
        optional_row(
            "WatermarkParam",
            "watermarkParam",
            ParamKind::Text,
            ParamRule::Chars(50),
            "watermark, at most 50 characters; not on a screen",
        ),
        optional_row(
            "GlobalParam",
            "globalParam",
            ParamKind::Text,
            ParamRule::Any,
            "JSON array of filters the visitor cannot change, as text",
        ),
    ]
}

fn minutes_bounds(assumptions: &Assumptions) -> (i64, i64) {
    let low = i64::from(assumptions.holds(&ZERO_LIFETIME, ZeroLifetimeChoice::Refuse));
    let high =
        if assumptions.holds(&CREATE_TICKET_CAP, CreateTicketCapChoice::Unlimited) { i64::from(i32::MAX) } else { 240 };
    (low, high)
}

fn parse(args: &Args<'_>, assumptions: &Assumptions) -> Result<Ask, Refusal> {
    let account = parse_account(args, assumptions)?;
    if let Some(text) = args.text("GlobalParam") {
        global_param::check_global_param(text)?;
    }
    let (work, component) = (args.owned_text("WorksId").unwrap_or_default(), args.owned_text("CmptId"));
    let extras = Extras {
        global_param: args.owned_text("GlobalParam"),
        watermark: args.owned_text("WatermarkParam"),
        ..Extras::default()
    };
    Ok(ask_ticket(args, IssueSubject::Work(WorkAsk { work, component }), account, extras))
}

/// The request for a ticket that opens the subject as often and as long as the parameters say.
pub(super) fn ask_ticket(args: &Args<'_>, subject: IssueSubject, account: AccountAsk, extras: Extras) -> Ask {
    let small = |name: &str, default: u32| args.int(name).and_then(|n| u32::try_from(n).ok()).unwrap_or(default);
    Ask::Issue(Box::new(IssueAsk {
        subject,
        account,
        family: TICKETS,
        form: IdForm::Uuid,
        uses: Some(small("TicketNum", 1)),
        minutes: small("ExpireTime", DEFAULT_MINUTES),
        count: 1,
        // A new ticket leaves earlier ones alone; only use or expiry ends them.
        renewal: Renewal::Independent,
        limits: IssueLimits::default(),
        extras,
    }))
}

pub(super) fn render(done: &ActionResult<'_>) -> Rendered {
    to_rendered(&done.tickets.first().map(|ticket| ticket.id.to_string()))
}
