//! Users and roles as calls send them: lists of objects and of numbers.

use serde_json::{Map, Value, json};

use crate::cloud::params::Arg;
use crate::cloud::tencent::actions::refuse_absent;
use crate::cloud::tencent::assumptions::{DIGITS_AS_INTEGER, DigitsAsIntegerChoice};
use crate::cloud::writing::{Edit, FieldValue, FieldWrite, WriteStep, sent, set};
use crate::domain::{Reason, Refusal};
use crate::world::things::{Thing, text_of};

/// The list of users, and the one that it replaced. Where both are sent, the newer one counts.
const LISTS: [&str; 2] = ["UserInfoList", "UserList"];

/// Details of a user beside the roles. As parameters of a call and as members of an object they are the same.
pub const DETAILS: [FieldWrite; 7] = [
    sent("name", "UserName"),
    sent("email", "Email"),
    sent("phone", "PhoneNumber"),
    sent("area_code", "AreaCode"),
    sent("app_user", "AppUserId"),
    sent("app_user_name", "AppUserName"),
    set("modified", FieldValue::Now),
];

pub const ROLES: FieldWrite = set("roles", FieldValue::SentInts("RoleIdList"));

/// A user that a call makes is active, and an ordinary one.
const NEW_USER: [FieldWrite; 8] = [
    set("id", FieldValue::Item),
    set("name", FieldValue::Item),
    set("corporation", FieldValue::Owner),
    set("area_code", FieldValue::Text("+86")),
    set("status", FieldValue::Int(1)),
    set("corp_admin", FieldValue::Bool(false)),
    set("root_account", FieldValue::Bool(false)),
    set("created", FieldValue::Now),
];

/// Items of lists have types too, which the rows of parameters do not say.
pub const FITTING_ITEMS: WriteStep =
    WriteStep::Check(Reason::ParamType, |edit| misfit_among_people(edit).or_else(|| misfit_among_roles(edit)));

/// At least one user is there, and each has an id.
pub const SOMEBODY: WriteStep = WriteStep::Check(Reason::ParamEmpty, |edit| {
    let people = people(edit);
    let is_nameless = |person: &Map<String, Value>| id_of(person).is_empty();
    match (people.is_empty(), people.iter().any(is_nameless)) {
        (true, _) => Some(absent(edit, "UserInfoList")),
        (_, true) => Some(absent(edit, "UserId")),
        _ => None,
    }
});

/// A role that there is not, nobody can have. The world file has further ones than those of every corporation.
pub const KNOWN_ROLES: WriteStep = WriteStep::Check(Reason::RoleUnknown, |edit| {
    let is_unknown = |role: &String| edit.look().things.find("roles", role).is_none();
    edit.pieces("RoleIdList").into_iter().find(is_unknown).map(|role| Refusal::RoleUnknown { role })
});

/// A parameter that the model calls optional, and without which the action has nothing to act on.
pub fn absent(edit: &Edit<'_>, name: &'static str) -> Refusal {
    refuse_absent(name, edit.look().assumptions)
}

/// The refusal of a call without the parameter.
pub fn refuse_without(edit: &Edit<'_>, name: &'static str) -> Option<Refusal> {
    edit.sent(name).is_empty().then(|| absent(edit, name))
}

/// The users in the list that was sent.
pub fn people(edit: &Edit<'_>) -> Vec<Map<String, Value>> {
    let args = edit.look().args;
    LISTS.iter().map(|list| args.objects(list)).find(|people| !people.is_empty()).unwrap_or_default()
}

/// Makes the user in the corporation, or sets what was sent where it is there already, and tells its id. No source says
/// what becomes of one that is there; to refuse it would need a code that no list has.
pub fn enroll(edit: &mut Edit<'_>, person: &Map<String, Value>, fields: &[FieldWrite]) -> String {
    let id = id_of(person);
    let known = edit.look().things.find("users", &id).cloned();
    let made = || edit.with_fields(Thing::default(), "users", &NEW_USER, &id);
    let mut user = known.clone().unwrap_or_else(made);
    for FieldWrite { field, value } in DETAILS {
        let FieldValue::Sent(member) = value else { continue };
        if let Some(text) = person.get(member).and_then(text_of).filter(|text| !text.is_empty()) {
            user.insert(field.to_owned(), json!(text));
        }
    }
    user = edit.with_fields(user, "users", fields, &id);
    user.entry("roles").or_insert(json!([]));
    if known.as_ref().is_some_and(|known| *known != user) {
        user = edit.with_fields(user, "users", &[set("modified", FieldValue::Now)], &id);
    }
    edit.put("users", user);
    id
}

fn id_of(person: &Map<String, Value>) -> String {
    person.get("UserId").and_then(text_of).unwrap_or_default()
}

fn misfit_among_people(edit: &Edit<'_>) -> Option<Refusal> {
    LISTS.iter().find_map(|list| {
        items_of(edit, list).iter().enumerate().find_map(|(place, item)| {
            let Some(person) = item.as_object() else {
                return Some(Refusal::ParamType { name: format!("{list}.{place}"), expected: "object" });
            };
            let is_sent_as =
                |detail: &FieldWrite, name: &str| matches!(detail.value, FieldValue::Sent(own) if own == name);
            let is_text = |name: &str| name == "UserId" || DETAILS.iter().any(|detail| is_sent_as(detail, name));
            let misfit =
                |(member, value): &(&String, &Value)| is_text(member) && !value.is_string() && !value.is_null();
            let (member, _) = person.iter().find(misfit)?;
            Some(Refusal::ParamType { name: format!("{list}.{place}.{member}"), expected: "string" })
        })
    })
}

fn misfit_among_roles(edit: &Edit<'_>) -> Option<Refusal> {
    let digits = edit.look().assumptions.holds(&DIGITS_AS_INTEGER, DigitsAsIntegerChoice::Accept);
    let is_role = |item: &Value| match item {
        Value::Number(number) => number.is_i64(),
        Value::String(text) => digits && text.parse::<i64>().is_ok(),
        _ => false,
    };
    let misfit = |place: usize| Refusal::ParamType { name: format!("RoleIdList.{place}"), expected: "int64" };
    let in_list = items_of(edit, "RoleIdList").iter().position(|item| !is_role(item));
    let in_parts = || edit.pieces("RoleIdList").iter().position(|piece| piece.parse::<i64>().is_err());
    in_list.or_else(in_parts).map(misfit)
}

/// The items of a list in JSON. In a query or a form all are texts.
fn items_of<'a>(edit: &'a Edit<'_>, list: &str) -> &'a [Value] {
    match edit.look().args.get(list) {
        Some(Arg::Json(Value::Array(items))) => items,
        _ => &[],
    }
}
