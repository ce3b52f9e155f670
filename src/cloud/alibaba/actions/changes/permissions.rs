//! Rows and columns of data sets: whether rules on them are in force, and whom none counts for.
//!
//! The vendor's list has a code for a switch that is off, and no page says which call wants it on, so none does.

use serde_json::{Value, json};

use super::parts::{add_to_list, change_object, take_from_list, unfit};
use crate::cloud::writing::{Edit, WriteAnswer, WriteStep, Writing};
use crate::domain::{Reason, Refusal};
use crate::world::things::{Thing, text_of};

/// The vendor's words for the two kinds of rules, and the fields of a data set that hold them.
pub const LEVELS: [(&str, &str); 2] = [("ROW_LEVEL", "row_permission"), ("COLUMN_LEVEL", "column_permission")];
/// The parameters that hold a model as JSON text; a call has one of them at most.
const MODELS: [&str; 4] = ["RuleModel", "AddUserModel", "DeleteUserModel", "WhiteListModel"];
pub const FOREIGN_SET: WriteStep = WriteStep::Check(Reason::DatasetForeign, foreign_set);
pub const UNKNOWN_SET: WriteStep = WriteStep::Check(Reason::DatasetUnknown, unknown_set);
pub const BAD_LEVEL: WriteStep = WriteStep::Check(Reason::ParamUnfit, level_refusal);
pub const BAD_MODEL: WriteStep = WriteStep::Check(Reason::ParamUnfit, model_refusal);
pub const UNKNOWN_USER: WriteStep = WriteStep::Check(Reason::UserUntold, unknown_user);

pub static SWITCH: Writing = Writing {
    needs: &[],
    steps: &[
        BAD_LEVEL,
        FOREIGN_SET,
        UNKNOWN_SET,
        WriteStep::Do(|edit| {
            let on = edit.look().args.int("IsOpen") == Some(1);
            change_level(edit, |permission| drop(permission.insert("open".to_owned(), json!(on))));
        }),
    ],
    answer: WriteAnswer::Done,
};

pub static SET_MISS_POLICY: Writing = Writing {
    needs: &[],
    steps: &[
        BAD_LEVEL,
        WriteStep::Check(Reason::ParamUnfit, |edit| {
            let known = ["NONE", "ALL"].contains(&&*edit.sent("MissHitPolicy"));
            (!known).then_some(unfit("MissHitPolicy"))
        }),
        FOREIGN_SET,
        UNKNOWN_SET,
        WriteStep::Do(|edit| {
            let policy = edit.sent("MissHitPolicy");
            change_level(edit, |permission| drop(permission.insert("miss_hit_policy".to_owned(), json!(policy))));
        }),
    ],
    answer: WriteAnswer::Done,
};

/// The words of `OperateType` are ADD and DELETE, the numbers of `TargetType` 1 for users and 2 for groups. All but the
/// data set may be left out: rows, adding and users are what is meant then.
pub static EDIT_WHITE_LIST: Writing = Writing {
    needs: &[],
    steps: &[
        BAD_LEVEL,
        WriteStep::Check(Reason::ParamUnfit, |edit| {
            let bad = |param: &str, known: [&str; 3]| !known.contains(&&*edit.sent(param));
            let kind = bad("TargetType", ["", "1", "2"]).then_some(unfit("TargetType"));
            kind.or_else(|| bad("OperateType", ["", "ADD", "DELETE"]).then_some(unfit("OperateType")))
        }),
        FOREIGN_SET,
        UNKNOWN_SET,
        WriteStep::Check(Reason::UserUntold, |edit| {
            let users = if edit.sent("TargetType") == "2" { Vec::new() } else { edit.pieces("TargetIds") };
            let adds = edit.sent("OperateType") != "DELETE";
            stranger_among(edit, users).filter(|_| adds)
        }),
        WriteStep::Do(|edit| {
            let list = if edit.sent("TargetType") == "2" { "groups" } else { "users" };
            let change = if edit.sent("OperateType") == "DELETE" { take_from_list } else { add_to_list };
            let ids = edit.pieces("TargetIds");
            change_level(edit, |permission| {
                change_object(permission, "white_list", |people| ids.iter().for_each(|id| change(people, list, id)));
            });
        }),
    ],
    answer: WriteAnswer::Done,
};

