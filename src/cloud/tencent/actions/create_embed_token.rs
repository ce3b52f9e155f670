//! CreateEmbedToken: a token that opens a page, a dashboard or ChatBI.

use std::fmt;

use super::shapes::{is_config_param, is_global_param};
use super::{EMBED, FAMILY, INTENTION, SCOPE, VERSIONS, read_intention, refuse_absent, view_of};
use crate::cloud::catalog::{
    Action, ActionResult, Does, JsonObject, ParamKind, ParamRule, Reasons, Rendered, TicketWork, ValueRange,
    to_rendered,
};
use crate::cloud::params::Args;
use crate::cloud::table::param;
use crate::cloud::tencent::assumptions::{
    DEFAULT_SCOPE, DEFAULT_TOKEN_TYPE, DefaultScopeChoice, DefaultTokenTypeChoice, HALF_USER, HalfUserChoice,
    LIFETIME_OVER_CAP, LifetimeOverCapChoice, MULTI_TOKEN, MultiTokenChoice, ROW_AUTHOR, ROW_ID, RowAuthorChoice,
    RowIdChoice, SHAPE_CODE, ShapeCodeChoice, TOKEN_NUM_CAP, TOKEN_NUM_OF_ONE, TokenNumCapChoice, TokenNumOfOneChoice,
    USER_TOKEN, UserTokenChoice,
};
use crate::cloud::tencent::envelope::wall_text;
use crate::domain::{
    AccountAsk, Ask, Assumptions, Evidence, Extras, IdForm, IssueAsk, IssueLimits, IssueSubject, PageAsk, Refusal,
    Renewal, Terms, Ticket, View,
};
use crate::sign::sha256_hex;

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
    params: &[
        param("ProjectId", ParamKind::Nat, ParamRule::Any, "project id; needed"),
        param("PageId", ParamKind::Nat, ParamRule::Any, "page id; 0 or absent for a dashboard, absent for ChatBI"),
        INTENTION,
        SCOPE,
        param(
            "ExpireTime",
            ParamKind::Text,
            ParamRule::Minutes(ValueRange::Assumed(minutes_bounds)),
            "minutes as text, 1 to 240; default 240",
        ),
        param("ExtraParam", ParamKind::Text, ParamRule::Any, "spare text, echoed"),
        param(
            "UserCorpId",
            ParamKind::Text,
            ParamRule::Any,
            "corporation of the user; needed for TokenType 200 and 300",
        ),
        param("UserId", ParamKind::Text, ParamRule::Any, "the user; needed for TokenType 200 and 300"),
        param(
            "TicketNum",
            ParamKind::Int,
            ParamRule::Uses(ValueRange::Fixed(0, 99_999)),
            "visits, 1 to 99999; 0 or absent: no limit",
        ),
        param("GlobalParam", ParamKind::Text, ParamRule::Any, "JSON text of filters the visitor cannot change"),
        param(
            "TokenType",
            ParamKind::Int,
            ParamRule::OneOf(&[UNBOUND, ONE_PER_USER, MANY_PER_USER]),
            "100 unbound, 200 one a user, 300 many a user; default 100 without a user, 200 with one",
        ),
        param(
            "TokenNum",
            ParamKind::Int,
            ParamRule::Number(ValueRange::Assumed(token_num_bounds)),
            "how many tokens at once, for TokenType 300; default 1",
        ),
        param("ConfigParam", ParamKind::Text, ParamRule::Any, "JSON text of display settings for ChatBI"),
    ],
    does: Does::Tickets(TicketWork { family: FAMILY, terms: |_| Terms::default(), parse, render }),
    reasons: Reasons::new(),
    evidence: Evidence::Documented,
    source: "vendor page of the action, 2025-11-13; CLI service model 3.1.189.1",
};

fn minutes_bounds(assumptions: &Assumptions) -> (i64, i64) {
    let clamps = assumptions.holds(&LIFETIME_OVER_CAP, LifetimeOverCapChoice::Clamp);
    (1, if clamps { i64::MAX } else { i64::from(MAX_MINUTES) })
}

fn token_num_bounds(assumptions: &Assumptions) -> (i64, i64) {
    // Without a cap of the vendor there is still one of ours, or one call could fill the memory.
    let cap = if assumptions.holds(&TOKEN_NUM_CAP, TokenNumCapChoice::Unlimited) { 100_000 } else { 100 };
    (1, cap)
}

