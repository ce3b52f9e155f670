//! The journal of one sandbox: every call with its answer, counters, and the feed of events.
//!
//! The ring of entries is bounded by number and by bytes. The counters beside it are not, so a count
//! stays true when the evidence for it is gone. Nothing is formatted here and nothing is decided.

mod books;
mod counters;
mod entry;
mod feed;
mod kept;
mod note;

use std::collections::VecDeque;
use std::sync::Arc;

use parking_lot::Mutex;

use crate::domain::{TicketId, Timestamp};
use kept::{KeptCall, PieceWriter};

pub use books::Books;
pub use counters::{CallCount, Counters};
pub use entry::{CallKind, CallRecord, Entry, Outcome};
pub use feed::{Event, EventDetail, Feed, Missed, News};
pub use note::{Note, Noted};

/// The bounds of a journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    pub entries: usize,
    pub bytes: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { entries: 10_000, bytes: 16 << 20 }
    }
}

/// Notes take so small a part of the bytes, beside those of the calls: whatever comes, it pushes no call out.
const SHARE_OF_NOTES: usize = 8;

/// Entries that are taken from under one lock.
const SLICE: usize = 256;

/// The journal of one sandbox.
#[derive(Debug)]
pub struct Journal {
    bounds: Bounds,
    pieces: Mutex<PieceWriter>,
    book: Mutex<Book>,
}

#[derive(Debug, Default)]
struct Book {
    entries: VecDeque<Arc<KeptCall>>,
    notes: VecDeque<Arc<Note>>,
    bytes: usize,
    note_bytes: usize,
    /// Notes ever made; also the number of the newest one.
    noted: u64,
    /// Entries ever made; also the number of the newest one.
    total: u64,
    counters: Counters,
}

/// The content of a journal at one moment.
#[derive(Clone, Debug)]
pub struct Extract {
    /// Oldest first.
    pub entries: Vec<Arc<Entry>>,
    /// The notes, oldest first.
    pub notes: Vec<Arc<Note>>,
    /// Entries ever made.
    pub total: u64,
    /// Counted over all entries ever made.
    pub counters: Counters,
}

/// The size of a journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holding {
    pub entries: usize,
    pub bytes: usize,
    /// Entries that are kept no more.
    pub dropped: u64,
}

impl Extract {
    /// Entries that are kept no more.
    pub fn dropped_calls(&self) -> u64 {
        self.total - self.entries.len() as u64
    }
}

impl Journal {
    pub fn new(bounds: Bounds) -> Self {
        Self { bounds, pieces: Mutex::default(), book: Mutex::default() }
    }

    /// Takes an entry in and gives it its number, counted from 1.
    pub fn record_call(&self, told: CallRecord) {
        let mut kept = Arc::new(KeptCall::from_record(told, &mut self.pieces.lock()));
        let evicted = {
            let mut book = self.book.lock();
            book.total += 1;
            book.counters.count_call(kept.vendor, kept.counted, kept.outcome());
            // Nobody else has it yet.
            if let Some(kept) = Arc::get_mut(&mut kept) {
                kept.serial = book.total;
            }
            book.bytes += kept.weight;
            book.entries.push_back(kept);
            book.evict_surplus(self.bounds)
        };
        // What is evicted is taken apart without the lock.
        drop(evicted);
    }

    /// Takes in what is no call.
    pub fn write_note(&self, at: Timestamp, wall_us: i64, what: Noted) {
        let mut book = self.book.lock();
        book.noted += 1;
        let note = Note { number: book.noted, after: book.total, at, wall_us, what };
        book.note_bytes += note.weight();
        book.notes.push_back(Arc::new(note));
        while book.notes.len() > self.bounds.entries || book.note_bytes > self.bounds.bytes / SHARE_OF_NOTES {
            let Some(oldest) = book.notes.pop_front() else { break };
            book.note_bytes -= oldest.weight();
        }
    }

    /// Everything that is kept now. Entries are shared and not copied.
    ///
    /// The lock is held for a slice at a time, so calls go on meanwhile. What they evict before it was taken is
    /// missing, and so is everything older.
    pub fn extract(&self) -> Extract {
        let noted = self.book.lock().noted;
        let extract = self.extract_after(0);
        let notes = self.collect_sliced(0, noted, |book| &book.notes, |note| note.number);
        Extract { notes, ..extract }
    }

    /// The same, of the calls behind the one of this number only and without what is no call.
    pub fn extract_after(&self, serial: u64) -> Extract {
        let (total, counters) = {
            let book = self.book.lock();
            (book.total, book.counters.clone())
        };
        let kept = self.calls_between(serial, total);
        let entries = kept.iter().map(|kept| Arc::new(kept.to_entry())).collect();
        Extract { entries, notes: Vec::new(), total, counters }
    }

    /// The calls that changed the ticket or named it, oldest first.
    pub fn calls_about(&self, ticket: TicketId) -> Vec<Arc<Entry>> {
        let kept = self.kept_calls();
        kept.iter().filter(|kept| kept.is_about(ticket)).map(|kept| Arc::new(kept.to_entry())).collect()
    }

    /// The calls as they are kept, oldest first, for whoever reads few of them.
    fn kept_calls(&self) -> Vec<Arc<KeptCall>> {
        self.calls_between(0, self.total_calls())
    }

    fn calls_between(&self, seen: u64, last: u64) -> Vec<Arc<KeptCall>> {
        self.collect_sliced(seen, last, |book| &book.entries, |kept| kept.serial)
    }

    /// What is kept of the numbers behind `seen` up to `last`, without a gap.
    fn collect_sliced<T>(
        &self,
        seen: u64,
        last: u64,
        of: fn(&Book) -> &VecDeque<Arc<T>>,
        number: fn(&T) -> u64,
    ) -> Vec<Arc<T>> {
        let (mut taken, mut seen): (Vec<Arc<T>>, u64) = (Vec::new(), seen);
        while seen < last {
            let slice: Vec<Arc<T>> = {
                let book = self.book.lock();
                let kept = of(&book);
                let oldest = kept.front().map_or(u64::MAX, |oldest| number(oldest));
                let first = usize::try_from((seen + 1).saturating_sub(oldest)).unwrap_or(usize::MAX);
                kept.iter().skip(first).take(SLICE).take_while(|one| number(one) <= last).cloned().collect()
            };
            let (Some(first), Some(newest)) = (slice.first(), slice.last()) else { break };
            if number(first) > seen + 1 {
                taken.clear();
            }
            seen = number(newest);
            taken.extend(slice);
        }
        taken
    }

    pub fn memory_held(&self) -> Holding {
        let book = self.book.lock();
        let entries = book.entries.len();
        Holding { entries, bytes: book.bytes + book.note_bytes, dropped: book.total - entries as u64 }
    }

    /// The newest entry.
    pub fn last_entry(&self) -> Option<Arc<Entry>> {
        let newest = self.book.lock().entries.back().cloned();
        newest.map(|kept| Arc::new(kept.to_entry()))
    }

    /// Entries ever made.
    pub fn total_calls(&self) -> u64 {
        self.book.lock().total
    }

    pub fn counters(&self) -> Counters {
        self.book.lock().counters.clone()
    }
}

impl Book {
    /// Takes out the oldest calls that the bounds have no room for.
    fn evict_surplus(&mut self, bounds: Bounds) -> Vec<Arc<KeptCall>> {
        let mut shed = Vec::new();
        while self.entries.len() > bounds.entries || self.bytes > bounds.bytes {
            let Some(oldest) = self.entries.pop_front() else { break };
            self.bytes -= oldest.weight;
            shed.push(oldest);
        }
        shed
    }
}
