//! The body of a request on its way in, and its share of the memory that all bodies may take.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::body::{Body, Incoming};
use tokio::sync::OwnedSemaphorePermit;

use super::context::ServerContext;
use crate::emulator::Share;

/// Room made for a body before its first byte, at most.
const FIRST_ROOM: usize = 64 << 10;

/// The share of a body in the memory of all, until its request is answered.
#[derive(Default)]
pub(crate) struct BodyShare {
    held: Option<Share>,
    /// The turn of one that may be larger than all usual ones together.
    turn: Option<OwnedSemaphorePermit>,
}

/// Why a body cannot be taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BadBody {
    BrokenOff,
    /// It did not arrive in time.
    Slow,
    /// There is no memory left for bodies.
    NoRoom,
}

/// A body that was read.
pub(crate) struct ReadBody {
    /// The kept part.
    pub bytes: Bytes,
    /// There was more of it.
    pub oversize: bool,
    pub share: BodyShare,
}

/// The body, of which so many bytes are kept.
pub(crate) async fn read_body(body: Incoming, most: usize, shared: &ServerContext) -> Result<ReadBody, BadBody> {
    let mut reading = BodyReading { most, shared, share: BodyShare::default() };
    let read = in_time(shared.limits.body, reading.read_frames(body)).await;
    let (bytes, oversize) = read.ok_or(BadBody::Slow)??;
    Ok(ReadBody { bytes, oversize, share: reading.share })
}

/// Reads a body that nobody wants, as far as its client may still be sending it: it would not come to read the answer.
pub(crate) async fn drain_body(body: Incoming, shared: &ServerContext) {
    let mut reading = BodyReading { most: 0, shared, share: BodyShare::default() };
    // Whatever comes of it, there is an answer.
    let _ = in_time(shared.limits.body, reading.read_frames(body)).await;
}

/// What `reading` gives within the time. Most bodies are there with their head, and need no timer.
async fn in_time<T>(limit: Duration, reading: impl Future<Output = T>) -> Option<T> {
    let mut reading = pin!(reading);
    if let Poll::Ready(read) = poll_fn(|cx| Poll::Ready(reading.as_mut().poll(cx))).await {
        return Some(read);
    }
    tokio::time::timeout(limit, reading).await.ok()
}

/// A body on its way in.
struct BodyReading<'s> {
    /// Bytes that are kept of it.
    most: usize,
    shared: &'s ServerContext,
    share: BodyShare,
}

impl BodyReading<'_> {
    /// The kept part of the body, and whether there was more of it.
    async fn read_frames(&mut self, mut body: Incoming) -> Result<(Bytes, bool), BadBody> {
        let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX).min(self.most);
        let first_room = if self.most > self.shared.limits.body_bytes {
            self.share.turn = Arc::clone(&self.shared.large_bodies).acquire_owned().await.ok();
            announced
        } else {
            announced.min(FIRST_ROOM)
        };
        let mut kept = BytesMut::with_capacity(first_room);
        let (mut beyond, mut has_room) = (0, true);
        while let Some(frame) = body.frame().await {
            let Ok(chunk) = frame.map_err(|_| BadBody::BrokenOff)?.into_data() else { continue };
            let (head, rest) = chunk.split_at(chunk.len().min(self.most - kept.len()));
            has_room = has_room && self.hold_room(kept.len() + head.len());
            if has_room {
                kept.extend_from_slice(head);
                beyond += rest.len();
            } else {
                // The rest is read for nobody, so that the client comes to read the answer.
                (kept, self.share) = (BytesMut::new(), BodyShare::default());
                beyond += chunk.len();
            }
            if beyond > self.shared.limits.drained_bytes {
                break;
            }
        }
        if has_room { Ok((kept.freeze(), beyond > 0)) } else { Err(BadBody::NoRoom) }
    }

    /// Sees to it that all bodies together stay within their bound. The first room that each connection has is not counted.
    fn hold_room(&mut self, bytes: usize) -> bool {
        let counted = self.share.held.as_ref().map_or(0, Share::amount);
        if self.share.turn.is_some() || bytes <= counted.max(FIRST_ROOM) {
            return true;
        }
        // As memory grows: by doubling.
        let more = bytes.next_power_of_two() - counted;
        match &mut self.share.held {
            Some(held) => held.grow(more),
            None => {
                self.share.held = self.shared.emulator.load.bodies.hold(more);
                self.share.held.is_some()
            }
        }
    }
}
