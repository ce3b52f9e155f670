//! Reading files of the user's, as far as anybody would read them.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::Failure;
use crate::document::MAX_BYTES;

/// The file as messages call it.
pub(super) fn name(path: &Path) -> String {
    if path.as_os_str() == "-" { "stdin".to_owned() } else { path.display().to_string() }
}

/// The text of the file, or what comes on stdin for `-`.
///
/// # Errors
///
/// A usage error with this help.
pub(super) fn read(path: &Path, help: &str) -> Result<String, Failure> {
    let read = if path.as_os_str() == "-" { bounded("stdin", io::stdin()) } else { text(path) };
    read.map_err(|message| Failure::usage(message, help))
}

/// The text of the file, or why there is none to be had.
pub(super) fn text(path: &Path) -> Result<String, String> {
    let name = name(path);
    bounded(&name, File::open(path).map_err(|error| unreadable(&name, &error))?)
}

fn bounded(name: &str, from: impl Read) -> Result<String, String> {
    let mut bytes = Vec::new();
    // One byte more than is allowed, so that the reader of the text sees that it is too much.
    from.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(|error| unreadable(name, &error))?;
    if bytes.len() > MAX_BYTES {
        return Err(format!("{name} is larger than {MAX_BYTES} bytes"));
    }
    String::from_utf8(bytes).map_err(|_| format!("{name} is not in UTF-8"))
}

fn unreadable(name: &str, error: &io::Error) -> String {
    format!("cannot read {name}: {error}")
}
