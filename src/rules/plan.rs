//! The decision of the rules for one call, as a plain value.

use std::sync::Arc;

use bytes::Bytes;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::mangle::Mangle;
use crate::cloud::InjectedError;
use crate::domain::Ending;
use crate::reply::{Delivery, Reply};

/// The plan for one call; by default nothing unusual.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The rule that decided.
    pub rule: Option<Arc<str>>,
    /// Where that rule stands, as `throttled.yaml:7`; `None`: in no file.
    pub rule_place: Option<Arc<str>>,
    /// Which step of the rule's sequence it is, counted from 1; a rule without a sequence has one.
    pub step: usize,
    /// The effect in the place of the action. Without it, the action is done.
    pub instead: Option<Effect>,
    /// The change of the answer's content.
    pub mangle: Option<Mangle>,
    /// The delivery of the answer.
    pub delivery: Delivery,
    /// How far the world clock moves forward.
    pub advance: Option<Advance>,
    /// The ending of the call's ticket.
    pub ending: Option<Ending>,
    /// When that happens; `None`: the ticket is ended before the call is decided, and the clock moves after it.
    pub when: Option<CallMoment>,
}

/// How far the world clock moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advance {
    /// By so many seconds.
    By(i64),
    /// To the end of the call's ticket, and so many seconds more.
    ToExpiry { plus: i64 },
}

/// A moment of a call, seen from its decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CallMoment {
    Before,
    After,
}

impl Plan {
    /// The ending of the ticket at this moment.
    pub fn ending_at(&self, moment: CallMoment) -> Option<Ending> {
        self.ending.filter(|_| self.when.unwrap_or(CallMoment::Before) == moment)
    }

    /// How far the clock moves at this moment.
    pub fn advance_at(&self, moment: CallMoment) -> Option<Advance> {
        self.advance.filter(|_| self.when.unwrap_or(CallMoment::After) == moment)
    }
}

/// The answer of a call in the place of the action's.
#[derive(Clone, Debug)]
pub enum Effect {
    /// The vendor's refusal.
    Refuse(InjectedError),
    /// This very answer.
    Respond(Arc<Response>),
    /// No answer; the delivery says how.
    Lose,
}

/// An answer that was written down beforehand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    pub status: u16,
    /// Names are in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Bytes,
}

impl Response {
    pub fn to_reply(&self) -> Reply {
        let headers = self.headers.iter().map(|(name, value)| (name.clone().into(), value.as_str().into())).collect();
        Reply {
            status: self.status,
            headers: Arc::new(headers),
            body: self.body.clone(),
            delivery: Delivery::default(),
        }
    }
}
