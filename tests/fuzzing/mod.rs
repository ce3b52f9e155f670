//! Fuzz targets: functions that take any bytes and hold laws.
//!
//! The package in `fuzz/` hands them to libFuzzer. `tests/it/fuzz_replay.rs` replays the corpora and mutations of a
//! fixed seed through the same functions, as a part of `cargo test`.

mod actions;
mod admin;
mod booth;
mod files;
mod filters;
mod journals;
mod laws;
mod pages;
mod redactor;
mod requests;
mod seeds;

use std::cell::Cell;
use std::path::{Path, PathBuf};

/// A function that takes any bytes and panics where a law is broken.
pub struct Target {
    pub name: &'static str,
    pub run: fn(&[u8]),
    /// Inputs from the captures, the tables and the files of the repository.
    #[allow(dead_code, reason = "libFuzzer begins with files")]
    pub seeds: fn() -> Vec<Vec<u8>>,
}

impl Target {
    /// The target of this name.
    ///
    /// # Panics
    ///
    /// When there is none.
    pub fn of_name(name: &str) -> &'static Self {
        TARGETS.iter().find(|target| target.name == name).unwrap_or_else(|| panic!("no target is called {name}"))
    }

    /// The inputs that are kept for the target: findings of the past, and what libFuzzer made of the seeds.
    #[allow(dead_code, reason = "libFuzzer finds them by itself")]
    pub fn corpus(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let folder = repository(&format!("fuzz/corpus/{}", self.name));
        let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("the folder can be read").path()).collect();
        paths.sort();
        let read = |path: PathBuf| std::fs::read(&path).map(|bytes| (path, bytes)).expect("a corpus has files only");
        paths.into_iter().map(read).collect()
    }
}

/// Every target. Each has a binary of its name in `fuzz/fuzz_targets`.
pub const TARGETS: &[Target] = &[
    Target { name: "raw_request", run: requests::answer_request, seeds: seeds::captured_requests },
    Target { name: "action_params", run: actions::run_calls, seeds: seeds::example_calls },
    Target { name: "world_file", run: files::load_world, seeds: seeds::world_files },
    Target { name: "scenario_file", run: files::play_scenario, seeds: seeds::scenario_files },
    Target { name: "snapshot", run: files::load_snapshot, seeds: seeds::snapshots },
    Target { name: "filter_params", run: filters::send_filters, seeds: seeds::filter_texts },
    Target { name: "embed_page", run: pages::open_pages, seeds: seeds::example_links },
    Target { name: "admin_api", run: admin::ask_endpoints, seeds: seeds::admin_requests },
    Target { name: "redactor", run: redactor::cover_secrets, seeds: seeds::disguised_secrets },
    Target { name: "journal_export", run: journals::read_export, seeds: seeds::exported_journals },
];

// Whether views and copies of the sandbox are looked at as well, which takes longer than what they are made of.
thread_local! {
    static LOOKS_AT_ALL: Cell<bool> = const { Cell::new(true) };
}

impl Target {
    /// Runs the target as libFuzzer does: for one input in eight, always the same, everything is looked at.
    pub fn run_input(&self, data: &[u8]) {
        let sum = data.iter().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(*byte)));
        self.run_sampled(data, sum % 8 == 0);
    }

    /// Runs the target and looks at everything.
    #[allow(dead_code, reason = "only the replay has the time")]
    pub fn run_whole(&self, data: &[u8]) {
        self.run_sampled(data, true);
    }

    fn run_sampled(&self, data: &[u8], looks_at_all: bool) {
        LOOKS_AT_ALL.with(|looks| looks.set(looks_at_all));
        (self.run)(data);
    }
}

/// Runs the target of this name. The binaries in `fuzz/` call it.
#[allow(dead_code, reason = "the replay has the target in its hand")]
pub fn run_target(name: &str, data: &[u8]) {
    Target::of_name(name).run_input(data);
}

/// A file of the repository, for this package and for the one in `fuzz/`.
fn repository(path: &str) -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let is_below = env!("CARGO_PKG_NAME") == "ticketbooth-fuzz";
    let root = if is_below { package.parent().expect("it lies in the repository") } else { package };
    root.join(path)
}
