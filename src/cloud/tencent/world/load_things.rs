//! Things that actions tell of: the parts of a file as plain data, with what a file leaves out and follows from the rest.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::check_rights::{check_groups, check_pages_and_tables, name_of_permission};
use super::file::{CorporationFile, ProjectFile, ProjectMemberFile, TencentFile};
use super::file_rights::{CorporationGroupFile, PageRightFile, TablePermissionFile};
use crate::document::{Flaws, Place};
use crate::world::checks::{Ids, Known, find_known, parse_time};
use crate::world::things::{Thing, Things, thing_of};

/// Roles that every corporation has, with their scope (1 enterprise, 2 project). No list of them is public; the names are
/// those of the vendor's samples and its guide.
const ROLES: &[(u64, &str, i64)] =
    &[(1, "企业管理员", 1), (2, "普通用户", 1), (3, "项目管理员", 2), (4, "项目编辑者", 2), (5, "项目访客", 2)];

/// The things of one corporation.
pub(super) fn load_things(file: &TencentFile, corporation: &CorporationFile) -> Things {
    let mut things = Things::default();
    let id = json!(corporation.id);
    let own = |mut thing: Thing| {
        thing.insert("corporation".to_owned(), id.clone());
        thing
    };
    let built_in = ROLES.iter().map(|(id, name, scope)| {
        [("id", json!(id)), ("name", json!(name)), ("scope_type", json!(scope))]
            .map(|(name, value)| (name.to_owned(), value))
    });
    things.add("roles", built_in.map(|fields| own(fields.into_iter().collect())));
    things.add("roles", corporation.roles.iter().map(|role| own(thing_of(role))));
    things.add("users", corporation.users.iter().map(|user| with_name(own(thing_of(user)))));
    add_groups(corporation, &mut things, &own);
    let projects = || file.projects.iter().filter(|project| project.corporation == corporation.id);
    things.add("projects", projects().map(thing_of));
    let inside = |project: &ProjectFile, mut thing: Thing| {
        thing.insert("project".to_owned(), json!(project.id));
        own(thing)
    };
    for kind in ["members", "pages", "datasources", "page_rights", "table_permissions"] {
        things.add(kind, []);
    }
    for project in projects() {
        let member = |member: &ProjectMemberFile| {
            let id = json!(format!("{}/{}", project.id, member.user));
            inside(project, with_field(thing_of(member), "id", id))
        };
        things.add("members", project.members.iter().map(member));
        things.add("pages", project.pages.iter().map(|page| inside(project, thing_of(page))));
        things.add("datasources", project.datasources.iter().map(|source| inside(project, thing_of(source))));
        for page in &project.pages {
            let on_page = |right: &PageRightFile| {
                let name = json!(right.name);
                let id = format!("{}/{}/{}", page.id, right.group, name.as_str().unwrap_or_default());
                thing(&[("id", json!(id)), ("page", json!(page.id)), ("group", json!(right.group)), ("name", name)])
            };
            things.add("page_rights", page.rights.iter().map(on_page));
        }
        for table in &project.tables {
            let on_table = |rule| inside(project, permission_thing(table.id, rule));
            things.add("table_permissions", table.permissions.iter().map(on_table));
        }
    }
    things
}

fn with_field(mut thing: Thing, field: &str, value: Value) -> Thing {
    thing.insert(field.to_owned(), value);
    thing
}

/// The root above all groups, which is none itself.
const ROOT: i64 = -1;

fn add_groups(corporation: &CorporationFile, things: &mut Things, own: &dyn Fn(Thing) -> Thing) {
    let group = |group: &CorporationGroupFile| {
        let mut made = own(thing_of(group));
        // Who is in a group is told by things of their own.
        made.remove("members");
        made.entry("parent").or_insert(json!(ROOT));
        made
    };
    things.add("user_groups", corporation.user_groups.iter().map(group));
    things.add("group_members", []);
    for group in &corporation.user_groups {
        let member = |user: &String| {
            let made = [
                ("id", json!(format!("{}/{user}", group.id))),
                ("group", json!(group.id)),
                ("user", json!(user)),
                ("created_by", json!(group.admin_user)),
                ("created", json!(group.created)),
            ];
            thing(&made)
        };
        things.add("group_members", group.members.iter().map(member));
    }
    things.add("api_keys", corporation.api_keys.iter().map(|key| own(thing_of(key))));
}

