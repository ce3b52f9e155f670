//! CreateEmbedToken: a token that opens a page, a dashboard or ChatBI.

use serde_json::{Value, json};

use super::json_texts::{is_config_param, is_global_param};
use super::{FAMILY, INTENTION, SCOPE, VERSIONS, absent, row, view};
use crate::domain::{
    AccountAsk, Ask, Assumptions, Evidence, Extras, Form, IssueAsk, Limits, PageAsk, Refusal, Renewal, Subject, Terms,
    View,
};
use crate::vendor::catalog::{Action, Bounds, Done, Kind, Rule};
use crate::vendor::params::Args;
use crate::vendor::tencent::assumptions::{LIFETIME_OVER_CAP, MULTI_TOKEN, TOKEN_NUM_CAP, USER_TOKEN};
use crate::vendor::tencent::envelope::wall_text;

/// The kinds of token: bound to nobody, one for a user, several for a user.
const UNBOUND: i64 = 100;
const ONE_PER_USER: i64 = 200;
const MANY_PER_USER: i64 = 300;

/// The most minutes that a token lives, and those of a call that does not say.
const MAX_MINUTES: u32 = 240;

pub static ACTION: Action = Action {
    name: "CreateEmbedToken",
    versions: VERSIONS,
    about: "Creates a token that opens a page, a dashboard or ChatBI.",
    family: FAMILY,
    params: &[
        row("ProjectId", Kind::Nat, Rule::Any, "project id; needed"),
        row("PageId", Kind::Nat, Rule::Any, "page id; 0 or absent for a dashboard, absent for ChatBI"),
        INTENTION,
        SCOPE,
        row(
            "ExpireTime",
            Kind::Text,
            Rule::Minutes(Bounds::Assumed(minutes_bounds)),
            "minutes as text, 1 to 240; default 240",
        ),
        row("ExtraParam", Kind::Text, Rule::Any, "spare text, echoed"),
        row("UserCorpId", Kind::Text, Rule::Any, "corporation of the user; needed for TokenType 200 and 300"),
        row("UserId", Kind::Text, Rule::Any, "the user; needed for TokenType 200 and 300"),
        row("TicketNum", Kind::Int, Rule::Uses(Bounds::Fixed(0, 99_999)), "visits, 1 to 99999; 0 or absent: no limit"),
        row("GlobalParam", Kind::Text, Rule::Any, "JSON text of filters the visitor cannot change"),
        row(
            "TokenType",
            Kind::Int,
            Rule::OneOf(&[UNBOUND, ONE_PER_USER, MANY_PER_USER]),
            "100 unbound, 200 one a user, 300 many a user; default 100 without a user, 200 with one",
        ),
        row(
            "TokenNum",
            Kind::Int,
            Rule::Number(Bounds::Assumed(token_num_bounds)),
            "how many tokens at once, for TokenType 300; default 1",
        ),
        row("ConfigParam", Kind::Text, Rule::Any, "JSON text of display settings for ChatBI"),
    ],
    terms: |_| Terms::default(),
    parse,
    render,
    evidence: Evidence::Documented,
    source: "vendor page of the action, 2025-11-13; CLI service model 3.1.189.1",
};

fn minutes_bounds(assumptions: &Assumptions) -> (i64, i64) {
    let clamps = assumptions.is(&LIFETIME_OVER_CAP, "clamp");
    (1, if clamps { i64::MAX } else { i64::from(MAX_MINUTES) })
}

fn token_num_bounds(assumptions: &Assumptions) -> (i64, i64) {
    // Without a cap of the vendor there is still one of ours, or one call could fill the memory.
    let cap = if assumptions.is(&TOKEN_NUM_CAP, "none") { 100_000 } else { 100 };
    (1, cap)
}

fn parse(args: &Args<'_>, assumptions: &Assumptions) -> Result<Ask, Refusal> {
    let project = args.nat("ProjectId").ok_or(absent("ProjectId"))?;
    let page = args.nat("PageId").filter(|page| *page > 0);
    let view = view(args.text("Intention"), args.text("Scope"), page.is_some())
        .ok_or(Refusal::ParamConflict { name: "Scope" })?;
    if view == View::Page && page.is_none() {
        return Err(absent("PageId"));
    }
    let (kind, account) = bound_user(args)?;
    if kind == UNBOUND && view == View::Chat {
        return Err(Refusal::ParamConflict { name: "TokenType" });
    }
    shaped(args, "GlobalParam", is_global_param)?;
    shaped(args, "ConfigParam", is_config_param)?;
    let replaces = kind == ONE_PER_USER && assumptions.is(&USER_TOKEN, "replace");
    Ok(Ask::Issue(Box::new(IssueAsk {
        subject: Subject::Page(PageAsk {
            project: project.to_string(),
            page: page.filter(|_| view == View::Page).map(|page| page.to_string()),
            view,
        }),
        account,
        family: FAMILY,
        form: Form::Uuid,
        uses: args.int("TicketNum").and_then(|uses| u32::try_from(uses).ok()).filter(|uses| *uses > 0),
        minutes: minutes(args),
        count: token_count(args, kind),
        renewal: if replaces { Renewal::Replace } else { Renewal::Independent },
        limits: Limits::default(),
        extras: Extras {
            global_param: args.owned("GlobalParam"),
            config_param: args.owned("ConfigParam"),
            spare: args.owned("ExtraParam"),
            ..Extras::default()
        },
    })))
}

