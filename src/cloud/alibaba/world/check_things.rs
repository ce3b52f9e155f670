//! The checks of what actions tell of: that what is named is there, that times are times and nothing stands in itself.

use std::collections::HashSet;

use super::file::OrganizationFile;
use super::file_data::DatasetFile;
use super::file_people::{OrganizationUser, UserGroupFile, WorkspaceFile};
use super::file_works::{FavoriteFile, Receiver, ShareFile, ViewFile, WorkFile};
use super::load_things::{Parents, parents_of_directories, parents_of_groups, path_to};
use crate::document::{Flaws, Place};
use crate::world::checks::{Ids, Known, check_filled, find_known, parse_time};

/// The ids of one organization by what they are of.
struct OrganizationNames<'a> {
    users: Known<'a, ()>,
    groups: Known<'a, ()>,
    tags: Known<'a, ()>,
    workspaces: Known<'a, ()>,
    works: Known<'a, ()>,
    directories: Known<'a, ()>,
}

impl<'a> OrganizationNames<'a> {
    fn of(file: &'a OrganizationFile) -> Self {
        let works = file.works.iter().map(|work| work.id.as_str());
        let portals = file.portals.iter().map(|portal| portal.id.as_str());
        let directories = file.workspaces.iter().flat_map(|workspace| &workspace.directories);
        Self {
            users: file.users.iter().map(|user| (user.id.as_str(), ())).collect(),
            groups: file.user_groups.iter().map(|group| (group.id.as_str(), ())).collect(),
            tags: file.user_tags.iter().map(|tag| (tag.id.as_str(), ())).collect(),
            workspaces: file.workspaces.iter().map(|workspace| (workspace.id.as_str(), ())).collect(),
            // A portal is a work too.
            works: works.chain(portals).map(|id| (id, ())).collect(),
            directories: directories.map(|directory| (directory.id.as_str(), ())).collect(),
        }
    }
}

pub(super) fn check_references(file: &OrganizationFile, place: &Place<'_>, flaws: &mut Flaws) {
    let names = OrganizationNames::of(file);
    check_users(&file.users, &names, &place.key("users"), flaws);
    check_groups(&file.user_groups, &names, &place.key("user_groups"), flaws);
    let mut ids = Ids::of_kind("user tag");
    for (place, tag) in place.key("user_tags").each_item(&file.user_tags) {
        ids.add(flaws, &place.key("id"), tag.id.as_str());
    }
    check_workspaces(&file.workspaces, &names, &place.key("workspaces"), flaws);
    check_data(file, &names, place, flaws);
    check_works(&file.works, &names, &place.key("works"), flaws);
    check_shares(&file.shares, &names, &place.key("shares"), flaws);
    check_modules(file, &names, place, flaws);
    check_services(file, &names, place, flaws);
    for (place, FavoriteFile { user, work, .. }) in place.key("favorites").each_item(&file.favorites) {
        find_known(flaws, &place.key("user"), "user", user, &names.users);
        find_known(flaws, &place.key("work"), "work", work, &names.works);
    }
    let mut pairs = Ids::of_kind("view");
    for (place, ViewFile { user, work, at, .. }) in place.key("views").each_item(&file.views) {
        find_known(flaws, &place.key("user"), "user", user, &names.users);
        find_known(flaws, &place.key("work"), "work", work, &names.works);
        pairs.add(flaws, &place.key("work"), format!("{user}/{work}"));
        check_times(flaws, &place, &[("at", at)]);
    }
}

/// Notes a flaw when a field names something that is not there.
fn check_named(flaws: &mut Flaws, place: &Place<'_>, what: &str, id: Option<&String>, known: &Known<'_, ()>) {
    if let Some(id) = id {
        find_known(flaws, place, what, id, known);
    }
}

fn check_users(users: &[OrganizationUser], names: &OrganizationNames<'_>, place: &Place<'_>, flaws: &mut Flaws) {
    for (place, user) in place.each_item(users) {
        for (place, group) in place.key("groups").each_item(&user.groups) {
            find_known(flaws, &place, "user group", group, &names.groups);
        }
        for tag in user.tags.keys() {
            find_known(flaws, &place.key("tags").key(tag), "user tag", tag, &names.tags);
        }
        check_times(flaws, &place, &[("joined", &user.joined), ("last_login", &user.last_login)]);
    }
}

