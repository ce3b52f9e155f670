//! The targets of `tests/fuzzing`, compiled once for all binaries.

#[path = "../../tests/fuzzing/mod.rs"]
mod fuzzing;

pub use fuzzing::run_target;
