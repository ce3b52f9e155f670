//! The kinds of things that a path can lead to, and what becomes of each.

use std::ffi::OsStr;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Component, Path, PathBuf};

/// The most links that lead from one to the next; systems follow no more of them either.
const MOST_LINKS: usize = 40;

/// The thing that the bytes of a writer go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// Stdout of this process, for `-` and for `/dev/stdout`.
    Stdout,
    /// A FIFO, a character device or a descriptor: bytes are written into it, as it cannot be replaced.
    Stream(PathBuf),
    /// A regular file, or one that is not there yet, behind all links: it is replaced, and the links stay.
    File(PathBuf),
}

impl Destination {
    /// The destination that the path leads to.
    ///
    /// # Errors
    ///
    /// It leads to something that nothing is written to: a folder, a socket, a disk.
    pub fn behind_path(path: &Path) -> io::Result<Self> {
        if [OsStr::new("-"), OsStr::new("/dev/stdout")].contains(&path.as_os_str()) {
            return Ok(Self::Stdout);
        }
        if is_descriptor(path) {
            return Ok(Self::Stream(path.to_owned()));
        }
        match fs::metadata(path) {
            Ok(found) if found.is_file() => follow_links(path).map(Self::File),
            Ok(found) => match other_kind(&found) {
                OtherKind::Fifo | OtherKind::Characters => Ok(Self::Stream(path.to_owned())),
                other => Err(io::Error::other(format!("it is {}", other.name()))),
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => follow_links(path).map(Self::File),
            Err(error) => Err(error),
        }
    }
}

/// Whether what is written there comes on stdout, where nothing else may stand then.
pub(in super::super) fn is_stdout(path: &Path) -> bool {
    Destination::behind_path(path).is_ok_and(|destination| destination == Destination::Stdout)
}

/// The path behind all links of its last part, which may lead to nothing.
fn follow_links(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        let Ok(next) = fs::read_link(&path) else { return Ok(path) };
        if is_foreign(&path) {
            return Err(io::Error::other("a link of somebody else leads on, in a folder that everybody may write to"));
        }
        // From the folder of the link; an absolute one takes its place.
        path = path.with_file_name("").join(next);
    }
    Err(io::Error::other("too many links lead from one to the next"))
}

/// Whether the link is one that the system itself would not follow for us: in a folder like `/tmp` anybody can lay one
/// for somebody else's files.
fn is_foreign(link: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        const STICKY_AND_OPEN: u32 = 0o1002;
        let folder = fs::metadata(link.with_file_name("."));
        let (Ok(link), Ok(folder)) = (fs::symlink_metadata(link), folder) else { return false };
        let is_open = folder.mode() & STICKY_AND_OPEN == STICKY_AND_OPEN;
        is_open && link.uid() != folder.uid() && link.uid() != rustix::process::geteuid().as_raw()
    }
    #[cfg(not(unix))]
    {
        let _ = link;
        false
    }
}

/// Whether the path names a descriptor of this process, which whoever started it has opened on purpose.
pub(super) fn is_descriptor(path: &Path) -> bool {
    let is_number = |part: &OsStr| part.to_str().is_some_and(|name| name.parse::<u32>().is_ok());
    let named = ["/dev/stdin", "/dev/stdout", "/dev/stderr"].iter().any(|name| path == Path::new(name));
    let folder =
        path.parent().is_some_and(|folder| [Path::new("/dev/fd"), Path::new("/proc/self/fd")].contains(&folder));
    named || folder && path.file_name().is_some_and(is_number)
}

worded! {
    /// Something that is no regular file.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(super) enum OtherKind {
        Folder = "a folder",
        Fifo = "a FIFO",
        Socket = "a socket",
        Characters = "a character device",
        Blocks = "a block device",
        Unknown = "no regular file",
    }
}

pub(super) fn other_kind(found: &Metadata) -> OtherKind {
    if found.is_dir() {
        return OtherKind::Folder;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        let kind = found.file_type();
        let kinds = [
            (kind.is_fifo(), OtherKind::Fifo),
            (kind.is_socket(), OtherKind::Socket),
            (kind.is_char_device(), OtherKind::Characters),
            (kind.is_block_device(), OtherKind::Blocks),
        ];
        if let Some((_, kind)) = kinds.into_iter().find(|(is_it, _)| *is_it) {
            return kind;
        }
    }
    OtherKind::Unknown
}

/// The file that a link leads to which leaves the folder that it stands in; `None`: no link of the path does.
///
/// Whoever can put a link into somebody's folder of scenarios must not get to see a file that only its owner may read.
/// Of an absolute path only the last part is looked at: the others are the system's, where links are usual.
pub(super) fn leaving_link(path: &Path) -> Option<PathBuf> {
    let mut walked = PathBuf::new();
    for part in path.components() {
        let folder = if walked.as_os_str().is_empty() { PathBuf::from(".") } else { walked.clone() };
        walked.push(part);
        let is_looked_at = matches!(part, Component::Normal(_)) && (path.is_relative() || walked == path);
        if !is_looked_at || !fs::symlink_metadata(&walked).is_ok_and(|found| found.is_symlink()) {
            continue;
        }
        let (inside, real) = (folder.canonicalize().ok()?, walked.canonicalize().ok()?);
        if !real.starts_with(inside) {
            return path.canonicalize().ok();
        }
    }
    None
}
