//! DeleteEmbedToken (2021-03-25): the end of a token.

use serde_json::Value;

use super::{OLDER, TOKEN, TOKENS};
use crate::domain::{Ask, Command, Evidence, Terms};
use crate::vendor::catalog::Action;

pub static ACTION: Action = Action {
    name: "DeleteEmbedToken",
    versions: OLDER,
    about: "Ends a token; afterwards it does not exist.",
    family: TOKENS,
    params: &[TOKEN],
    terms: |_| Terms::default(),
    parse: |args, _| Ok(Ask::Act { ticket: args.owned("Token").unwrap_or_default(), command: Command::Revoke }),
    render: |_| Value::Bool(true),
    evidence: Evidence::Documented,
    source: "vendor page of the action (2021-03-25)",
};
