//! Values that calls may have changed, where they stand for others as long as nobody did.

use serde_json::{Value, json};

use crate::cloud::telling::{AnswerPart, AnswerType, Look, time_in};
use crate::world::things::{Thing, text_in};

/// The last change of a thing; its making, as long as there was none.
pub const TIME: AnswerPart = AnswerPart::Computed(AnswerType::Text, time_of);

/// The same of the user behind a membership.
pub const TIME_OF_MEMBER: AnswerPart =
    AnswerPart::Computed(AnswerType::Text, |look, member| time_of(look, look.thing(member, "user")?));

/// The last one who changed a thing; its owner, as long as nobody did.
pub const AUTHOR: AnswerPart =
    AnswerPart::Computed(AnswerType::Text, |_, thing| thing.get("modified_by").or(thing.get("owner")).cloned());

/// The same of a thing that has no owner: who made it, as long as nobody changed it.
pub const MAKER: AnswerPart =
    AnswerPart::Computed(AnswerType::Text, |_, thing| thing.get("modified_by").or(thing.get("created_by")).cloned());

/// The platform by which a project is managed; none is an empty text.
pub const PLATFORM: AnswerPart =
    AnswerPart::Computed(AnswerType::Text, |_, project| Some(json!(text_in(project, "managed_by"))));

pub const IS_MANAGED: AnswerPart =
    AnswerPart::Computed(AnswerType::Bool, |_, project| Some(json!(!text_in(project, "managed_by").is_empty())));

/// The name of the user of the enterprise's own application; the id, as long as no name was sent.
pub const APP_NAME: AnswerPart = AnswerPart::Computed(AnswerType::Text, app_name_of);

/// The same of the user behind a membership.
pub const APP_NAME_OF_MEMBER: AnswerPart =
    AnswerPart::Computed(AnswerType::Text, |look, member| app_name_of(look, look.thing(member, "user")?));

fn time_of(look: &Look<'_>, thing: &Thing) -> Option<Value> {
    let at = thing.get("modified").or(thing.get("created")).and_then(time_in)?;
    Some(json!((look.style.wall_time)(at, look.assumptions)))
}

fn app_name_of(_: &Look<'_>, user: &Thing) -> Option<Value> {
    user.get("app_user_name").or(user.get("app_user")).cloned()
}
