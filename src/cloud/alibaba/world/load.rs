//! Credentials and organizations.

use std::collections::HashMap;
use std::sync::Arc;

use super::file::{AlibabaFile, EditionFile, FeatureFile, OrganizationFile};
use super::load_things::load_things;
use super::load_works::{WorkScope, load_works};
use super::works::{LoadedOrganizations, Organization, Organizations, Person};
use crate::cloud::alibaba::NAME;
use crate::document::{Flaws, Place};
use crate::domain::User;
use crate::sign::KeptKey;
use crate::world::checks::{Ids, Known, check_filled, check_tokens, find_known};
use crate::world::{Credential, OwnedThings};

/// The account types that the vendor documents.
const ACCOUNT_TYPES: &[i64] = &[1, 3, 4, 5, 6, 9, 10];

pub(super) fn load_keys(file: &AlibabaFile, place: &Place<'_>, flaws: &mut Flaws) -> Vec<Credential> {
    let place = place.key("credentials");
    let organizations: Known<'_, ()> = file.organizations.iter().map(|entry| (entry.id.as_str(), ())).collect();
    let users: Known<'_, ()> =
        file.organizations.iter().flat_map(|entry| &entry.users).map(|user| (user.id.as_str(), ())).collect();
    let mut ids = Ids::of_kind("credential");
    let mut keys = Vec::with_capacity(file.credentials.len());
    for (place, key) in place.each_item(&file.credentials) {
        ids.add(flaws, &place.key("access_key_id"), key.access_key_id.as_str());
        check_filled(flaws, &place.key("access_key_id"), &key.access_key_id);
        check_filled(flaws, &place.key("access_key_secret"), &key.access_key_secret);
        check_tokens(flaws, &place, key.temporary, &key.session_tokens);
        find_known(flaws, &place.key("organization"), "organization", &key.organization, &organizations);
        if let Some(user) = &key.user {
            find_known(flaws, &place.key("user"), "user", user, &users);
        }
        keys.push(Credential {
            vendor: NAME,
            id: key.access_key_id.clone(),
            secret: key.access_key_secret.clone(),
            state: key.state,
            temporary: key.temporary,
            session_tokens: key.session_tokens.clone(),
            denied_actions: key.deny.clone(),
            allow_addresses: Vec::new(),
            deny_addresses: Vec::new(),
            role: key.role,
            organization: Some(key.organization.as_str().into()),
            user: key.user.as_deref().map(Into::into),
            kept_key: KeptKey::default(),
        });
    }
    keys
}

pub(super) fn load_organizations(file: &AlibabaFile, place: &Place<'_>, flaws: &mut Flaws) -> Organizations {
    let place = place.key("organizations");
    let (mut all, mut things) = (LoadedOrganizations::default(), OwnedThings::new());
    let mut ids = Ids::of_kind("organization");
    // A link names the work alone, so its id must be the only one in the world.
    let mut work_ids = Ids::of_kind("work");
    let names: Known<'_, ()> = file.organizations.iter().map(|entry| (entry.id.as_str(), ())).collect();
    for (place, organization) in place.each_item(&file.organizations) {
        ids.add(flaws, &place.key("id"), organization.id.as_str());
        check_filled(flaws, &place.key("id"), &organization.id);
        let id: Arc<str> = organization.id.as_str().into();
        let loaded = load_organization(organization, &id, &place, flaws);
        all.people.extend(loaded.users.keys().cloned());
        let scope = WorkScope::of(organization, &id, &names, &loaded.users);
        for work in load_works(organization, &scope, &place, &mut work_ids, flaws) {
            all.works.insert(work.id.clone(), work);
        }
        things.insert(id.clone(), load_things(organization, &place, flaws));
        all.by_id.insert(id, loaded);
    }
    Organizations { loaded: Arc::new(all), things, has_changes: false }
}

fn load_organization(file: &OrganizationFile, id: &Arc<str>, place: &Place<'_>, flaws: &mut Flaws) -> Organization {
    let mut users = HashMap::with_capacity(file.users.len());
    let mut accounts: HashMap<Arc<str>, Vec<(i64, User)>> = HashMap::new();
    let mut ids = Ids::of_kind("user");
    let here = place.key("users");
    for (place, entry) in here.each_item(&file.users) {
        ids.add(flaws, &place.key("id"), entry.id.as_str());
        check_filled(flaws, &place.key("id"), &entry.id);
        if !ACCOUNT_TYPES.contains(&entry.r#type) {
            let known: Vec<_> = ACCOUNT_TYPES.iter().map(ToString::to_string).collect();
            let help = Some(format!("one of: {}", known.join(", ")));
            flaws.at_value(&place.key("type"), format!("unknown account type {}", entry.r#type), help);
        }
        let user = User::new(id.clone(), entry.id.as_str());
        if let Some(account) = &entry.account {
            accounts.entry(account.as_str().into()).or_default().push((entry.r#type, user.clone()));
        }
        users.insert(user.id.clone(), Person { user, valid: entry.valid });
    }
    Organization {
        exists: file.exists,
        instance: file.instance,
        professional: file.edition == EditionFile::Professional,
        global_param: file.features.as_ref().is_none_or(|features| features.contains(&FeatureFile::GlobalParam)),
        users,
        accounts,
    }
}