pub static SET_WHITE_LIST: Writing = Writing {
    needs: &[],
    steps: &[
        BAD_MODEL,
        BAD_LEVEL,
        FOREIGN_SET,
        UNKNOWN_SET,
        UNKNOWN_USER,
        WriteStep::Do(|edit| {
            let people = people_in_world(&people_of(&model(edit)));
            change_level(edit, |permission| drop(permission.insert("white_list".to_owned(), people)));
        }),
    ],
    answer: WriteAnswer::Done,
};

// --- what a call is about ------------------------------------------------------------------------------------------

fn read_model(edit: &Edit<'_>) -> Option<Thing> {
    let text = MODELS.iter().map(|param| edit.sent(param)).find(|text| !text.is_empty())?;
    serde_json::from_str(&text).ok()
}

pub fn model(edit: &Edit<'_>) -> Thing {
    read_model(edit).unwrap_or_default()
}

fn model_refusal(edit: &Edit<'_>) -> Option<Refusal> {
    let is_new = |model: &Thing| edit.look().args.get("RuleModel").is_none() || model.contains_key("ruleName");
    let is_whole = read_model(edit).is_some_and(|model| !rule_id(edit).is_empty() || is_new(&model));
    (!is_whole).then_some(unfit("model"))
}

/// The first of these that was sent or stands in the model.
fn first_of(edit: &Edit<'_>, param: &str, members: &[&str]) -> String {
    let sent = edit.sent(param);
    let model = model(edit);
    let in_model = || members.iter().find_map(|name| model.get(*name).and_then(text_of));
    if sent.is_empty() { in_model().unwrap_or_default() } else { sent }
}

pub fn cube(edit: &Edit<'_>) -> String {
    first_of(edit, "CubeId", &["cubeId"])
}

pub fn rule_id(edit: &Edit<'_>) -> String {
    first_of(edit, "RuleId", &["rule", "ruleId"])
}

/// The word for the kind of rule; rows where it is not said.
pub fn level(edit: &Edit<'_>) -> String {
    let level = first_of(edit, "RuleType", &["ruleLevelType", "ruleType"]);
    if level.is_empty() { LEVELS[0].0.to_owned() } else { level }
}

pub fn field_of_level(level: &str) -> Option<&'static str> {
    LEVELS.iter().find(|(word, _)| *word == level).map(|(_, field)| *field)
}

fn level_refusal(edit: &Edit<'_>) -> Option<Refusal> {
    field_of_level(&level(edit)).is_none().then_some(unfit("RuleType"))
}

fn foreign_set(edit: &Edit<'_>) -> Option<Refusal> {
    let dataset = cube(edit);
    let is_own = edit.look().things.find("datasets", &dataset).is_some();
    (!is_own && edit.is_elsewhere("datasets", &dataset)).then_some(Refusal::DatasetForeign { dataset })
}

fn unknown_set(edit: &Edit<'_>) -> Option<Refusal> {
    let dataset = cube(edit);
    edit.look().things.find("datasets", &dataset).is_none().then_some(Refusal::DatasetUnknown { dataset })
}

/// The people of a model, by any of the names that its part has.
pub fn people_of(model: &Thing) -> Value {
    let parts = ["ruleUsersModel", "addModel", "delModel", "usersModel"];
    parts.iter().find_map(|name| model.get(*name)).cloned().unwrap_or_default()
}

pub fn ids_in(people: &Value, list: &str) -> Vec<String> {
    people.get(list).and_then(Value::as_array).into_iter().flatten().filter_map(text_of).collect()
}

/// The people as a world has them.
pub fn people_in_world(people: &Value) -> Value {
    json!({ "users": ids_in(people, "users"), "groups": ids_in(people, "userGroups") })
}

fn stranger_among(edit: &Edit<'_>, users: Vec<String>) -> Option<Refusal> {
    let user = users.into_iter().find(|user| edit.look().things.find("users", user).is_none())?;
    Some(Refusal::UserUntold { user })
}

/// Groups are not looked up: no code of the list is about them.
fn unknown_user(edit: &Edit<'_>) -> Option<Refusal> {
    stranger_among(edit, ids_in(&people_of(&model(edit)), "users"))
}

// --- the changes ---------------------------------------------------------------------------------------------------

pub fn change_permission(edit: &mut Edit<'_>, field: &str, change: impl FnOnce(&mut Thing)) {
    let set = cube(edit);
    edit.update("datasets", &set, |set| change_object(set, field, change));
}

/// Changes the rules of the kind that the call names.
fn change_level(edit: &mut Edit<'_>, change: impl FnOnce(&mut Thing)) {
    if let Some(field) = field_of_level(&level(edit)) {
        change_permission(edit, field, change);
    }
}
