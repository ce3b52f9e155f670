//! The steps of writing a file, as a trait: a test makes each of them fail in turn.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// A disk, as far as a file is replaced on it.
pub trait Disk {
    /// Makes a file that is not there yet, with these rights where the system knows such.
    ///
    /// # Errors
    ///
    /// Those of the system, as of every step.
    fn create_new(&self, path: &Path, mode: u32) -> io::Result<File>;

    /// Writes all the bytes.
    ///
    /// # Errors
    ///
    /// Those of the system.
    fn write_piece(&self, file: &File, bytes: &[u8]) -> io::Result<()>;

    /// Has the file written to where it outlives a crash of the machine.
    ///
    /// # Errors
    ///
    /// Those of the system.
    fn sync_file(&self, file: &File) -> io::Result<()>;

    /// Puts one file in the place of another.
    ///
    /// # Errors
    ///
    /// Those of the system.
    fn rename_file(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Has the names in a folder outlive a crash of the machine.
    ///
    /// # Errors
    ///
    /// Those of the system.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;

    /// Takes a file away.
    ///
    /// # Errors
    ///
    /// Those of the system.
    fn remove_file(&self, path: &Path) -> io::Result<()>;
}

/// The disk of the system.
#[derive(Clone, Copy, Debug)]
pub struct SystemDisk;

impl Disk for SystemDisk {
    fn create_new(&self, path: &Path, mode: u32) -> io::Result<File> {
        let mut options = OpenOptions::new();
        // A file that is there already could be somebody else's, with other rights.
        options.read(true).write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
        #[cfg(not(unix))]
        let _ = mode;
        options.open(path)
    }

    fn write_piece(&self, file: &File, bytes: &[u8]) -> io::Result<()> {
        let mut file = file;
        file.write_all(bytes)
    }

    fn sync_file(&self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    fn rename_file(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        // A folder that cannot be opened, and a file system that syncs none, leave it to the system.
        let Ok(folder) = File::open(folder) else { return Ok(()) };
        match folder.sync_all() {
            Err(error) if [io::ErrorKind::InvalidInput, io::ErrorKind::Unsupported].contains(&error.kind()) => Ok(()),
            synced => synced,
        }
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }
}
