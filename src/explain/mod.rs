//! A call for people: request, answer, and why it was decided as it was.
//!
//! Everything is made from an entry of the journal when somebody reads it, and nothing leaves here
//! with a secret in it. Nothing here decides anything.

mod advice;
pub mod diagnosis;
mod evidence;
mod example;
mod facts;
mod hints;
mod mask;
mod shown;
mod signature;
mod step_view;
mod steps;
mod text;

pub use advice::{Row, row_of};
pub use diagnosis::{Diagnosis, diagnose, diagnose_any};
pub use evidence::{ArrivalView, DeliveryView, NoteView, SignedView, TicketEffect, ticket_effects};
pub use mask::{BodyView, HeaderView, entry_redactor};
pub use shown::{AnswerView, EntryView, RequestView, Summary, mask_params};
pub use signature::{DifferenceView, MistakeView, SignatureDifference, first_difference};
pub use step_view::{StepResult, StepView};
pub use steps::{Explanation, explain};
pub use text::{Detail, explanation_text};
