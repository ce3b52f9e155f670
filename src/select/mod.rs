//! Which calls are meant, in the one language that rules, expectations, questions and the command line share:
//! `on`, `where`, `code` and `outcome` select calls, and `calls` says how many.
//!
//! Everything is read once, with its place in the file and the word that was probably meant.

mod count;
mod glob;
mod selector;
mod target;

pub(crate) use count::parse_span;
pub use count::{BoundsFile, Count, CountFile, Expect, ExpectFile};
pub use glob::{Glob, LONGEST};
pub(crate) use selector::read_glob;
pub use selector::{CallFacts, MOST_PARAMS, OutcomeFile, Selector, Where, Words};
pub(crate) use target::unknown_code;
pub use target::{CallTarget, TargetSubject, Unknown, find_vendor, vendor_and_action};
