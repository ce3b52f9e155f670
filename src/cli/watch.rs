//! `--watch`: world and scenario files are read again when they change.
//!
//! A file that is wrong is told of, and what was in force stays. The files are looked at a few times a
//! second: editors replace files in so many ways that watching their folders would see less.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, SystemTime};

use tracing::{info, warn};

use super::Failure;
use super::setup::{Ready, Setup, files};
use crate::emulator::{Emulator, Guard};

/// The rest between two looks.
const INTERVAL: Duration = Duration::from_millis(250);

/// What tells that a file has changed: nothing of it need be read for that.
type Print = Vec<(PathBuf, Option<(SystemTime, u64)>)>;

/// Looks after the files of `setup` for as long as the process lives.
///
/// # Errors
///
/// When no thread can be started for it.
pub(crate) fn begin(setup: Setup, world: Option<PathBuf>, emulator: Arc<Emulator>) -> Result<(), Failure> {
    let mut world = world;
    let mut seen = print(&setup, world.as_ref());
    thread::Builder::new().name("watch".to_owned()).spawn(move || {
        loop {
            thread::sleep(INTERVAL);
            let now = print(&setup, world.as_ref());
            // Half a file may stand there while it is written: it has to look the same twice.
            if now == seen || now != settled(&setup, world.as_ref()) {
                continue;
            }
            seen = now;
            match setup.settings(Guard::default()) {
                Ok(ready) => world = renew(&emulator, ready),
                Err(failure) => {
                    warn!("a changed file is wrong, and the old one stays in force");
                    failure.print();
                }
            }
        }
    })?;
    Ok(())
}

fn settled(setup: &Setup, world: Option<&PathBuf>) -> Print {
    thread::sleep(INTERVAL / 5);
    print(setup, world)
}

fn print(setup: &Setup, world: Option<&PathBuf>) -> Print {
    let scenarios = files(&setup.scenario).unwrap_or_default();
    let look = |file: &PathBuf| {
        let about = fs::metadata(file).ok()?;
        Some((about.modified().ok()?, about.len()))
    };
    scenarios.into_iter().chain(world.cloned()).map(|file| (file.clone(), look(&file))).collect()
}

/// Puts what was read in force in the default sandbox, and gives the world's file.
fn renew(emulator: &Emulator, ready: Ready) -> Option<PathBuf> {
    let Ready { settings, world_file } = ready;
    let tenant = emulator.default_tenant();
    tenant.rebuild(settings.world, settings.scenario);
    info!("read the changed files again; the default sandbox begins anew with them");
    world_file
}
