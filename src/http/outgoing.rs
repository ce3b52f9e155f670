//! The body of an answer on its way out: whole or in pieces, to its end or until it breaks off.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::time::Sleep;

use super::presence::Presence;
use crate::reply::Pace;

/// What a broken body leaves to its last piece, which a reset of the stream would overtake.
const LEAD: Duration = Duration::from_millis(20);

/// A body that goes out at its pace.
pub(crate) struct Outgoing {
    rest: Bytes,
    pace: Option<Pace>,
    /// Until the next piece.
    pause: Option<Pin<Box<Sleep>>>,
    breaks_off: bool,
    /// Of a client that is made to wait between pieces.
    presence: Presence,
}

/// An answer ends before its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the answer ends here, because a rule wants it so or its client has left")]
pub(crate) struct BrokenOff;

impl Outgoing {
    pub(crate) fn new(body: Bytes, pace: Option<Pace>) -> Self {
        Self { rest: body, pace, pause: None, breaks_off: false, presence: Presence::Carried }
    }

    /// The same, which ends when its client leaves between two pieces.
    pub(crate) fn watching(mut self, presence: &Presence) -> Self {
        if self.pace.is_some() {
            self.presence = presence.clone();
        }
        self
    }

    /// The same, with an error instead of its end.
    pub(crate) fn breaking_off(mut self) -> Self {
        self.breaks_off = true;
        self
    }
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = BrokenOff;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BrokenOff>>> {
        if let Some(pause) = &mut self.pause {
            if pause.as_mut().poll(cx).is_pending() {
                return self.presence.poll_gone(cx).map(|()| Some(Err(BrokenOff)));
            }
            self.pause = None;
        }
        if self.rest.is_empty() {
            let ends = std::mem::take(&mut self.breaks_off).then_some(Err(BrokenOff));
            return Poll::Ready(ends);
        }
        let length = self.rest.len();
        let size = self.pace.map_or(length, |pace| pace.bytes.min(length));
        let piece = self.rest.split_to(size);
        let until_next =
            if self.rest.is_empty() { self.breaks_off.then_some(LEAD) } else { self.pace.map(|pace| pace.every) };
        self.pause = until_next.map(|pause| Box::pin(tokio::time::sleep(pause)));
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && !self.breaks_off
    }

    fn size_hint(&self) -> SizeHint {
        if self.breaks_off { SizeHint::default() } else { SizeHint::with_exact(self.rest.len() as u64) }
    }
}
