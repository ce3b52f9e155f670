//! Tags that users can have values of, and these values.

use serde_json::json;

use super::parts::subject_id;
use crate::cloud::alibaba::actions::tells::{USER, need, of_outer};
use crate::cloud::telling::{Need, all, text};
use crate::cloud::writing::{Edit, FieldValue, IdShape, WriteAnswer, WriteStep, Writing, sent, set};
use crate::domain::{Reason, Refusal};
use crate::world::things::{Thing, text_in, thing_of};

/// The value that takes a value away.
const CLEARED: &str = "$NULL$";
/// Characters of a value.
const LONGEST: usize = 3000;

const TAG: Need = need("TagId", "user_tags", &["id"], |tag| Refusal::TagUnknown { tag });

/// A rule of a data set names a tag by its name, so a name can only be there once. The page lists no code for that, and
/// this is the one of groups.
pub static ADD: Writing = Writing {
    needs: &[],
    steps: &[
        WriteStep::Check(Reason::NameTaken, |edit| name_refusal(edit, "")),
        WriteStep::Make(
            "user_tags",
            &[
                set("id", FieldValue::NewId(IdShape::Uuid)),
                sent("name", "TagName"),
                sent("description", "TagDescription"),
            ],
        ),
    ],
    answer: WriteAnswer::Part(text("id")),
};

pub static UPDATE: Writing = Writing {
    needs: &[TAG],
    steps: &[
        WriteStep::Check(Reason::NameTaken, |edit| name_refusal(edit, &subject_id(edit))),
        WriteStep::Set(&[sent("name", "TagName"), sent("description", "TagDescription")]),
    ],
    answer: WriteAnswer::Done,
};

pub static DELETE: Writing = Writing {
    needs: &[TAG],
    steps: &[WriteStep::EndAll(all("tag_values", &[of_outer(&["tag"], "id")])), WriteStep::End],
    answer: WriteAnswer::Done,
};

pub static SET_VALUE: Writing = Writing {
    needs: &[USER, TAG],
    steps: &[
        WriteStep::Check(Reason::ParamInvalid, |edit| {
            let is_long = edit.sent("TagValue").chars().count() > LONGEST;
            is_long.then_some(Refusal::ParamInvalid { name: "TagValue" })
        }),
        WriteStep::Do(|edit| {
            let (user, tag, value) = (edit.sent("UserId"), edit.sent("TagId"), edit.sent("TagValue"));
            let id = format!("{user}/{tag}");
            if value == CLEARED {
                edit.end("tag_values", &id);
            } else {
                edit.put("tag_values", thing_of(&json!({ "id": id, "user": user, "tag": tag, "value": value })));
            }
        }),
    ],
    answer: WriteAnswer::Done,
};

fn name_refusal(edit: &Edit<'_>, own: &str) -> Option<Refusal> {
    let name = edit.sent("TagName");
    let is_same = |tag: &Thing| text_in(tag, "name") == name && text_in(tag, "id") != own;
    edit.look().things.all("user_tags").any(is_same).then_some(Refusal::NameTaken { name })
}
