//! Reading a file as far as anybody would: nothing but a regular file, and no more of it than is any use.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::super::Failure;
use super::kind::{is_descriptor, leaving_link, other_kind};
use crate::bounds::SNAPSHOT;
use crate::document::{MAX_BYTES, Problems};

/// The most bytes that are read of what an emulator wrote about itself: a snapshot, or a file of journals. An answer of
/// an emulator cannot have more either.
pub(in super::super) const SANDBOX_BYTES: u64 = SNAPSHOT.most as u64;

/// A text that somebody wrote into a file.
#[derive(Debug)]
pub(in super::super) struct TextFile {
    /// The file as messages call it.
    pub name: String,
    pub text: String,
    /// The file itself, where a link led to it out of its folder.
    beyond: Option<PathBuf>,
}

impl TextFile {
    /// The problems of the file as they may be told: without its text, where a link led out of its folder.
    pub fn show_problems(&self, problems: Problems) -> Problems {
        match &self.beyond {
            None => problems,
            Some(real) => problems.without_text(&format!(
                "a link that leaves its folder leads here, so nothing of the text is shown; \
                 `ticketbooth check {}` shows it",
                real.display()
            )),
        }
    }

    /// The message of somebody else about the text, unless a link led out of its folder.
    pub fn show_message(&self, message: &str) -> String {
        self.beyond.as_deref().map_or_else(|| message.to_owned(), hidden_message)
    }
}

/// A message about the text of the file, unless a link leads to it out of its folder.
pub(in super::super) fn show_message(path: &Path, message: &str) -> String {
    leaving_link(path).as_deref().map_or_else(|| message.to_owned(), hidden_message)
}

fn hidden_message(real: &Path) -> String {
    format!(
        "this is not what was expected, and nothing of the text is shown, as a link that leaves its folder leads here: \
         name {} itself to see it",
        real.display()
    )
}

/// The file, or what comes on stdin for `-`.
///
/// # Errors
///
/// A usage error with this help.
pub(in super::super) fn read_file(path: &Path, help: &str) -> Result<TextFile, Failure> {
    read_bounded(path, MAX_BYTES as u64).map_err(|message| Failure::bad_usage(message, help))
}

/// The same for what an emulator wrote.
///
/// # Errors
///
/// A usage error with this help.
pub(in super::super) fn read_large(path: &Path, help: &str) -> Result<TextFile, Failure> {
    read_bounded(path, SANDBOX_BYTES).map_err(|message| Failure::bad_usage(message, help))
}

fn read_bounded(path: &Path, most: u64) -> Result<TextFile, String> {
    if path.as_os_str() != "-" {
        return read_text(path, most);
    }
    let text = read_whole("stdin", BoundedReader { from: io::stdin(), seen: 0, most })?;
    Ok(TextFile { name: "stdin".to_owned(), text, beyond: None })
}

/// The text of a file that has at most so many bytes, or why there is none to be had.
pub(in super::super) fn read_text(path: &Path, most: u64) -> Result<TextFile, String> {
    let name = path.display().to_string();
    let text = read_whole(&name, open_file(path, most)?)?;
    Ok(TextFile { name, text, beyond: leaving_link(path) })
}

/// A file to be read piece by piece, up to so many bytes.
pub(in super::super) fn open_file(path: &Path, most: u64) -> Result<BoundedReader<File>, String> {
    let opened = open_regular(path).and_then(|(file, length)| {
        if length > most { Err(too_large(most)) } else { Ok(BoundedReader { from: file, seen: 0, most }) }
    });
    opened.map_err(|error| read_error(&path.display().to_string(), &error))
}

/// The bytes of a regular file that people write; `None`: there is none that could be read.
pub(in super::super) fn read_content(path: &Path) -> Option<Vec<u8>> {
    // What is read from a descriptor is gone then, so nobody looks at it twice.
    let mut file = (!is_descriptor(path)).then(|| open_file(path, MAX_BYTES as u64).ok()).flatten()?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// The file with its length. What is no regular file is not even opened, as that alone can hang or change something.
fn open_regular(path: &Path) -> io::Result<(File, u64)> {
    if is_descriptor(path) {
        // Whoever opened it for us closes it some day, as with `-`: `--world <(make-world)` is such a path.
        return Ok((File::open(path)?, 0));
    }
    let refuse = |found: &fs::Metadata| {
        if found.is_file() { Ok(()) } else { Err(io::Error::other(format!("it is {}", other_kind(found).name()))) }
    };
    refuse(&fs::metadata(path)?)?;
    let mut options = OpenOptions::new();
    options.read(true);
    // Something else may stand there by now, and opening it must not hang either.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, no_waiting());
    let file = options.open(path)?;
    let found = file.metadata()?;
    refuse(&found)?;
    Ok((file, found.len()))
}

/// The flags with which opening never waits, and makes no terminal ours.
#[cfg(unix)]
pub(super) fn no_waiting() -> i32 {
    use rustix::fs::OFlags;
    (OFlags::NONBLOCK | OFlags::NOCTTY).bits().cast_signed()
}

/// A reader that fails when more than `most` bytes come.
#[derive(Debug)]
pub(in super::super) struct BoundedReader<R> {
    from: R,
    seen: u64,
    most: u64,
}

impl<R: Read> Read for BoundedReader<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.from.read(into)?;
        self.seen += count as u64;
        if self.seen > self.most { Err(too_large(self.most)) } else { Ok(count) }
    }
}

fn too_large(most: u64) -> io::Error {
    io::Error::new(io::ErrorKind::FileTooLarge, format!("it is larger than {most} bytes"))
}

fn read_whole<R: Read>(name: &str, mut from: BoundedReader<R>) -> Result<String, String> {
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes).map_err(|error| read_error(name, &error))?;
    String::from_utf8(bytes).map_err(|_| format!("{name} is not in UTF-8"))
}

fn read_error(name: &str, error: &io::Error) -> String {
    format!("cannot read {name}: {error}")
}
