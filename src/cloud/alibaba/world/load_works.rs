//! The works of an organization, with the workspaces, data sets and data sources behind them.

use std::collections::HashMap;
use std::sync::Arc;

use super::file::OrganizationFile;
use super::file_data::{DatasetFile, DatasourceFile};
use super::file_people::WorkspaceFile;
use super::file_works::WorkFile;
use super::works::{Person, Work, WorkKind};
use crate::document::{Flaws, Place};
use crate::domain::User;
use crate::world::checks::{Ids, Known, check_filled, find_known};

/// The things that works of one organization may refer to.
pub(super) struct WorkScope<'a> {
    id: &'a Arc<str>,
    organizations: &'a Known<'a, ()>,
    users: Known<'a, &'a User>,
    workspaces: Known<'a, &'a WorkspaceFile>,
    datasets: Known<'a, &'a DatasetFile>,
    datasources: Known<'a, &'a DatasourceFile>,
}

impl<'a> WorkScope<'a> {
    pub fn of(
        file: &'a OrganizationFile,
        id: &'a Arc<str>,
        organizations: &'a Known<'a, ()>,
        users: &'a HashMap<Arc<str>, Person>,
    ) -> Self {
        Self {
            id,
            organizations,
            users: users.iter().map(|(id, person)| (&**id, &person.user)).collect(),
            workspaces: file.workspaces.iter().map(|workspace| (workspace.id.as_str(), workspace)).collect(),
            datasets: file.datasets.iter().map(|set| (set.id.as_str(), set)).collect(),
            datasources: file.datasources.iter().map(|source| (source.id.as_str(), source)).collect(),
        }
    }
}

pub(super) fn load_works<'a>(
    file: &'a OrganizationFile,
    scope: &WorkScope<'_>,
    place: &Place<'_>,
    ids: &mut Ids<&'a str>,
    flaws: &mut Flaws,
) -> Vec<Work> {
    check_workspaces(&file.workspaces, scope, &place.key("workspaces"), flaws);
    check_data(file, scope, place, flaws);
    let here = place.key("works");
    let mut works = Vec::with_capacity(file.works.len());
    for (place, work) in here.each_item(&file.works) {
        ids.add(flaws, &place.key("id"), work.id.as_str());
        check_filled(flaws, &place.key("id"), &work.id);
        works.push(load_work(work, scope, &place, flaws));
    }
    works
}

fn check_workspaces(workspaces: &[WorkspaceFile], scope: &WorkScope<'_>, place: &Place<'_>, flaws: &mut Flaws) {
    let mut ids = Ids::of_kind("workspace");
    for (place, workspace) in place.each_item(workspaces) {
        ids.add(flaws, &place.key("id"), workspace.id.as_str());
        if let Some(organization) = &workspace.organization {
            find_known(flaws, &place.key("organization"), "organization", organization, scope.organizations);
        }
    }
}

fn check_data(file: &OrganizationFile, scope: &WorkScope<'_>, place: &Place<'_>, flaws: &mut Flaws) {
    let mut ids = Ids::of_kind("data source");
    let here = place.key("datasources");
    for (place, source) in here.each_item(&file.datasources) {
        ids.add(flaws, &place.key("id"), source.id.as_str());
    }
    let mut ids = Ids::of_kind("data set");
    let here = place.key("datasets");
    for (place, set) in here.each_item(&file.datasets) {
        ids.add(flaws, &place.key("id"), set.id.as_str());
        find_known(flaws, &place.key("datasource"), "data source", &set.datasource, &scope.datasources);
    }
}

/// A flawed work is made up as well as it can be; it never leaves the loading.
fn load_work(work: &WorkFile, scope: &WorkScope<'_>, place: &Place<'_>, flaws: &mut Flaws) -> Work {
    let workspace = find_known(flaws, &place.key("workspace"), "workspace", &work.workspace, &scope.workspaces);
    let owner = find_known(flaws, &place.key("owner"), "user", &work.owner, &scope.users);
    let nobody = || User::new(scope.id.clone(), work.owner.as_str());
    let other = workspace.and_then(|workspace| workspace.organization.as_deref());
    let sets = named_datasets(work, scope, place, flaws);
    let mut sources = sets.iter().filter_map(|set| scope.datasources.get(set.datasource.as_str()));
    Work {
        id: work.id.as_str().into(),
        name: work.name.clone(),
        kind: work.r#type,
        organization: scope.id.clone(),
        workspace: workspace.map(|workspace| workspace.name.clone()).unwrap_or_default(),
        workspace_organization: other.map_or_else(|| scope.id.clone(), Into::into),
        owner: owner.map_or_else(nobody, |owner| User::clone(owner)),
        embedding: work.embedding,
        gone: work.gone,
        gone_dataset: sets.iter().find(|set| set.gone).map(|set| set.id.clone()),
        gone_datasource: sources.find(|source| source.gone).map(|source| source.id.clone()),
        components: load_components(work, place, flaws),
        parameters: load_parameters(work, place, flaws),
    }
}

fn named_datasets<'a>(
    work: &WorkFile,
    scope: &WorkScope<'a>,
    place: &Place<'_>,
    flaws: &mut Flaws,
) -> Vec<&'a DatasetFile> {
    let place = place.key("datasets");
    let found = work
        .datasets
        .iter()
        .enumerate()
        .filter_map(|(index, id)| find_known(flaws, &place.index(index), "data set", id, &scope.datasets).copied());
    found.collect()
}

fn load_components(work: &WorkFile, place: &Place<'_>, flaws: &mut Flaws) -> HashMap<Arc<str>, Option<String>> {
    let place = place.key("components");
    if !work.components.is_empty() && work.r#type != WorkKind::Dashboard {
        let help = Some("only a dashboard has components".to_owned());
        flaws.at_key(&place, format!("a work of type {} has no components", work.r#type.name()), help);
    }
    let mut ids = Ids::of_kind("component");
    let mut components = HashMap::with_capacity(work.components.len());
    for (place, component) in place.each_item(&work.components) {
        ids.add(flaws, &place.key("id"), component.id.as_str());
        components.insert(component.id.as_str().into(), component.name.clone());
    }
    components
}

fn load_parameters(work: &WorkFile, place: &Place<'_>, flaws: &mut Flaws) -> Vec<String> {
    let place = place.key("parameters");
    let mut names = Ids::of_kind("parameter");
    for (place, name) in place.each_item(&work.parameters) {
        names.add(flaws, &place, name.as_str());
    }
    work.parameters.clone()
}
