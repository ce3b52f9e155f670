//! The socket of a connection, and whether its client is still there.
//!
//! A client that has sent its last byte may wait for its answer with its half of the connection closed, or may have left:
//! nobody can tell the two apart. So an answer that is made at once is always sent, and whoever makes a client wait
//! takes a closed half for a client that left.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::{Buf, BufMut, BytesMut};
use parking_lot::Mutex;
use tokio::io::{AsyncRead as _, ReadBuf};
use tokio::net::TcpStream;

/// Bytes that are read ahead to see whether the client has closed behind them. Of whoever sends more it is not known.
const MOST_AHEAD: usize = 64 << 10;

/// Room that is made for them at a time.
const ROOM: usize = 1 << 10;

/// A socket that can be looked at while something else reads from it.
#[derive(Debug)]
pub(crate) struct Socket(Mutex<SharedStream>);

/// Held by one user for as long as one call of the system takes, and by two at once hardly ever.
#[derive(Debug)]
struct SharedStream {
    stream: TcpStream,
    /// Bytes that were read and are nobody's yet.
    ahead: BytesMut,
}

impl Socket {
    pub(crate) fn new(stream: TcpStream) -> Self {
        Self(Mutex::new(SharedStream { stream, ahead: BytesMut::new() }))
    }

    /// Does something with the stream, as far as that does not wait.
    pub(crate) fn with_stream<R>(&self, act: impl FnOnce(&mut TcpStream) -> R) -> R {
        act(&mut self.0.lock().stream)
    }

    /// Gives bytes back that were read and are for somebody else: those by which a protocol was told.
    pub(crate) fn put_back(&self, bytes: &[u8]) {
        let ahead = &mut self.0.lock().ahead;
        let behind = ahead.split();
        ahead.extend_from_slice(bytes);
        ahead.unsplit(behind);
    }

    /// The first byte that was read and is nobody's yet.
    pub(crate) fn first_ahead(&self) -> Option<u8> {
        self.0.lock().ahead.first().copied()
    }

    /// Reads what is there next; 0 bytes at the end.
    pub(crate) async fn read_some(&self, into: &mut [u8]) -> io::Result<usize> {
        let mut into = ReadBuf::new(into);
        poll_fn(|cx| self.poll_read(cx, &mut into)).await?;
        Ok(into.filled().len())
    }

    /// Closes our half of the connection.
    pub(crate) fn close_writing(&self) -> io::Result<()> {
        self.with_stream(|stream| socket2::SockRef::from(&*stream).shutdown(std::net::Shutdown::Write))
    }

    pub(crate) fn poll_read(&self, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let SharedStream { stream, ahead } = &mut *self.0.lock();
        if !ahead.is_empty() {
            let count = ahead.len().min(into.remaining());
            into.put_slice(&ahead[..count]);
            ahead.advance(count);
            return Poll::Ready(Ok(()));
        }
        // It sees by the length of what it read that nothing else is there, and need not ask the system again.
        Pin::new(stream).poll_read(cx, into)
    }
}

/// Whether the client of an answer is still there.
#[derive(Clone, Debug)]
pub(crate) enum Presence {
    /// Of HTTP/2: an answer that nobody wants is dropped by those who carry it.
    Carried,
    Watched(Arc<Socket>),
}

impl Presence {
    /// Ready as soon as the client has closed its half of the connection.
    pub(crate) fn poll_gone(&self, cx: &Context<'_>) -> Poll<()> {
        let Self::Watched(socket) = self else { return Poll::Pending };
        let SharedStream { stream, ahead } = &mut *socket.0.lock();
        loop {
            if ready!(poll_ready(stream, cx)).is_err() {
                return Poll::Ready(());
            }
            let room = MOST_AHEAD.saturating_sub(ahead.len());
            if room == 0 {
                return Poll::Pending;
            }
            ahead.reserve(ROOM.min(room));
            match stream.try_read_buf(&mut (&mut *ahead).limit(room)) {
                Ok(1..) => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Ok(0) | Err(_) => return Poll::Ready(()),
            }
        }
    }

    /// Done as soon as the client has closed its half of the connection.
    pub(crate) async fn client_gone(&self) {
        poll_fn(|cx| self.poll_gone(cx)).await;
    }
}

fn poll_ready(stream: &TcpStream, cx: &Context<'_>) -> Poll<io::Result<()>> {
    stream.poll_read_ready(&mut Context::from_waker(cx.waker()))
}
