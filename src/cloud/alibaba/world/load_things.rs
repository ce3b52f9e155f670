//! Things that actions tell of: the parts of a file as plain data, with what a file leaves out and follows from the rest.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::file::OrganizationFile;
use super::file_people::{DirectoryFile, UserGroupFile, WorkspaceFile};
use super::file_works::{FavoriteFile, Receiver, ShareFile};
use crate::document::{Flaws, Place};
use crate::world::checks::{Ids, Known, check_filled, find_known, parse_time};
use crate::world::things::{Thing, Things, text_of, thing_of};

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
    let groups = parents_of_groups(&file.user_groups);
    // The first work of a workspace is the last one that is put in.
    let owners: HashMap<&str, &str> = file.works.iter().rev().map(|work| (&*work.workspace, &*work.owner)).collect();
    let mut things = Things::default();
    things.add("organization", [thing(&[("id", json!(file.id)), ("embed_quota", json!(file.embed_quota))])]);
    things.add("organization_roles", ORGANIZATION_ROLES.iter().map(|(id, name)| role(*id, "", name)));
    things.add("workspace_roles", WORKSPACE_ROLES.iter().map(|(id, code, name)| role(*id, code, name)));
    things.add("users", file.users.iter().map(thing_of));
    things.add("user_groups", file.user_groups.iter().map(|group| group_thing(group, &groups)));
    things.add("user_tags", file.user_tags.iter().map(thing_of));
    things.add(
        "tag_values",
        file.users.iter().flat_map(|user| {
            user.tags
                .iter()
                .map(|(tag, value)| thing(&[("user", json!(user.id)), ("tag", json!(tag)), ("value", json!(value))]))
        }),
    );
    let own = || file.workspaces.iter().filter(|workspace| workspace.organization.is_none());
    things.add(
        "workspaces",
        own().map(|workspace| workspace_thing(workspace, &file.id, owners.get(workspace.id.as_str()))),
    );
    things.add(
        "members",
        own().flat_map(|workspace| {
            workspace.members.iter().map(|member| {
                let mut made = thing_of(member);
                made.insert("workspace".to_owned(), json!(workspace.id));
                made
            })
        }),
    );
    things.add(
        "directories",
        own().flat_map(|workspace| {
            workspace.directories.iter().map(|directory| directory_thing(directory, &workspace.directories))
        }),
    );
    things.add(
        "datasources",
        file.datasources
            .iter()
            .filter(|source| !source.gone)
            .map(|source| with_default(thing_of(source), "name", json!(source.id))),
    );
    things.add(
        "datasets",
        file.datasets.iter().filter(|set| !set.gone).map(|set| with_default(thing_of(set), "name", json!(set.id))),
    );
    let there = || file.works.iter().filter(|work| work.gone.is_none());
    things.add("works", there().map(|work| with_default(thing_of(work), "modified_by", json!(work.owner))));
    things.add(
        "components",
        there().flat_map(|work| {
            work.components.iter().map(|component| {
                let mut made = with_default(thing_of(component), "name", json!(work.name));
                made.insert("work".to_owned(), json!(work.id));
                match work.datasets.first() {
                    Some(first) => with_default(made, "dataset", json!(first)),
                    None => made,
                }
            })
        }),
    );
    things.add("shares", file.shares.iter().map(|share| share_thing(share, file)));
    things.add("favorites", file.favorites.iter().map(thing_of));
    fill_query_params(&mut things);
    things
}

fn thing(fields: &[(&str, Value)]) -> Thing {
    fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

fn with_default(mut thing: Thing, field: &str, value: Value) -> Thing {
    thing.entry(field).or_insert(value);
    thing
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
type Parents<'a> = HashMap<&'a str, &'a str>;

fn parents_of_groups(all: &[UserGroupFile]) -> Parents<'_> {
    all.iter().filter_map(|group| Some((group.id.as_str(), group.parent.as_deref()?))).collect()
}

fn parents_of_directories(all: &[DirectoryFile]) -> Parents<'_> {
    all.iter().filter_map(|directory| Some((directory.id.as_str(), directory.parent.as_deref()?))).collect()
}

