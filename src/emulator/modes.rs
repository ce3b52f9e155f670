//! How an emulator treats callers: closed sets of words that flags take and lists show.

/// A closed set of choices, each with its word and one sentence for lists.
pub trait Mode: Copy + PartialEq + Send + Sync + 'static {
    const WORDS: &'static [(Self, &'static str, &'static str)];

    fn name(self) -> &'static str {
        Self::WORDS.iter().find(|(mode, ..)| *mode == self).map_or("", |(_, name, _)| name)
    }
}

/// How much of a caller's proof is wanted.
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
