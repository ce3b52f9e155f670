//! Credentials, corporations and projects.

use std::collections::HashMap;
use std::sync::Arc;

use super::NOBODY;
use super::file::{CorporationFile, PageFile, ProjectFile, TencentFile, TencentRole, ValidityFile};
use super::load_things::{check_things, load_things};
use super::projects::{Corporations, LoadedCorporations, Page, Project, Validity};
use crate::cloud::tencent::NAME;
use crate::document::{Flaws, Place};
use crate::domain::User;
use crate::sign::KeptKey;
use crate::world::checks::{Ids, Known, check_addresses, check_filled, check_tokens, find_known, parse_time};
use crate::world::{Credential, OwnedThings, Role};

pub(super) fn load_keys(file: &TencentFile, place: &Place<'_>, flaws: &mut Flaws) -> Vec<Credential> {
    let place = place.key("credentials");
    let mut ids = Ids::of_kind("credential");
    let mut keys = Vec::with_capacity(file.credentials.len());
    for (place, key) in place.each_item(&file.credentials) {
        ids.add(flaws, &place.key("secret_id"), key.secret_id.as_str());
        check_filled(flaws, &place.key("secret_id"), &key.secret_id);
        check_filled(flaws, &place.key("secret_key"), &key.secret_key);
        check_tokens(flaws, &place, key.temporary, &key.session_tokens);
        check_addresses(flaws, &place.key("allow_addresses"), &key.allow_addresses);
        check_addresses(flaws, &place.key("deny_addresses"), &key.deny_addresses);
        keys.push(Credential {
            vendor: NAME,
            id: key.secret_id.clone(),
            secret: key.secret_key.clone(),
            state: key.state,
            temporary: key.temporary,
            session_tokens: key.session_tokens.clone(),
            denied_actions: key.deny.clone(),
            allow_addresses: key.allow_addresses.clone(),
            deny_addresses: key.deny_addresses.clone(),
            role: match key.role {
                TencentRole::Admin => Role::Admin,
                TencentRole::Member => Role::Member,
            },
            organization: key.corporation.as_deref().map(Into::into),
            user: None,
            kept_key: KeptKey::default(),
        });
    }
    keys
}

pub(super) fn load_corporations(file: &TencentFile, place: &Place<'_>, flaws: &mut Flaws) -> Corporations {
    let (mut all, mut things) = (LoadedCorporations::default(), OwnedThings::new());
    let mut ids = Ids::of_kind("corporation");
    let here = place.key("corporations");
    for (place, corporation) in here.each_item(&file.corporations) {
        ids.add(flaws, &place.key("id"), corporation.id.as_str());
        check_filled(flaws, &place.key("id"), &corporation.id);
        let id: Arc<str> = corporation.id.as_str().into();
        let users = load_users(corporation, &id, &place.key("users"), flaws);
        all.first.get_or_insert_with(|| id.clone());
        things.insert(id.clone(), load_things(file, corporation));
        all.users.insert(id, users);
    }
    check_things(file, place, flaws);
    let known: Known<'_, ()> = file.corporations.iter().map(|corporation| (corporation.id.as_str(), ())).collect();
    let mut ids = Ids::of_kind("project");
    let here = place.key("projects");
    for (place, project) in here.each_item(&file.projects) {
        ids.add(flaws, &place.key("id"), project.id);
        find_known(flaws, &place.key("corporation"), "corporation", &project.corporation, &known);
        all.projects.insert(project.id, load_project(project, &place, flaws));
    }
    if things.is_empty() {
        let nobody = CorporationFile { id: NOBODY.to_owned(), users: Vec::new(), ..CorporationFile::default() };
        things.insert(NOBODY.into(), load_things(file, &nobody));
    }
    Corporations { loaded: Arc::new(all), things, has_changes: false }
}

fn load_users(
    corporation: &CorporationFile,
    organization: &Arc<str>,
    place: &Place<'_>,
    flaws: &mut Flaws,
) -> HashMap<Arc<str>, User> {
    let mut ids = Ids::of_kind("user");
    let mut users = HashMap::with_capacity(corporation.users.len());
    for (place, user) in place.each_item(&corporation.users) {
        ids.add(flaws, &place.key("id"), user.id.as_str());
        check_filled(flaws, &place.key("id"), &user.id);
        let id: Arc<str> = user.id.as_str().into();
        users.insert(id.clone(), User::new(organization.clone(), id));
    }
    users
}

fn load_project(file: &ProjectFile, place: &Place<'_>, flaws: &mut Flaws) -> Project {
    let mut ids = Ids::of_kind("page");
    let mut pages = HashMap::with_capacity(file.pages.len());
    let here = place.key("pages");
    for (place, page) in here.each_item(&file.pages) {
        ids.add(flaws, &place.key("id"), page.id);
        if page.id == 0 {
            flaws.at_value(&place.key("id"), "page 0 stands for no page and cannot be one", None);
        }
        pages.insert(page.id, load_page(page, &place, flaws));
    }
    Project {
        name: file.name.clone(),
        corporation: file.corporation.as_str().into(),
        embedding: file.embedding,
        chat: file.chat,
        validity: load_validity(flaws, &place.key("validity"), &file.validity),
        pages: Arc::new(pages),
    }
}

fn load_page(file: &PageFile, place: &Place<'_>, flaws: &mut Flaws) -> Page {
    let mut names = Ids::of_kind("parameter");
    for (index, name) in file.parameters.iter().enumerate() {
        names.add(flaws, &place.key("parameters").index(index), name.as_str());
    }
    Page {
        name: file.name.clone(),
        published: file.published,
        embedding: file.embedding,
        validity: load_validity(flaws, &place.key("validity"), &file.validity),
        parameters: file.parameters.clone(),
    }
}

fn load_validity(flaws: &mut Flaws, place: &Place<'_>, file: &ValidityFile) -> Validity {
    let from = parse_time(flaws, &place.key("from"), file.from.as_deref());
    let until = parse_time(flaws, &place.key("until"), file.until.as_deref());
    if let (Some(from), Some(until)) = (from, until)
        && until <= from
    {
        flaws.at_value(&place.key("until"), "the validity ends before it begins", None);
    }
    Validity { from, until }
}
