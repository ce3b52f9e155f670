//! The one room where chance is made: ids and dice from one seed, whatever runs beside a call.
//!
//! A draw depends on the seed, the sandbox, what it is for, whose call it is and how many draws of
//! that kind there were, and on nothing else. So two clients never change each other's bytes.

use dashmap::DashMap;
use dashmap::mapref::multiple::RefMulti;
use parking_lot::Mutex;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
use sha2::{Digest as _, Sha256};

use super::SHARDS;

worded! {
    /// The purpose of a draw. Each has streams of its own.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum Purpose {
        RequestId = "request_id",
        Ticket = "ticket",
        /// Whether a rule fires.
        Rule = "rule",
        /// How long a rule delays.
        Delay = "delay",
        /// The name of a browser.
        Visitor = "visitor",
        /// The id of a thing that a call makes.
        Thing = "thing",
    }
}

/// Numbers for what is only shown: the same whenever they are asked for, and nothing is taken from any stream.
#[derive(Debug)]
pub struct ShownNumbers(ChaCha8Rng);

impl ShownNumbers {
    pub fn new(seed: u64, key: &str) -> Self {
        let seed = Sha256::new().chain_update(b"shown").chain_update(seed.to_le_bytes()).chain_update(key).finalize();
        Self(ChaCha8Rng::from_seed(seed.into()))
    }

    pub fn next_number(&mut self) -> u64 {
        self.0.next_u64()
    }
}

/// How far one stream has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    pub purpose: Purpose,
    pub key: Box<str>,
    /// Draws so far.
    pub drawn: u64,
}

/// The chance of one sandbox.
#[derive(Debug)]
pub struct Entropy {
    root: [u8; 32],
    /// By what the draws are for, and then by whose they are.
    streams: [DashMap<Box<str>, Stream>; Purpose::ALL.len()],
}

/// A stream of draws, which makes several of them at a time.
#[derive(Debug)]
struct Stream(Mutex<StreamState>);

#[derive(Debug)]
struct StreamState {
    numbers: ChaCha8Rng,
    /// Draws so far.
    drawn: u64,
}

/// Words of 32 bits that one draw takes from its stream.
const WORDS_PER_DRAW: u128 = 4;

impl Stream {
    fn at_position(seed: [u8; 32], drawn: u64) -> Self {
        let mut numbers = ChaCha8Rng::from_seed(seed);
        numbers.set_word_pos(u128::from(drawn) * WORDS_PER_DRAW);
        Self(Mutex::new(StreamState { numbers, drawn }))
    }

    fn next_bits(&self) -> u128 {
        let StreamState { numbers, drawn } = &mut *self.0.lock();
        *drawn = drawn.wrapping_add(1);
        (u128::from(numbers.next_u64()) << 64) | u128::from(numbers.next_u64())
    }
}

impl Entropy {
    pub fn new(seed: u64, sandbox: &str) -> Self {
        let root = Sha256::new().chain_update(seed.to_le_bytes()).chain_update(sandbox).finalize().into();
        Self { root, streams: std::array::from_fn(|_| DashMap::with_shard_amount(SHARDS)) }
    }

    /// The same chance after the draws that the positions tell of.
    pub fn at_positions(seed: u64, sandbox: &str, positions: Vec<Position>) -> Self {
        let entropy = Self::new(seed, sandbox);
        for Position { purpose, key, drawn } in positions {
            let stream = Stream::at_position(entropy.seed_of(purpose, &key), drawn);
            entropy.streams[purpose as usize].insert(key, stream);
        }
        entropy
    }

    /// How far each stream has come, in no order.
    pub fn positions(&self) -> Vec<Position> {
        let of = |purpose: &Purpose| {
            let position = |stream: RefMulti<'_, Box<str>, Stream>| Position {
                purpose: *purpose,
                key: stream.key().clone(),
                drawn: stream.0.lock().drawn,
            };
            self.streams[*purpose as usize].iter().map(position).collect::<Vec<_>>()
        };
        Purpose::ALL.iter().flat_map(of).collect()
    }

    /// The next 128 bits for this purpose and key.
    pub fn draw_bits(&self, purpose: Purpose, key: &str) -> u128 {
        let streams = &self.streams[purpose as usize];
        if let Some(stream) = streams.get(key) {
            return stream.next_bits();
        }
        let first = || Stream::at_position(self.seed_of(purpose, key), 0);
        streams.entry(key.into()).or_insert_with(first).next_bits()
    }

    /// The next 128 bits in the form of a random UUID.
    pub fn draw_uuid(&self, purpose: Purpose, key: &str) -> uuid::Uuid {
        uuid::Builder::from_random_bytes(self.draw_bits(purpose, key).to_be_bytes()).into_uuid()
    }

    fn seed_of(&self, purpose: Purpose, key: &str) -> [u8; 32] {
        Sha256::new().chain_update(self.root).chain_update([purpose as u8]).chain_update(key).finalize().into()
    }
}
