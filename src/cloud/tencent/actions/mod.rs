//! The actions of Tencent Cloud BI that are served, one file each.

mod apply_embed_interval;
mod changes;
mod clear_embed_token;
mod create_embed_token;
mod latest;
pub mod lists;
mod others;
mod reads;
mod shapes;
mod tells;

use super::assumptions::{
    ABSENT_CODE, AbsentCodeChoice, BAD_VALUE_CODE, BadValueCodeChoice, DEFAULT_INTENTION, DefaultIntentionChoice,
};
use crate::cloud::catalog::{Action, ParamKind, ParamRow, ParamRule};
use crate::cloud::table::{join_rows, param};
use crate::domain::{Assumptions, Family, Refusal, View};

pub static ACTIONS: &[&Action] =
    &join_rows::<{ ON_TICKETS_COUNT + reads::COUNT + changes::COUNT }>(&ON_TICKETS, &[&reads::ROWS, &changes::ROWS]);

const ON_TICKETS_COUNT: usize = 3;
static ON_TICKETS: [&Action; ON_TICKETS_COUNT] =
    [&create_embed_token::ACTION, &apply_embed_interval::ACTION, &clear_embed_token::ACTION];

/// The actions that are not served.
pub static OTHERS: &[&Action] = &join_rows::<{ others::COUNT }>(&[], &[&others::ROWS]);

/// The one kind of ticket this vendor gives out.
pub const FAMILY: Family = Family::new(&(super::NAME, "token"));

const VERSIONS: &[&str] = &[super::VERSION];

/// The value of `Intention`.
const EMBED: &str = "embed";
const CHAT_EMBED: &str = "chatBIEmbed";

/// A parameter that this call needs, though not every call of the action does.
fn refuse_absent(name: &'static str, assumptions: &Assumptions) -> Refusal {
    match assumptions.of(&ABSENT_CODE) {
        AbsentCodeChoice::Gateway => Refusal::ParamMissing { name },
        AbsentCodeChoice::Service => Refusal::ParamEmpty { name, field: name },
    }
}

/// The refusal of a value that breaks its parameter's rule.
pub fn bad_value(name: &'static str, refusal: Refusal, assumptions: &Assumptions) -> Refusal {
    match assumptions.of(&BAD_VALUE_CODE) {
        BadValueCodeChoice::Parameter => Refusal::ParamUnfit { name },
        BadValueCodeChoice::Embed => Refusal::ParamShape { name },
        BadValueCodeChoice::Value => refusal,
    }
}

const INTENTION: ParamRow = param(
    "Intention",
    ParamKind::Text,
    ParamRule::Word(&[EMBED, CHAT_EMBED]),
    "`embed` for pages and dashboards (default), `chatBIEmbed` for ChatBI",
);

const SCOPE: ParamRow = param(
    "Scope",
    ParamKind::Text,
    ParamRule::Word(&["page", "panel", "project"]),
    "`page`, `panel` (a whole dashboard) or `project` (ChatBI); by default `page` with a PageId, else `panel`",
);

/// The intention that is said, or the one that its absence stands for.
fn read_intention<'a>(said: Option<&'a str>, scope: Option<&str>, assumptions: &Assumptions) -> &'a str {
    let by_scope = assumptions.holds(&DEFAULT_INTENTION, DefaultIntentionChoice::ByScope) && scope == Some("project");
    said.unwrap_or(if by_scope { CHAT_EMBED } else { EMBED })
}

/// The view of the project that is meant; `None` when the words contradict each other.
///
/// Without a scope it is the page where one is named, else the dashboard; ChatBI knows the project
/// alone.
fn view_of(intention: &str, scope: Option<&str>, has_page: bool) -> Option<View> {
    match (intention, scope) {
        (CHAT_EMBED, None | Some("project")) => Some(View::Chat),
        (EMBED, Some("page")) => Some(View::Page),
        (EMBED, Some("panel")) => Some(View::Board),
        (EMBED, None) if has_page => Some(View::Page),
        (EMBED, None) => Some(View::Board),
        _ => None,
    }
}
