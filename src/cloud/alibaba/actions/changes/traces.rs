//! Whatever names a user or a group that is no more: shares, rules of data sets, rights to menus and to what assistants may
//! be asked.

use serde_json::Value;

use super::menus::change_menus;
use super::parts::{change_people, ids_of, take_from_list};
use crate::cloud::writing::Edit;
use crate::world::things::{Thing, list_in, text_in};

/// Ends what names the receiver of this kind, `user` or `group`.
pub fn end_traces(edit: &mut Edit<'_>, kind: &str, id: &str) {
    for share in ids_of(edit, "shares", |share| text_in(share, "to") == kind && text_in(share, "receiver") == id) {
        edit.end("shares", &share);
    }
    let list = if kind == "user" { "users" } else { "groups" };
    for of_assistant in ["llm_cubes", "llm_themes"] {
        for thing in ids_of(edit, of_assistant, |thing| list_in(thing, list).iter().any(|own| own == id)) {
            edit.update(of_assistant, &thing, |thing| take_from_list(thing, list, id));
        }
    }
    for set in ids_of(edit, "datasets", |_| true) {
        edit.update("datasets", &set, |set| {
            for level in ["row_permission", "column_permission"] {
                if let Some(permission) = set.get_mut(level).and_then(Value::as_object_mut) {
                    forget_in_permission(permission, list, id);
                }
            }
        });
    }
    for portal in ids_of(edit, "portals", |_| true) {
        edit.update("portals", &portal, |portal| {
            change_menus(portal, &mut |menu| {
                if let Some(receivers) = menu.get_mut("receivers").and_then(Value::as_array_mut) {
                    let is_gone = |one: &Value| {
                        one.get("to").is_some_and(|to| to == kind) && one.get("id").is_some_and(|own| own == id)
                    };
                    receivers.retain(|one| !is_gone(one));
                }
            });
        });
    }
}

fn forget_in_permission(permission: &mut Thing, list: &str, id: &str) {
    if let Some(people) = permission.get_mut("white_list").and_then(Value::as_object_mut) {
        take_from_list(people, list, id);
    }
    let rules = permission.get_mut("rules").and_then(Value::as_array_mut);
    for rule in rules.into_iter().flatten().filter_map(Value::as_object_mut) {
        if rule.contains_key("people") {
            change_people(rule, |people| take_from_list(people, list, id));
        }
    }
}
