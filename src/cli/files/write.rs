//! Writing a file: the old one is there or the new one, whatever fails and whoever is killed.
//!
//! The bytes go into a file beside the real one, which then takes its place. A writer that is killed leaves that file
//! behind: it is locked as long as its writer lives, and whoever writes the same file next takes away those that nobody
//! holds.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::super::escape::escape_json;
use super::super::failure::Complaint;
use super::disk::{Disk, SystemDisk};
use super::kind::Destination;

/// The readers that a written file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    Anybody,
    /// There may be secrets in it.
    Owner,
}

/// The bytes after which a writer looks whether it shall stop.
const PIECE: usize = 1 << 20;

/// The most letters of the real name in that of the file beside it: names have a limit of their own.
const NAME_LETTERS: usize = 60;

/// The end of the name of a file that is being written.
const BESIDE: &str = ".tmp";

/// Writes where the path leads: a regular file is replaced in one step and a link to it stays, and into a FIFO, a device
/// or stdout (`-`) the bytes go as they are.
pub(in super::super) fn replace_file<B: AsRef<[u8]>>(
    path: &Path,
    readers: Readers,
    pieces: impl IntoIterator<Item = B>,
) -> Result<(), Complaint> {
    replace_with(&SystemDisk, path, readers, pieces, &|| false)
}

/// The same for a verb that does nothing else: a signal that ends it does so when nothing is left half written.
pub(in super::super) fn save_file(path: &Path, bytes: &[u8]) -> Result<(), Complaint> {
    #[cfg(unix)]
    if let Ok(Destination::File(_)) = Destination::behind_path(path) {
        let stop = super::super::stopping::DelayedStop::begin_delay();
        let outcome = replace_with(&SystemDisk, path, Readers::Owner, [bytes], &|| stop.is_asked_for());
        stop.end_delay();
        return outcome;
    }
    replace_file(path, Readers::Owner, [bytes])
}

/// The same on this disk, until `is_stopped`.
///
/// # Errors
///
/// The file and why it could not be written; the old one is as it was, unless the message says that only its lasting
/// is in doubt.
pub fn replace_with<B: AsRef<[u8]>>(
    disk: &dyn Disk,
    path: &Path,
    readers: Readers,
    pieces: impl IntoIterator<Item = B>,
    is_stopped: &dyn Fn() -> bool,
) -> Result<(), Complaint> {
    let told = |error: io::Error| refuse_writing(path, &error);
    match Destination::behind_path(path).map_err(told)? {
        Destination::Stdout => write_stdout(pieces).map_err(told),
        Destination::Stream(stream) => {
            open_stream(&stream).and_then(|mut stream| write_pieces(&mut stream, pieces)).map_err(told)
        }
        Destination::File(target) => {
            let beside = FileBeside::create_for(disk, &target, readers).map_err(told)?;
            beside.fill_with(pieces, is_stopped).map_err(told)?;
            beside.take_place(&target).map_err(told)?;
            disk.sync_folder(folder_of(&target)).map_err(|error| {
                Complaint::new(format!("{} is written, but a crash may undo it: {error}", path.display()))
            })
        }
    }
}

pub(super) fn refuse_writing(path: &Path, error: &io::Error) -> Complaint {
    let help = match error.raw_os_error().map(|_| error.kind()) {
        Some(io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge) => {
            "make room, or name a file on another disk"
        }
        Some(io::ErrorKind::ResourceBusy) => "a single file that is mounted cannot be replaced; mount its folder",
        _ => "name a file in a folder that exists and can be written to",
    };
    Complaint::new(format!("cannot write {}: {error}", path.display())).with_help(help)
}

/// That nobody reads on is no error: `| head` does so.
fn write_pieces<B: AsRef<[u8]>>(out: &mut impl Write, pieces: impl IntoIterator<Item = B>) -> io::Result<()> {
    let mut written =
        pieces.into_iter().map(|piece| out.write_all(piece.as_ref())).find(Result::is_err).unwrap_or(Ok(()));
    if written.is_ok() {
        written = out.flush();
    }
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
        _ => Ok(()),
    }
}

/// A program gets the bytes as they are, and a terminal nothing that it would obey.
fn write_stdout<B: AsRef<[u8]>>(pieces: impl IntoIterator<Item = B>) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    if !stdout.is_terminal() {
        return write_pieces(&mut stdout, pieces);
    }
    let bytes: Vec<u8> = pieces.into_iter().flat_map(|piece| piece.as_ref().to_vec()).collect();
    write_pieces(&mut stdout, [escape_json(&String::from_utf8_lossy(&bytes)).as_bytes()])
}

/// A FIFO that nobody reads is refused: waiting for a reader could take for ever.
fn open_stream(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    // What already stands behind a descriptor stays.
    options.append(true);
    #[cfg(unix)]
    {
        std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, super::read::no_waiting());
        let file = options.open(path).map_err(|error| match rustix::io::Errno::from_io_error(&error) {
            Some(rustix::io::Errno::NXIO) => io::Error::other("nobody reads this FIFO; start its reader first"),
            _ => error,
        })?;
        // From here on a reader that takes its time is waited for.
        let flags = rustix::fs::fcntl_getfl(&file)?;
        rustix::fs::fcntl_setfl(&file, flags - rustix::fs::OFlags::NONBLOCK)?;
        Ok(file)
    }
    #[cfg(not(unix))]
    options.open(path)
}

