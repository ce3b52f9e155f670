//! The fuzz targets without a fuzzer: every seed, every input that is kept, and mutations of both with a fixed seed.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::fuzzing::Target;

/// Mutations of each input.
const ROUNDS: usize = 1;

/// Dice that fall the same way every time: xorshift.
struct Dice(u64);

impl Dice {
    /// Dice of their own for each input.
    fn of_input(target: &str, input: &[u8]) -> Self {
        let bytes = target.bytes().chain(input.iter().copied());
        Self(
            bytes.fold(0xcbf2_9ce4_8422_2325, |sum: u64, byte| (sum ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
                | 1,
        )
    }

    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % most.max(1)
    }
}

/// Pieces that readers of texts have trouble with.
const PIECES: &[&[u8]] = &[
    b"",
    b"\0",
    b"\n",
    b"\r\n",
    b"%",
    b"%00",
    b"\xff\xfe",
    b"\"",
    b"\\",
    b"{",
    b"[",
    b"&",
    b"=",
    b"<",
    b"-1",
    b"0",
    b"18446744073709551616",
    b"9223372036854775807",
    b"1e400",
    b"null",
    b"\xf0\x9f\x8e\xab",
    b"\xe2\x80\xae",
    b": ",
    b"\xef\xbb\xbf",
    b"localtestsecret00000000000000000",
    b"$T",
    b"$ticket",
];

/// One to four changes: a flipped bit, a piece in the place of some bytes, a part twice, a part of another input.
fn mutate(dice: &mut Dice, input: &[u8], others: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = input.to_vec();
    for _ in 0..=dice.below(4) {
        let at = dice.below(bytes.len() + 1);
        let end = (at + dice.below(12)).min(bytes.len());
        match dice.below(5) {
            0 if !bytes.is_empty() => {
                let at = at.min(bytes.len() - 1);
                bytes[at] ^= 1 << dice.below(8);
            }
            1 => drop(bytes.splice(at..at, bytes[at..end].to_vec())),
            2 => {
                let other = &others[dice.below(others.len())];
                let from = dice.below(other.len() + 1);
                let part = &other[from..(from + dice.below(64)).min(other.len())];
                drop(bytes.splice(at..end, part.iter().copied()));
            }
            3 if dice.below(8) == 0 => bytes.truncate(at),
            _ => drop(bytes.splice(at..end, PIECES[dice.below(PIECES.len())].iter().copied())),
        }
    }
    bytes
}

/// Runs the target, and keeps an input that breaks a law where a person finds it.
fn run_kept(target: &Target, run: fn(&Target, &[u8]), input: &[u8], what: &str) {
    if catch_unwind(AssertUnwindSafe(|| run(target, input))).is_err() {
        let file = std::env::temp_dir().join(format!("ticketbooth-{}-finding", target.name));
        let kept = fs::write(&file, input);
        panic!("{}: {what} breaks a law; {} has it ({kept:?})", target.name, file.display());
    }
}

fn replay(name: &str) {
    let target = Target::of_name(name);
    let seeds = (target.seeds)();
    assert!(!seeds.is_empty(), "{name} has no seeds");
    if let Ok(folder) = std::env::var("FUZZ_SEEDS") {
        write_seeds(&format!("{folder}/{name}"), &seeds);
    }
    for (place, seed) in seeds.iter().enumerate() {
        run_kept(target, Target::run_whole, seed, &format!("seed {place}"));
    }
    let mut inputs = seeds;
    for (path, input) in target.corpus() {
        let is_finding = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("finding-"));
        let run = if is_finding { Target::run_whole } else { Target::run_input };
        run_kept(target, run, &input, &path.display().to_string());
        inputs.push(input);
    }
    for (place, input) in inputs.iter().enumerate() {
        let mut dice = Dice::of_input(name, input);
        for round in 0..ROUNDS {
            let mutated = mutate(&mut dice, input, &inputs);
            run_kept(target, Target::run_input, &mutated, &format!("mutation {round} of input {place}"));
        }
    }
}

/// The seeds as files, for libFuzzer to begin with.
fn write_seeds(folder: &str, seeds: &[Vec<u8>]) {
    fs::create_dir_all(folder).unwrap();
    for (place, seed) in seeds.iter().enumerate() {
        fs::write(format!("{folder}/seed-{place:03}"), seed).unwrap();
    }
}

macro_rules! replays {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            replay(stringify!($name));
        })*

        /// Every target has its replay, its binary, and its line in the manifest of the fuzz package.
        #[test]
        fn no_target_is_forgotten() {
            let replayed = [$(stringify!($name)),*];
            let manifest = crate::kit::read("fuzz/Cargo.toml");
            for target in crate::fuzzing::TARGETS {
                assert!(replayed.contains(&target.name), "{} is not replayed", target.name);
                let binary = crate::kit::read(&format!("fuzz/fuzz_targets/{}.rs", target.name));
                assert!(binary.contains(&format!("\"{}\"", target.name)), "{binary}");
                assert!(manifest.contains(&format!("name = \"{}\"", target.name)), "{manifest}");
            }
            assert_eq!(replayed.len(), crate::fuzzing::TARGETS.len());
        }
    };
}

replays! {
    raw_request action_params world_file scenario_file snapshot filter_params embed_page admin_api redactor journal_export
}
