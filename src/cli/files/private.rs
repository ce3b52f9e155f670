//! A folder for secrets: its owner's alone, and locked for as long as somebody looks into it.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use super::super::failure::Complaint;
use super::read::read_text;
use super::write::{Readers, replace_file};

/// The most bytes of a file in it.
const FILE_BYTES: u64 = 1 << 20;

/// The file that is locked.
const LOCK: &str = ".lock";

/// A folder that has been found fit for secrets.
pub(in super::super) struct PrivateFolder {
    path: PathBuf,
    /// Everybody else waits as long as it is open.
    _lock: File,
}

impl PrivateFolder {
    /// Makes the folder where it is not there, and refuses one that others could have written or can read.
    pub fn open(path: &Path) -> Result<Self, Complaint> {
        let told = |error: io::Error| Complaint::new(format!("cannot use {}: {error}", path.display()));
        match make_folder(path) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                return Err(told(error).with_help("name a folder whose parent exists and can be written to"));
            }
            _ => {}
        }
        check_private(path, Kind::Folder)?;
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        {
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let itself = rustix::fs::OFlags::NOFOLLOW.bits().cast_signed();
            std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, itself);
        }
        let lock = options.open(path.join(LOCK)).map_err(told)?;
        lock.lock().map_err(told)?;
        Ok(Self { path: path.to_owned(), _lock: lock })
    }

    /// Whether something of this name stands there.
    pub fn has(&self, name: &str) -> bool {
        fs::symlink_metadata(self.path.join(name)).is_ok()
    }

    /// The text of a file.
    pub fn read(&self, name: &str) -> Result<String, Complaint> {
        let file = self.path.join(name);
        read_text(&file, FILE_BYTES).map(|file| file.text).map_err(Complaint::new)
    }

    /// The same of one that only its owner may read.
    pub fn read_secret(&self, name: &str) -> Result<String, Complaint> {
        check_private(&self.path.join(name), Kind::File)?;
        self.read(name)
    }

    pub fn write(&self, name: &str, readers: Readers, text: &str) -> Result<(), Complaint> {
        replace_file(&self.path.join(name), readers, [text])
    }
}

/// A new folder among those that the system takes away some day, for its owner alone.
pub(in super::super) fn make_scratch_folder() -> io::Result<PathBuf> {
    for number in 0..100_u32 {
        let path = std::env::temp_dir().join(format!("ticketbooth-{}-{number}", std::process::id()));
        match make_folder(&path) {
            Ok(()) => return Ok(path),
            // Whatever stands there is somebody else's.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Takes such a folder away, with everything in it.
pub(in super::super) fn remove_scratch_folder(path: &Path) -> io::Result<()> {
    fs::remove_dir_all(path)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Folder,
    File,
}

fn make_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Refuses what is a link, another's, or open to others.
fn check_private(path: &Path, kind: Kind) -> Result<(), Complaint> {
    let shown = path.display();
    let found = fs::symlink_metadata(path).map_err(|error| Complaint::new(format!("cannot use {shown}: {error}")))?;
    let (is_kind, what, mode) = match kind {
        Kind::Folder => (found.is_dir(), "folder", "700"),
        Kind::File => (found.is_file(), "file", "600"),
    };
    if !is_kind {
        let help = format!("name a {what} itself, and no link to one");
        return Err(Complaint::new(format!("{shown} is no {what}, and a key is kept only in one")).with_help(help));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        if found.uid() != rustix::process::geteuid().as_raw() {
            let message = format!("{shown} belongs to somebody else, who could read the key and exchange it");
            return Err(Complaint::new(message).with_help(format!("name a {what} of your own")));
        }
        if found.mode() & 0o077 != 0 {
            let message = format!("others have rights on {shown}: a key in it is nobody's secret");
            let help = format!("`chmod {mode} {shown}`, if nobody has used them; else remove it and start again");
            return Err(Complaint::new(message).with_help(help));
        }
    }
    #[cfg(not(unix))]
    let _ = mode;
    Ok(())
}
