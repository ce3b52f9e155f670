//! Explanations: why a call was answered as it was, for people.
//!
//! Nothing here decides anything, and no text that is made here holds a secret.

pub mod difference;
pub mod doctor;

pub use difference::{Difference, first_difference};
pub use doctor::{Diagnosis, diagnose, diagnose_any};
