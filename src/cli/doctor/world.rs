//! The world file that `serve` would take.

use super::super::files;
use super::Shell;
use super::finding::{DoctorFinding, FindingState};
use crate::cloud::all_assumptions;
use crate::document::MAX_BYTES;
use crate::world::World;

/// The world file that `serve` would take.
pub(super) fn check_world(_: &Shell<'_>) -> DoctorFinding {
    let Some(file) = std::env::var_os("TICKETBOOTH_WORLD") else {
        return DoctorFinding::all_well("world", "TICKETBOOTH_WORLD is not set; the demo world is served");
    };
    let name = std::path::Path::new(&file).display().to_string();
    let read = match files::read_text(std::path::Path::new(&file), MAX_BYTES as u64) {
        Ok(read) => read,
        Err(message) => {
            let help = "correct TICKETBOOTH_WORLD, or unset it to serve the demo world";
            return DoctorFinding::new("world", FindingState::Wrong, message, help);
        }
    };
    match World::load(&name, &read.text, &all_assumptions()).map_err(|problems| read.show_problems(problems)) {
        Ok(world) => DoctorFinding::all_well("world", format!("{name} is sound; it is \"{}\"", world.name)),
        Err(problems) => {
            let first = problems.iter().next().map_or_else(String::new, |problem| {
                format!("{}:{}:{}: {}", problem.file, problem.line, problem.column, problem.message)
            });
            let help = format!("{} to mend; `ticketbooth serve` shows all of them", problems.count());
            DoctorFinding::new("world", FindingState::Wrong, first, help)
        }
    }
}
