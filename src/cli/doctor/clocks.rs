//! Whether the clocks of both sides go together.

use super::super::remote::cell_text;
use super::finding::{DoctorFinding, FindingState};
use super::{Running, Shell};
use crate::emulator::wall_now;

/// Seconds by which two clocks may differ: gateways accept signatures that are a few minutes old.
const SKEW: i64 = 60;

/// Whether the wall clocks of both sides agree.
pub(super) fn check_skew(_: &Shell<'_>, running: &Running) -> DoctorFinding {
    let clock = &running.clock;
    let shown = clock["now"].as_str().and_then(|text| text.parse::<jiff::Timestamp>().ok());
    let Some((shown, ahead)) = shown.zip(clock["offset_seconds"].as_i64()) else {
        return DoctorFinding::new(
            "clock",
            FindingState::Wrong,
            "the emulator does not tell its time",
            "use one version for both",
        );
    };
    let apart = shown.as_second() - ahead - wall_now().unix_seconds();
    if apart.abs() <= SKEW {
        return DoctorFinding::all_well("clock", "the clock here and that of the emulator agree");
    }
    let says = format!("the emulator's wall clock is {apart} s off from the one here");
    DoctorFinding::new("clock", FindingState::Wrong, says, "set the clocks, or serve with --auth-clock off")
}

/// Whether the world's clock is one that an application, which has the wall clock, knows nothing of.
pub(super) fn check_world_clock(_: &Shell<'_>, running: &Running) -> DoctorFinding {
    let (clock, about) = (&running.clock, "world clock");
    let ahead = clock["offset_seconds"].as_i64().unwrap_or(0);
    let stands = clock["mode"] == "frozen";
    if !stands && ahead.abs() <= SKEW {
        return DoctorFinding::all_well(about, "it goes with the wall clock");
    }
    let side = if ahead < 0 { "behind" } else { "ahead of" };
    let mut says = format!("it shows {}, {} s {side} the wall clock", cell_text(&clock["now"]), ahead.abs());
    if stands {
        says.push_str(", and stands still");
    }
    let configuration = &running.info["configuration"];
    if stands && configuration["rate_limits"] == "vendor" && configuration["rate_clock"] == "world" {
        says.push_str("; so no second of a rate limit ends (--rate-clock wall)");
    }
    let help = "let the application follow it (x-ticketbooth-now in every answer, `ticketbooth clock`), or \
                `ticketbooth reset clock`";
    DoctorFinding::new(about, FindingState::Odd, says, help)
}

/// Whether signatures of clients that go by the wall clock are taken for fresh.
pub(super) fn check_signature_clock(_: &Shell<'_>, running: &Running) -> DoctorFinding {
    let by = cell_text(&running.info["configuration"]["auth_clock"]);
    let ahead = running.clock["offset_seconds"].as_i64().unwrap_or(0);
    if by == "world" && ahead.abs() > SKEW {
        let says = format!("signatures are judged by the world clock, which is {ahead} s off the wall clock");
        return DoctorFinding::new(
            "signatures",
            FindingState::Odd,
            says,
            "serve with --auth-clock wall, or let clients sign for that time",
        );
    }
    DoctorFinding::all_well("signatures", format!("their times are judged by: {by}"))
}