/// Writes into what cannot be replaced, and waits for a reader of it, if need be for ever.
pub(in super::super) fn write_waiting(path: &Path, text: &str) -> Result<(), Complaint> {
    let opened = OpenOptions::new().append(true).open(path);
    opened.and_then(|mut stream| write_pieces(&mut stream, [text])).map_err(|error| refuse_writing(path, &error))
}

/// Takes a file away that was written.
pub(in super::super) fn remove_file(path: &Path) -> io::Result<()> {
    SystemDisk.remove_file(path)
}

fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// The file that is written beside the real one. It goes with the value, unless it has gone before: into its place.
pub(super) struct FileBeside<'d> {
    disk: &'d dyn Disk,
    path: PathBuf,
    file: File,
    is_gone: std::cell::Cell<bool>,
}

impl<'d> FileBeside<'d> {
    pub(super) fn create_for(disk: &'d dyn Disk, target: &Path, readers: Readers) -> io::Result<Self> {
        remove_orphans(disk, target);
        let mode = match readers {
            Readers::Owner => 0o600,
            Readers::Anybody => 0o666,
        };
        let start = start_of_name(target);
        for number in 0_u32.. {
            let mut name = start.clone();
            name.push(format!("{}-{number}{BESIDE}", std::process::id()));
            let path = target.with_file_name(name);
            match disk.create_new(&path, mode) {
                Ok(file) => {
                    keep_rights(&file, target, readers);
                    let made = Self { disk, path, file, is_gone: std::cell::Cell::new(false) };
                    // Somebody who looks for orphans may have taken it for one before it was locked. Where there are no
                    // locks, nobody takes anything away either.
                    let _ = made.file.lock();
                    if is_same_file(&made.path, &made.file) {
                        return Ok(made);
                    }
                    // Whatever stands there by now is another writer's.
                    made.is_gone.set(true);
                }
                // That of another process which has the same number, on another machine or in another container.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    fn fill_with<B: AsRef<[u8]>>(
        &self,
        pieces: impl IntoIterator<Item = B>,
        is_stopped: &dyn Fn() -> bool,
    ) -> io::Result<()> {
        for piece in pieces {
            for part in piece.as_ref().chunks(PIECE) {
                if is_stopped() {
                    return Err(io::Error::other("a signal stopped it"));
                }
                self.disk.write_piece(&self.file, part)?;
            }
        }
        self.disk.sync_file(&self.file)?;
        if is_stopped() { Err(io::Error::other("a signal stopped it")) } else { Ok(()) }
    }

    fn take_place(&self, target: &Path) -> io::Result<()> {
        self.disk.rename_file(&self.path, target)?;
        self.is_gone.set(true);
        Ok(())
    }
}

impl Drop for FileBeside<'_> {
    fn drop(&mut self) {
        if !self.is_gone.get() {
            // Where even that fails, whoever writes the file next takes it away.
            let _ = self.disk.remove_file(&self.path);
        }
    }
}

/// A file that anybody may read keeps the rights that somebody gave to the old one.
fn keep_rights(file: &File, target: &Path, readers: Readers) {
    if readers == Readers::Anybody {
        // Where they cannot be had, it has the usual ones.
        let _ = fs::metadata(target).and_then(|old| file.set_permissions(old.permissions()));
    }
}

/// The beginning of the names of all files that are written beside this one.
fn start_of_name(target: &Path) -> OsString {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    format!(".{}.", name.chars().take(NAME_LETTERS).collect::<String>()).into()
}

/// Takes away what writers of this file left behind that were killed.
fn remove_orphans(disk: &dyn Disk, target: &Path) {
    let start = start_of_name(target);
    let Ok(entries) = fs::read_dir(folder_of(target)) else { return };
    for entry in entries.flatten().filter(|entry| is_beside(&entry.file_name(), &start)) {
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        let Some(file) = is_file.then(|| open_itself(&entry.path()).ok()).flatten() else { continue };
        if file.try_lock().is_ok() && is_same_file(&entry.path(), &file) {
            let _ = disk.remove_file(&entry.path());
        }
    }
}

/// Opens what stands there and nothing that it leads to, without waiting for anybody.
fn open_itself(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        let itself = rustix::fs::OFlags::NOFOLLOW.bits().cast_signed();
        std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, super::read::no_waiting() | itself);
    }
    options.open(path)
}

fn is_beside(name: &OsStr, start: &OsStr) -> bool {
    let rest =
        name.to_str().zip(start.to_str()).and_then(|(name, start)| name.strip_prefix(start)?.strip_suffix(BESIDE));
    let numbers = rest.and_then(|rest| rest.split_once('-'));
    numbers.is_some_and(|(id, number)| [id, number].iter().all(|part| part.parse::<u32>().is_ok()))
}

/// Whether this file still stands there.
fn is_same_file(path: &Path, file: &File) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let identity = |found: fs::Metadata| (found.dev(), found.ino());
        let there = fs::symlink_metadata(path).map(identity);
        there.is_ok_and(|there| file.metadata().map(identity).is_ok_and(|ours| ours == there))
    }
    #[cfg(not(unix))]
    {
        let _ = file;
        path.exists()
    }
}
