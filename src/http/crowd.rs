//! The connections of a server, and which of them goes when there are too many.
//!
//! A connection without a request is of no use yet, so it goes before anybody has to wait: the one first that has been
//! without one for the longest time.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};

use parking_lot::Mutex;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

use crate::emulator::wall_us;

/// The connections of a server.
#[derive(Debug)]
pub(crate) struct Crowd {
    slots: Arc<Semaphore>,
    seats: Mutex<HashMap<u64, Arc<Seat>>>,
    /// Connections that wait for a slot.
    waiting: AtomicUsize,
    /// Told when a connection has no request any more while others wait.
    freed: Notify,
}

/// One connection among the others.
#[derive(Debug, Default)]
pub(crate) struct Seat {
    /// Requests that are being answered.
    busy: AtomicUsize,
    /// When it had none the last time, in microseconds since 1970.
    idle_since: AtomicI64,
    /// It has been told to go.
    leaves: Notify,
}

/// A connection's membership, until it is dropped.
#[derive(Debug)]
pub(crate) struct Member {
    crowd: Arc<Crowd>,
    number: u64,
    pub seat: Arc<Seat>,
    _slot: OwnedSemaphorePermit,
}

/// A request that is being answered, until it is dropped.
pub(crate) struct Answering<'m> {
    seat: &'m Seat,
    crowd: &'m Crowd,
}

/// The same of an answer that outlives its exchange, because it is sent as it is made.
#[derive(Debug)]
pub(crate) struct StreamHold {
    seat: Arc<Seat>,
    crowd: Arc<Crowd>,
}

impl Crowd {
    pub(crate) fn new(connections: usize) -> Arc<Self> {
        Arc::new(Self {
            slots: Arc::new(Semaphore::new(connections)),
            seats: Mutex::default(),
            waiting: AtomicUsize::new(0),
            freed: Notify::new(),
        })
    }

    /// Takes the connection of this number in, as soon as there is room for it.
    pub(crate) async fn admit_connection(self: &Arc<Self>, number: u64) -> Member {
        if let Some(member) = self.try_admit(number) {
            return member;
        }
        let slot = self.make_room().await;
        self.add_member(number, slot)
    }

    /// The same, if there is room for it at once.
    pub(crate) fn try_admit(self: &Arc<Self>, number: u64) -> Option<Member> {
        let slot = Arc::clone(&self.slots).try_acquire_owned().ok()?;
        Some(self.add_member(number, slot))
    }

    fn add_member(self: &Arc<Self>, number: u64, slot: OwnedSemaphorePermit) -> Member {
        let seat = Arc::new(Seat { idle_since: AtomicI64::new(wall_us()), ..Seat::default() });
        self.seats.lock().insert(number, Arc::clone(&seat));
        Member { crowd: Arc::clone(self), number, seat, _slot: slot }
    }

    async fn make_room(&self) -> OwnedSemaphorePermit {
        self.waiting.fetch_add(1, Ordering::SeqCst);
        let slot = loop {
            // Listened to before looking, so that nobody who becomes idle meanwhile is missed.
            let freed = self.freed.notified();
            self.send_away();
            tokio::select! {
                biased;
                slot = Arc::clone(&self.slots).acquire_owned() => break slot.expect("the semaphore is never closed"),
                () = freed => {}
            }
        };
        self.waiting.fetch_sub(1, Ordering::SeqCst);
        slot
    }

    /// Tells the connection to go that has had no request for the longest time. It is no member any more.
    fn send_away(&self) {
        let mut seats = self.seats.lock();
        let idle = seats.iter().filter(|(_, seat)| seat.busy.load(Ordering::SeqCst) == 0);
        let longest = idle.min_by_key(|(_, seat)| seat.idle_since.load(Ordering::Relaxed)).map(|(number, _)| *number);
        if let Some(seat) = longest.and_then(|number| seats.remove(&number)) {
            seat.leaves.notify_one();
        }
    }
}

impl Seat {
    fn begin(&self) {
        self.busy.fetch_add(1, Ordering::SeqCst);
    }

    fn end(&self, crowd: &Crowd) {
        self.idle_since.store(wall_us(), Ordering::Relaxed);
        if self.busy.fetch_sub(1, Ordering::SeqCst) == 1 && crowd.waiting.load(Ordering::SeqCst) > 0 {
            crowd.freed.notify_waiters();
        }
    }

    /// Done when the connection has to go.
    pub(crate) async fn told_to_leave(&self) {
        self.leaves.notified().await;
    }
}

impl Member {
    /// The connection has a request to answer.
    pub(crate) fn begin_answer(&self) -> Answering<'_> {
        self.seat.begin();
        Answering { seat: &self.seat, crowd: &self.crowd }
    }

    /// The connection has an answer to send that is made meanwhile.
    pub(crate) fn begin_stream(&self) -> StreamHold {
        self.seat.begin();
        StreamHold { seat: Arc::clone(&self.seat), crowd: Arc::clone(&self.crowd) }
    }
}

impl Drop for Answering<'_> {
    fn drop(&mut self) {
        self.seat.end(self.crowd);
    }
}

impl Drop for StreamHold {
    fn drop(&mut self) {
        self.seat.end(&self.crowd);
    }
}

impl Drop for Member {
    fn drop(&mut self) {
        self.crowd.seats.lock().remove(&self.number);
    }
}
