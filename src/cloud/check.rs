//! The checks of a gateway as data, and what they look at. Who judges by them is `gateway`.

use crate::call::{Call, RawRequest};
use crate::domain::{Assumptions, Refusal};
use crate::trail::{Checked, Step};

/// One check of a gateway.
#[derive(Clone, Copy)]
pub enum Check {
    /// A rule over the request alone, in the vendor's words.
    Form {
        step: Step,
        test: fn(&CheckInput<'_>) -> Result<Checked, Refusal>,
    },
    /// A rule over the proof that came along, left out where no proof is wanted.
    AuthForm {
        step: Step,
        test: fn(&CheckInput<'_>) -> Result<Checked, Refusal>,
    },
    /// A rule over what the proof covers, where proofs are verified.
    SignedForm {
        step: Step,
        test: fn(&CheckInput<'_>) -> Result<Checked, Refusal>,
    },
    /// The signature's time lies within so many seconds of the gateway's clock.
    Fresh {
        past: i64,
        future: i64,
    },
    /// The access key exists and may be used.
    KnownKey,
    /// A temporary key came with its token, and no other key with one.
    SessionToken,
    Signature,
    /// The nonce was not seen before, for so many seconds after the request's time; `None`: the vendor does
    /// not look.
    Replay {
        seconds: fn(&CheckInput<'_>) -> Option<i64>,
    },
    /// The key stays under the vendor's calls a second for the action, where that is switched on.
    Rate {
        per_second: u64,
    },
    /// The key may call the action.
    Permitted,
}

impl Check {
    /// The step of a trail that it is.
    pub const fn step(&self) -> Step {
        match self {
            Self::Form { step, .. } | Self::AuthForm { step, .. } | Self::SignedForm { step, .. } => *step,
            Self::Fresh { .. } => Step::TimestampWindow,
            Self::KnownKey => Step::AccessKey,
            Self::SessionToken => Step::SessionToken,
            Self::Signature => Step::Signature,
            Self::Replay { .. } => Step::Nonce,
            Self::Rate { .. } => Step::RateLimit,
            Self::Permitted => Step::Permission,
        }
    }
}

/// The second in which calls are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateWindow {
    /// From one full second to the next.
    Fixed,
    /// The one that ends with the call. Clocks here know whole seconds only, so the second before
    /// counts in full.
    Sliding,
}

/// The input of a form check.
#[derive(Clone, Copy)]
pub struct CheckInput<'a> {
    pub raw: &'a RawRequest,
    pub call: &'a Call,
    pub assumptions: &'a Assumptions,
}

/// Every intermediate of a signature, so that two sides can be compared step by step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// `None` for recipes that have no such step.
    pub canonical_request: Option<String>,
    pub string_to_sign: String,
    /// In the form in which it travels: hex or Base64.
    pub signature: String,
}
