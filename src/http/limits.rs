//! Limits of one client: time, connections and bytes.
//!
//! hyper bounds the time of request headers only, and only with a timer; the limits on bodies and on
//! writing are kept here and in `receive`.

use std::future::Future;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::{Buf, Bytes};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Sleep;

use crate::admin::PREFIX;

/// Bounds of a server. The defaults suit people and programs on one machine.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections on all ports together; further ones wait in the kernel.
    pub connections: usize,
    /// Until a new connection has said which protocol it speaks.
    pub opening: Duration,
    /// For a whole request head, counted from the end of the request before.
    pub head: Duration,
    /// For a whole request body.
    pub body: Duration,
    /// For writing without any progress.
    pub write: Duration,
    /// For a client to leave when a rule lets it wait for nothing.
    pub hang: Duration,
    /// For calls in flight when the server is asked to stop.
    pub grace: Duration,
    /// Bytes of a body that are kept.
    pub body_bytes: usize,
    /// The same for a snapshot, which holds all tickets of a sandbox.
    pub snapshot_bytes: usize,
    /// Bytes beyond that which are still read, so that the client comes to read the answer.
    pub drained_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 4096,
            opening: Duration::from_secs(10),
            head: Duration::from_secs(10),
            body: Duration::from_secs(30),
            write: Duration::from_secs(60),
            hang: Duration::from_secs(600),
            grace: Duration::from_secs(5),
            body_bytes: 10 << 20,
            snapshot_bytes: 64 << 20,
            drained_bytes: 16 << 20,
        }
    }
}

impl Limits {
    /// The limits of a request to this path.
    pub(crate) fn for_path(self, path: &str) -> Self {
        let is_snapshot = path.strip_prefix(PREFIX) == Some("/snapshot");
        if is_snapshot { Self { body_bytes: self.snapshot_bytes, ..self } } else { self }
    }
}

/// A connection that gives back the bytes it was recognised by, and that fails when its client
/// reads nothing of an answer for too long.
pub(crate) struct Guarded {
    stream: TcpStream,
    opening: Bytes,
    patience: Duration,
    stalled: Option<Pin<Box<Sleep>>>,
}

impl Guarded {
    pub(crate) fn new(stream: TcpStream, opening: Bytes, patience: Duration) -> Self {
        Self { stream, opening, patience, stalled: None }
    }

    /// Ends the connection so that the client sees it reset, whatever was under way.
    pub(crate) fn reset_connection(self) {
        // Where the system cannot do that, the client sees the connection closed.
        let _ = self.stream.set_zero_linger();
    }

    /// Passes `written` on, unless writing has waited longer than is allowed.
    fn watch_progress(&mut self, cx: &mut Context<'_>, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if written.is_ready() {
            self.stalled = None;
            return written;
        }
        let patience = self.patience;
        let stalled = self.stalled.get_or_insert_with(|| Box::pin(tokio::time::sleep(patience)));
        stalled.as_mut().poll(cx).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Guarded {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.opening.is_empty() {
            return Pin::new(&mut self.stream).poll_read(cx, into);
        }
        let count = self.opening.len().min(into.remaining());
        into.put_slice(&self.opening[..count]);
        self.opening.advance(count);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Guarded {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.watch_progress(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, slices);
        self.watch_progress(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
