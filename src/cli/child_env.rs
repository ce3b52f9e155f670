//! The environment of a program that runs under an emulator of its own: everything that leads to that emulator, and
//! nothing that leads past it.

use std::process::Command;

use super::env::{self, ClientKeys};
use super::proxies;
use super::values::BaseUrl;
use crate::cloud::vendors;
use crate::emulator::DEFAULT;

/// Where the program finds its emulator, and how it may talk to it.
pub(crate) struct ChildAccess<'a> {
    pub url: BaseUrl,
    pub keys: ClientKeys,
    /// The token of the admin API.
    pub token: Option<&'a str>,
}

/// Takes away what belongs to an emulator outside, to other credentials of the vendors or to a proxy, and then sets
/// what belongs to this one; `own` are the variables of ours.
pub(crate) fn set_environment(command: &mut Command, access: &ChildAccess<'_>, own: &[String], proxies: &[String]) {
    let of_vendors = vendors().iter().flat_map(|vendor| vendor.clients.environment.iter().chain(vendor.clients.rivals));
    for name in own.iter().map(String::as_str).chain(of_vendors.copied()).chain(proxies.iter().map(String::as_str)) {
        command.env_remove(name);
    }
    command.envs(env::env_variables(&access.url, &access.keys));
    command.env("TICKETBOOTH_SANDBOX", DEFAULT);
    command.envs(access.token.map(|token| ("TICKETBOOTH_ADMIN_TOKEN", token)));
}

/// The variables that name a proxy, and the line that tells of their removal; nothing where there are none.
pub(crate) fn proxies_to_remove() -> Option<(Vec<String>, String)> {
    let names = proxies::proxy_variables();
    let line = format!(
        "ticketbooth: the program runs without {}, so that its calls reach the emulator; --keep-proxy leaves them",
        names.join(", ")
    );
    (!names.is_empty()).then_some((names, line))
}
