//! The one place where YAML files of ours are read: worlds, and whatever else people write by hand.
//!
//! Reading is strict and bounded: unknown and twice given keys are errors, and depth, size and the
//! growth by aliases have limits. A file that cannot be read is answered with everything that is
//! wrong with it, each [`Problem`] with its line, column, source line and, where there is one, the
//! nearest word that would have been right.
//!
//! What the words mean is the reader's business: an owner that finds a wrong reference says so as a
//! [`Flaw`] at a [`Place`], and the line for it is found here.

mod blanking;
mod differ;
mod flaw;
mod nearest;
mod options;
mod problem;
mod reading;
mod shape;
mod syntax;
mod tree;

use schemars::JsonSchema;
use serde_json::Value;

pub use flaw::{Flaw, Flaws, PathStep, Place, quote_text};
pub use nearest::{did_you_mean, find_nearest, suggest_near, suggest_word};
use problem::SourceText;
pub use problem::{Problem, Problems};
use reading::DocumentText;
pub use reading::{FromDocument, ReadError, Reading};
use syntax::WrongValue;

/// The most bytes a file may have.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

/// Reads `text`, which `name` names in messages, and lets `build` make something of it.
///
/// `build` notes what it finds wrong beyond the shape of the file. It is asked about a file of bad
/// shape too, where that can be mended, so that everything is said at once.
///
/// # Errors
///
/// Everything that is wrong with the file, in the order of the lines.
pub fn read_document<T, R>(name: &str, text: &str, build: impl Fn(&T, &mut Flaws) -> R) -> Result<R, Problems>
where
    T: FromDocument + JsonSchema,
{
    let source = SourceText::new(name, text.strip_prefix('\u{feff}').unwrap_or(text));
    if source.text().len() > MAX_BYTES {
        return Err(source.whole_file(format!("the file is larger than {MAX_BYTES} bytes")));
    }
    // Where there is no tree, the text is no YAML.
    let no_yaml = |broken| syntax::syntax_problems(&source, &broken);
    let root = tree::read_placeless_tree(source.text()).map_err(no_yaml)?;
    if !root.has_repeated_keys()
        && let Ok(value) = T::read_from(Reading::of_tree(&root, DocumentText::Placeless))
        && let Ok(built) = build_flawless(&value, &build)
    {
        return Ok(built);
    }
    let root = tree::read_tree(source.text()).map_err(no_yaml)?;
    read_placed(&source, &root, build)
}

/// The same, of a tree that knows where everything in it stands.
fn read_placed<T, R>(source: &SourceText, root: &tree::Node, build: impl Fn(&T, &mut Flaws) -> R) -> Result<R, Problems>
where
    T: FromDocument + JsonSchema,
{
    let repeated = tree::repeated_keys(root);
    match T::read_from(Reading::of_tree(root, DocumentText::Placed(source.text()))) {
        Ok(value) if repeated.is_empty() => {
            build_flawless(&value, &build).map_err(|flaws| source.locate_flaws(root, flaws.list))
        }
        unfit => {
            let flaws = explain_flaws(root, repeated, |value, flaws| drop(build(value, flaws)));
            Err(match unfit {
                Err(error) if flaws.is_empty() => syntax::unfit_value(source, &error),
                _ => source.locate_flaws(root, flaws),
            })
        }
    }
}

/// What `build` makes of the value, unless it finds something wrong.
fn build_flawless<T, R>(value: &T, build: &impl Fn(&T, &mut Flaws) -> R) -> Result<R, Flaws> {
    let mut flaws = Flaws::default();
    let built = build(value, &mut flaws);
    if flaws.is_empty() { Ok(built) } else { Err(flaws) }
}

/// The lines, counted from 1, of the items of the list under `key`; none where there is no such list.
pub fn item_lines(text: &str, key: &str) -> Vec<u64> {
    let Ok(root) = tree::read_tree(text.strip_prefix('\u{feff}').unwrap_or(text)) else { return Vec::new() };
    let tree::NodeKind::Map(entries) = root.kind else { return Vec::new() };
    match entries.into_iter().find(|(known, _)| known.text == key) {
        Some((_, tree::Node { kind: tree::NodeKind::List(items), .. })) => {
            items.iter().map(|item| item.at.line()).collect()
        }
        _ => Vec::new(),
    }
}

/// The keys of the outermost mapping: none where there is no mapping, `None` where the text is no YAML.
pub fn top_level_keys(text: &str) -> Option<Vec<String>> {
    let root = tree::read_placeless_tree(text.strip_prefix('\u{feff}').unwrap_or(text)).ok()?;
    Some(match root.kind {
        tree::NodeKind::Map(entries) => entries.into_iter().map(|(key, _)| key.text).collect(),
        tree::NodeKind::Scalar(_) | tree::NodeKind::List(_) => Vec::new(),
    })
}

/// The problem of a file that its reader refuses as a whole.
pub fn refuse_document(name: &str, text: &str, message: &str, help: String) -> Problems {
    let source = SourceText::new(name, text.strip_prefix('\u{feff}').unwrap_or(text));
    let mut flaws = Flaws::default();
    flaws.at_value(&Place::ROOT, message, Some(help));
    locate_flaws(&source, flaws.list)
}

/// The JSON Schema of a file that holds a `T`, for editors.
pub fn schema_of<T: JsonSchema>() -> Value {
    schemars::schema_for!(T).to_value()
}

fn locate_flaws(source: &SourceText, flaws: Vec<Flaw>) -> Problems {
    match tree::read_tree(source.text()) {
        Ok(root) => source.locate_flaws(&root, flaws),
        Err(error) => syntax::syntax_problems(source, &error),
    }
}

/// Everything that is wrong with the tree, and not only what stopped the reading: it is held against the schema, and
/// what is left of it is checked. What the schema cannot express is not among it.
fn explain_flaws<T>(root: &tree::Node, repeated: Vec<Flaw>, check: impl Fn(&T, &mut Flaws)) -> Vec<Flaw>
where
    T: FromDocument + JsonSchema,
{
    let of_shape = shape::shape_flaws(root, &schema_of::<T>());
    let mut flaws = repeated;
    // What is of a wrong type is left out, or where it has to be there, taken for an empty one; and nothing more is said
    // of it then.
    let mended = syntax::mend_tree(root.to_json(), &of_shape);
    let tries =
        [WrongValue::LeftOut, WrongValue::Emptied].map(|how| syntax::mend_values(mended.clone(), &of_shape, how));
    let read = |value| T::read_from(Reading::of_tree(&tree::Node::of_json(value), DocumentText::Nothing)).ok();
    if let Some(value) = tries.into_iter().find_map(read) {
        let mut further = Flaws::default();
        check(&value, &mut further);
        // A mapping from which something was taken may lack just that.
        let is_around =
            |flaw: &Flaw, known: &Flaw| known.path.split_last().is_some_and(|(_, around)| *around == flaw.path[..]);
        // What stands under a mistyped key was read like everything else.
        let left_out: Vec<_> = of_shape.iter().filter(|known| syntax::meant_key(known).is_none()).collect();
        let is_news =
            |flaw: &Flaw| !left_out.iter().any(|known| flaw.path.starts_with(&known.path) || is_around(flaw, known));
        let as_written = further.list.into_iter().map(|flaw| syntax::unmend_path(flaw, root, &of_shape));
        flaws.extend(as_written.filter(is_news));
    }
    flaws.extend(of_shape);
    flaws
}
