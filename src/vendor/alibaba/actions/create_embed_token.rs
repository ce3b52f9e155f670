//! CreateEmbedToken (2021-03-25): a token for one user and one work, renewed when asked for again.

use serde_json::Value;

use super::account::{ACCOUNT_NAME, ACCOUNT_TYPE_2021, USER_ID, account};
use super::{DEFAULT_MINUTES, OLDER, TOKENS, optional, required, token_info};
use crate::domain::{
    Ask, Assumptions, Evidence, Extras, Form, IssueAsk, Limits, Refusal, Renewal, Subject, Terms, WorkAsk,
};
use crate::vendor::alibaba::assumptions::EMBED_TOKEN_LIMIT;
use crate::vendor::catalog::{Action, Bounds, Done, Kind, ParamRow, Rule};
use crate::vendor::params::Args;

/// No page states its range; the sibling DelayEmbedToken documents the cap.
pub const EXPIRE_MIN: ParamRow = optional(
    "ExpireMin",
    "expireMin",
    Kind::Int,
    Rule::Minutes(Bounds::Fixed(1, 240)),
    "minutes, 1 to 240; default 240",
);

pub static ACTION: Action = Action {
    name: "CreateEmbedToken",
    versions: OLDER,
    about: "Creates the token of a user for a work, or renews the one that is still valid.",
    family: TOKENS,
    params: &[
        required("WorksId", "worksId", Kind::Text, Rule::Any, "work to open, with embedding switched on"),
        USER_ID,
        ACCOUNT_NAME,
        ACCOUNT_TYPE_2021,
        EXPIRE_MIN,
    ],
    terms: |_| Terms::default(),
    parse,
    render,
    evidence: Evidence::Documented,
    source: "vendor page of the action (2021-03-25)",
};

fn parse(args: &Args<'_>, assumptions: &Assumptions) -> Result<Ask, Refusal> {
    Ok(Ask::Issue(Box::new(IssueAsk {
        subject: Subject::Work(WorkAsk { work: args.owned("WorksId").unwrap_or_default(), component: None }),
        account: account(args, assumptions)?,
        family: TOKENS,
        form: Form::Hex,
        uses: None,
        minutes: args.int("ExpireMin").and_then(|minutes| u32::try_from(minutes).ok()).unwrap_or(DEFAULT_MINUTES),
        count: 1,
        renewal: Renewal::Accumulate,
        limits: Limits { live_per_user: assumptions.of(&EMBED_TOKEN_LIMIT).parse().ok() },
        extras: Extras::default(),
    })))
}

fn render(done: &Done<'_>) -> Value {
    done.tickets.first().map_or(Value::Null, |ticket| token_info(ticket, done.assumptions))
}