fn parse(args: &Args<'_>, assumptions: &Assumptions) -> Result<Ask, Refusal> {
    let project = args.nat("ProjectId").ok_or_else(|| refuse_absent("ProjectId", assumptions))?;
    let page = page_id(args);
    let (_, view) = wanted_view(args, assumptions)?;
    if view == View::Page && page.is_none() {
        return Err(refuse_absent("PageId", assumptions));
    }
    let (kind, account) = bound_user(args, assumptions)?;
    if kind == UNBOUND && view == View::Chat {
        return Err(Refusal::ParamConflict { name: "TokenType" });
    }
    let several = args.int("TokenNum").is_some_and(|count| count > 1);
    if several && kind != MANY_PER_USER && assumptions.holds(&TOKEN_NUM_OF_ONE, TokenNumOfOneChoice::Refuse) {
        return Err(Refusal::ParamConflict { name: "TokenNum" });
    }
    check_shape(args, "GlobalParam", is_global_param, assumptions)?;
    check_shape(args, "ConfigParam", is_config_param, assumptions)?;
    let replaces = kind == ONE_PER_USER && assumptions.holds(&USER_TOKEN, UserTokenChoice::Replace);
    Ok(Ask::Issue(Box::new(IssueAsk {
        subject: IssueSubject::Page(PageAsk {
            project: project.to_string(),
            page: page.filter(|_| view == View::Page).map(|page| page.to_string()),
            view,
        }),
        account,
        family: FAMILY,
        form: IdForm::Uuid,
        uses: args.int("TicketNum").and_then(|uses| u32::try_from(uses).ok()).filter(|uses| *uses > 0),
        minutes: expiry_minutes(args),
        // Only the third kind makes several tokens at once; the others make one whatever the number says.
        count: args
            .int("TokenNum")
            .filter(|_| kind == MANY_PER_USER)
            .and_then(|count| count.try_into().ok())
            .unwrap_or(1),
        renewal: if replaces { Renewal::Replace } else { Renewal::Independent },
        limits: IssueLimits::default(),
        extras: Extras {
            global_param: args.owned_text("GlobalParam"),
            config_param: args.owned_text("ConfigParam"),
            spare: args.owned_text("ExtraParam"),
            ..Extras::default()
        },
    })))
}

fn page_id(args: &Args<'_>) -> Option<u64> {
    args.nat("PageId").filter(|page| *page > 0)
}

/// The intention of the call, and how much of the project it wants to open.
fn wanted_view<'a>(args: &Args<'a>, assumptions: &Assumptions) -> Result<(&'a str, View), Refusal> {
    let said = args.text("Scope");
    let intention = read_intention(args.text("Intention"), said, assumptions);
    let scope = match assumptions.of(&DEFAULT_SCOPE) {
        DefaultScopeChoice::Refuse => Some(said.ok_or_else(|| refuse_absent("Scope", assumptions))?),
        DefaultScopeChoice::Panel if intention == EMBED => said.or(Some("panel")),
        DefaultScopeChoice::Panel | DefaultScopeChoice::ByPage => said,
    };
    let view = view_of(intention, scope, page_id(args).is_some()).ok_or(Refusal::ParamConflict { name: "Scope" })?;
    Ok((intention, view))
}

/// The token's kind and user. A token is bound as soon as a user is named, unless the call says
/// otherwise; half a user is a mistake.
fn bound_user(args: &Args<'_>, assumptions: &Assumptions) -> Result<(i64, AccountAsk), Refusal> {
    let (corporation, user) = (args.owned_text("UserCorpId"), args.owned_text("UserId"));
    let unsaid = match assumptions.of(&DEFAULT_TOKEN_TYPE) {
        DefaultTokenTypeChoice::Type100 => Some(UNBOUND),
        DefaultTokenTypeChoice::Type200 => Some(ONE_PER_USER),
        DefaultTokenTypeChoice::ByUser => None,
    };
    let asked = args.int("TokenType").or(unsaid);
    match (corporation, user) {
        // An unbound token takes no notice of a user, whole or half.
        _ if asked == Some(UNBOUND) => Ok((UNBOUND, AccountAsk::Unnamed)),
        (None, None) if asked.is_none() => Ok((UNBOUND, AccountAsk::Unnamed)),
        (Some(corporation), Some(id)) => {
            let account = AccountAsk::Id { organization: Some(corporation), id };
            Ok((asked.unwrap_or(ONE_PER_USER), account))
        }
        _ if asked.is_none() && assumptions.holds(&HALF_USER, HalfUserChoice::Unbound) => {
            Ok((UNBOUND, AccountAsk::Unnamed))
        }
        (None, _) => Err(refuse_absent("UserCorpId", assumptions)),
        (_, None) => Err(refuse_absent("UserId", assumptions)),
    }
}

