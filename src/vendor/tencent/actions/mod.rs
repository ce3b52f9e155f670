//! The actions of Tencent Cloud BI that are served, one file each.

mod apply_embed_interval;
mod clear_embed_token;
mod create_embed_token;
mod json_texts;

use crate::domain::{Family, Refusal, View};
use crate::vendor::catalog::{Action, Kind, ParamRow, Rule};

pub static ACTIONS: &[&Action] =
    &[&create_embed_token::ACTION, &apply_embed_interval::ACTION, &clear_embed_token::ACTION];

/// The one kind of ticket this vendor gives out.
pub const FAMILY: Family = Family { vendor: super::NAME, kind: "token" };

const VERSIONS: &[&str] = &[super::VERSION];

/// What `Intention` says.
const EMBED: &str = "embed";
const CHAT_EMBED: &str = "chatBIEmbed";

const fn row(name: &'static str, kind: Kind, rule: Rule, about: &'static str) -> ParamRow {
    ParamRow { name, alias: name, kind, required: false, rule, about }
}

/// A parameter that this call needs, though not every call of the action does.
const fn absent(name: &'static str) -> Refusal {
    Refusal::ParamEmpty { name, field: name }
}

const INTENTION: ParamRow = row(
    "Intention",
    Kind::Text,
    Rule::Word(&[EMBED, CHAT_EMBED]),
    "`embed` for pages and dashboards (default), `chatBIEmbed` for ChatBI",
);

const SCOPE: ParamRow = row(
    "Scope",
    Kind::Text,
    Rule::Word(&["page", "panel", "project"]),
    "`page`, `panel` (a whole dashboard) or `project` (ChatBI); by default `page` with a PageId, else `panel`",
);

/// How much of the project is meant; `None` when the words contradict each other.
///
/// Defaults follow the reference: the intention is to embed, the scope is the page where one is
/// named, else the dashboard; ChatBI knows the project alone.
fn view(intention: Option<&str>, scope: Option<&str>, has_page: bool) -> Option<View> {
    match (intention.unwrap_or(EMBED), scope) {
        (CHAT_EMBED, None | Some("project")) => Some(View::Chat),
        (EMBED, Some("page")) => Some(View::Page),
        (EMBED, Some("panel")) => Some(View::Board),
        (EMBED, None) if has_page => Some(View::Page),
        (EMBED, None) => Some(View::Board),
        _ => None,
    }
}
