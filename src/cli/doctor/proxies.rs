//! Whether a proxy stands between clients and the emulator.

use super::Shell;
use super::finding::{DoctorFinding, FindingState};

/// Variables through which HTTP clients find a proxy, which would get the calls instead of the emulator.
const PROXIES: &[&str] = &["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];

pub(super) fn check_proxies(shell: &Shell<'_>) -> DoctorFinding {
    let set: Vec<&str> =
        PROXIES.iter().copied().filter(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty())).collect();
    let host = shell.remote.base_url().endpoint.rsplit_once(':').map_or("", |(host, _)| host);
    let spared = ["NO_PROXY", "no_proxy"].iter().filter_map(|name| std::env::var(name).ok());
    let is_spared = spared
        .flat_map(|list| list.split(',').map(|name| name.trim().to_owned()).collect::<Vec<_>>())
        .any(|name| name == "*" || name == host);
    if set.is_empty() || is_spared {
        return DoctorFinding::all_well("proxy", "no proxy is set between clients and the emulator");
    }
    let says = format!("{} is set, so clients may send their calls to a proxy", set.join(", "));
    DoctorFinding::new("proxy", FindingState::Odd, says, format!("unset it, or add {host} to NO_PROXY"))
}
