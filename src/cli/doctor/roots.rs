//! Whether the system trusts an emulator.

use std::path::Path;

use super::super::files;
use super::super::trust_folder::{BUNDLE_BYTES, BUNDLES};
use super::Shell;
use super::finding::{DoctorFinding, FindingState};
use crate::trust::count_own_roots;

/// Roots of emulators among those that every program of this system trusts. No verb puts one there.
pub(super) fn check_roots(_: &Shell<'_>) -> DoctorFinding {
    let there = |place: &&&str| {
        files::read_text(Path::new(place), BUNDLE_BYTES).is_ok_and(|bundle| count_own_roots(&bundle.text) > 0)
    };
    let Some(place) = BUNDLES.iter().find(there) else {
        return DoctorFinding::all_well("roots", "no program trusts an emulator that was not told to");
    };
    let says = format!("a root that an emulator made is among those of this system, in {place}");
    let help = "take it out (/usr/local/share/ca-certificates, then `update-ca-certificates`): a program is told of a root by \
                `ticketbooth env --tls`, and `exec --intercept` tells it by itself";
    DoctorFinding::new("roots", FindingState::Odd, says, help)
}
