//! Files of the user's: the one way in which the command line reads them, and the one in which it writes them.
//!
//! Nothing else in this room opens a file, and a test reads the sources for that. So no verb can hang on a FIFO, eat a
//! device, replace what is no file, or leave half of one.

mod disk;
mod kind;
mod private;
mod read;
mod trial;
mod write;

pub use disk::{Disk, SystemDisk};
pub use kind::Destination;
pub(super) use kind::is_stdout;
pub(super) use private::{PrivateFolder, make_scratch_folder, remove_scratch_folder};
pub(super) use read::{
    SANDBOX_BYTES, TextFile, open_file, read_content, read_file, read_large, read_text, show_message,
};
pub(super) use trial::try_place;
pub use write::{Readers, replace_with};
pub(super) use write::{remove_file, replace_file, save_file, write_waiting};
