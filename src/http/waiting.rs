//! Waits for the answers of the admin API that take their time.

use std::convert::Infallible;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Body, Frame};
use tokio::sync::watch;
use tokio::time::{Interval, interval};

use super::connection::until;
use crate::admin::{Pending, Streaming};
use crate::reply::Reply;

/// The rest between two signs of life on a stream of events. Proxies and browsers give up after a minute or so.
const BEAT: Duration = Duration::from_secs(15);

/// The answer, as soon as it can be given. A server that stops has no more patience.
pub(crate) async fn answered(pending: &Pending, mut stopped: watch::Receiver<bool>) -> Reply {
    let waiting = async {
        let mut seen = 0;
        loop {
            if let Some(reply) = pending.ask(&mut seen) {
                return reply;
            }
            poll_fn(|context| pending.poll_news(seen, context)).await;
        }
    };
    tokio::select! {
        biased;
        reply = waiting => reply,
        () = tokio::time::sleep(pending.patience) => pending.conclude(),
        () = until(&mut stopped) => pending.conclude(),
    }
}

/// A stream as the body of an answer. It ends when the server stops.
pub(crate) struct Events {
    streaming: Streaming,
    beat: Interval,
    stopped: Pin<Box<dyn Future<Output = ()> + Send>>,
}

impl Events {
    pub(crate) fn new(streaming: Streaming, mut stopped: watch::Receiver<bool>) -> Self {
        Self { streaming, beat: interval(BEAT), stopped: Box::pin(async move { until(&mut stopped).await }) }
    }
}

impl Events {
    pub(crate) const fn media_type(&self) -> &'static str {
        self.streaming.media_type()
    }
}

impl Body for Events {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.stopped.as_mut().poll(context).is_ready() {
            return Poll::Ready(None);
        }
        if let Poll::Ready(text) = self.streaming.poll_next(context) {
            return Poll::Ready(text.map(|text| Ok(Frame::data(text.into()))));
        }
        // The first beat comes at once, and tells the client that it is listened to.
        self.beat.poll_tick(context).map(|_| Some(Ok(Frame::data(Bytes::from_static(b": listening\n\n")))))
    }
}
