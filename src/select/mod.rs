//! Which calls are meant, in the one language that rules, expectations, questions and the command line share:
//! `on`, `where`, `code` and `outcome` select calls, and `calls` says how many.
//!
//! Everything is read once, with its place in the file and the word that was probably meant.

mod count;
mod expect;
mod glob;
mod selector;
mod target;

pub(crate) use count::span;
pub use count::{BoundsFile, Count, CountFile};
pub use expect::{Expect, ExpectFile};
pub use glob::Glob;
pub use selector::{Facts, OutcomeFile, Selector, Where, Words};
pub use target::{Subject, Target, Unknown, vendor, vendor_and_action};
pub(crate) use target::{fills, unknown_code};
