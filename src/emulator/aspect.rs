//! The parts of a sandbox that can be made anew each by itself.

/// A part of a sandbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aspect {
    Tickets,
    Clock,
    Rules,
    Scenario,
    Journal,
    Nonces,
    Rates,
    World,
}

impl Aspect {
    /// In the order in which they are made anew: the time of rules begins by the new clock.
    pub const ALL: &'static [Self] = &[
        Self::Tickets,
        Self::Clock,
        Self::Rules,
        Self::Scenario,
        Self::Journal,
        Self::Nonces,
        Self::Rates,
        Self::World,
    ];

    /// The word of the admin API and of the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tickets => "tickets",
            Self::Clock => "clock",
            Self::Rules => "rules",
            Self::Scenario => "scenario",
            Self::Journal => "journal",
            Self::Nonces => "nonces",
            Self::Rates => "rates",
            Self::World => "world",
        }
    }

    /// What becomes of it, in one sentence for lists.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Tickets => "There are none any more",
            Self::Clock => "It stands or runs as it began",
            Self::Rules => "Those that it began with, counted from 0",
            Self::Scenario => "The same, with the expectations that belong to them",
            Self::Journal => "Every call is forgotten",
            Self::Nonces => "Every nonce is good again",
            Self::Rates => "Nobody has called in this second",
            Self::World => "The one that it began with, answers to open questions included",
        }
    }
}
