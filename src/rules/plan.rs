//! What was decided for one call, as a plain value.

use std::sync::Arc;

use bytes::Bytes;

use super::mangle::Mangle;
use crate::reply::{Delivery, Reply};
use crate::vendor::Scripted;

/// What is to happen to one call; by default nothing unusual.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The rule that decided.
    pub rule: Option<Arc<str>>,
    /// Which step of the rule's sequence it is, counted from 1; a rule without a sequence has one.
    pub step: usize,
    /// What takes the place of the action. Without it, the action is done.
    pub instead: Option<Effect>,
    /// What is done to the words of the answer.
    pub mangle: Option<Mangle>,
    /// What is done to the answer on its way out.
    pub delivery: Delivery,
    /// Seconds that the world clock moves forward after the call.
    pub advance: Option<i64>,
}

/// What a call gets instead of being done.
#[derive(Clone, Debug)]
pub enum Effect {
    /// The vendor's refusal.
    Refuse(Scripted),
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
    pub fn reply(&self) -> Reply {
        let headers = self.headers.iter().map(|(name, value)| (name.clone().into(), value.clone())).collect();
        Reply { status: self.status, headers, body: self.body.clone(), delivery: Delivery::default() }
    }
}
