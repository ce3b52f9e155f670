//! What a decision leaves behind on its way: the steps it came by, and the time it was judged at.
//!
//! Nothing here is formatted. `explain` makes sentences of a trail when somebody asks for them.

use crate::domain::Timestamp;

/// The steps of one decision, in their order. The last one is where a refusal came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trail {
    steps: Vec<&'static str>,
    /// By which time the signature was judged; `None`: by none.
    pub judged_at: Option<Timestamp>,
}

/// Steps that there is room for without asking for memory again; the longest gateway has fewer.
const USUAL: usize = 24;

impl Trail {
    pub fn new() -> Self {
        Self { steps: Vec::with_capacity(USUAL), judged_at: None }
    }

    /// The decision is at this step from here on.
    pub fn at(&mut self, step: &'static str) {
        self.steps.push(step);
    }

    pub fn steps(&self) -> &[&'static str] {
        &self.steps
    }
}
