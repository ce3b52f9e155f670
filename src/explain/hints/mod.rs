//! The two lines that a person reads first: what was wrong, and what to change.
//!
//! A row looks for one common cause behind a refusal and says nothing where that is not it. The first row that says
//! something is told; where none does, the advice of the reason is.

mod clock;
mod keys;
mod names;
mod orders;
mod ranges;

use super::facts::RefusalFacts;
use crate::cloud::Vendor;
use crate::domain::Refusal;
pub(super) use names::ignored_parameter;
pub(super) use orders::order_finding;

/// What was wrong with a call, and what to change, each in a sentence.
pub(super) struct Finding {
    pub wrong: String,
    pub change: String,
}

impl Finding {
    fn new(wrong: impl Into<String>, change: impl Into<String>) -> Self {
        Self { wrong: wrong.into(), change: change.into() }
    }
}

/// A refusal, and what a row may look at.
struct RefusedCase<'a> {
    facts: &'a RefusalFacts<'a>,
    refusal: &'a Refusal,
    vendor: &'a Vendor,
}

type Hint = fn(&RefusedCase<'_>) -> Option<Finding>;

static HINTS: &[Hint] = &[
    keys::stray_signs,
    keys::secret_for_id,
    keys::key_of_another_vendor,
    keys::nearest_key,
    keys::stray_signs_at_token,
    clock::milliseconds,
    clock::whole_hours,
    clock::other_clock,
    clock::unwritten_time,
    names::action_elsewhere,
    names::nearest_action,
    names::nearest_parameter,
    names::misspelt_parameter,
    names::thing_of_the_world,
    ranges::value_range,
    ranges::reach_of_extension,
];

/// The common cause of the refusal, where there is one.
pub(super) fn find_hint(facts: &RefusalFacts<'_>, refusal: &Refusal, vendor: &Vendor) -> Option<Finding> {
    let case = RefusedCase { facts, refusal, vendor };
    HINTS.iter().find_map(|hint| hint(&case))
}