/// The ids from the root to this one. A circle, which is a flaw of the file, ends where it closes.
fn path_to<'a>(id: &'a str, parents: &Parents<'a>) -> Vec<&'a str> {
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

fn share_thing(share: &ShareFile, file: &OrganizationFile) -> Thing {
    let made = thing_of(share);
    if share.to == Receiver::Organization { with_default(made, "receiver", json!(file.id)) } else { made }
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

fn check_references(file: &OrganizationFile, place: &Place<'_>, flaws: &mut Flaws) {
    let users: Known<'_, ()> = file.users.iter().map(|user| (user.id.as_str(), ())).collect();
    let groups: Known<'_, ()> = file.user_groups.iter().map(|group| (group.id.as_str(), ())).collect();
    let tags: Known<'_, ()> = file.user_tags.iter().map(|tag| (tag.id.as_str(), ())).collect();
    let workspaces: Known<'_, ()> = file.workspaces.iter().map(|workspace| (workspace.id.as_str(), ())).collect();
    let works: Known<'_, ()> = file.works.iter().map(|work| (work.id.as_str(), ())).collect();
    let directories: Known<'_, ()> = file
        .workspaces
        .iter()
        .flat_map(|workspace| &workspace.directories)
        .map(|entry| (entry.id.as_str(), ()))
        .collect();
    let one_of = |place: &Place<'_>, what: &str, id: Option<&String>, known: &Known<'_, ()>, flaws: &mut Flaws| {
        if let Some(id) = id {
            find_known(flaws, place, what, id, known);
        }
    };
    for (place, user) in place.key("users").each_item(&file.users) {
        for (place, group) in place.key("groups").each_item(&user.groups) {
            find_known(flaws, &place, "user group", group, &groups);
        }
        for tag in user.tags.keys() {
            find_known(flaws, &place.key("tags").key(tag), "user tag", tag, &tags);
        }
        check_times(flaws, &place, &[("joined", &user.joined), ("last_login", &user.last_login)]);
    }
    let parents = parents_of_groups(&file.user_groups);
    let mut ids = Ids::of_kind("user group");
    for (place, group) in place.key("user_groups").each_item(&file.user_groups) {
        ids.add(flaws, &place.key("id"), group.id.as_str());
        check_filled(flaws, &place.key("id"), &group.id);
        one_of(&place.key("parent"), "user group", group.parent.as_ref(), &groups, flaws);
        check_circle(flaws, &place, &group.id, &parents);
        one_of(&place.key("created_by"), "user", group.created_by.as_ref(), &users, flaws);
        one_of(&place.key("modified_by"), "user", group.modified_by.as_ref(), &users, flaws);
        check_times(flaws, &place, &[("created", &group.created), ("modified", &group.modified)]);
    }
    let mut ids = Ids::of_kind("user tag");
    for (place, tag) in place.key("user_tags").each_item(&file.user_tags) {
        ids.add(flaws, &place.key("id"), tag.id.as_str());
    }
    let mut ids = Ids::of_kind("directory");
    for (place, workspace) in place.key("workspaces").each_item(&file.workspaces) {
        one_of(&place.key("owner"), "user", workspace.owner.as_ref(), &users, flaws);
        check_times(flaws, &place, &[("created", &workspace.created), ("modified", &workspace.modified)]);
        for (place, member) in place.key("members").each_item(&workspace.members) {
            find_known(flaws, &place.key("user"), "user", &member.user, &users);
        }
        let parents = parents_of_directories(&workspace.directories);
        for (place, directory) in place.key("directories").each_item(&workspace.directories) {
            ids.add(flaws, &place.key("id"), directory.id.as_str());
            one_of(&place.key("parent"), "directory", directory.parent.as_ref(), &directories, flaws);
            check_circle(flaws, &place, &directory.id, &parents);
        }
    }
    for (place, source) in place.key("datasources").each_item(&file.datasources) {
        one_of(&place.key("workspace"), "workspace", source.workspace.as_ref(), &workspaces, flaws);
        one_of(&place.key("owner"), "user", source.owner.as_ref(), &users, flaws);
        check_times(flaws, &place, &[("created", &source.created), ("modified", &source.modified)]);
    }
    for (place, set) in place.key("datasets").each_item(&file.datasets) {
        one_of(&place.key("workspace"), "workspace", set.workspace.as_ref(), &workspaces, flaws);
        one_of(&place.key("directory"), "directory", set.directory.as_ref(), &directories, flaws);
        one_of(&place.key("owner"), "user", set.owner.as_ref(), &users, flaws);
        check_times(flaws, &place, &[("created", &set.created), ("modified", &set.modified)]);
    }
    for (place, work) in place.key("works").each_item(&file.works) {
        one_of(&place.key("directory"), "directory", work.directory.as_ref(), &directories, flaws);
        one_of(&place.key("modified_by"), "user", work.modified_by.as_ref(), &users, flaws);
        let times = [("created", &work.created), ("modified", &work.modified)];
        check_times(flaws, &place, &times);
        check_times(flaws, &place, &[("public_until", &work.public_until), ("embedded_at", &work.embedded_at)]);
        for (place, component) in place.key("components").each_item(&work.components) {
            let sets: Known<'_, ()> = work.datasets.iter().map(|id| (id.as_str(), ())).collect();
            one_of(&place.key("dataset"), "data set of the work", component.dataset.as_ref(), &sets, flaws);
        }
    }
    let mut ids = Ids::of_kind("share");
    for (place, share) in place.key("shares").each_item(&file.shares) {
        ids.add(flaws, &place.key("id"), share.id.as_str());
        find_known(flaws, &place.key("work"), "work", &share.work, &works);
        check_times(flaws, &place, &[("until", &share.until)]);
        let (what, known) = match share.to {
            Receiver::User => ("user", &users),
            Receiver::Group => ("user group", &groups),
            Receiver::Workspace => ("workspace", &workspaces),
            Receiver::Organization => continue,
        };
        match &share.receiver {
            Some(receiver) => drop(find_known(flaws, &place.key("receiver"), what, receiver, known)),
            None => flaws.at_key(&place, format!("a share to a {what} needs a `receiver`"), None),
        }
    }
    for (place, FavoriteFile { user, work, .. }) in place.key("favorites").each_item(&file.favorites) {
        find_known(flaws, &place.key("user"), "user", user, &users);
        find_known(flaws, &place.key("work"), "work", work, &works);
    }
}

fn check_times(flaws: &mut Flaws, place: &Place<'_>, times: &[(&str, &Option<String>)]) {
    for (name, text) in times {
        let _ = parse_time(flaws, &place.key(name), text.as_deref());
    }
}

/// Notes a flaw when the way up from here comes back.
fn check_circle(flaws: &mut Flaws, place: &Place<'_>, id: &str, parents: &Parents<'_>) {
    let top = path_to(id, parents).first().copied().unwrap_or(id);
    if parents.contains_key(top) {
        flaws.at_value(&place.key("parent"), "this leads back to itself", None);
    }
}
