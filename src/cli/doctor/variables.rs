//! The variables of this shell: those of ours, and keys.

use super::super::env;
use super::Shell;
use super::finding::{DoctorFinding, FindingState};
use crate::document::find_nearest;

/// Variables that look like ours and are not.
pub(super) fn check_variables(shell: &Shell<'_>) -> DoctorFinding {
    let known = env::own_variables(shell.command);
    let set = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let unknown = set.filter(|name| name.starts_with("TICKETBOOTH_") && !known.contains(name)).min();
    match unknown {
        None => DoctorFinding::all_well("variables", "every TICKETBOOTH_… variable is one of ours"),
        Some(name) => {
            let help = match find_nearest(&name, known.iter().map(String::as_str)) {
                Some(near) => format!("{near} may be meant"),
                None => "it has no effect; unset it".to_owned(),
            };
            DoctorFinding::new("variables", FindingState::Odd, format!("{name} is not a variable of ours"), help)
        }
    }
}

/// Keys that clients of this shell would take. Only their names are shown.
pub(super) fn check_keys(shell: &Shell<'_>) -> DoctorFinding {
    let demo = env::env_variables(&shell.remote.base_url(), &env::ClientKeys::of_demo());
    let other =
        |(name, value): &&(String, String)| std::env::var(name).is_ok_and(|set| !set.is_empty() && set != *value);
    let addresses = ["TICKETBOOTH_URL", "TICKETBOOTH_ENDPOINT"];
    let set: Vec<&str> =
        demo.iter().filter(other).map(|(name, _)| name.as_str()).filter(|name| !addresses.contains(name)).collect();
    if set.is_empty() {
        return DoctorFinding::all_well("keys", "no variable holds keys other than those of the demo world");
    }
    let says = format!("other keys than those of the demo world: {}", set.join(", "));
    let help = "well for a world or a sandbox of your own, else `ticketbooth env` prints the usual ones";
    DoctorFinding::new("keys", FindingState::Odd, says, help)
}
