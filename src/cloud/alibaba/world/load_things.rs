//! Things that actions tell of: the parts of a file as plain data, with what a file leaves out and follows from the rest.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

use super::check_things::check_references;
use super::file::OrganizationFile;
use super::file_modules::PortalFile;
use super::file_people::{DirectoryFile, MemberFile, UserGroupFile, WorkspaceFile};
use super::file_works::{ComponentFile, Receiver, ShareFile, ViewFile};
use crate::document::{Flaws, Place};
use crate::world::things::{Thing, Things, list_in, text_in, text_of, thing_of};

/// The roles that every organization has. The vendor's samples show the first name; the others are its words for them.
const ORGANIZATION_ROLES: &[(i64, &str)] =
    &[(111_111_111, "组织管理员"), (111_111_112, "权限管理员"), (111_111_113, "普通用户")];

/// The roles that every workspace has. Only the first code was seen; the others are built like it.
const WORKSPACE_ROLES: &[(i64, &str, &str)] = &[
    (25, "role_workspace_admin", "空间管理员"),
    (26, "role_workspace_developer", "空间开发者"),
    (27, "role_workspace_analyst", "空间分析师"),
    (30, "role_workspace_viewer", "空间查看者"),
];

/// The things of one organization. What is gone is not among them.
pub(super) fn load_things(file: &OrganizationFile, place: &Place<'_>, flaws: &mut Flaws) -> Things {
    check_references(file, place, flaws);
    let mut things = Things::default();
    things.add("organization", [thing(&[("id", json!(file.id)), ("embed_quota", json!(file.embed_quota))])]);
    add_people(file, &mut things);
    add_workspaces(file, &mut things);
    add_data(file, &mut things);
    add_works(file, &mut things);
    fill_query_params(&mut things);
    things
}

fn add_people(file: &OrganizationFile, things: &mut Things) {
    let parents = parents_of_groups(&file.user_groups);
    let value = |user: &str, (tag, value): (&String, &String)| {
        let id = json!(format!("{user}/{tag}"));
        thing(&[("id", id), ("user", json!(user)), ("tag", json!(tag)), ("value", json!(value))])
    };
    things.add("organization_roles", ORGANIZATION_ROLES.iter().map(|(id, name)| role(*id, "", name)));
    things.add("users", file.users.iter().map(thing_of));
    things.add("user_groups", file.user_groups.iter().map(|group| group_thing(group, &parents)));
    things.add("user_tags", file.user_tags.iter().map(thing_of));
    things.add("tag_values", file.users.iter().flat_map(|user| user.tags.iter().map(|tag| value(&user.id, tag))));
}

fn add_workspaces(file: &OrganizationFile, things: &mut Things) {
    // The first work of a workspace is the last one that is put in.
    let owners: HashMap<&str, &str> = file.works.iter().rev().map(|work| (&*work.workspace, &*work.owner)).collect();
    let own = || file.workspaces.iter().filter(|workspace| workspace.organization.is_none());
    let inside = |workspace: &WorkspaceFile, mut made: Thing| {
        made.insert("workspace".to_owned(), json!(workspace.id));
        made
    };
    things.add("workspace_roles", WORKSPACE_ROLES.iter().map(|(id, code, name)| role(*id, code, name)));
    for kind in ["workspaces", "members", "directories"] {
        things.add(kind, []);
    }
    for workspace in own() {
        things.add("workspaces", [workspace_thing(workspace, &file.id, owners.get(workspace.id.as_str()))]);
        things
            .add("members", workspace.members.iter().map(|member| inside(workspace, member_thing(workspace, member))));
        let all = &workspace.directories;
        things.add("directories", all.iter().map(|directory| directory_thing(directory, all)));
    }
}

fn add_data(file: &OrganizationFile, things: &mut Things) {
    let sources = file.datasources.iter().filter(|source| !source.gone);
    things.add("datasources", sources.map(|source| with_default(thing_of(source), "name", json!(source.id))));
    let sets = file.datasets.iter().filter(|set| !set.gone);
    things.add("datasets", sets.map(|set| with_default(thing_of(set), "name", json!(set.id))));
    let tag = |tag| with_default(thing_of(tag), "organization", json!(file.id));
    things.add("dynamic_tags", file.dynamic_tags.iter().map(tag));
    things.add("data_services", file.data_services.iter().map(thing_of));
    things.fill("data_services", fill_fields_of_service);
    let is_there = |id: &str| file.datasets.iter().any(|set| set.id == id && !set.gone);
    things.add("llm_cubes", file.llm_cubes.iter().filter(|cube| is_there(&cube.dataset)).map(thing_of));
    things.add("llm_themes", file.llm_themes.iter().map(thing_of));
}

fn add_works(file: &OrganizationFile, things: &mut Things) {
    for work in file.works.iter().filter(|work| work.gone.is_none()) {
        things.add("works", [with_default(thing_of(work), "modified_by", json!(work.owner))]);
        let component = |component: &ComponentFile| {
            let mut made = with_default(thing_of(component), "name", json!(work.name));
            made.insert("work".to_owned(), json!(work.id));
            match work.datasets.first() {
                Some(first) => with_default(made, "dataset", json!(first)),
                None => made,
            }
        };
        things.add("components", work.components.iter().map(component));
    }
    // No action lists portals by themselves: they are works.
    things.add("works", file.portals.iter().map(portal_thing));
    things.add("portals", file.portals.iter().map(thing_of));
    things.add("copilot_modules", file.copilot_modules.iter().map(thing_of));
    things.add("ai_pro_modules", file.ai_pro_modules.iter().map(thing_of));
    let gone: HashSet<&str> =
        file.works.iter().filter(|work| work.gone.is_some()).map(|work| work.id.as_str()).collect();
    let shares = file.shares.iter().filter(|share| !gone.contains(share.work.as_str()));
    things.add("shares", shares.map(|share| share_thing(share, file)));
    let favorites = file.favorites.iter().filter(|favorite| !gone.contains(favorite.work.as_str()));
    things.add("favorites", favorites.map(thing_of));
    let views = file.views.iter().filter(|view| !gone.contains(view.work.as_str()));
    things.add("views", views.map(view_thing));
}

