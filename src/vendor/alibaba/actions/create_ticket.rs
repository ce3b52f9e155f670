//! CreateTicket: a ticket that opens one work, or one component of a dashboard.

use super::account::{ACCOUNT_NAME, ACCOUNT_TYPE, ACCOUNT_TYPE_2021, USER_ID, account};
use super::{DEFAULT_MINUTES, OLDER, TICKETS, global_param, optional, required};
use crate::domain::{
    Ask, Assumptions, Evidence, Extras, Form, IssueAsk, Limits, Refusal, Renewal, Subject, Terms, WorkAsk,
};
use crate::vendor::alibaba::assumptions::{CREATE_TICKET_CAP, ZERO_LIFETIME};
use crate::vendor::catalog::{Action, Bounds, Done, Kind, ParamRow, Reasons, Rendered, Rule, rendered};
use crate::vendor::params::Args;

pub static ACTION: Action = action(&["2022-01-01"], &PARAMS, "vendor page of the action (2022-01-01), 2023-10-24");

/// The older page knows one more kind of account.
pub static ACTION_2021: Action = action(OLDER, &PARAMS_2021, "older vendor page of the action (2021-03-25)");

static PARAMS: [ParamRow; 9] = params(ACCOUNT_TYPE);
static PARAMS_2021: [ParamRow; 9] = params(ACCOUNT_TYPE_2021);

const fn action(versions: &'static [&'static str], params: &'static [ParamRow], source: &'static str) -> Action {
    Action {
        name: "CreateTicket",
        versions,
        about: "Creates a ticket that opens a work so many times within so many minutes.",
        family: TICKETS,
        params,
        terms: |_| Terms::default(),
        parse,
        render,
        reasons: Reasons::new(),
        evidence: Evidence::Documented,
        source,
    }
}

const fn params(account_type: ParamRow) -> [ParamRow; 9] {
    [
        required("WorksId", "worksId", Kind::Text, Rule::Any, "work to open, with embedding switched on"),
        optional("CmptId", "cmptId", Kind::Text, Rule::Any, "component of a dashboard"),
        optional(
            "TicketNum",
            "ticketNum",
            Kind::Int,
            Rule::Uses(Bounds::Fixed(1, 99_999)),
            "visits, 1 to 99999; default 1",
        ),
        USER_ID,
        ACCOUNT_NAME,
        account_type,
        optional(
            "ExpireTime",
            "expireTime",
            Kind::Int,
            Rule::Minutes(Bounds::Assumed(minutes_bounds)),
            "minutes, 0 to 240; default 240",
        ),
        optional(
            "WatermarkParam",
            "watermarkParam",
            Kind::Text,
            Rule::Chars(50),
            "watermark, at most 50 characters; not on a screen",
        ),
        optional(
            "GlobalParam",
            "globalParam",
            Kind::Text,
            Rule::Any,
            "JSON array of filters the visitor cannot change, as text",
        ),
    ]
}

fn minutes_bounds(assumptions: &Assumptions) -> (i64, i64) {
    let low = i64::from(assumptions.is(&ZERO_LIFETIME, "refuse"));
    let high = if assumptions.is(&CREATE_TICKET_CAP, "none") { i64::from(i32::MAX) } else { 240 };
    (low, high)
}

fn parse(args: &Args<'_>, assumptions: &Assumptions) -> Result<Ask, Refusal> {
    let account = account(args, assumptions)?;
    if let Some(text) = args.text("GlobalParam") {
        global_param::check(text)?;
    }
    let small = |name: &str, default: u32| args.int(name).and_then(|n| u32::try_from(n).ok()).unwrap_or(default);
    Ok(Ask::Issue(Box::new(IssueAsk {
        subject: Subject::Work(WorkAsk {
            work: args.owned("WorksId").unwrap_or_default(),
            component: args.owned("CmptId"),
        }),
        account,
        family: TICKETS,
        form: Form::Uuid,
        uses: Some(small("TicketNum", 1)),
        minutes: small("ExpireTime", DEFAULT_MINUTES),
        count: 1,
        // A new ticket leaves earlier ones alone; only use or expiry ends them.
        renewal: Renewal::Independent,
        limits: Limits::default(),
        extras: Extras {
            global_param: args.owned("GlobalParam"),
            watermark: args.owned("WatermarkParam"),
            ..Extras::default()
        },
    })))
}

fn render(done: &Done<'_>) -> Rendered {
    rendered(&done.tickets.first().map(|ticket| ticket.id.to_string()))
}
