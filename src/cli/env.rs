//! `ticketbooth env`: what a shell or an SDK needs to reach the emulator.
//!
//! The keys are those of the demo world, which everybody knows: there is no secret here.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Command};
use serde_json::{Map, Value};

use super::Failure;
use super::intercept::intercept_variables;
use super::output::{print_json, print_text, tell_people};
use super::proxies::{CURE, ProxyTraps};
use super::sending::ROOT_VARIABLE;
use super::trust_env::trust_variables;
use super::trust_folder::Beside;
use super::values::{AddressFlags, BaseUrl};
use crate::cloud::examples::USUAL_ENDPOINT;
use crate::cloud::{Vendor, all_snippets, vendors};

#[derive(Debug, Args)]
pub(crate) struct EnvFlags {
    /// Print a snippet that points this SDK at the emulator.
    #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(all_snippets().map(|(name, _)| *name)))]
    sdk: Option<String>,
    #[command(flatten)]
    address: AddressFlags,
    /// Lead to its TLS, with the variables by which clients trust the folder of --trust-dir.
    #[arg(long, requires = "trust_dir")]
    tls: bool,
    /// Lead calls to the vendors' own hosts to it, which serves with --proxy: the variables of `exec --intercept`.
    #[arg(long, requires = "trust_dir", conflicts_with = "tls")]
    intercept: bool,
    /// What the folder's bundle holds, as `ticketbooth trust` was told: `add` leaves the folders of the system's roots.
    #[arg(long, value_enum, default_value = "only", value_name = "WHAT")]
    trust: Beside,
    /// The trust folder, as `serve --trust-dir` or `ticketbooth trust` wrote it.
    #[arg(long, env = "TICKETBOOTH_TRUST_DIR", value_name = "DIR")]
    trust_dir: Option<PathBuf>,
    /// Print JSON.
    #[arg(long, conflicts_with = "sdk")]
    json: bool,
}

pub(crate) fn run(flags: &EnvFlags) -> Result<(), Failure> {
    tell_of_proxies(flags);
    if let Some(sdk) = &flags.sdk {
        if flags.address.base_url().is_tls {
            tell_people("ticketbooth: the snippet says http, which every port takes but those of --tls-listen");
        }
        let snippet = all_snippets().find(|(name, _)| name == sdk).map_or("", |(_, snippet)| snippet);
        return print_text(&snippet.replace(USUAL_ENDPOINT, &flags.address.base_url().endpoint));
    }
    let folder = flags.trust_dir.as_ref().filter(|_| flags.tls || flags.intercept);
    let url = flags.address.base_url();
    let url = BaseUrl { is_tls: url.is_tls || flags.tls, ..url };
    let mut variables = env_variables(&url, &ClientKeys::of_demo());
    if let Some(folder) = folder {
        // A program may run in another folder than this shell.
        let folder = std::path::absolute(folder)?;
        variables.extend(if flags.intercept {
            intercept_variables(&folder, &url.endpoint, flags.trust)
        } else {
            trust_variables(&folder, flags.trust)
        });
    }
    if flags.json {
        let object: Map<String, Value> = variables.into_iter().map(|(name, value)| (name, value.into())).collect();
        return print_json(&object.into());
    }
    print_text(&shell_exports(&variables))
}

/// Tells on stderr, which no `eval` reads, who would send its calls to a proxy.
fn tell_of_proxies(flags: &EnvFlags) {
    let traps = ProxyTraps::of_shell(&flags.address.base_url().endpoint);
    let traps = match &flags.sdk {
        Some(sdk) => traps.for_client(sdk),
        None => traps,
    };
    let sentences = traps.sentences();
    if !sentences.is_empty() {
        let lines: Vec<String> = sentences.iter().map(|sentence| format!("\n  {sentence}")).collect();
        tell_people(&format!("ticketbooth: {} set{}\n  help: {CURE}", traps.variables_are(), lines.concat()));
    }
}

/// A key of each vendor with its secret, where there is one.
pub(crate) struct ClientKeys(Vec<(&'static Vendor, String, String)>);

impl ClientKeys {
    /// The keys that `find` finds.
    pub fn of_each(find: impl Fn(&'static Vendor) -> Option<(String, String)>) -> Self {
        let found = vendors().iter().filter_map(|vendor| find(vendor).map(|(id, secret)| (*vendor, id, secret)));
        Self(found.collect())
    }

    /// The keys of the demo world.
    pub fn of_demo() -> Self {
        Self::of_each(|vendor| {
            Some((vendor.catalog.examples.key.to_owned(), vendor.catalog.examples.secret.to_owned()))
        })
    }
}

/// The environment of a program that is to talk with these keys to the emulator at `url`: our own names, and then those
/// that the vendors' clients know.
pub(crate) fn env_variables(url: &BaseUrl, keys: &ClientKeys) -> Vec<(String, String)> {
    let address = [("TICKETBOOTH_URL", url.to_string()), ("TICKETBOOTH_ENDPOINT", url.endpoint.clone())];
    let mut variables: Vec<_> = address.map(|(name, value)| (name.to_owned(), value)).into();
    for (vendor, id, secret) in &keys.0 {
        let [id_field, secret_field] = vendor.clients.key_fields.map(|field| own_name(vendor, field));
        variables.extend([(id_field, id.clone()), (secret_field, secret.clone())]);
    }
    for (vendor, id, secret) in &keys.0 {
        let [id_name, secret_name] = vendor.clients.environment;
        variables.extend([(id_name.to_owned(), id.clone()), (secret_name.to_owned(), secret.clone())]);
    }
    variables
}

/// Variables of ours that are for clients and belong to no flag.
const FOR_CLIENTS: &[&str] = &["TICKETBOOTH_SANDBOX", "TICKETBOOTH_ENDPOINT", ROOT_VARIABLE];

/// Every variable that this program reads or gives to clients under a name of ours; `command` is the tree of verbs.
pub(crate) fn own_variables(command: &Command) -> Vec<String> {
    let of_flags = |command: &Command| -> Vec<String> {
        command.get_arguments().filter_map(|flag| Some(flag.get_env()?.to_str()?.to_owned())).collect()
    };
    let mut known: Vec<String> = command.get_subcommands().flat_map(of_flags).collect();
    for vendor in vendors() {
        known.extend(vendor.clients.key_fields.map(|field| own_name(vendor, field)));
    }
    known.extend(FOR_CLIENTS.iter().map(|name| (*name).to_owned()));
    known
}

/// The variable of ours for a half of the vendor's key.
fn own_name(vendor: &Vendor, field: &str) -> String {
    format!("TICKETBOOTH_{}_{}", vendor.name, field).to_uppercase()
}

/// One line for a shell to read for each of them.
pub(crate) fn shell_exports(variables: &[(String, String)]) -> String {
    let line = |(name, value): &(String, String)| format!("export {name}={}", shell_quote(value));
    variables.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The text as a shell reads it back, whatever signs the keys of somebody's world have.
fn shell_quote(text: &str) -> String {
    let is_plain = |sign: char| sign.is_ascii_alphanumeric() || "-._:/".contains(sign);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}
