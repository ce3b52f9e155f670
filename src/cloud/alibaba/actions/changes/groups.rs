//! Groups of users, and who is in them.

use serde_json::json;

use super::parts::{add_to_list, ids_of, is_longer, subject_id, take_from_list, unfit};
use super::traces::end_traces;
use crate::cloud::alibaba::actions::tells::people::GROUP;
use crate::cloud::alibaba::actions::tells::{USER, need};
use crate::cloud::telling::{Need, text};
use crate::cloud::writing::{Edit, FieldValue, FieldWrite, IdShape, WriteAnswer, WriteStep, Writing, sent, set};
use crate::domain::{Reason, Refusal};
use crate::world::things::{Thing, list_in, text_in};

/// The name of the root in the place of a group's id.
const ROOT: &str = "-1";
/// Users that one call may put into a group.
const JOINERS: usize = 1000;

const JOINER: Need = need("UserIdList", "users", &["id"], |user| Refusal::JoinerUnknown { user });
const EACH_GROUP: Need = need("UserGroupIds", "user_groups", &["id"], |group| Refusal::GroupUnknown { group });
const CHANGE_MARKS: [FieldWrite; 2] = [set("modified", FieldValue::Now), set("modified_by", FieldValue::Caller)];

pub static ADD_USERS: Writing = Writing {
    needs: &[GROUP],
    steps: &[
        WriteStep::Check(Reason::ParamTooLong, |edit| is_longer(edit, "UserIdList", JOINERS)),
        // All of them are there.
        WriteStep::SetEach(JOINER, &[]),
        WriteStep::Do(|edit| {
            let group = subject_id(edit);
            for user in edit.pieces("UserIdList") {
                edit.update("users", &user, |user| add_to_list(user, "groups", &group));
            }
        }),
    ],
    answer: WriteAnswer::Done,
};

pub static ADD_TO_GROUPS: Writing = Writing {
    needs: &[USER],
    steps: &[
        WriteStep::SetEach(EACH_GROUP, &[]),
        WriteStep::Do(|edit| {
            let (user, groups) = (subject_id(edit), edit.pieces("UserGroupIds"));
            edit.update("users", &user, |user| groups.iter().for_each(|group| add_to_list(user, "groups", group)));
        }),
    ],
    answer: WriteAnswer::Done,
};

/// Somebody who is not in the group need not be taken out of it.
pub static TAKE_USER: Writing = Writing {
    needs: &[GROUP, USER],
    steps: &[WriteStep::Do(|edit| {
        let (group, user) = (subject_id(edit), edit.sent("UserId"));
        edit.update("users", &user, |user| take_from_list(user, "groups", &group));
    })],
    answer: WriteAnswer::Done,
};

pub static TAKE_FROM_GROUPS: Writing = Writing {
    needs: &[USER],
    steps: &[
        WriteStep::SetEach(EACH_GROUP, &[]),
        WriteStep::Do(|edit| {
            let (user, groups) = (subject_id(edit), edit.pieces("UserGroupIds"));
            edit.update("users", &user, |user| groups.iter().for_each(|group| take_from_list(user, "groups", group)));
        }),
    ],
    answer: WriteAnswer::Done,
};

pub static TAKE_FROM_ALL: Writing = Writing {
    needs: &[USER],
    steps: &[WriteStep::Do(|edit| {
        let user = subject_id(edit);
        edit.update("users", &user, |user| drop(user.insert("groups".to_owned(), json!([]))));
    })],
    answer: WriteAnswer::Done,
};

/// A name is taken within its parent alone; the page does not say of what it has to be the only one.
pub static CREATE: Writing = Writing {
    needs: &[],
    steps: &[
        WriteStep::Check(Reason::ParamUnfit, |edit| (edit.sent("UserGroupId") == ROOT).then_some(unfit("UserGroupId"))),
        WriteStep::Check(Reason::ParentGroupUnknown, unknown_parent),
        WriteStep::Check(Reason::GroupTaken, |edit| {
            let group = edit.sent("UserGroupId");
            edit.look().things.find("user_groups", &group)?;
            Some(Refusal::GroupTaken { group })
        }),
        WriteStep::Check(Reason::NameTaken, |edit| name_refusal(edit, &edit.sent("ParentUserGroupId"), "")),
        WriteStep::Make(
            "user_groups",
            &[
                set("id", FieldValue::NewId(IdShape::Uuid)),
                sent("id", "UserGroupId"),
                sent("name", "UserGroupName"),
                sent("description", "UserGroupDescription"),
                sent("parent", "ParentUserGroupId"),
                set("created", FieldValue::Now),
                set("created_by", FieldValue::Caller),
                CHANGE_MARKS[0],
                CHANGE_MARKS[1],
            ],
        ),
        WriteStep::Do(|edit| {
            let mut group = edit.subject().clone();
            let path = path_below(edit, text_in(&group, "parent"), text_in(&group, "id"));
            group.insert("path".to_owned(), json!(path));
            edit.put_subject("user_groups", group);
        }),
    ],
    answer: WriteAnswer::Part(text("id")),
};

