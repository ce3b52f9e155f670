//! The beginning of a connection: which protocol its first bytes tell, and the refusal of one that is not spoken here.

use std::io;
use std::mem::MaybeUninit;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::sync::watch;
use tokio::time::Instant;

use super::context::ServerContext;
use super::limits::Guarded;
use super::peer::DoorKind;
use super::presence::Socket;
use super::stop::wait_for_stop;
use crate::emulator::Stray;

/// The preface of an HTTP/2 client with prior knowledge.
const PREFACE: &[u8; 24] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// The first byte of a TLS client. No method of HTTP begins with it.
pub(super) const TLS_HANDSHAKE: u8 = 0x16;

/// The answer to it where there is no TLS.
const NO_TLS: &[u8] = b"HTTP/1.1 400 Bad Request\r\ncontent-type: text/plain\r\nconnection: close\r\n\r\n\
    ticketbooth: this port speaks plain http\n";

/// The answer to anything else on a port for nothing else.
const ONLY_TLS: &[u8] = b"HTTP/1.1 400 Bad Request\r\ncontent-type: text/plain\r\nconnection: close\r\n\r\n\
    ticketbooth: this port speaks only https\n";

/// The protocol of a connection, as its beginning tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    Tls,
    Http2,
    Http1,
}

/// `None`: nothing came, or the server stops before anything has.
pub(super) async fn wait_for_opening(socket: &Socket, stopped: &mut watch::Receiver<bool>) -> Option<Opening> {
    tokio::select! {
        biased;
        opening = read_opening(socket) => return opening,
        () = wait_for_stop(stopped) => {}
    }
    // Whoever has sent something before the server was asked to stop gets an answer.
    if has_arrived(socket) { read_opening(socket).await } else { None }
}

/// The protocol that the first bytes tell, which stay to be read; `None` when nothing came.
async fn read_opening(socket: &Socket) -> Option<Opening> {
    let mut bytes = [0; PREFACE.len()];
    let mut count = 0;
    while count < PREFACE.len() && bytes[..count] == PREFACE[..count] {
        match socket.read_some(&mut bytes[count..]).await {
            Ok(0) | Err(_) => break,
            Ok(more) => count += more,
        }
    }
    socket.put_back(&bytes[..count]);
    match bytes[..count].first()? {
        &TLS_HANDSHAKE => Some(Opening::Tls),
        _ if bytes == *PREFACE => Some(Opening::Http2),
        _ => Some(Opening::Http1),
    }
}

/// Whether bytes of the client wait to be read.
fn has_arrived(socket: &Socket) -> bool {
    let mut byte = [MaybeUninit::uninit()];
    let mut peek = || socket.with_stream(|stream| socket2::SockRef::from(&*stream).peek(&mut byte));
    socket.first_ahead().is_some() || matches!(peek(), Ok(1..))
}

/// The answer to a client whose first byte is not for this port.
pub(super) fn refuse_opening(shared: &ServerContext, kind: DoorKind, is_tls: bool) -> Option<&'static [u8]> {
    if is_tls && shared.tls.is_none() {
        let text = "a client spoke https to this port, which has no TLS: use http://, and the scheme `http` in its SDK, or \
                    start with --tls";
        shared.emulator.note_stray_text(Stray::Tls, text);
        // Clients call what is no TLS a wrong version, which people know to mean just that.
        return Some(NO_TLS);
    }
    (!is_tls && kind == DoorKind::OnlyTls).then(|| {
        shared.emulator.note_stray_text(Stray::BadHttp, "a client spoke plain http to a port that has only TLS");
        ONLY_TLS
    })
}

/// Tells a client that it is wrong here, and waits until it has read that: what it has sent and nobody reads would reset the
/// connection under the answer.
pub(super) async fn refuse_client(socket: &Arc<Socket>, refusal: &[u8], deadline: Instant) {
    let mut guarded = Guarded::new(Arc::clone(socket), Duration::MAX);
    let told = async {
        guarded.write_all(refusal).await?;
        guarded.shutdown().await?;
        let mut unread = [0; 1024];
        while socket.read_some(&mut unread).await? > 0 {}
        io::Result::Ok(())
    };
    // What becomes of it is the client's business.
    let _ = tokio::time::timeout_at(deadline, told).await;
}