fn thing(fields: &[(&str, Value)]) -> Thing {
    fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

fn with_default(mut thing: Thing, field: &str, value: Value) -> Thing {
    thing.entry(field).or_insert(value);
    thing
}

fn member_thing(workspace: &WorkspaceFile, member: &MemberFile) -> Thing {
    let mut made = thing_of(member);
    made.insert("id".to_owned(), json!(format!("{}/{}", workspace.id, member.user)));
    made
}

fn role(id: i64, code: &str, name: &str) -> Thing {
    thing(&[("id", json!(id)), ("code", json!(code)), ("name", json!(name)), ("system", json!(true))])
}

fn group_thing(group: &UserGroupFile, parents: &Parents<'_>) -> Thing {
    let mut made = with_default(thing_of(group), "parent", json!("-1"));
    let ids = path_to(&group.id, parents);
    made.insert("path".to_owned(), json!(ids.join("/")));
    made
}

fn directory_thing(directory: &DirectoryFile, all: &[DirectoryFile]) -> Thing {
    let names: HashMap<&str, &str> = all.iter().map(|entry| (entry.id.as_str(), entry.name.as_str())).collect();
    let ids = path_to(&directory.id, &parents_of_directories(all));
    let names: Vec<&str> = ids.iter().filter_map(|id| names.get(id).copied()).collect();
    let mut made = thing_of(directory);
    made.insert("path_id".to_owned(), json!(ids.join("/")));
    made.insert("path_name".to_owned(), json!(names.join("/")));
    made
}

/// The id above each id that has one.
pub(super) type Parents<'a> = HashMap<&'a str, &'a str>;

pub(super) fn parents_of_groups(all: &[UserGroupFile]) -> Parents<'_> {
    all.iter().filter_map(|group| Some((group.id.as_str(), group.parent.as_deref()?))).collect()
}

pub(super) fn parents_of_directories(all: &[DirectoryFile]) -> Parents<'_> {
    all.iter().filter_map(|directory| Some((directory.id.as_str(), directory.parent.as_deref()?))).collect()
}

/// The ids from the root to this one. A circle, which is a flaw of the file, ends where it closes.
pub(super) fn path_to<'a>(id: &'a str, parents: &Parents<'a>) -> Vec<&'a str> {
    let mut ids = vec![id];
    while let Some(above) = parents.get(ids[ids.len() - 1]).filter(|above| !ids.contains(above)) {
        ids.push(above);
    }
    ids.reverse();
    ids
}

fn workspace_thing(workspace: &WorkspaceFile, organization: &str, owner: Option<&&str>) -> Thing {
    let mut made = thing_of(workspace);
    made.insert("organization".to_owned(), json!(organization));
    match owner {
        Some(owner) => with_default(made, "owner", json!(owner)),
        None => made,
    }
}

fn portal_thing(portal: &PortalFile) -> Thing {
    thing(&[
        ("id", json!(portal.id)),
        ("name", json!(portal.name)),
        ("type", json!("portal")),
        ("workspace", json!(portal.workspace)),
        ("owner", json!(portal.owner)),
        ("modified_by", json!(portal.owner)),
        ("status", json!(1)),
        ("embedding", json!(false)),
        ("security_level", json!("0")),
        ("public", json!(false)),
    ])
}

fn share_thing(share: &ShareFile, file: &OrganizationFile) -> Thing {
    let made = thing_of(share);
    if share.to == Receiver::Organization { with_default(made, "receiver", json!(file.id)) } else { made }
}

/// One thing for all visits of a work by one user.
fn view_thing(view: &ViewFile) -> Thing {
    with_default(thing_of(view), "id", json!(format!("{}/{}", view.user, view.work)))
}

/// Puts the fields of the data set in the place of their ids; without an id, all of them.
fn fill_fields_of_service(things: &Things, service: &mut Thing) {
    let set = things.find("datasets", text_in(service, "dataset"));
    let wanted = list_in(service, "fields");
    let is_given = |field: &&Value| wanted.is_empty() || wanted.contains(&field["uid"]);
    let given = set.map_or(&[][..], |set| list_in(set, "fields")).iter().filter(is_given).cloned().collect();
    service.insert("fields".to_owned(), given);
}

/// Puts the fields of the data set in the place of their ids.
fn fill_query_params(things: &mut Things) {
    things.fill("components", |things, component| {
        let set = component.get("dataset").and_then(text_of).and_then(|id| things.find("datasets", &id));
        let fields = set.and_then(|set| set.get("fields")).and_then(Value::as_array).cloned().unwrap_or_default();
        let wanted = component.get("query_params").and_then(Value::as_array).cloned().unwrap_or_default();
        let of_uid = |uid: &Value| fields.iter().find(|field| field["uid"] == *uid).cloned();
        component.insert("query_params".to_owned(), wanted.iter().filter_map(of_uid).collect());
    });
}