fn check_groups(groups: &[UserGroupFile], names: &OrganizationNames<'_>, place: &Place<'_>, flaws: &mut Flaws) {
    let parents = parents_of_groups(groups);
    let mut ids = Ids::of_kind("user group");
    for (place, group) in place.each_item(groups) {
        ids.add(flaws, &place.key("id"), group.id.as_str());
        check_filled(flaws, &place.key("id"), &group.id);
        check_named(flaws, &place.key("parent"), "user group", group.parent.as_ref(), &names.groups);
        check_circle(flaws, &place, &group.id, &parents);
        check_named(flaws, &place.key("created_by"), "user", group.created_by.as_ref(), &names.users);
        check_named(flaws, &place.key("modified_by"), "user", group.modified_by.as_ref(), &names.users);
        check_times(flaws, &place, &[("created", &group.created), ("modified", &group.modified)]);
    }
}

fn check_workspaces(workspaces: &[WorkspaceFile], names: &OrganizationNames<'_>, place: &Place<'_>, flaws: &mut Flaws) {
    let mut ids = Ids::of_kind("directory");
    for (place, workspace) in place.each_item(workspaces) {
        check_named(flaws, &place.key("owner"), "user", workspace.owner.as_ref(), &names.users);
        check_times(flaws, &place, &[("created", &workspace.created), ("modified", &workspace.modified)]);
        for (place, member) in place.key("members").each_item(&workspace.members) {
            find_known(flaws, &place.key("user"), "user", &member.user, &names.users);
        }
        let parents = parents_of_directories(&workspace.directories);
        for (place, directory) in place.key("directories").each_item(&workspace.directories) {
            ids.add(flaws, &place.key("id"), directory.id.as_str());
            check_named(flaws, &place.key("parent"), "directory", directory.parent.as_ref(), &names.directories);
            check_circle(flaws, &place, &directory.id, &parents);
        }
    }
}

fn check_data(file: &OrganizationFile, names: &OrganizationNames<'_>, place: &Place<'_>, flaws: &mut Flaws) {
    for (place, source) in place.key("datasources").each_item(&file.datasources) {
        check_named(flaws, &place.key("workspace"), "workspace", source.workspace.as_ref(), &names.workspaces);
        check_named(flaws, &place.key("owner"), "user", source.owner.as_ref(), &names.users);
        check_times(flaws, &place, &[("created", &source.created), ("modified", &source.modified)]);
        if let Some(api) = &source.api {
            check_times(flaws, &place.key("api"), &[("updated", &api.updated)]);
        }
    }
    for (place, set) in place.key("datasets").each_item(&file.datasets) {
        check_named(flaws, &place.key("workspace"), "workspace", set.workspace.as_ref(), &names.workspaces);
        check_named(flaws, &place.key("directory"), "directory", set.directory.as_ref(), &names.directories);
        check_named(flaws, &place.key("owner"), "user", set.owner.as_ref(), &names.users);
        check_times(flaws, &place, &[("created", &set.created), ("modified", &set.modified)]);
    }
}

fn check_works(works: &[WorkFile], names: &OrganizationNames<'_>, place: &Place<'_>, flaws: &mut Flaws) {
    for (place, work) in place.each_item(works) {
        check_named(flaws, &place.key("directory"), "directory", work.directory.as_ref(), &names.directories);
        check_named(flaws, &place.key("modified_by"), "user", work.modified_by.as_ref(), &names.users);
        check_times(flaws, &place, &[("created", &work.created), ("modified", &work.modified)]);
        check_times(flaws, &place, &[("public_until", &work.public_until), ("embedded_at", &work.embedded_at)]);
        let sets: Known<'_, ()> = work.datasets.iter().map(|id| (id.as_str(), ())).collect();
        for (place, component) in place.key("components").each_item(&work.components) {
            check_named(flaws, &place.key("dataset"), "data set of the work", component.dataset.as_ref(), &sets);
        }
    }
}

fn check_modules(file: &OrganizationFile, names: &OrganizationNames<'_>, place: &Place<'_>, flaws: &mut Flaws) {
    let mut ids = Ids::of_kind("portal");
    let works: HashSet<&str> = file.works.iter().map(|work| work.id.as_str()).collect();
    for (place, portal) in place.key("portals").each_item(&file.portals) {
        ids.add(flaws, &place.key("id"), portal.id.as_str());
        if works.contains(portal.id.as_str()) {
            flaws.at_value(&place.key("id"), "a work has this id, and a portal is a work too", None);
        }
        find_known(flaws, &place.key("workspace"), "workspace", &portal.workspace, &names.workspaces);
        find_known(flaws, &place.key("owner"), "user", &portal.owner, &names.users);
    }
    let mut ids = Ids::of_kind("embed module");
    for (place, module) in place.key("copilot_modules").each_item(&file.copilot_modules) {
        ids.add(flaws, &place.key("id"), module.id.as_str());
        check_named(flaws, &place.key("created_by"), "user", module.created_by.as_ref(), &names.users);
    }
    for (place, module) in place.key("ai_pro_modules").each_item(&file.ai_pro_modules) {
        ids.add(flaws, &place.key("id"), module.id.as_str());
    }
}

