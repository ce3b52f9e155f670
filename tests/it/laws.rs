//! Laws that hold whatever is called, however the world answers its open questions.

pub mod answers;
mod count;
mod outcome;
mod steps;

use ticketbooth::cloud::Vendor;
use ticketbooth::domain::Assumption;
use ticketbooth::emulator::{AuthClock, AuthMode, Emulator, RateClock, RateLimits, Settings};
use ticketbooth::world::World;

use crate::kit::{NOON, assumptions};

/// An answer to an open question; `None`: every question has the answer that is taken by itself.
type Answer = Option<(&'static Assumption, &'static str)>;

/// Every answer of the vendor to every question, one at a time, and none.
fn answers(vendor: &Vendor) -> Vec<Answer> {
    let rows = vendor.catalog.assumptions.iter();
    let chosen = rows.flat_map(|row| row.choices.iter().map(|choice| Some((*row, *choice))));
    std::iter::once(None)
        .chain(chosen.filter(|answer| answer.is_none_or(|(row, choice)| row.default != choice)))
        .collect()
}

/// The demo world at noon with these answers and modes.
fn emulator(answers: &[Answer], auth: AuthMode, auth_clock: AuthClock, rate_limits: RateLimits) -> Emulator {
    let mut world = World::demo();
    for (row, choice) in answers.iter().flatten() {
        assert!(world.assumptions.choose(row, choice), "{} has no choice {choice}", row.name);
    }
    Emulator::new(Settings {
        auth,
        auth_clock,
        rate_limits,
        rate_clock: RateClock::World,
        clock: Some(NOON.parse().unwrap()),
        ..Settings::new(world)
    })
}

/// Every row of every vendor.
fn questions() -> Vec<&'static Assumption> {
    assumptions()
}
