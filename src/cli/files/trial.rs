//! Whether a file could be written, found out before there is anything to write.

use std::path::Path;

use super::super::failure::Complaint;
use super::disk::SystemDisk;
use super::kind::Destination;
use super::write::{FileBeside, Readers, refuse_writing};

/// Looks whether the path leads to something that can be written, and leaves nothing behind. A FIFO is not even opened,
/// as its reader would take that for the end.
pub(in super::super) fn try_place(path: &Path) -> Result<(), Complaint> {
    let tried = Destination::behind_path(path).and_then(|destination| match destination {
        Destination::Stdout | Destination::Stream(_) => Ok(()),
        Destination::File(target) => FileBeside::create_for(&SystemDisk, &target, Readers::Owner).map(drop),
    });
    tried.map_err(|error| refuse_writing(path, &error))
}
