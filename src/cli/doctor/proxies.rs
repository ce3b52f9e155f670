//! Whether a proxy stands between clients and the emulator.

use super::super::proxies::{CURE, ProxyTraps};
use super::Shell;
use super::finding::{DoctorFinding, FindingState};

pub(super) fn check_proxies(shell: &Shell<'_>) -> DoctorFinding {
    let traps = ProxyTraps::of_shell(&shell.remote.base_url().endpoint);
    if traps.variables.is_empty() {
        return DoctorFinding::all_well("proxy", "no variable names a proxy");
    }
    match traps.sentences().as_slice() {
        [] => {
            let says = format!("{} set, and every client of the vendors goes past it", traps.variables_are());
            DoctorFinding::all_well("proxy", says)
        }
        sentences => DoctorFinding::new("proxy", FindingState::Odd, sentences.join("; "), CURE),
    }
}
