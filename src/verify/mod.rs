//! Whether what happened is what was expected: expectations held against a journal.
//!
//! Counters never forget, so an expectation that asks for an action or a code is answered exactly,
//! whatever was evicted. What was evicted is a doubt only where parameters or an order are asked for,
//! and then only calls count that might have fitted.

mod evidence;
mod judge;
mod progress;
mod question;
mod scenario;

pub use evidence::{CallHistory, CallName, Witness};
pub use judge::{Finding, FindingView, Judged, MOST_EVIDENCE, Outlook, Verdict};
pub use progress::Progress;
pub use question::{Question, StepFile};
pub use scenario::{ExpectPart, Report, RulePart};
