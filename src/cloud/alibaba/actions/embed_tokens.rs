//! The tokens of version 2021-03-25, each for one user and one work: CreateEmbedToken, DelayEmbedToken,
//! QueryEmbedTokenInfo, DeleteEmbedToken.

use super::account::{ACCOUNT_NAME, ACCOUNT_TYPE_2021, USER_ID, parse_account};
use super::tickets::extension_terms;
use super::{DEFAULT_MINUTES, OLDER, TOKEN, TOKENS, WORKS_ID, optional_row, token_info};
use crate::cloud::alibaba::assumptions::EMBED_TOKEN_LIMIT;
use crate::cloud::catalog::{
    Action, Does, ParamKind, ParamRow, ParamRule, Reasons, TicketWork, ValueRange, to_rendered,
};
use crate::cloud::params::Args;
use crate::domain::{
    Ask, Assumptions, Command, Evidence, Extras, IdForm, IssueAsk, IssueLimits, IssueSubject, Refusal, Renewal,
    TargetHint, Terms, WorkAsk,
};

/// No page states its range; the sibling DelayEmbedToken documents the cap.
pub(super) const EXPIRE_MIN: ParamRow = optional_row(
    "ExpireMin",
    "expireMin",
    ParamKind::Int,
    ParamRule::Minutes(ValueRange::Fixed(1, 240)),
    "minutes, 1 to 240; default 240",
);

pub static CREATE_EMBED_TOKEN: Action = Action {
    name: "CreateEmbedToken",
    versions: OLDER,
    about: "Creates the token of a user for a work, or renews the one that is still valid.",
    params: &[WORKS_ID, USER_ID, ACCOUNT_NAME, ACCOUNT_TYPE_2021, EXPIRE_MIN],
    does: Does::Tickets(TicketWork {
        family: TOKENS,
        terms: |_| Terms::default(),
        parse: parse_create,
        render: token_info,
    }),
    reasons: Reasons::new(),
    evidence: Evidence::Documented,
    source: "vendor page of the action (2021-03-25)",
};

fn parse_create(args: &Args<'_>, assumptions: &Assumptions) -> Result<Ask, Refusal> {
    Ok(Ask::Issue(Box::new(IssueAsk {
        limits: IssueLimits { live_per_user: assumptions.of(&EMBED_TOKEN_LIMIT).most() },
        ..ask_for_user(args, assumptions, DEFAULT_MINUTES)?
    })))
}

/// The request for a token that opens one work as one user, for `minutes` where the call does not say.
pub(super) fn ask_for_user(args: &Args<'_>, assumptions: &Assumptions, minutes: u32) -> Result<IssueAsk, Refusal> {
    Ok(IssueAsk {
        subject: IssueSubject::Work(WorkAsk { work: args.owned_text("WorksId").unwrap_or_default(), component: None }),
        account: parse_account(args, assumptions)?,
        family: TOKENS,
        form: IdForm::Hex,
        uses: None,
        minutes: args.int("ExpireMin").and_then(|minutes| u32::try_from(minutes).ok()).unwrap_or(minutes),
        count: 1,
        renewal: Renewal::Accumulate,
        limits: IssueLimits::default(),
        extras: Extras::default(),
    })
}

pub static DELAY_EMBED_TOKEN: Action = Action {
    name: "DelayEmbedToken",
    versions: OLDER,
    about: "Extends a token by a number of minutes.",
    params: &[TOKEN, EXPIRE_MIN],
    // The cap on an extension is an open question of tickets alone.
    does: Does::Tickets(TicketWork {
        family: TOKENS,
        terms: |assumptions| Terms { max_ahead_minutes: None, ..extension_terms(assumptions) },
        parse: parse_delay,
        render: |_| to_rendered(&true),
    }),
    reasons: Reasons::new(),
    evidence: Evidence::Documented,
    source: "vendor page of the action (2021-03-25)",
};

fn parse_delay(args: &Args<'_>, _: &Assumptions) -> Result<Ask, Refusal> {
    let minutes = args.int("ExpireMin").and_then(|minutes| u32::try_from(minutes).ok()).unwrap_or(DEFAULT_MINUTES);
    let command = Command::Extend { minutes: Some(minutes), expected: TargetHint::default() };
    Ok(Ask::Act { ticket: args.owned_text("Token").unwrap_or_default(), command })
}

pub static QUERY_EMBED_TOKEN_INFO: Action = Action {
    name: "QueryEmbedTokenInfo",
    versions: OLDER,
    about: "Tells when a token that has not expired was made and when it ends.",
    params: &[TOKEN],
    does: Does::Tickets(TicketWork {
        family: TOKENS,
        terms: |_| Terms::default(),
        parse: |args, _| {
            Ok(Ask::Act { ticket: args.owned_text("Token").unwrap_or_default(), command: Command::Inspect })
        },
        render: token_info,
    }),
    reasons: Reasons::new(),
    evidence: Evidence::Documented,
    source: "vendor page of the action (2021-03-25)",
};

pub static DELETE_EMBED_TOKEN: Action = Action {
    name: "DeleteEmbedToken",
    versions: OLDER,
    about: "Ends a token; afterwards it does not exist.",
    params: &[TOKEN],
    does: Does::Tickets(TicketWork {
        family: TOKENS,
        terms: |_| Terms::default(),
        parse: |args, _| {
            Ok(Ask::Act { ticket: args.owned_text("Token").unwrap_or_default(), command: Command::Revoke })
        },
        render: |_| to_rendered(&true),
    }),
    reasons: Reasons::new(),
    evidence: Evidence::Documented,
    source: "vendor page of the action (2021-03-25)",
};
