//! The works that somebody looked at.

use std::cmp::Reverse;

use serde_json::Value;

use super::readers::{IS_FAVORITE, MAY_BE_READ};
use super::{PAGES, USER, by_param, by_param_as, keyword, spelling};
use crate::cloud::telling::{
    AnswerPart, AnswerType, ListPages, Look, Telling, ValueForm, all, int, leaf, text, that, time_in,
};
use crate::domain::Timestamp;
use crate::world::things::Thing;

/// The days that are looked back at when the call does not say.
const USUAL_DAYS: i64 = 10;

/// The last visit; one without a time is a visit just now.
fn last_visit(look: &Look<'_>, view: &Thing) -> Timestamp {
    view.get("at").and_then(time_in).unwrap_or(look.now)
}

fn is_recent(look: &Look<'_>, view: &Thing) -> bool {
    let days = look.args.int("OffsetDay").unwrap_or(USUAL_DAYS);
    let seconds = look.now.unix_seconds() - last_visit(look, view).unix_seconds();
    seconds <= days.saturating_mul(24 * 60 * 60)
}

fn by_visits(look: &Look<'_>, views: &mut Vec<&Thing>) {
    let by_number = look.args.display("QueryMode").as_deref() == Some("1");
    views.sort_by_key(|view| {
        let number = view.get("count").and_then(Value::as_i64).unwrap_or(0);
        Reverse(if by_number { number } else { last_visit(look, view).unix_seconds() })
    });
}

static RECENT_PAGES: ListPages = ListPages { order: Some(by_visits), ..PAGES };

pub static RECENT: Telling = Telling {
    needs: &[USER],
    answer: AnswerPart::Page(
        &RECENT_PAGES,
        all(
            "views",
            &[
                by_param(&["user"], "UserId"),
                by_param_as(&["work.type"], ValueForm::Words(spelling::IN_LISTS), "TreeType"),
                keyword(&["work.name"], "Keyword"),
                that(is_recent),
            ],
        ),
        &VIEWED_REPORT,
    ),
};

static VIEWED_REPORT: AnswerPart = AnswerPart::Object(&[
    ("TreeId", text("work")),
    ("Name", text("work.name")),
    ("Type", leaf("work.type", ValueForm::Words(spelling::IN_LISTS))),
    ("PublishStatus", int("work.status")),
    ("OwnerName", text("work.owner.account")),
    ("OwnerNum", text("work.owner.account_id")),
    ("WorkspaceId", text("work.workspace")),
    ("WorkspaceName", text("work.workspace.name")),
    ("GmtCreate", leaf("work.created", ValueForm::MillisText)),
    ("GmtModified", leaf("work.modified", ValueForm::MillisText)),
    ("Favorite", AnswerPart::Inside("work", &IS_FAVORITE)),
    ("HasViewAuth", AnswerPart::Inside("work", &MAY_BE_READ)),
    ("LatestViewTime", AnswerPart::Computed(AnswerType::Text, time_of_visit)),
    ("ViewCount", int("count")),
]);

fn time_of_visit(look: &Look<'_>, view: &Thing) -> Option<Value> {
    Some((last_visit(look, view).unix_seconds() * 1000).to_string().into())
}