/// Things that are made of data sets and data sources: dynamic tags, data services, and those of Smart Q.
fn check_services(file: &OrganizationFile, names: &OrganizationNames<'_>, place: &Place<'_>, flaws: &mut Flaws) {
    let sources: Known<'_, ()> = file.datasources.iter().map(|source| (source.id.as_str(), ())).collect();
    let sets: Known<'_, &DatasetFile> = file.datasets.iter().map(|set| (set.id.as_str(), set)).collect();
    let cubes: Known<'_, ()> = file.llm_cubes.iter().map(|cube| (cube.id.as_str(), ())).collect();
    let mut ids = Ids::of_kind("dynamic tag");
    for (place, tag) in place.key("dynamic_tags").each_item(&file.dynamic_tags) {
        ids.add(flaws, &place.key("id"), tag.id.as_str());
        find_known(flaws, &place.key("datasource"), "data source", &tag.datasource, &sources);
    }
    let mut ids = Ids::of_kind("data service");
    for (place, service) in place.key("data_services").each_item(&file.data_services) {
        ids.add(flaws, &place.key("id"), service.id.as_str());
        check_named(flaws, &place.key("owner"), "user", service.owner.as_ref(), &names.users);
        check_times(flaws, &place, &[("created", &service.created), ("modified", &service.modified)]);
        if let Some(set) = find_known(flaws, &place.key("dataset"), "data set", &service.dataset, &sets) {
            let fields: Known<'_, ()> = set.fields.iter().map(|field| (field.uid.as_str(), ())).collect();
            check_each_named(flaws, &place.key("fields"), "field of the data set", &service.fields, &fields);
        }
    }
    let mut ids = Ids::of_kind("data set of Smart Q");
    for (place, cube) in place.key("llm_cubes").each_item(&file.llm_cubes) {
        ids.add(flaws, &place.key("id"), cube.id.as_str());
        find_known(flaws, &place.key("dataset"), "data set", &cube.dataset, &sets);
        check_named(flaws, &place.key("created_by"), "user", cube.created_by.as_ref(), &names.users);
        check_each_named(flaws, &place.key("users"), "user", &cube.users, &names.users);
    }
    let mut ids = Ids::of_kind("theme of Smart Q");
    for (place, theme) in place.key("llm_themes").each_item(&file.llm_themes) {
        ids.add(flaws, &place.key("id"), theme.id.as_str());
        check_each_named(flaws, &place.key("llm_cubes"), "data set of Smart Q", &theme.llm_cubes, &cubes);
        check_named(flaws, &place.key("created_by"), "user", theme.created_by.as_ref(), &names.users);
        check_each_named(flaws, &place.key("users"), "user", &theme.users, &names.users);
    }
}

/// Notes a flaw for each id of a list that names something that is not there.
fn check_each_named(flaws: &mut Flaws, place: &Place<'_>, what: &str, ids: &[String], known: &Known<'_, ()>) {
    for (place, id) in place.each_item(ids) {
        find_known(flaws, &place, what, id, known);
    }
}

fn check_shares(shares: &[ShareFile], names: &OrganizationNames<'_>, place: &Place<'_>, flaws: &mut Flaws) {
    let mut ids = Ids::of_kind("share");
    for (place, share) in place.each_item(shares) {
        ids.add(flaws, &place.key("id"), share.id.as_str());
        find_known(flaws, &place.key("work"), "work", &share.work, &names.works);
        check_times(flaws, &place, &[("until", &share.until), ("created", &share.created)]);
        let (what, known) = match share.to {
            Receiver::User => ("user", &names.users),
            Receiver::Group => ("user group", &names.groups),
            Receiver::Workspace => ("workspace", &names.workspaces),
            Receiver::Organization => continue,
        };
        match &share.receiver {
            Some(receiver) => drop(find_known(flaws, &place.key("receiver"), what, receiver, known)),
            None => flaws.at_key(&place, format!("a share to a {what} needs a `receiver`"), None),
        }
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