pub static UPDATE: Writing = Writing {
    needs: &[GROUP],
    steps: &[
        WriteStep::Check(Reason::NameTaken, |edit| {
            let group = edit.subject();
            name_refusal(edit, text_in(group, "parent"), text_in(group, "id"))
        }),
        WriteStep::Set(&[
            sent("name", "UserGroupName"),
            sent("description", "UserGroupDescription"),
            CHANGE_MARKS[0],
            CHANGE_MARKS[1],
        ]),
    ],
    answer: WriteAnswer::Done,
};

/// The groups in it end too, and nobody is in any of them any more: no source says that it would be refused.
pub static DELETE: Writing = Writing {
    needs: &[GROUP],
    steps: &[WriteStep::Do(|edit| {
        let top = subject_id(edit);
        for group in groups_below(edit, &top).into_iter().chain([top.clone()]) {
            let is_in = |user: &Thing| list_in(user, "groups").iter().any(|own| *own == group);
            for user in ids_of(edit, "users", is_in) {
                edit.update("users", &user, |user| take_from_list(user, "groups", &group));
            }
            end_traces(edit, "group", &group);
            edit.end("user_groups", &group);
        }
    })],
    answer: WriteAnswer::Done,
};

/// The path of the group, and of all below it, follows.
pub static TRANSFER: Writing = Writing {
    needs: &[GROUP],
    steps: &[
        WriteStep::Check(Reason::ParentGroupUnknown, unknown_parent),
        WriteStep::Check(Reason::ParamUnfit, |edit| {
            let (group, parent) = (subject_id(edit), edit.sent("ParentUserGroupId"));
            let into_itself = parent == group || groups_below(edit, &group).contains(&parent);
            into_itself.then_some(unfit("ParentUserGroupId"))
        }),
        WriteStep::Set(&[sent("parent", "ParentUserGroupId"), CHANGE_MARKS[0], CHANGE_MARKS[1]]),
        WriteStep::Do(|edit| {
            let top = subject_id(edit);
            let below = groups_below(edit, &top);
            // Each after the one that it stands in.
            for group in [top].into_iter().chain(below) {
                let parent = edit.look().things.find("user_groups", &group).map(|group| text_in(group, "parent"));
                let path = path_below(edit, parent.unwrap_or(ROOT), &group);
                edit.update("user_groups", &group, |group| drop(group.insert("path".to_owned(), json!(path))));
            }
        }),
    ],
    answer: WriteAnswer::Done,
};

fn unknown_parent(edit: &Edit<'_>) -> Option<Refusal> {
    let group = edit.sent("ParentUserGroupId");
    let unknown = group != ROOT && edit.look().things.find("user_groups", &group).is_none();
    unknown.then_some(Refusal::ParentGroupUnknown { group })
}

fn name_refusal(edit: &Edit<'_>, parent: &str, own: &str) -> Option<Refusal> {
    let name = edit.sent("UserGroupName");
    let is_same = |group: &Thing| {
        text_in(group, "name") == name && text_in(group, "parent") == parent && text_in(group, "id") != own
    };
    edit.look().things.all("user_groups").any(is_same).then_some(Refusal::NameTaken { name })
}

fn path_below(edit: &Edit<'_>, parent: &str, id: &str) -> String {
    match edit.look().things.find("user_groups", parent) {
        Some(parent) => format!("{}/{id}", text_in(parent, "path")),
        None => id.to_owned(),
    }
}

/// Every group below this one, each after the one that it stands in.
fn groups_below(edit: &Edit<'_>, top: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut parents = vec![top.to_owned()];
    while let Some(parent) = parents.pop() {
        let children = ids_of(edit, "user_groups", |group| text_in(group, "parent") == parent);
        let new: Vec<String> = children.into_iter().filter(|id| *id != top && !found.contains(id)).collect();
        found.extend(new.iter().cloned());
        parents.extend(new);
    }
    found
}
