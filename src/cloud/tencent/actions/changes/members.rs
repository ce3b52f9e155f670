//! Members of projects and their roles in them.

use serde_json::json;

use super::people::{DETAILS, FITTING_ITEMS, KNOWN_ROLES, ROLES, SOMEBODY, enroll, people, refuse_without};
use crate::cloud::telling::{AnswerPart, Constant, Need};
use crate::cloud::tencent::actions::tells::{IN_PROJECT, need_project};
use crate::cloud::writing::{Edit, FieldValue, FieldWrite, WriteAnswer, WriteStep, Writing, set};
use crate::domain::{Reason, Refusal};
use crate::world::things::{Thing, text_of};

const PROJECT: Need = need_project("ProjectId");

const MEMBER: Need = Need {
    param: "UserId",
    kind: "members",
    by: &["user"],
    among: &[IN_PROJECT],
    unknown: |user| Refusal::ProjectMemberUnknown { user },
};

const NAMED_PROJECT: WriteStep = WriteStep::Check(Reason::ParamEmpty, |edit| refuse_without(edit, "ProjectId"));
const NAMED_USER: WriteStep = WriteStep::Check(Reason::ParamEmpty, |edit| refuse_without(edit, "UserId"));

/// The subject is the project.
const NEW_MEMBER: [FieldWrite; 5] = [
    set("id", FieldValue::Joined(&[FieldValue::OfSubject("id"), FieldValue::Item])),
    set("project", FieldValue::OfSubject("id")),
    set("corporation", FieldValue::OfSubject("corporation")),
    set("user", FieldValue::Item),
    set("created", FieldValue::Now),
];

/// Somebody who is not yet a user of the corporation becomes one, without a role in it: the action takes all that makes a user,
/// and its list of codes has none for somebody who is not there. The number in the answer is that of the sample.
pub static CREATE: Writing = Writing {
    needs: &[PROJECT],
    steps: &[NAMED_PROJECT, FITTING_ITEMS, SOMEBODY, KNOWN_ROLES, WriteStep::Do(add_members)],
    answer: WriteAnswer::Part(AnswerPart::Object(&[("Id", AnswerPart::Constant(Constant::Int(0)))])),
};

fn add_members(edit: &mut Edit<'_>) {
    for person in people(edit) {
        let user = enroll(edit, &person, &[]);
        let known = edit.look().things.find("members", &member_id(edit, &user)).cloned();
        let made = || edit.with_fields(Thing::default(), "members", &NEW_MEMBER, &user);
        let mut member = edit.with_fields(known.unwrap_or_else(made), "members", &[ROLES], &user);
        member.entry("roles").or_insert(json!([]));
        edit.put("members", member);
    }
}

/// The name and the address are those of the user everywhere, as the list of users tells them.
pub static MODIFY: Writing = Writing {
    needs: &[PROJECT, MEMBER],
    steps: &[
        NAMED_PROJECT,
        NAMED_USER,
        FITTING_ITEMS,
        KNOWN_ROLES,
        WriteStep::Do(|edit| {
            let user = edit.sent("UserId");
            edit.set_fields("members", &member_id(edit, &user), &[ROLES]);
            if ["UserName", "Email", "AppUserId"].iter().any(|param| !edit.sent(param).is_empty()) {
                edit.set_fields("users", &user, &DETAILS);
            }
        }),
    ],
    answer: WriteAnswer::Nothing,
};

/// A user who leaves a project stays one of the corporation.
pub static DELETE: Writing = Writing {
    needs: &[PROJECT, MEMBER],
    steps: &[WriteStep::Do(|edit| {
        let member = member_id(edit, &edit.sent("UserId"));
        edit.end("members", &member);
    })],
    answer: WriteAnswer::Nothing,
};

/// The id of a membership of the subject.
fn member_id(edit: &Edit<'_>, user: &str) -> String {
    let project = edit.subject().get("id").and_then(text_of).unwrap_or_default();
    format!("{project}/{user}")
}
