//! The bytes of HTTP on their way: plain, or inside TLS. Whatever is done to the connection itself is done below TLS.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_rustls::server::TlsStream;

use super::limits::Guarded;

/// The carrier of HTTP.
pub(crate) enum Wire {
    Plain(Guarded),
    Tls(Box<TlsStream<Guarded>>, Farewell),
}

/// The way in which the end of a connection with TLS is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Farewell {
    /// As TLS wants it, so that the client knows that nothing is missing.
    Said,
    /// Not at all, as by a connection that broke off.
    Left,
}

impl Wire {
    /// The connection itself, without whatever TLS would still say.
    pub(crate) fn into_guarded(self) -> Guarded {
        match self {
            Self::Plain(guarded) => guarded,
            Self::Tls(stream, _) => stream.into_inner().0,
        }
    }

    /// The same, which ends as if it had broken off.
    pub(crate) fn breaking_off(self) -> Self {
        match self {
            Self::Plain(guarded) => Self::Plain(guarded),
            Self::Tls(stream, _) => Self::Tls(stream, Farewell::Left),
        }
    }
}

impl AsyncRead for Wire {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(guarded) => Pin::new(guarded).poll_read(cx, into),
            Self::Tls(stream, _) => Pin::new(stream).poll_read(cx, into),
        }
    }
}

impl AsyncWrite for Wire {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Plain(guarded) => Pin::new(guarded).poll_write(cx, bytes),
            Self::Tls(stream, _) => Pin::new(stream).poll_write(cx, bytes),
        }
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Plain(guarded) => Pin::new(guarded).poll_write_vectored(cx, slices),
            Self::Tls(stream, _) => Pin::new(stream).poll_write_vectored(cx, slices),
        }
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(guarded) => Pin::new(guarded).poll_flush(cx),
            Self::Tls(stream, _) => Pin::new(stream).poll_flush(cx),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Plain(guarded) => Pin::new(guarded).poll_shutdown(cx),
            Self::Tls(stream, Farewell::Said) => Pin::new(stream).poll_shutdown(cx),
            Self::Tls(stream, Farewell::Left) => {
                ready!(Pin::new(&mut *stream).poll_flush(cx))?;
                Pin::new(stream.get_mut().0).poll_shutdown(cx)
            }
        }
    }
}
