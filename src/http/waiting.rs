//! Waits for the answers of the admin API that take their time.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Body, Frame};
use tokio::sync::watch;
use tokio::time::{Interval, interval};

use super::aside::Aside;
use super::crowd::StreamHold;
use super::presence::Presence;
use super::stop::wait_for_stop;
use crate::admin::{Listening, News, Pending, Pieces, Streaming};
use crate::emulator::Share;
use crate::reply::Reply;

/// The rest between two signs of life on a stream of events. Proxies and browsers give up after a minute or so.
const BEAT: Duration = Duration::from_secs(15);

/// The answer, as soon as it can be given. A server that stops has no more patience.
pub(crate) async fn wait_for_reply(pending: Pending, aside: &Aside, mut stopped: watch::Receiver<bool>) -> Reply {
    let (patience, pending) = (pending.patience, Arc::new(pending));
    let waiting = async {
        let mut seen = pending.seen();
        loop {
            if poll_fn(|context| pending.poll_news(seen, context)).await == News::End {
                return None;
            }
            if let Some(reply) = pending.ask(&mut seen) {
                return Some(reply);
            }
        }
    };
    tokio::select! {
        biased;
        reply = waiting => if let Some(reply) = reply {
            return reply;
        },
        () = tokio::time::sleep(patience) => {}
        () = wait_for_stop(&mut stopped) => {}
    }
    // At the end everything that is kept may have to be looked at.
    let concluding = Arc::clone(&pending);
    let concluded = aside.run_aside(move || concluding.ask_last()).await;
    concluded.unwrap_or_else(|| pending.ask_last())
}

/// A stream as the body of an answer. It ends when the server stops.
pub(crate) struct Events {
    media_type: &'static str,
    source: EventSource,
    stopped: Pin<Box<dyn Future<Output = ()> + Send>>,
    presence: Presence,
    _holds: StreamHolds,
}

/// What a stream holds until it ends.
pub(crate) struct StreamHolds {
    /// Its connection has something to do.
    pub _seat: StreamHold,
    /// Its place among those that wait for something to happen, if it does.
    pub _waiter: Option<Share>,
}

/// Where the next piece comes from.
enum EventSource {
    Feed {
        listening: Listening,
        beat: Interval,
    },
    /// Pieces of something large, which are made aside and only as fast as the client takes them.
    Slices {
        aside: Aside,
        under_way: NextSlice,
    },
    Ended,
}

/// A piece, and what makes the next one.
type Slice = (String, Pieces);

/// `None` in it: that was all; around it: it cannot be made.
type NextSlice = Pin<Box<dyn Future<Output = Option<Option<Slice>>> + Send>>;

/// An answer ends before its end, because the emulator does or has a bug.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the rest of the answer cannot be made")]
pub(crate) struct Interrupted;

impl Events {
    pub(crate) fn new(
        streaming: Streaming,
        aside: Aside,
        mut stopped: watch::Receiver<bool>,
        presence: Presence,
        holds: StreamHolds,
    ) -> Self {
        let media_type = streaming.media_type();
        let source = match streaming {
            Streaming::Events(listening) => EventSource::Feed { listening, beat: interval(BEAT) },
            Streaming::Pieces { pieces, .. } => EventSource::Slices { under_way: next_slice(&aside, pieces), aside },
        };
        let stopped = Box::pin(async move { wait_for_stop(&mut stopped).await });
        Self { media_type, source, stopped, presence, _holds: holds }
    }

    pub(crate) const fn media_type(&self) -> &'static str {
        self.media_type
    }
}

/// Bytes that are made in one go. What a client that reads nothing leaves lying is as much.
const SLICE: usize = 64 << 10;

fn next_slice(aside: &Aside, mut pieces: Pieces) -> NextSlice {
    let aside = aside.clone();
    let make = move || {
        let mut text = String::new();
        while text.len() < SLICE {
            match pieces.next() {
                Some(piece) => text.push_str(&piece),
                None => break,
            }
        }
        (!text.is_empty()).then_some((text, pieces))
    };
    Box::pin(async move { aside.run_aside(make).await })
}

impl Body for Events {
    type Data = Bytes;
    type Error = Interrupted;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Interrupted>>> {
        if self.stopped.as_mut().poll(context).is_ready() || self.presence.poll_gone(context).is_ready() {
            return Poll::Ready(None);
        }
        match &mut self.source {
            EventSource::Feed { listening, beat } => match listening.poll_next(context) {
                Poll::Ready(text) => Poll::Ready(text.map(|text| Ok(Frame::data(text.into())))),
                // The first beat comes at once, and tells the client that it is listened to.
                Poll::Pending => {
                    beat.poll_tick(context).map(|_| Some(Ok(Frame::data(Bytes::from_static(b": listening\n\n")))))
                }
            },
            EventSource::Slices { aside, under_way } => match ready!(under_way.as_mut().poll(context)) {
                Some(Some((text, pieces))) => {
                    *under_way = next_slice(aside, pieces);
                    Poll::Ready(Some(Ok(Frame::data(text.into()))))
                }
                ended => {
                    self.source = EventSource::Ended;
                    Poll::Ready(ended.is_none().then_some(Err(Interrupted)))
                }
            },
            EventSource::Ended => Poll::Ready(None),
        }
    }
}
