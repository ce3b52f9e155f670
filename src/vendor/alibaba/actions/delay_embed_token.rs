//! DelayEmbedToken (2021-03-25): more time for a token that has not expired.

use serde_json::Value;

use super::create_embed_token::EXPIRE_MIN;
use super::delay_ticket_expire_time::terms;
use super::{DEFAULT_MINUTES, OLDER, TOKEN, TOKENS};
use crate::domain::{Ask, Assumptions, Command, Evidence, Refusal, TargetHint, Terms};
use crate::vendor::catalog::Action;
use crate::vendor::params::Args;

pub static ACTION: Action = Action {
    name: "DelayEmbedToken",
    versions: OLDER,
    about: "Extends a token by so many minutes.",
    family: TOKENS,
    params: &[TOKEN, EXPIRE_MIN],
    // The cap on an extension is an open question of tickets alone.
    terms: |assumptions| Terms { max_ahead_minutes: None, ..terms(assumptions) },
    parse,
    render: |_| Value::Bool(true),
    evidence: Evidence::Documented,
    source: "vendor page of the action (2021-03-25)",
};

fn parse(args: &Args<'_>, _: &Assumptions) -> Result<Ask, Refusal> {
    let minutes = args.int("ExpireMin").and_then(|minutes| u32::try_from(minutes).ok()).unwrap_or(DEFAULT_MINUTES);
    let command = Command::Extend { minutes: Some(minutes), expected: TargetHint::default() };
    Ok(Ask::Act { ticket: args.owned("Token").unwrap_or_default(), command })
}
