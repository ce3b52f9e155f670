//! Answers that are examples and nothing of the world.

use super::hints::Finding;
use crate::journal::{CallRecord, Outcome};
use crate::reply::MADE_UP_HEADER;

/// The word for what an answer was made of, where it was not made of the world.
pub(super) fn made_of(told: &CallRecord) -> Option<String> {
    told.reply.header(MADE_UP_HEADER).filter(|_| told.outcome == Outcome::Success).map(str::to_owned)
}

/// The finding on such an answer.
pub(super) fn example_finding(told: &CallRecord) -> Option<Finding> {
    made_of(told).map(|_| Finding {
        wrong: "The action is not served: its parameters were checked, and the answer is the example of the vendor's \
                documents."
            .to_owned(),
        change: "Build nothing on its values; `--unsupported refuse` refuses such calls.".to_owned(),
    })
}
