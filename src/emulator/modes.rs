//! Closed sets of words that flags and the admin API take and lists show: how callers are treated, and what a reset makes anew.

use crate::world::Unsupported;

/// A closed set of choices, each with its word and one sentence for lists.
pub trait Mode: Copy + PartialEq + Send + Sync + 'static {
    const WORDS: &'static [(Self, &'static str, &'static str)];

    fn name(self) -> &'static str {
        Self::WORDS.iter().find(|(mode, ..)| *mode == self).map_or("", |(_, name, _)| name)
    }
}

/// The part of a caller's proof that is checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AuthMode {
    #[default]
    Strict,
    Presence,
    Off,
}

impl Mode for AuthMode {
    const WORDS: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Strict, "strict", "Signatures are verified"),
        (Self::Presence, "presence", "The fields must be there and are not verified"),
        (Self::Off, "off", "Anything is accepted"),
    ];
}

/// Against which clock the times of signatures are judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AuthClock {
    #[default]
    Wall,
    World,
    Off,
}

impl Mode for AuthClock {
    const WORDS: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Wall, "wall", "The clock on the wall"),
        (Self::World, "world", "The clock of the world, which can be moved"),
        (Self::Off, "off", "None: every timestamp is fresh"),
    ];
}

/// Whether the vendors' rate limits are in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RateLimits {
    #[default]
    Off,
    Vendor,
}

impl Mode for RateLimits {
    const WORDS: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Off, "off", "There are none"),
        (Self::Vendor, "vendor", "As many calls a second as the vendor allows"),
    ];
}

/// The clock by which the seconds of rate limits are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RateClock {
    #[default]
    Wall,
    World,
}

impl Mode for RateClock {
    const WORDS: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Wall, "wall", "The clock on the wall: a second ends also while the world's clock stands still"),
        (Self::World, "world", "The clock of the world: while that stands still, no second ends"),
    ];
}

impl Mode for Unsupported {
    const WORDS: &'static [(Self, &'static str, &'static str)] = &[
        (Self::Refuse, "refuse", "A refusal says that they are not supported"),
        (Self::Example, "example", "The example of the vendor's documents, marked as made up"),
    ];
}

worded! {
    /// A part of a sandbox, in the order in which they are reset: the time of rules begins by the new clock.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Aspect {
        Tickets = "tickets",
        Clock = "clock",
        Rules = "rules",
        Scenario = "scenario",
        Journal = "journal",
        Nonces = "nonces",
        Rates = "rates",
        World = "world",
    }
}

impl Aspect {
    /// The part after a reset, in one sentence for lists.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Tickets => "No tickets",
            Self::Clock => "The clock of the beginning",
            Self::Rules => "The rules of the beginning, counted from 0",
            Self::Scenario => "The rules and the expectations of the scenario",
            Self::Journal => "An empty journal",
            Self::Nonces => "No nonce has been used",
            Self::Rates => "No call counts against a limit",
            Self::World => "The world of the beginning, with its assumptions and without what calls changed",
        }
    }
}
