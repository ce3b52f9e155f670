//! The checks of user groups, of rights on pages and tables, and of the API keys of a corporation.

use std::collections::HashMap;

use super::MOST_LEVELS;
use super::file::{CorporationFile, ProjectFile};
use super::file_rights::TablePermissionFile;
use crate::document::{Flaws, Place};
use crate::world::checks::{Ids, Known, check_filled, find_known, parse_time};

pub(super) fn check_groups(corporation: &CorporationFile, place: &Place<'_>, flaws: &mut Flaws) {
    let users: Known<'_, ()> = corporation.users.iter().map(|user| (user.id.as_str(), ())).collect();
    let named = |flaws: &mut Flaws, place: &Place<'_>, user: Option<&String>| {
        if let Some(user) = user {
            find_known(flaws, place, "user", user, &users);
        }
    };
    let parents: GroupsAbove =
        corporation.user_groups.iter().filter_map(|group| Some((group.id, group.parent?))).collect();
    let mut ids = Ids::of_kind("user group");
    for (place, group) in place.key("user_groups").each_item(&corporation.user_groups) {
        ids.add(flaws, &place.key("id"), group.id);
        named(flaws, &place.key("admin_user"), group.admin_user.as_ref());
        let _ = parse_time(flaws, &place.key("created"), group.created.as_deref());
        let mut members = Ids::of_kind("member");
        for (place, user) in place.key("members").each_item(&group.members) {
            members.add(flaws, &place, user.as_str());
            named(flaws, &place, Some(user));
        }
        if let Some(parent) = group.parent {
            check_group(corporation, parent, &place.key("parent"), flaws);
        }
        check_depth(group.id, &parents, &place.key("parent"), flaws);
    }
    let (mut ids, mut keys) = (Ids::of_kind("API key"), Ids::of_kind("API key"));
    for (place, key) in place.key("api_keys").each_item(&corporation.api_keys) {
        ids.add(flaws, &place.key("id"), key.id);
        keys.add(flaws, &place.key("key"), key.key.as_str());
        check_filled(flaws, &place.key("key"), &key.key);
        named(flaws, &place.key("default_user"), key.default_user.as_ref());
        named(flaws, &place.key("created_by"), key.created_by.as_ref());
        let _ = parse_time(flaws, &place.key("created"), key.created.as_deref());
    }
}

/// The group above each group that has one.
type GroupsAbove = HashMap<u64, u64>;

/// Groups stand in answers inside each other, and no client reads what is nested without end.
fn check_depth(id: u64, parents: &GroupsAbove, place: &Place<'_>, flaws: &mut Flaws) {
    let mut way = vec![id];
    while let Some(above) = parents.get(&way[way.len() - 1]) {
        if way.contains(above) {
            return flaws.at_value(place, "this leads back to itself", None);
        }
        if way.len() == MOST_LEVELS {
            return flaws.at_value(place, format!("user groups stand in each other at most {MOST_LEVELS} deep"), None);
        }
        way.push(*above);
    }
}

fn check_group(corporation: &CorporationFile, id: u64, place: &Place<'_>, flaws: &mut Flaws) {
    if !corporation.user_groups.iter().any(|group| group.id == id) {
        flaws.at_value(place, format!("unknown user group {id}"), None);
    }
}

pub(super) fn check_pages_and_tables(
    project: &ProjectFile,
    corporation: Option<&CorporationFile>,
    tables: &mut Ids<u64>,
    place: &Place<'_>,
    flaws: &mut Flaws,
) {
    for (place, page) in place.key("pages").each_item(&project.pages) {
        let mut rights = Ids::of_kind("right");
        for (place, right) in place.key("rights").each_item(&page.rights) {
            rights.add(flaws, &place.key("name"), format!("{:?} of {}", right.name, right.group));
            if let Some(corporation) = corporation {
                check_group(corporation, right.group, &place.key("group"), flaws);
            }
        }
    }
    for (place, table) in place.key("tables").each_item(&project.tables) {
        tables.add(flaws, &place.key("id"), table.id);
        let mut rules = Ids::of_kind("rule");
        for (place, rule) in place.key("permissions").each_item(&table.permissions) {
            rules.add(flaws, &place.key("type"), name_of_permission(rule));
        }
    }
}

/// The name that tells a rule from the others of its table.
pub(super) fn name_of_permission(rule: &TablePermissionFile) -> String {
    format!("{:?}/{}/{}/{}", rule.r#type, rule.mode, rule.role_type, rule.role).to_lowercase()
}
