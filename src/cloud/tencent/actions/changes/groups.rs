//! User groups and who is in them.

use serde_json::{Map, Value, json};

use super::people::{absent, refuse_without};
use crate::cloud::telling::{AnswerPart, Look, Need, ThingCondition, ValueForm, all, int, leaf, text, that};
use crate::cloud::tencent::actions::tells::groups::OF_GROUP;
use crate::cloud::writing::{Edit, FieldValue, FieldWrite, IdShape, WriteAnswer, WriteStep, Writing, sent, set};
use crate::domain::{Reason, Refusal};
use crate::world::things::{Thing, text_of};

const KIND: &str = "user_groups";
const MEMBERS: &str = "group_members";

/// The id that stands for no group.
const ROOT: &str = "-1";

const fn need_group(param: &'static str) -> Need {
    Need { param, kind: KIND, by: &["id"], among: &[], unknown: |group| Refusal::GroupUnknown { group } }
}

const SETTINGS: [FieldWrite; 5] = [
    sent("name", "GroupName"),
    sent("admin_user", "AdminUserId"),
    sent("description", "Description"),
    set("location", FieldValue::SentInt("Location")),
    set("parent", FieldValue::SentInt("ParentId")),
];

/// A group without a word on it stands at the root.
const NEW: [FieldWrite; 6] = [
    set("id", FieldValue::NewId(IdShape::Number)),
    set("corporation", FieldValue::Owner),
    set("parent", FieldValue::Int(-1)),
    set("location", FieldValue::Int(0)),
    set("default", FieldValue::Bool(false)),
    set("created", FieldValue::Now),
];

static GROUP: AnswerPart = AnswerPart::Object(GROUP_MEMBERS);

const GROUP_MEMBERS: &[(&str, AnswerPart)] = &[
    ("Id", int("id")),
    ("GroupName", text("name")),
    ("ParentId", int("parent")),
    ("ParentName", text("parent.name")),
    ("IsDefault", leaf("default", ValueForm::Flag)),
    ("AdminUserId", text("admin_user")),
    ("Description", text("description")),
    ("Location", int("location")),
    ("UserList", AnswerPart::Each(all(MEMBERS, &[OF_GROUP]), &USER)),
];

static USER: AnswerPart = AnswerPart::Object(&[("UserId", text("user")), ("UserName", text("user.name"))]);

pub static CREATE: Writing = Writing {
    needs: &[],
    steps: &[
        WriteStep::Check(Reason::ParamEmpty, |edit| refuse_without(edit, "GroupName")),
        WriteStep::Check(Reason::GroupUnknown, |edit| unknown_parent(edit, &edit.sent("ParentId"))),
        WriteStep::Do(|edit| {
            let group = edit.with_fields(Thing::default(), KIND, &NEW, "");
            let group = edit.with_fields(group, KIND, &SETTINGS, "");
            edit.put_subject(KIND, group);
        }),
    ],
    answer: WriteAnswer::Part(AnswerPart::Object(GROUP_MEMBERS)),
};

/// Several groups at once. The name of the group above, which the model has too, follows from its id.
pub static MODIFY: Writing = Writing {
    needs: &[],
    steps: &[
        WriteStep::Check(Reason::ParamEmpty, |edit| {
            let updates = updates(&edit.look());
            let is_unnamed = updates.is_empty() || updates.iter().any(|update| id_in(update).is_empty());
            is_unnamed.then(|| absent(edit, "UpdateList"))
        }),
        WriteStep::Check(Reason::GroupUnknown, |edit| {
            let refuse = |update: &Map<String, Value>| {
                let (group, parent) = (id_in(update), update.get("ParentId").and_then(text_of).unwrap_or_default());
                let is_unknown = edit.look().things.find(KIND, &group).is_none();
                if is_unknown { Some(Refusal::GroupUnknown { group }) } else { unknown_parent(edit, &parent) }
            };
            updates(&edit.look()).iter().find_map(refuse)
        }),
        WriteStep::Do(|edit| {
            for update in updates(&edit.look()) {
                edit.update(KIND, &id_in(&update), |group| update_group(group, &update));
            }
        }),
    ],
    answer: WriteAnswer::Part(AnswerPart::Each(all(KIND, &[IS_UPDATED]), &GROUP)),
};

