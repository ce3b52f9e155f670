//! What happened to one call, for people: what came and went, and why it was decided as it was.
//!
//! Everything is made from an entry of the journal when somebody reads it, and nothing leaves here
//! with a secret in it. Nothing here decides anything.

mod advice;
pub mod doctor;
mod evidence;
mod facts;
mod mask;
mod shown;
mod signature;
mod steps;

pub use advice::{Row, row_of};
pub use doctor::{Diagnosis, diagnose, diagnose_any};
pub use evidence::{ArrivalView, DeliveryView, NoteView, SignedView, TicketEffect};
pub use mask::entry_redactor;
pub use shown::{AnswerView, BodyView, EntryView, HeaderView, RequestView, Summary, mask_params};
pub use signature::{DifferenceView, MistakeView, SignatureDifference, first_difference};
pub use steps::{Explanation, StepResult, StepView, explain};
