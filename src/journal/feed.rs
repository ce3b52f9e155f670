//! The events of one sandbox, for whoever listens or waits for something to happen.
//!
//! A feed outlives every reset of its sandbox, so a listener stays connected through it. Waiting is
//! by [`Waker`], so nothing here knows the runtime that waits.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Waker};

use parking_lot::Mutex;

use crate::call::Via;
use crate::domain::{Choice, Family, RequestId, TicketId, TicketStatus, Timestamp};

/// Events that a listener who was away can still get.
const KEPT: usize = 1024;

/// The number of waiting listeners from which on those that left are removed.
const CROWD: usize = 256;

/// The feed of one sandbox, or of all together.
#[derive(Debug, Default)]
pub struct Feed {
    state: Mutex<FeedState>,
    /// The feed of all sandboxes, and the id of this one.
    above: Option<(Arc<Self>, Arc<str>)>,
    /// Whether somebody ever listened, so that a feed which nobody wants costs its sandboxes no lock.
    is_wanted: AtomicBool,
}

#[derive(Debug, Default)]
struct FeedState {
    kept: VecDeque<Event>,
    /// The number of the newest event; 0 before the first one.
    newest: u64,
    waiting: Vec<Waker>,
    /// Nothing comes any more that anybody has to wait for.
    ended: bool,
}

/// One event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Counted from 1.
    pub id: u64,
    /// The world clock.
    pub at: Timestamp,
    /// Where it happened, in the feed of all sandboxes.
    pub sandbox: Option<Arc<str>>,
    pub what: EventDetail,
}

/// The event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventDetail {
    Call {
        request_id: RequestId,
        vendor: &'static str,
        /// As it was asked for where the vendor has it; else the beginning of that.
        action: Cow<'static, str>,
        status: u16,
        /// The name of an [`super::Outcome`].
        outcome: &'static str,
        code: Option<Box<str>>,
        via: Via,
        tls: bool,
    },
    Ticket {
        ticket: TicketId,
        family: Family,
        became: TicketStatus,
    },
    Clock {
        frozen: bool,
    },
    /// A rule fired.
    Rule {
        rule: Arc<str>,
        request_id: RequestId,
    },
    /// A scenario began; `None`: one was taken away.
    Scenario {
        name: Option<Box<str>>,
    },
    /// Other choices hold from now on.
    Assumptions {
        changed: Vec<Choice>,
    },
    /// Something came that is no call.
    Other {
        what: &'static str,
        text: Box<str>,
    },
    /// The named parts of the sandbox were made anew.
    Reset {
        what: Vec<&'static str>,
    },
}

/// The reason why somebody who waits for events need not wait any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    Events,
    /// There are no events, and the sandbox is gone.
    End,
}

/// Whether a listener gets everything since the event it has seen last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missed {
    Nothing,
    /// Some events are kept no more.
    Some,
}

impl Feed {
    /// The feed of the sandbox of this id, whose events stand in the feed of all sandboxes as well.
    pub fn below(above: Arc<Self>, sandbox: Arc<str>) -> Self {
        Self { above: Some((above, sandbox)), ..Self::default() }
    }

    /// Keeps events from here on: somebody listens.
    pub fn start_keeping(&self) {
        self.is_wanted.store(true, Ordering::Release);
    }

    pub fn publish(&self, at: Timestamp, what: EventDetail) {
        if let Some((above, sandbox)) = self.wanted_parent() {
            above.push(at, Some(Arc::clone(sandbox)), what.clone());
        }
        self.push(at, None, what);
    }

    /// Tells many events of one time. Only as many of them as a feed keeps are made.
    pub fn tell_all(&self, at: Timestamp, events: impl ExactSizeIterator<Item = EventDetail> + Clone) {
        let unkept = events.len().saturating_sub(KEPT);
        if let Some((above, sandbox)) = self.wanted_parent() {
            above.skip_numbers(unkept);
            events.clone().skip(unkept).for_each(|what| above.push(at, Some(Arc::clone(sandbox)), what));
        }
        self.skip_numbers(unkept);
        events.skip(unkept).for_each(|what| self.push(at, None, what));
    }

    fn wanted_parent(&self) -> Option<&(Arc<Self>, Arc<str>)> {
        self.above.as_ref().filter(|(above, _)| above.is_wanted.load(Ordering::Acquire))
    }

    /// Counts events that nobody could still get.
    fn skip_numbers(&self, events: usize) {
        if events > 0 {
            let mut state = self.state.lock();
            state.newest += events as u64;
            state.kept.clear();
        }
    }

    fn push(&self, at: Timestamp, sandbox: Option<Arc<str>>, what: EventDetail) {
        let (waiting, oldest) = {
            let mut state = self.state.lock();
            state.newest += 1;
            let id = state.newest;
            state.kept.push_back(Event { id, at, sandbox, what });
            let oldest = if state.kept.len() > KEPT { state.kept.pop_front() } else { None };
            (std::mem::take(&mut state.waiting), oldest)
        };
        drop(oldest);
        for waker in waiting {
            waker.wake();
        }
    }

    /// The number of the newest event; 0 before the first one.
    pub fn newest_id(&self) -> u64 {
        self.state.lock().newest
    }

    /// The events behind the one of number `seen`, oldest first.
    pub fn events_since(&self, seen: u64) -> (Vec<Event>, Missed) {
        let state = self.state.lock();
        let events: Vec<Event> = state.kept.iter().filter(|event| event.id > seen).cloned().collect();
        let oldest = events.first().map_or(state.newest + 1, |event| event.id);
        (events, if oldest > seen + 1 { Missed::Some } else { Missed::Nothing })
    }

    /// Ends the waiting of everybody: the sandbox is taken away.
    pub fn end(&self) {
        let waiting = {
            let mut state = self.state.lock();
            state.ended = true;
            std::mem::take(&mut state.waiting)
        };
        waiting.into_iter().for_each(Waker::wake);
    }

    /// Ready as soon as there is an event behind the one of number `seen`, or there will be none.
    pub fn poll_beyond(&self, seen: u64, context: &Context<'_>) -> Poll<News> {
        let mut state = self.state.lock();
        if state.newest > seen {
            return Poll::Ready(News::Events);
        }
        if state.ended {
            return Poll::Ready(News::End);
        }
        if state.waiting.iter().any(|waker| waker.will_wake(context.waker())) {
            return Poll::Pending;
        }
        // Nobody says that a listener has gone. Those that are still there come back when woken.
        let crowd = if state.waiting.len() < CROWD { Vec::new() } else { std::mem::take(&mut state.waiting) };
        state.waiting.push(context.waker().clone());
        drop(state);
        for waker in crowd {
            waker.wake();
        }
        Poll::Pending
    }
}
