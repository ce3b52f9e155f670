//! Examples of answers of actions that are not served, from the vendors' documents: one file of JSON for each vendor,
//! which has the action's part of an answer by the name of the action.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::catalog::Rendered;

/// The examples of one vendor.
#[derive(Debug)]
pub struct AnswerExamples {
    text: &'static str,
    /// Taken apart when the first of them is asked for.
    by_action: OnceLock<HashMap<String, Rendered>>,
}

impl AnswerExamples {
    /// The examples in a text of JSON.
    pub const fn of(text: &'static str) -> Self {
        Self { text, by_action: OnceLock::new() }
    }

    /// The action's part of an answer.
    pub fn find(&self, action: &str) -> Option<&Rendered> {
        let read = || serde_json::from_str(self.text).expect("a test reads the examples of every vendor");
        self.by_action.get_or_init(read).get(action)
    }
}
