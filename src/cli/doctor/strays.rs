//! What came to the emulator and was no call.

use serde_json::Value;

use super::finding::{DoctorFinding, FindingState};
use super::{Running, Shell};

/// Requests that were no calls, which a client that seems to get no answer has often sent.
pub(super) fn check_strays(_: &Shell<'_>, running: &Running) -> DoctorFinding {
    let counts = running.info["strays"].as_object();
    let there = |kind: &str| counts.and_then(|counts| counts.get(kind)).and_then(Value::as_u64).unwrap_or(0);
    let told: Vec<String> = counts
        .into_iter()
        .flatten()
        .filter(|(_, count)| count.as_u64().is_some_and(|count| count > 0))
        .map(|(kind, count)| format!("{kind}: {count}"))
        .collect();
    if told.is_empty() {
        return DoctorFinding::all_well("strays", "nothing came that was no call");
    }
    let help = if there("tls") > 0 {
        "a client speaks https: give its SDK the scheme or protocol `http`"
    } else if there("connect") > 0 {
        "a client takes the emulator for a proxy: take http_proxy and https_proxy out of its environment"
    } else {
        "see `ticketbooth journal --kind other,stranger,preflight`"
    };
    DoctorFinding::new(
        "strays",
        FindingState::Odd,
        format!("requests came that were no calls ({})", told.join(", ")),
        help,
    )
}
