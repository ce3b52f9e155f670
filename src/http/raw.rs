//! Answers that no HTTP library would send, written by hand on a connection that is taken from it.
//!
//! Only HTTP/1 connections are taken: one of them carries one call at a time, so nobody else's answer
//! is hurt. After such an answer the connection ends. A client that leaves ends it at once.

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::header::{CONTENT_LENGTH, HeaderValue, TRANSFER_ENCODING};
use hyper::http::response::Parts;
use parking_lot::Mutex;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::sync::watch;

use super::limits::{Guarded, Limits};
use super::outgoing::Outgoing;
use super::stop::wait_for_stop;
use super::wire::Wire;
use crate::call::Via;
use crate::reply::{Damage, Loss, Pace};

/// Bytes that a wrong length announces beyond those that come.
const MISSING: usize = 16;

/// A damaged answer and everything that it takes to send it.
pub(crate) struct DamagedAnswer {
    pub head: Parts,
    /// Undamaged.
    pub body: Bytes,
    pub pace: Option<Pace>,
    pub damage: Damage,
}

/// The purpose for which a connection is taken from its library.
pub(crate) enum Takeover {
    Damaged(DamagedAnswer),
    /// A tunnel begins.
    Tunnel(Via),
}

/// The place of the order for a connection. Its exchange is polled by the connection itself, so whoever has polled that
/// looks here, and need not be woken.
#[derive(Default)]
pub(crate) struct Orders(Mutex<Option<Takeover>>);

impl Orders {
    /// Leaves the order. The connection is taken over then, and the exchange is not gone on with.
    pub(crate) async fn take_over<T>(&self, order: Takeover) -> T {
        *self.0.lock() = Some(order);
        std::future::pending().await
    }

    pub(crate) fn take(&self) -> Option<Takeover> {
        self.0.lock().take()
    }
}

/// Sends the answer with its damage, and ends the connection.
pub(crate) async fn send_damaged(io: Wire, order: DamagedAnswer, limits: &Limits, mut stopped: watch::Receiver<bool>) {
    let DamagedAnswer { mut head, body, pace, damage } = order;
    let (bytes, payload) = match damage {
        Damage::Lost(Loss::Reset) => return io.into_guarded().reset_connection(),
        Damage::Lost(Loss::Close) => return close_socket(io.into_guarded()).await,
        Damage::Lost(Loss::Hang) => {
            let (mut reading, _writing) = tokio::io::split(io.into_guarded());
            tokio::select! {
                () = wait_for_close(&mut reading) => {}
                () = wait_for_stop(&mut stopped) => {}
                () = tokio::time::sleep(limits.hang) => {}
            }
            return;
        }
        Damage::Cut(length) => {
            set_length(&mut head, body.len());
            (write_head(&head), body.slice(..length.min(body.len())))
        }
        Damage::DuplicateHead => {
            set_length(&mut head, body.len());
            (write_head(&head).repeat(2), body)
        }
        Damage::WrongLength => {
            set_length(&mut head, body.len() + MISSING);
            (write_head(&head), body)
        }
        Damage::BadChunk => {
            head.headers.remove(CONTENT_LENGTH);
            head.headers.insert(TRANSFER_ENCODING, HeaderValue::from_static("chunked"));
            (write_head(&head), write_chunks(&body))
        }
    };
    // What is cut off broke off, and everything else ends as its sender wanted it.
    let io = if matches!(damage, Damage::Cut(_)) { io.breaking_off() } else { io };
    let (mut reading, mut writing) = tokio::io::split(io);
    let sending = async {
        writing.write_all(&bytes).await?;
        let mut body = Outgoing::new(payload, pace);
        while let Some(Ok(frame)) = body.frame().await {
            if let Ok(piece) = frame.into_data() {
                writing.write_all(&piece).await?;
            }
        }
        writing.shutdown().await
    };
    // How the sending failed is the client's business: it went away, or it reads nothing.
    tokio::select! {
        _ = sending => {}
        () = wait_for_close(&mut reading) => {}
    }
}

async fn close_socket(mut io: Guarded) {
    // A client that is gone already has got what it was to get.
    let _ = io.shutdown().await;
}

/// Done when the client has left. What it sends meanwhile is for nobody.
async fn wait_for_close(reading: &mut (impl AsyncRead + Unpin)) {
    let mut unread = [0; 1024];
    while matches!(reading.read(&mut unread).await, Ok(1..)) {}
}

fn set_length(head: &mut Parts, length: usize) {
    head.headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
}

/// The head as it goes over the wire.
fn write_head(head: &Parts) -> Vec<u8> {
    let reason = head.status.canonical_reason().unwrap_or("");
    let mut bytes = format!("HTTP/1.1 {} {reason}\r\n", head.status.as_str()).into_bytes();
    for (name, value) in &head.headers {
        for piece in [name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"] {
            bytes.extend_from_slice(piece);
        }
    }
    bytes.extend_from_slice(b"\r\n");
    bytes
}

/// The first half of the body as a chunk, and what should be the length of the second one.
fn write_chunks(body: &Bytes) -> Bytes {
    let half = body.len().div_ceil(2);
    let mut bytes = Vec::with_capacity(half + 16);
    if half > 0 {
        bytes.extend_from_slice(format!("{half:x}\r\n").as_bytes());
        bytes.extend_from_slice(&body[..half]);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(b"no length\r\n");
    bytes.into()
}
