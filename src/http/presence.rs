//! The socket of a connection, and whether its client is still there.
//!
//! A client that has sent its last byte may wait for its answer with its half of the connection closed, or may have left:
//! nobody can tell the two apart. So an answer that is made at once is always sent, and whoever makes a client wait
//! takes a closed half for a client that left.

use std::future::poll_fn;
use std::io;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::{Buf, BufMut, Bytes, BytesMut};
use parking_lot::Mutex;
use tokio::io::ReadBuf;
use tokio::net::TcpStream;

/// Bytes that are read ahead to see whether the client has closed behind them. Of whoever sends more it is not known.
const MOST_AHEAD: usize = 64 << 10;

/// Room that is made for them at a time.
const ROOM: usize = 1 << 10;

/// A socket that can be looked at while something else reads from it.
#[derive(Debug)]
pub(crate) struct Socket {
    pub stream: TcpStream,
    /// Bytes that were read and are nobody's yet.
    ahead: Mutex<BytesMut>,
}

impl Socket {
    /// The socket with the bytes by which its protocol was told.
    pub(crate) fn new(stream: TcpStream, opening: Bytes) -> Self {
        Self { stream, ahead: Mutex::new(opening.into()) }
    }

    /// Closes our half of the connection.
    pub(crate) fn close_writing(&self) -> io::Result<()> {
        socket2::SockRef::from(&self.stream).shutdown(std::net::Shutdown::Write)
    }

    pub(crate) fn poll_read(&self, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        {
            let mut ahead = self.ahead.lock();
            if !ahead.is_empty() {
                let count = ahead.len().min(into.remaining());
                into.put_slice(&ahead[..count]);
                ahead.advance(count);
                return Poll::Ready(Ok(()));
            }
        }
        loop {
            ready!(self.stream.poll_read_ready(cx))?;
            match self.stream.try_read_buf(into) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                read => return Poll::Ready(read.map(drop)),
            }
        }
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
        loop {
            if ready!(poll_ready(&socket.stream, cx)).is_err() {
                return Poll::Ready(());
            }
            let mut ahead = socket.ahead.lock();
            let room = MOST_AHEAD.saturating_sub(ahead.len());
            if room == 0 {
                return Poll::Pending;
            }
            ahead.reserve(ROOM.min(room));
            match socket.stream.try_read_buf(&mut (&mut *ahead).limit(room)) {
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
