//! Answers that take their time, as values: what is waited for and what is said then. Who waits, and
//! on which runtime, is `http`'s business.

use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use crate::journal::{Event, Feed, Missed, News};
use crate::reply::Reply;

/// A question that is asked again whenever something has happened.
pub struct Pending {
    feed: Arc<Feed>,
    /// The number of the last event that was taken into account when it was asked first.
    seen: u64,
    /// How long it is asked.
    pub patience: Duration,
    ask: Box<dyn Fn(Patience) -> Option<Reply> + Send + Sync>,
}

/// When a question is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    /// There is time left; an answer now ends the waiting.
    Early,
    /// It is now or never.
    Last,
}

impl Pending {
    /// `ask`, which was asked after the event of number `seen`, may keep its answer back as long as it is early; at the
    /// last moment it has to give one.
    pub fn new(
        feed: Arc<Feed>,
        seen: u64,
        patience: Duration,
        ask: impl Fn(Patience) -> Option<Reply> + Send + Sync + 'static,
    ) -> Self {
        Self { feed, seen, patience, ask: Box::new(ask) }
    }

    /// The answer, if it can be given before the end. `seen` is set to what it took into account.
    pub fn ask(&self, seen: &mut u64) -> Option<Reply> {
        // Read before asking: what happens meanwhile is then asked about once too often, and never not.
        *seen = self.feed.newest_id();
        (self.ask)(Patience::Early)
    }

    /// The answer at the end.
    pub fn ask_last(&self) -> Reply {
        let never = || Reply::new(500, "text/plain; charset=utf-8", "ticketbooth: a question was left open\n");
        (self.ask)(Patience::Last).unwrap_or_else(never)
    }

    /// The last event that was taken into account when it was asked first.
    pub const fn seen(&self) -> u64 {
        self.seen
    }

    /// Ready as soon as something has happened since `seen`, or nothing can happen any more.
    pub fn poll_news(&self, seen: u64, context: &Context<'_>) -> Poll<News> {
        self.feed.poll_beyond(seen, context)
    }
}

/// A listener of a feed.
pub struct Listening {
    feed: Arc<Feed>,
    seen: u64,
    show: fn(&Event) -> String,
}

impl Listening {
    /// Listens for what comes behind the event of number `seen`; `show` writes an event.
    pub fn new(feed: Arc<Feed>, seen: u64, show: fn(&Event) -> String) -> Self {
        Self { feed, seen, show }
    }

    /// The next events as server-sent events, as soon as there are any; `None`: there will be none.
    pub fn poll_next(&mut self, context: &Context<'_>) -> Poll<Option<String>> {
        if ready!(self.feed.poll_beyond(self.seen, context)) == News::End {
            return Poll::Ready(None);
        }
        let (events, missed) = self.feed.events_since(self.seen);
        let mut text = String::new();
        if missed == Missed::Some {
            text.push_str(": some events are kept no more\n\n");
        }
        for event in &events {
            self.seen = event.id;
            text.push_str(&(self.show)(event));
        }
        Poll::Ready(Some(text))
    }
}

/// An answer that is sent as it is made.
pub enum Streaming {
    /// One event after the other, until the client leaves.
    Events(Listening),
    /// Pieces of a document, until there are no more.
    Pieces { media_type: &'static str, pieces: Pieces },
}

/// The pieces of a document, each made when it is asked for.
pub type Pieces = Box<dyn Iterator<Item = String> + Send>;

impl Streaming {
    pub const fn media_type(&self) -> &'static str {
        match self {
            Self::Events(_) => "text/event-stream",
            Self::Pieces { media_type, .. } => media_type,
        }
    }
}
