//! Limits of one client: time, connections and bytes.
//!
//! hyper bounds the time of request headers only, and only with a timer; the limits on bodies and on
//! writing are kept here and in `receive`.

use std::future::Future;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Sleep;

use super::presence::Socket;
use crate::bounds::{BODIES, BODY, CONNECTIONS, WAITERS};

/// Bounds of a server. The defaults suit people and programs on one machine.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections on all ports together; for further ones, those go that have no request.
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
    /// Bytes of a body that are kept, where an endpoint has no bound of its own.
    pub body_bytes: usize,
    /// Bytes beyond that which are still read, so that the client comes to read the answer.
    pub drained_bytes: usize,
    /// Bytes of all bodies that are read at the same time.
    pub bodies_bytes: usize,
    /// Requests that wait for something to happen.
    pub waiters: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: CONNECTIONS.most,
            opening: Duration::from_secs(10),
            head: Duration::from_secs(10),
            body: Duration::from_secs(30),
            write: Duration::from_secs(60),
            hang: Duration::from_secs(600),
            grace: Duration::from_secs(5),
            body_bytes: BODY.most,
            drained_bytes: 16 << 20,
            bodies_bytes: BODIES.most,
            waiters: WAITERS.most,
        }
    }
}

/// A connection that fails when its client reads nothing of an answer for too long.
pub(crate) struct Guarded {
    socket: Arc<Socket>,
    patience: Duration,
    stalled: Option<Pin<Box<Sleep>>>,
}

impl Guarded {
    pub(crate) fn new(socket: Arc<Socket>, patience: Duration) -> Self {
        Self { socket, patience, stalled: None }
    }

    /// Ends the connection so that the client sees it reset, whatever was under way.
    pub(crate) fn reset_connection(self) {
        // Where the system cannot do that, the client sees the connection closed.
        let _ = self.socket.with_stream(|stream| stream.set_zero_linger());
    }

    /// Writes with `write` as soon as the socket takes something, unless that has waited longer than is allowed.
    fn poll_progress(
        &mut self,
        cx: &mut Context<'_>,
        write: impl FnOnce(Pin<&mut TcpStream>, &mut Context<'_>) -> Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        if let Poll::Ready(written) = self.socket.with_stream(|stream| write(Pin::new(stream), cx)) {
            self.stalled = None;
            return Poll::Ready(written);
        }
        let patience = self.patience;
        let stalled = self.stalled.get_or_insert_with(|| Box::pin(tokio::time::sleep(patience)));
        stalled.as_mut().poll(cx).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Guarded {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.socket.poll_read(cx, into)
    }
}

impl AsyncWrite for Guarded {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.poll_progress(cx, |stream, cx| stream.poll_write(cx, bytes))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.poll_progress(cx, |stream, cx| stream.poll_write_vectored(cx, slices))
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    /// Nothing is kept back, so there is nothing to flush.
    fn poll_flush(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(self.socket.close_writing())
    }
}