/// The token's kind and user. A token is bound as soon as a user is named, unless the call says
/// otherwise; half a user is none.
fn bound_user(args: &Args<'_>) -> Result<(i64, AccountAsk), Refusal> {
    let (corporation, user) = (args.owned("UserCorpId"), args.owned("UserId"));
    let asked = args.int("TokenType");
    match (corporation, user) {
        // An unbound token takes no notice of a user, whole or half.
        _ if asked == Some(UNBOUND) => Ok((UNBOUND, AccountAsk::Unnamed)),
        (None, None) if asked.is_none() => Ok((UNBOUND, AccountAsk::Unnamed)),
        (Some(corporation), Some(id)) => {
            let account = AccountAsk::Id { organization: Some(corporation), id };
            Ok((asked.unwrap_or(ONE_PER_USER), account))
        }
        (None, _) => Err(absent("UserCorpId")),
        (_, None) => Err(absent("UserId")),
    }
}

fn shaped(args: &Args<'_>, name: &'static str, is_shaped: fn(&str) -> bool) -> Result<(), Refusal> {
    match args.text(name) {
        Some(text) if !is_shaped(text) => Err(Refusal::ParamShape { name }),
        _ => Ok(()),
    }
}

fn minutes(args: &Args<'_>) -> u32 {
    args.int("ExpireTime").and_then(|minutes| u32::try_from(minutes).ok()).unwrap_or(MAX_MINUTES).min(MAX_MINUTES)
}

/// Only the third kind makes several tokens at once; the others make one whatever the number says.
fn token_count(args: &Args<'_>, kind: i64) -> u32 {
    let asked = args.int("TokenNum").and_then(|count| u32::try_from(count).ok()).unwrap_or(1);
    if kind == MANY_PER_USER { asked } else { 1 }
}

/// Field names and types of `EmbedTokenInfo`: ids of projects and pages are text here, although the
/// request sends integers, and the lifetime is an integer, although the request sends text.
fn render(done: &Done<'_>) -> Value {
    let Some(first) = done.tickets.first() else { return Value::Null };
    let (args, kind) = (done.args, bound_user(done.args).map_or(UNBOUND, |(kind, _)| kind));
    let ids: Vec<String> = done.tickets.iter().map(|ticket| ticket.id.to_string()).collect();
    let token = if done.assumptions.is(&MULTI_TOKEN, "first") { ids[0].clone() } else { ids.join(",") };
    let text = |name: &str| args.text(name).unwrap_or("");
    let page = args.nat("PageId").filter(|page| *page > 0).map(|page| page.to_string());
    let at = wall_text(first.issued_at, done.assumptions);
    let view = view(args.text("Intention"), args.text("Scope"), page.is_some()).unwrap_or(View::Board);
    json!({
        "Id": first.serial,
        "ProjectId": args.nat("ProjectId").unwrap_or(0).to_string(),
        "PageId": page,
        "ExtraParam": text("ExtraParam"),
        "Scope": scope_word(view),
        "ExpireTime": first.lifetime_minutes,
        "CreatedUser": null,
        "CreatedAt": at,
        "UpdatedUser": null,
        "UpdatedAt": at,
        "BIToken": token,
        "UserCorpId": text("UserCorpId"),
        "UserId": text("UserId"),
        "TicketNum": first.max_uses.unwrap_or(0),
        "GlobalParam": text("GlobalParam"),
        "Intention": args.text("Intention").unwrap_or(super::EMBED),
        "TokenType": kind,
        "TokenNum": done.tickets.len(),
        "SingleUserMultiToken": kind == MANY_PER_USER,
        "ConfigParam": text("ConfigParam"),
    })
}

const fn scope_word(view: View) -> &'static str {
    match view {
        View::Page => "page",
        View::Board => "panel",
        View::Chat => "project",
    }
}
