//! `--watch`: world and scenario files are read again when they change.
//!
//! What stands in the files is compared, not their times and sizes: a file that is only touched changes
//! nothing, and one that is written twice in a second is taken twice. They are looked at a few times a
//! second: editors replace files in so many ways that watching their folders would see less.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tracing::{info, warn};

use super::inputs::files_in;
use super::setup::Setup;
use super::{Failure, files};
use crate::emulator::{Aspect, Emulator, Guard, Settings};

/// The rest between two looks.
const INTERVAL: Duration = Duration::from_millis(100);

/// The content at each path: the bytes of a file, the names in a folder, or nothing.
type Contents = Vec<(PathBuf, Option<Vec<u8>>)>;

/// Reads the settings, and notes every path on which they depend, even where it fails.
type Read = Box<dyn FnMut(&mut Vec<PathBuf>) -> Result<Settings, Failure> + Send>;

/// Keeps the default sandbox of an emulator as its files have it.
pub struct Watch {
    read: Read,
    emulator: Arc<Emulator>,
    /// Every path on which the settings depend.
    paths: Vec<PathBuf>,
    /// The content that was loaded last, or reported as invalid.
    taken: Contents,
    /// The content that the last pass saw, where it was another.
    pending: Option<Contents>,
}

/// The result of one pass over the files.
#[derive(Debug)]
pub enum WatchPass {
    Unchanged,
    /// They have changed, and have to look the same twice: half a file may stand there while it is written.
    Unsettled,
    /// They were taken over, and this was made anew.
    Taken(Vec<Aspect>),
    /// They are wrong, and what was in force stays.
    Wrong(Failure),
}

impl Watch {
    /// Begins with the files as they are, which `emulator` was set up with.
    pub fn new(mut read: Read, emulator: Arc<Emulator>) -> Self {
        let mut paths = Vec::new();
        // The emulator would not be there if they were wrong.
        drop(read(&mut paths));
        let taken = read_contents(&paths);
        Self { read, emulator, paths, taken, pending: None }
    }

    /// Looks at the files once.
    pub fn look_again(&mut self) -> WatchPass {
        let now = read_contents(&self.paths);
        if now == self.taken {
            self.pending = None;
            return WatchPass::Unchanged;
        }
        if self.pending.as_ref() != Some(&now) {
            self.pending = Some(now);
            return WatchPass::Unsettled;
        }
        self.pending = None;
        let mut paths = Vec::new();
        let read = (self.read)(&mut paths);
        // Other paths were never looked at before. What stands under the old ones is what was seen, so that
        // a change since then is another change.
        self.taken = read_contents(&paths);
        for (path, old) in now {
            if let Some((_, new)) = self.taken.iter_mut().find(|(known, _)| *known == path) {
                *new = old;
            }
        }
        self.paths = paths;
        match read {
            Ok(settings) => WatchPass::Taken(self.emulator.reload_settings(&settings)),
            Err(failure) => WatchPass::Wrong(failure),
        }
    }
}

/// Looks after the files of `setup` for as long as the process lives.
///
/// # Errors
///
/// When no thread can be started for it.
pub(crate) fn watch_files(setup: Setup, emulator: Arc<Emulator>) -> Result<(), Failure> {
    let read = move |paths: &mut Vec<PathBuf>| Ok(setup.settings_noting(Guard::default(), paths)?.settings);
    let mut watch = Watch::new(Box::new(read), emulator);
    thread::Builder::new().name("watch".to_owned()).spawn(move || {
        loop {
            thread::sleep(INTERVAL);
            log_pass(&watch.look_again());
        }
    })?;
    Ok(())
}

fn log_pass(look: &WatchPass) {
    match look {
        WatchPass::Unchanged | WatchPass::Unsettled => {}
        WatchPass::Taken(renewed) if renewed.is_empty() => info!("read the changed files again; they say the same"),
        WatchPass::Taken(renewed) => {
            let names: Vec<&str> = renewed.iter().map(|aspect| aspect.name()).collect();
            info!("read the changed files again; reset in the default sandbox: {}", names.join(", "));
        }
        WatchPass::Wrong(failure) => {
            warn!("a changed file is wrong, and the old one stays in force");
            failure.print();
        }
    }
}

fn read_contents(paths: &[PathBuf]) -> Contents {
    paths.iter().map(|path| (path.clone(), read_content(path))).collect()
}

fn read_content(path: &Path) -> Option<Vec<u8>> {
    if !path.is_dir() {
        return files::read_content(path);
    }
    let inside: Vec<_> = files_in(path).ok()?.into_iter().map(PathBuf::into_os_string).collect();
    // No name has a zero in it.
    Some(inside.join("\0".as_ref()).into_encoded_bytes())
}
