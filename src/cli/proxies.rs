//! Variables that name a proxy, which would get the calls that are meant for the emulator.

use crate::cloud::all_proxy_habits;
use crate::cloud::proxy::{ProxyHabit, Spared};

/// The names of such variables, in lower case.
const NAMES: &[&str] = &[
    "http_proxy",
    "https_proxy",
    "all_proxy",
    "socks_proxy",
    "ftp_proxy",
    // Libraries for Node read these as well.
    "npm_config_proxy",
    "npm_config_http_proxy",
    "npm_config_https_proxy",
    "global_agent_http_proxy",
    "global_agent_https_proxy",
];

/// The names that clients read, as they are set.
pub(crate) const PROXIES: &[&str] =
    &["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

/// Variables that name the hosts which are spared from a proxy.
pub(crate) const SPARING: &[&str] = &["NO_PROXY", "no_proxy"];

/// The cure, for people.
pub(crate) const CURE: &str = "run the program under `ticketbooth exec`, which takes the variables away, or unset them";

/// The variables of this process that name a proxy, and the clients that they mislead.
pub(crate) struct ProxyTraps {
    /// Their names; their values may hold a password.
    pub variables: Vec<String>,
    misled: Vec<(&'static ProxyHabit, String)>,
}

/// Whether it is the name of such a variable, however its letters are mixed.
pub(crate) fn is_proxy_variable(name: &str) -> bool {
    NAMES.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Those of this process, set to something, in the order of their names.
pub(crate) fn proxy_variables() -> Vec<String> {
    let set = std::env::vars_os().filter(|(_, value)| !value.is_empty());
    let mut names: Vec<String> = set.filter_map(|(name, _)| name.into_string().ok()).collect();
    names.retain(|name| is_proxy_variable(name));
    names.sort_unstable();
    names
}

impl ProxyTraps {
    /// The variables of this shell that stand between clients and `endpoint`.
    pub fn of_shell(endpoint: &str) -> Self {
        let spared = ["NO_PROXY", "no_proxy"].iter().filter_map(|name| std::env::var(name).ok());
        Self::new(proxy_variables(), endpoint, &spared.collect::<Vec<_>>().join(","))
    }

    fn new(variables: Vec<String>, endpoint: &str, no_proxy: &str) -> Self {
        let misled = |habit: &'static ProxyHabit| {
            habit.misled_by(&variables, endpoint, no_proxy).map(|name| (habit, name.to_owned()))
        };
        let misled = all_proxy_habits().filter_map(misled).collect();
        Self { variables, misled }
    }

    /// The same for one client.
    pub fn for_client(mut self, client: &str) -> Self {
        self.misled.retain(|(habit, _)| habit.client == client);
        self
    }

    /// The variables with their verb.
    pub fn variables_are(&self) -> String {
        format!("{} {}", self.variables.join(" and "), if self.variables.len() == 1 { "is" } else { "are" })
    }

    /// Who sends its calls to the proxy, and what would keep it from that: one sentence for each way.
    pub fn sentences(&self) -> Vec<String> {
        let of = |spared: Spared| -> Vec<String> {
            let misled = self.misled.iter().filter(|(habit, _)| habit.spared == spared);
            misled.map(|(habit, variable)| format!("{} ({variable})", habit.client)).collect()
        };
        let ways = [Spared::Never, Spared::BothForms, Spared::HostAndPort, Spared::Host, Spared::EitherForm];
        let told = ways.into_iter().map(|spared| (spared, of(spared))).filter(|(_, clients)| !clients.is_empty());
        told.map(|(spared, clients)| way_to_proxy(spared, &clients.join(", "))).collect()
    }
}

fn way_to_proxy(spared: Spared, clients: &str) -> String {
    match spared {
        Spared::Never => format!("calls go to the proxy whatever NO_PROXY says: {clients}"),
        other => format!("calls go to the proxy unless NO_PROXY has {}: {clients}", other.name()),
    }
}
