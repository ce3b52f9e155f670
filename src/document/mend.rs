//! A tree as it was probably meant, so that what is wrong beyond its shape can be said as well.

use serde_json::Value;

use super::flaw::{Flaw, Part, Step};
use super::nearest;

/// The tree with every mistyped key under the name that was meant, and without keys that nobody knows.
pub(super) fn mended(mut root: Value, flaws: &[Flaw]) -> Value {
    for flaw in flaws.iter().filter(|flaw| matches!(flaw.part, Part::Key { .. })) {
        let Some((Step::Key(key), path)) = flaw.path.split_last() else { continue };
        let Some(Value::Object(mapping)) = at(&mut root, path) else { continue };
        let Some(value) = mapping.shift_remove(key) else { continue };
        if let Some(meant) = flaw.help.as_deref().and_then(nearest::word_of_help) {
            mapping.entry(meant).or_insert(value);
        }
    }
    root
}

fn at<'v>(root: &'v mut Value, path: &[Step]) -> Option<&'v mut Value> {
    path.iter().try_fold(root, |value, step| match step {
        Step::Key(key) => value.get_mut(key),
        Step::Index(index) => value.get_mut(index),
    })
}
