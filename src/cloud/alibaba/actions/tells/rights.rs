//! The rights that others have on one resource.

use serde_json::Value;

use super::readers::{receiver_kind, receiver_name};
use super::{by_param, by_param_as, spelling};
use crate::cloud::telling::{
    AnswerPart, AnswerType, Look, Telling, ThingCondition, ValueForm, all, holds_text, leaf, text, that, time_in,
};
use crate::world::things::{Thing, text_in};

/// Rights of the organization and of workspaces stand among those of users.
fn is_of_asked_kind(look: &Look<'_>, share: &Thing) -> bool {
    look.args.int("ShareToType").is_none_or(|kind| (kind == 1) == (text_in(share, "to") == "group"))
}

/// A right that has ended stands in the list only when all are asked for.
fn is_in_force(look: &Look<'_>, share: &Thing) -> bool {
    share.get("until").and_then(time_in).is_none_or(|until| look.now < until)
}

const LISTED: ThingCondition = that(|look, share| is_in_force(look, share) || !look.args.is_true("HasAuth"));

const RECEIVER_NAMED: ThingCondition = that(|look, share| {
    let Some(wanted) = look.args.display("Keyword") else { return true };
    let name = receiver_name(look, share);
    name.as_ref().and_then(Value::as_str).is_some_and(|name| holds_text(name, &wanted.to_lowercase()))
});

/// A world has rights on works alone, so those on data sets and data sources are none.
pub static ON_RESOURCE: Telling = Telling {
    needs: &[],
    answer: AnswerPart::Each(
        all(
            "shares",
            &[
                by_param(&["work"], "ResourceId"),
                by_param_as(&["work.type"], ValueForm::Words(spelling::IN_RIGHTS), "WorksType"),
                that(is_of_asked_kind),
                LISTED,
                RECEIVER_NAMED,
            ],
        ),
        &RIGHT,
    ),
};

static RIGHT: AnswerPart = AnswerPart::Object(&[
    ("Authorities", AnswerPart::Computed(AnswerType::List, rights_of_share)),
    ("AuthorizedId", text("receiver")),
    ("AuthorizedName", AnswerPart::Computed(AnswerType::Text, receiver_name)),
    ("ExpireDate", leaf("until", ValueForm::MillisText)),
    ("GmtCreate", leaf("created", ValueForm::Wall)),
    ("ResourceId", text("work")),
    ("ResourceType", leaf("work.type", ValueForm::Words(spelling::IN_RIGHTS))),
    ("Scope", AnswerPart::Computed(AnswerType::Int, receiver_kind)),
]);

/// The vendor's words for what a share allows, of which one is misspelt.
fn rights_of_share(look: &Look<'_>, share: &Thing) -> Option<Value> {
    let points = share.get("points")?.as_i64()?;
    let words = [("READ", 1), ("EXPORT", 3), ("EDITE", 11)].into_iter();
    let told = words.filter(|(_, least)| is_in_force(look, share) && points >= *least);
    Some(told.map(|(word, _)| Value::from(word)).collect())
}