const IS_UPDATED: ThingCondition = that(|look, group| {
    let id = group.get("id").and_then(text_of).unwrap_or_default();
    updates(look).iter().any(|update| id_in(update) == id)
});

/// Who was in it is in it no longer, and groups in it stand at the root from then on: nothing says what becomes of them.
pub static DELETE: Writing = Writing {
    needs: &[need_group("Id")],
    steps: &[
        WriteStep::Check(Reason::ParamEmpty, |edit| refuse_without(edit, "Id")),
        WriteStep::Do(|edit| {
            let is_below =
                |group: &&Thing| group.get("parent").and_then(text_of) == edit.subject().get("id").and_then(text_of);
            let below: Vec<String> =
                edit.look().things.all(KIND).filter(is_below).filter_map(|group| text_of(group.get("id")?)).collect();
            for group in below {
                edit.set_fields(KIND, &group, &[set("parent", FieldValue::Int(-1))]);
            }
        }),
        WriteStep::EndAll(all(MEMBERS, &[OF_GROUP])),
        WriteStep::EndAll(all("page_rights", &[OF_GROUP])),
        WriteStep::End,
    ],
    answer: WriteAnswer::Nothing,
};

const USERS: Need =
    Need { param: "UserIdList", kind: "users", by: &["id"], among: &[], unknown: |user| Refusal::UserUntold { user } };

const NAMED_GROUP: WriteStep = WriteStep::Check(Reason::ParamEmpty, |edit| refuse_without(edit, "GroupId"));
const NAMED_USERS: WriteStep = WriteStep::Check(Reason::ParamEmpty, |edit| refuse_without(edit, "UserIdList"));

pub static ADD_MEMBERS: Writing = Writing {
    needs: &[need_group("GroupId")],
    steps: &[
        NAMED_GROUP,
        NAMED_USERS,
        WriteStep::MakeEach(
            USERS,
            MEMBERS,
            &[
                set("id", FieldValue::Joined(&[FieldValue::OfSubject("id"), FieldValue::Item])),
                set("group", FieldValue::OfSubject("id")),
                set("user", FieldValue::Item),
                set("created_by", FieldValue::Caller),
                set("created", FieldValue::Now),
            ],
        ),
    ],
    answer: WriteAnswer::Nothing,
};

/// Users who are not in the group are no mistake: afterwards they are not in it.
pub static REMOVE_MEMBERS: Writing = Writing {
    needs: &[need_group("GroupId")],
    steps: &[
        NAMED_GROUP,
        NAMED_USERS,
        WriteStep::Do(|edit| {
            for user in edit.pieces("UserIdList") {
                let member = format!("{}/{user}", edit.sent("GroupId"));
                edit.end(MEMBERS, &member);
            }
        }),
    ],
    answer: WriteAnswer::Nothing,
};

fn updates(look: &Look<'_>) -> Vec<Map<String, Value>> {
    look.args.objects("UpdateList")
}

fn id_in(update: &Map<String, Value>) -> String {
    update.get("Id").and_then(text_of).unwrap_or_default()
}

fn unknown_parent(edit: &Edit<'_>, parent: &str) -> Option<Refusal> {
    let is_known = parent.is_empty() || parent == ROOT || edit.look().things.find(KIND, parent).is_some();
    (!is_known).then(|| Refusal::GroupUnknown { group: parent.to_owned() })
}

fn update_group(group: &mut Thing, update: &Map<String, Value>) {
    for FieldWrite { field, value } in SETTINGS {
        let (FieldValue::Sent(member) | FieldValue::SentInt(member)) = value else { continue };
        let Some(text) = update.get(member).and_then(text_of) else { continue };
        let value = match value {
            FieldValue::SentInt(_) => text.parse::<i64>().map_or(Value::Null, |number| json!(number)),
            _ => json!(text),
        };
        if !value.is_null() {
            group.insert(field.to_owned(), value);
        }
    }
}
