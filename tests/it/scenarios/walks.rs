//! The scenarios that walk through a table of codes: each code comes once, and none is left out.

use std::collections::BTreeSet;

use serde_json::json;
use ticketbooth::cloud::catalog::ErrorScope;
use ticketbooth::cloud::vendor_named;

use super::play::{Answer, Play, TOKENS, WORK, holds, same};

type Held = Result<(), String>;

/// The most calls of a walk, so that one without an end is noticed.
const LONGEST: usize = 100;

pub fn alibaba_create_ticket(play: &Play) -> Held {
    walk("alibaba", "CreateTicket", 400, || play.create_ticket())
}

pub fn alibaba_delay_ticket(play: &Play) -> Held {
    let ticket = play.ticket()?;
    walk("alibaba", "DelayTicketExpireTime", 400, || play.delay(&ticket))
}

pub fn alibaba_create_embed_token(play: &Play) -> Held {
    let params = [("WorksId", WORK), ("UserId", "46e537466d5e4a3aa1b2c3d4e92704c8")];
    walk("alibaba", "CreateEmbedToken", 500, || {
        play.serve(&play.alibaba_signed(play.now(), TOKENS, "CreateEmbedToken", &params))
    })
}

pub fn tencent_create_embed_token(play: &Play) -> Held {
    walk("tencent", "CreateEmbedToken", 200, || {
        play.tencent("CreateEmbedToken", &json!({ "ProjectId": 117, "PageId": 11520 }))
    })
}

pub fn tencent_apply_embed_interval(play: &Play) -> Held {
    let token = play.token()?;
    walk("tencent", "ApplyEmbedInterval", 200, || play.apply(&token))
}

/// Calls until a call succeeds; every code of the action's own must have come by then.
fn walk(vendor: &str, action: &str, status: u16, call: impl Fn() -> Answer) -> Held {
    let mut met = BTreeSet::new();
    for _ in 0..LONGEST {
        let answer = call();
        let code = answer.code().to_owned();
        if code == "none" {
            return same("codes that were met", met, codes(vendor, action));
        }
        same(&code, answer.reply.status, status)?;
        let message = answer.message();
        holds(&format!("{code} has a whole text: {message}"), !message.is_empty() && !message.contains(['{', '}']))?;
        holds(&format!("{code} comes once"), met.insert(code.clone()))?;
    }
    Err("no call succeeded".to_owned())
}

/// The codes that stand in the rows for this action and not for every call.
fn codes(vendor: &str, action: &str) -> BTreeSet<String> {
    let rows = vendor_named(vendor).into_iter().flat_map(|vendor| vendor.catalog.errors);
    let own = rows.filter(|row| matches!(row.scope, ErrorScope::Actions(sets) if sets.concat().contains(&action)));
    own.map(|row| row.code.to_owned()).collect()
}