fn check_shape(
    args: &Args<'_>,
    name: &'static str,
    is_shaped: fn(&str) -> bool,
    assumptions: &Assumptions,
) -> Result<(), Refusal> {
    if args.text(name).is_none_or(is_shaped) {
        return Ok(());
    }
    match assumptions.of(&SHAPE_CODE) {
        ShapeCodeChoice::Value => Err(Refusal::ParamInvalid { name }),
        ShapeCodeChoice::Embed => Err(Refusal::ParamShape { name }),
    }
}

fn expiry_minutes(args: &Args<'_>) -> u32 {
    args.int("ExpireTime").and_then(|minutes| u32::try_from(minutes).ok()).unwrap_or(MAX_MINUTES).min(MAX_MINUTES)
}

/// Tokens with commas between them.
struct Tokens<'a>(&'a [Ticket]);

impl fmt::Display for Tokens<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut comma = "";
        for ticket in self.0 {
            write!(f, "{comma}{}", ticket.id)?;
            comma = ",";
        }
        Ok(())
    }
}

/// Field names and types of the vendor's model: ids of projects and pages are text here, although the
/// request sends integers, and the lifetime is an integer, although the request sends text.
fn render(done: &ActionResult<'_>) -> Rendered {
    let Some(first) = done.tickets.first() else { return to_rendered(&()) };
    let (args, assumptions) = (done.args, done.assumptions);
    let kind = bound_user(args, assumptions).map_or(UNBOUND, |(kind, _)| kind);
    let told = if assumptions.holds(&MULTI_TOKEN, MultiTokenChoice::First) { &done.tickets[..1] } else { done.tickets };
    let text = |name: &str| args.text(name).unwrap_or("");
    let at = wall_text(first.issued_at, assumptions);
    let (intention, view) = wanted_view(args, assumptions).unwrap_or((EMBED, View::Board));
    let author = assumptions.holds(&ROW_AUTHOR, RowAuthorChoice::Caller).then_some(done.caller);
    let is_random = assumptions.holds(&ROW_ID, RowIdChoice::Random);
    JsonObject::with_room(USUAL_ROOM)
        .number("Id", if is_random { scatter_bits(&first.id.to_string()) } else { first.serial })
        .text("ProjectId", &args.nat("ProjectId").unwrap_or(0).to_string())
        .optional_text("PageId", page_id(args).map(|page| page.to_string()).as_deref())
        .text("ExtraParam", text("ExtraParam"))
        .text("Scope", scope_word(view))
        .number("ExpireTime", first.lifetime_minutes.into())
        .optional_text("CreatedUser", author)
        .text("CreatedAt", &at)
        .optional_text("UpdatedUser", author)
        .text("UpdatedAt", &at)
        .text("BIToken", &Tokens(told).to_string())
        .text("UserCorpId", text("UserCorpId"))
        .text("UserId", text("UserId"))
        .number("TicketNum", first.max_uses.unwrap_or(0).into())
        .text("GlobalParam", text("GlobalParam"))
        .text("Intention", intention)
        .number("TokenType", kind.unsigned_abs())
        .number("TokenNum", done.tickets.len() as u64)
        .truth("SingleUserMultiToken", kind == MANY_PER_USER)
        .text("ConfigParam", text("ConfigParam"))
        .finish()
}

/// Bytes of an answer without long parameters.
const USUAL_ROOM: usize = 640;

/// A number that looks like a row of a large table, the same for the same token.
fn scatter_bits(token: &str) -> u64 {
    let digits = sha256_hex(token.as_bytes());
    // The first digit is set, so that every such number has the same length.
    u64::from_str_radix(&digits[..7], 16).map_or(0, |low| low | 0x1000_0000)
}

const fn scope_word(view: View) -> &'static str {
    match view {
        View::Page => "page",
        View::Board => "panel",
        View::Chat => "project",
    }
}
