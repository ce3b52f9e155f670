//! Files of the user's: reading them, as far as anybody would, and writing them.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

use super::Failure;
use super::failure::Complaint;
use crate::document::MAX_BYTES;

/// The file as messages call it.
pub(super) fn display_name(path: &Path) -> String {
    if path.as_os_str() == "-" { "stdin".to_owned() } else { path.display().to_string() }
}

/// The text of the file, or what comes on stdin for `-`.
///
/// # Errors
///
/// A usage error with this help.
pub(super) fn read_file(path: &Path, help: &str) -> Result<String, Failure> {
    let read = if path.as_os_str() == "-" { read_bounded("stdin", io::stdin()) } else { read_text(path) };
    read.map_err(|message| Failure::bad_usage(message, help))
}

/// The text of the file, or why there is none to be had.
pub(super) fn read_text(path: &Path) -> Result<String, String> {
    let name = display_name(path);
    read_bounded(&name, File::open(path).map_err(|error| read_error(&name, &error))?)
}

fn read_bounded(name: &str, from: impl Read) -> Result<String, String> {
    let mut bytes = Vec::new();
    // One byte more than is allowed, so that the reader of the text sees that it is too much.
    from.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(|error| read_error(name, &error))?;
    if bytes.len() > MAX_BYTES {
        return Err(format!("{name} is larger than {MAX_BYTES} bytes"));
    }
    String::from_utf8(bytes).map_err(|_| format!("{name} is not in UTF-8"))
}

/// The readers that a written file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Readers {
    Anybody,
    /// There may be secrets in it.
    Owner,
}

/// Writes the file in one step: whoever reads it sees the old one or the new one, also after a crash.
pub(super) fn replace_file<B: AsRef<[u8]>>(
    file: &Path,
    readers: Readers,
    pieces: impl IntoIterator<Item = B>,
) -> Result<(), Complaint> {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    let beside = file.with_file_name(name);
    let write = || {
        let mut options = OpenOptions::new();
        // A file that is there already could be somebody else's, with other rights.
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, if readers == Readers::Owner { 0o600 } else { 0o666 });
        let mut out = BufWriter::new(options.open(&beside)?);
        pieces.into_iter().try_for_each(|piece| out.write_all(piece.as_ref()))?;
        out.into_inner()?.sync_all()?;
        fs::rename(&beside, file)
    };
    write().map_err(|error: io::Error| {
        let _ = fs::remove_file(&beside);
        let complaint = Complaint::new(format!("cannot write {}: {error}", file.display()));
        complaint.with_help("name a file in a folder that exists and can be written to")
    })
}

fn read_error(name: &str, error: &io::Error) -> String {
    format!("cannot read {name}: {error}")
}
