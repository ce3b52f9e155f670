//! Behaviour that no public source settles, as named switches.

use std::sync::OnceLock;

use parking_lot::Mutex;

worded! {
    /// The evidence for a fact.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum Evidence {
        /// The vendor's own page, SDK model or published vector says so.
        Documented = "documented",
        /// It stands in public: a thread, a log, somebody's code.
        Seen = "seen",
        /// Nobody outside the vendor knows; this is our choice.
        Assumed = "assumed",
    }
}

worded! {
    /// The side whose behaviour an assumption is about.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum Side {
        /// The vendor's service answers in one of these ways, and nobody outside knows in which.
        Cloud = "cloud",
        /// The emulator does it so where the service can give no example.
        Emulator = "emulator",
    }
}

/// One open question of a vendor, with the answer we take unless the world file says otherwise.
#[derive(Debug, PartialEq, Eq)]
pub struct Assumption {
    /// The name under `assume:`, with the vendor in front: `alibaba.create_ticket_cap`.
    pub name: &'static str,
    pub default: &'static str,
    /// Every answer that can be chosen, the default among them.
    pub choices: &'static [&'static str],
    /// The effect of the choice, in one sentence.
    pub effect: &'static str,
    pub reason: &'static str,
    /// The call or visit by which somebody with an account finds out, and the choice that each outcome means.
    pub settle: &'static str,
    pub evidence: Evidence,
    pub speaks_of: Side,
}

/// The choices of an assumption, each with its word.
pub trait ChoiceSet: Copy + Eq + Send + Sync + 'static {
    /// Every word, in the order in which they are listed.
    const WORDS: &'static [&'static str];

    /// The choice of this word.
    fn of_word(word: &str) -> Option<Self>;
}

/// An assumption together with the type of its choices, so that no code has to compare words.
#[derive(Debug)]
pub struct Switch<C> {
    /// The row in lists and documents.
    pub row: Assumption,
    /// The choice that the row has for its default, looked up when it is first asked for.
    default: OnceLock<C>,
}

impl<C: ChoiceSet> Switch<C> {
    pub const fn new(row: Assumption) -> Self {
        Self { row, default: OnceLock::new() }
    }
}

/// Declares an assumption and, in the same list, the enum of its choices with their words.
macro_rules! switch {
    ($vis:vis static $name:ident: $choices:ident { $($variant:ident = $word:literal),+ } = Assumption {
        $($field:ident: $value:expr,)+
    };) => {
        worded! {
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            $vis enum $choices { $($variant = $word,)+ }
        }

        impl $crate::domain::ChoiceSet for $choices {
            const WORDS: &'static [&'static str] = &[$($word,)+];

            fn of_word(word: &str) -> Option<Self> {
                Self::named(word)
            }
        }

        $vis static $name: $crate::domain::Switch<$choices> =
            $crate::domain::Switch::new($crate::domain::Assumption { choices: <$choices as $crate::domain::ChoiceSet>::WORDS, $($field: $value,)+ });
    };
}

/// The answers that are in force in one world.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assumptions {
    chosen: Vec<(&'static str, &'static str)>,
    consulted: Consulted,
}

/// An assumption by its name, and the answer that was taken.
pub type Choice = (&'static str, &'static str);

/// The answers that a decision asked for, noted where that is wanted. It belongs to one decision and not to
/// the answers: a copy of them begins without it, and it makes no two of them different.
#[derive(Debug, Default)]
struct Consulted(Option<Mutex<Vec<&'static Assumption>>>);

impl Clone for Consulted {
    fn clone(&self) -> Self {
        Self(None)
    }
}

impl PartialEq for Consulted {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Consulted {}

/// Answers that a decision usually asks for.
const USUAL: usize = 16;

impl Assumptions {
    /// Takes `choice` for `row`; `false` when the row has no such choice.
    pub fn choose(&mut self, row: &'static Assumption, choice: &str) -> bool {
        let Some(choice) = row.choices.iter().find(|known| **known == choice) else { return false };
        self.chosen.retain(|(name, _)| *name != row.name);
        self.chosen.push((row.name, choice));
        true
    }

    /// The choices, in their order.
    pub fn own_choices(&self) -> &[Choice] {
        &self.chosen
    }

    pub fn is_empty(&self) -> bool {
        self.chosen.is_empty()
    }

    /// These answers, and in their place those that `other` has.
    #[must_use]
    pub fn overlaid_by(&self, other: &Self) -> Self {
        let kept = self.chosen.iter().filter(|(name, _)| !other.chosen.iter().any(|(chosen, _)| chosen == name));
        Self { chosen: kept.chain(&other.chosen).copied().collect(), consulted: Consulted::default() }
    }

    /// The same answers for one decision, which note what it asks for.
    #[must_use]
    pub fn with_recording(&self) -> Self {
        Self { chosen: self.chosen.clone(), consulted: Consulted(Some(Mutex::new(Vec::with_capacity(USUAL)))) }
    }

    /// The assumptions consulted so far, in the order of the first time, where they are noted.
    pub fn take_consulted(&self) -> Vec<&'static Assumption> {
        self.consulted.0.as_ref().map(|consulted| std::mem::take(&mut *consulted.lock())).unwrap_or_default()
    }

    /// The answer to `row`: the chosen one, else the default.
    pub fn answer_to(&self, row: &'static Assumption) -> &'static str {
        self.consult(row).unwrap_or(row.default)
    }

    /// The choice that holds.
    pub fn of<C: ChoiceSet>(&self, switch: &'static Switch<C>) -> C {
        let of_word = |word| C::of_word(word).expect("only choices of the row are chosen");
        match self.consult(&switch.row) {
            Some(word) => of_word(word),
            None => *switch.default.get_or_init(|| of_word(switch.row.default)),
        }
    }

    /// The choice for `row`, if there is one; that it was consulted is noted.
    fn consult(&self, row: &'static Assumption) -> Option<&'static str> {
        if let Some(consulted) = &self.consulted.0 {
            let mut consulted = consulted.lock();
            if !consulted.iter().any(|known| std::ptr::eq(*known, row)) {
                consulted.push(row);
            }
        }
        self.chosen.iter().find(|(name, _)| *name == row.name).map(|(_, choice)| *choice)
    }

    /// Whether this choice holds.
    pub fn holds<C: ChoiceSet>(&self, switch: &'static Switch<C>, choice: C) -> bool {
        self.of(switch) == choice
    }
}

worded! {
    /// The class of an error code: what a client that gets it should look at.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum Class {
        /// It may pass by itself: the same call can succeed later.
        Fleeting = "fleeting",
        /// The key, its token, its signature or its permissions.
        Auth = "auth",
        /// The time of the signature.
        Clock = "clock",
        /// The nonce of the signature.
        Nonce = "nonce",
        /// The request: its form, its action or its parameters.
        Request = "request",
        /// The state: organization, works, users, tickets.
        State = "state",
    }
}
