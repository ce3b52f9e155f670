//! QueryEmbedTokenInfo (2021-03-25): when a token was made and when it ends.

use serde_json::Value;

use super::{OLDER, TOKEN, TOKENS, token_info};
use crate::domain::{Ask, Command, Evidence, Terms};
use crate::vendor::catalog::Action;

pub static ACTION: Action = Action {
    name: "QueryEmbedTokenInfo",
    versions: OLDER,
    about: "Tells when a token that has not expired was made and when it ends.",
    family: TOKENS,
    params: &[TOKEN],
    terms: |_| Terms::default(),
    parse: |args, _| Ok(Ask::Act { ticket: args.owned("Token").unwrap_or_default(), command: Command::Inspect }),
    render: |done| done.tickets.first().map_or(Value::Null, |ticket| token_info(ticket, done.assumptions)),
    evidence: Evidence::Documented,
    source: "vendor page of the action (2021-03-25)",
};
