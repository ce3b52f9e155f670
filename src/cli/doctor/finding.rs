//! What a check found, and the table of all findings.

use serde_json::{Value, json};

use super::super::table::TableData;

/// One thing that was looked at.
pub(super) struct DoctorFinding {
    pub about: &'static str,
    pub state: FindingState,
    pub says: String,
    /// The next step.
    pub help: String,
}

worded! {
    #[derive(Clone, Copy, PartialEq, Eq)]
    pub(super) enum FindingState {
        Well = "ok",
        /// It may be meant.
        Odd = "look",
        Wrong = "wrong",
    }
}

impl DoctorFinding {
    pub(super) fn new(
        about: &'static str,
        state: FindingState,
        says: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self { about, state, says: says.into(), help: help.into() }
    }

    pub(super) fn all_well(about: &'static str, says: impl Into<String>) -> Self {
        Self::new(about, FindingState::Well, says, "")
    }

    pub(super) fn to_json(&self) -> Value {
        json!({ "about": self.about, "state": self.state.name(), "says": self.says, "help": self.help })
    }
}

pub(super) fn findings_table(findings: &[DoctorFinding]) -> TableData {
    let line = |one: &DoctorFinding| {
        vec![one.state.name().to_owned(), one.about.to_owned(), one.says.clone(), one.help.clone()]
    };
    TableData::new(&["State", "What", "Found¶", "To do¶"], findings.iter().map(line))
}
