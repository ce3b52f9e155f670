//! The one place where YAML files of ours are read: worlds, and whatever else people write by hand.
//!
//! Reading is strict and bounded: unknown and twice given keys are errors, and depth, size and the
//! growth by aliases have limits. A file that cannot be read is answered with everything that is
//! wrong with it, each [`Problem`] with its line, column, source line and, where there is one, the
//! nearest word that would have been right.
//!
//! What the words mean is the reader's business: an owner that finds a wrong reference says so as a
//! [`Flaw`] at a [`Place`], and [`Document::problems`] finds the line for it.

mod blank;
mod flaw;
mod nearest;
mod problem;
mod shape;
mod syntax;
#[cfg(test)]
mod tests;
mod tree;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value;

pub use flaw::{Flaw, Flaws, Place, Step};
pub use nearest::nearest;
use problem::Source;
pub use problem::{Problem, Problems, quote};

/// The most bytes a file may have.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

/// A file that was read, together with its text. It cannot be printed: there may be secrets in it.
pub struct Document<T> {
    pub value: T,
    source: Source,
}

/// Reads `text`, which `name` names in messages.
///
/// # Errors
///
/// Everything that keeps the text from being a `T`, in the order of the lines.
pub fn read<T: DeserializeOwned + JsonSchema>(name: &str, text: &str) -> Result<Document<T>, Problems> {
    let source = Source::new(name, text.strip_prefix('\u{feff}').unwrap_or(text));
    if source.text().len() > MAX_BYTES {
        return Err(source.whole(format!("the file is larger than {MAX_BYTES} bytes")));
    }
    match serde_saphyr::from_str_with_options::<T>(source.text(), syntax::options()) {
        Ok(value) => Ok(Document { value, source }),
        Err(error) => Err(explained::<T>(&source, &error)),
    }
}

/// The JSON Schema of a file that holds a `T`, for editors.
pub fn schema<T: JsonSchema>() -> Value {
    schemars::schema_for!(T).to_value()
}

impl<T> Document<T> {
    /// What its owner found wrong with it, ready to be shown.
    pub fn problems(&self, flaws: Flaws) -> Problems {
        match tree::read(self.source.text()) {
            Ok(root) => self.source.located(&root, flaws.list),
            Err(error) => syntax::problems(&self.source, &error),
        }
    }
}

/// Everything that is wrong, where `error` is only the first thing that stopped the reading.
///
/// The text is read once more into a tree that takes anything, and the tree is held against the
/// schema. What the schema cannot express is left to the first error.
fn explained<T: JsonSchema>(source: &Source, error: &serde_saphyr::Error) -> Problems {
    // Where even the tree fails, the text is no YAML, and that is the better message.
    let root = match tree::read(source.text()) {
        Ok(root) => root,
        Err(broken) => return syntax::problems(source, &broken),
    };
    let mut flaws = tree::repeated_keys(&root);
    flaws.extend(shape::flaws(&root, &schema::<T>()));
    if flaws.is_empty() {
        return syntax::problems(source, error);
    }
    source.located(&root, flaws)
}