fn permission_thing(table: u64, rule: &TablePermissionFile) -> Thing {
    let mut made = thing_of(rule);
    made.insert("id".to_owned(), json!(format!("{table}/{}", name_of_permission(rule))));
    made.insert("table".to_owned(), json!(table));
    made
}

fn thing(fields: &[(&str, Value)]) -> Thing {
    let there = fields.iter().filter(|(_, value)| !value.is_null());
    there.map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

/// A user without a name is called by the id.
fn with_name(mut user: Thing) -> Thing {
    let id = user.get("id").cloned().unwrap_or(Value::Null);
    user.entry("name").or_insert(id);
    user
}

pub(super) fn check_things(file: &TencentFile, place: &Place<'_>, flaws: &mut Flaws) {
    let corporations: Known<'_, &CorporationFile> =
        file.corporations.iter().map(|corporation| (corporation.id.as_str(), corporation)).collect();
    for (place, key) in place.key("credentials").each_item(&file.credentials) {
        if let Some(corporation) = &key.corporation {
            find_known(flaws, &place.key("corporation"), "corporation", corporation, &corporations);
        }
    }
    for (place, corporation) in place.key("corporations").each_item(&file.corporations) {
        let mut ids = Ids::of_kind("role");
        for (id, ..) in ROLES {
            ids.add(flaws, &place, *id);
        }
        for (place, role) in place.key("roles").each_item(&corporation.roles) {
            ids.add(flaws, &place.key("id"), role.id);
        }
        for (place, user) in place.key("users").each_item(&corporation.users) {
            check_roles(flaws, &place.key("roles"), &user.roles, Some(corporation));
            let _ = parse_time(flaws, &place.key("last_login"), user.last_login.as_deref());
            let _ = parse_time(flaws, &place.key("created"), user.created.as_deref());
        }
        check_groups(corporation, &place, flaws);
    }
    let (nobody, mut users) = (Known::new(), HashMap::<&str, Known<'_, ()>>::new());
    for corporation in &file.corporations {
        let own = corporation.users.iter().map(|user| (user.id.as_str(), ()));
        users.insert(corporation.id.as_str(), own.collect());
    }
    let (mut sources, mut tables) = (Ids::of_kind("data source"), Ids::of_kind("table"));
    for (place, project) in place.key("projects").each_item(&file.projects) {
        let corporation = corporations.get(project.corporation.as_str()).copied();
        let users = users.get(project.corporation.as_str()).unwrap_or(&nobody);
        if let Some(owner) = &project.owner {
            find_known(flaws, &place.key("owner"), "user", owner, users);
        }
        let _ = parse_time(flaws, &place.key("created"), project.created.as_deref());
        for (place, member) in place.key("members").each_item(&project.members) {
            find_known(flaws, &place.key("user"), "user", &member.user, users);
            check_roles(flaws, &place.key("roles"), &member.roles, corporation);
        }
        for (place, source) in place.key("datasources").each_item(&project.datasources) {
            sources.add(flaws, &place.key("id"), source.id);
            let _ = parse_time(flaws, &place.key("created"), source.created.as_deref());
        }
        check_pages_and_tables(project, corporation, &mut tables, &place, flaws);
    }
}

fn check_roles(flaws: &mut Flaws, place: &Place<'_>, roles: &[u64], corporation: Option<&CorporationFile>) {
    let own = || corporation.into_iter().flat_map(|corporation| &corporation.roles).map(|role| role.id);
    for (index, role) in roles.iter().enumerate() {
        if !ROLES.iter().map(|(id, ..)| *id).chain(own()).any(|id| id == *role) {
            flaws.at_value(&place.index(index), format!("unknown role {role}"), None);
        }
    }
}
