//! One connection: which protocol it speaks, and its requests one after the other.
//!
//! HTTP/1 and HTTP/2 without TLS share every port; a client of the latter says so in its first bytes.

use std::future::Future;
use std::mem::MaybeUninit;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::{mpsc, watch};

use super::context::{Peer, ServerContext};
use super::crowd::Member;
use super::exchange::{Service, exchange_messages};
use super::limits::Guarded;
use super::presence::{Presence, Socket};
use super::raw::{self, DamagedAnswer};
use super::stop::wait_for_stop;
use crate::bounds::{HEAD, STREAMS};
use crate::emulator::{Emulator, Stray};

/// The preface of an HTTP/2 client with prior knowledge.
const PREFACE: &[u8; 24] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// The first byte of a TLS client. No method of HTTP begins with it.
const TLS_HANDSHAKE: u8 = 0x16;

/// The answer to it.
const NO_TLS: &[u8] = b"HTTP/1.1 400 Bad Request\r\ncontent-type: text/plain\r\nconnection: close\r\n\r\n\
    ticketbooth: this port speaks plain http\n";

/// The rest between two pings that find out whether an HTTP/2 client is still there.
const PING_INTERVAL: Duration = Duration::from_secs(30);

/// Serves a connection to its end, which may be that room is needed for others.
pub(crate) async fn serve_connection(
    stream: TcpStream,
    origin: Peer,
    shared: Arc<ServerContext>,
    member: Member,
    stopped: watch::Receiver<bool>,
) {
    let seat = Arc::clone(&member.seat);
    tokio::select! {
        biased;
        () = serve_member(stream, origin, shared, member, stopped) => {}
        () = seat.told_to_leave() => {}
    }
}

async fn serve_member(
    mut stream: TcpStream,
    origin: Peer,
    shared: Arc<ServerContext>,
    member: Member,
    mut stopped: watch::Receiver<bool>,
) {
    let _held = shared.emulator.load.connections.hold(1);
    // Answers are written in one piece, so waiting for more to send only adds delay.
    let _ = stream.set_nodelay(true);
    let limits = shared.limits;
    let opening = tokio::time::timeout(limits.opening, async {
        tokio::select! {
            biased;
            opening = read_opening(&mut stream) => return opening,
            () = wait_for_stop(&mut stopped) => {}
        }
        // Whoever has sent something before the server was asked to stop gets an answer.
        if has_arrived(&stream) { read_opening(&mut stream).await } else { None }
    });
    let Ok(Some(opening)) = opening.await else { return };
    if opening.first() == Some(&TLS_HANDSHAKE) {
        let text = "a client spoke https to this port, which has no TLS: use http://, and the scheme `http` in its SDK";
        shared.emulator.note_stray_text(Stray::Tls, text);
        // Clients call what is no TLS a wrong version, which people know to mean just that.
        let _ = tokio::time::timeout(limits.write, stream.write_all(NO_TLS)).await;
        return;
    }
    let is_http2 = opening[..] == PREFACE[..];
    let socket = Arc::new(Socket::new(stream, opening));
    let io = TokioIo::new(Guarded::new(Arc::clone(&socket), limits.write));
    if is_http2 {
        let service = Service { origin, shared, member, presence: Presence::Carried, orders: None, stopped };
        serve_http2(io, service).await;
    } else {
        // A connection is taken over once at most, because it ends then.
        let (orders, ordered) = mpsc::channel(1);
        let presence = Presence::Watched(socket);
        serve_http1(io, Service { origin, shared, member, presence, orders: Some(orders), stopped }, ordered).await;
    }
}

async fn serve_http2(io: TokioIo<Guarded>, service: Service) {
    let mut protocol = http2::Builder::new(TokioExecutor::new());
    protocol.timer(TokioTimer::new()).keep_alive_interval(PING_INTERVAL);
    let (streams, head) = (u32::try_from(STREAMS.most).ok(), u32::try_from(HEAD.most).unwrap_or(u32::MAX));
    protocol.max_concurrent_streams(streams).max_header_list_size(head);
    let (stopped, shared) = (service.stopped.clone(), Arc::clone(&service.shared));
    let service = Arc::new(service);
    let connection =
        protocol.serve_connection(io, service_fn(move |request| exchange_messages(request, Arc::clone(&service))));
    let ended = drive_connection(pin!(connection), http2::Connection::graceful_shutdown, stopped).await;
    note_bad_http(&shared.emulator, &ended);
}

async fn serve_http1(io: TokioIo<Guarded>, service: Service, mut ordered: mpsc::Receiver<DamagedAnswer>) {
    let (limits, stopped, shared) = (service.shared.limits, service.stopped.clone(), Arc::clone(&service.shared));
    let service = Arc::new(service);
    let mut protocol = http1::Builder::new();
    protocol.timer(TokioTimer::new()).header_read_timeout(limits.head);
    protocol.half_close(true).max_buf_size(HEAD.most).keep_alive(!*stopped.borrow());
    let service = service_fn(move |request| exchange_messages(request, Arc::clone(&service)));
    let mut connection = protocol.serve_connection(io, service);
    let order = tokio::select! {
        biased;
        ended = drive_connection(Pin::new(&mut connection), http1::Connection::graceful_shutdown, stopped.clone()) => {
            return note_bad_http(&shared.emulator, &ended);
        }
        Some(order) = ordered.recv() => order,
    };
    let io = connection.into_parts().io.into_inner();
    raw::send_damaged(io, order, &limits, stopped).await;
}

/// The first bytes, as many as it takes to tell the protocols apart; `None` when nothing came.
async fn read_opening(stream: &mut TcpStream) -> Option<Bytes> {
    let mut bytes = [0; PREFACE.len()];
    let mut count = 0;
    while count < PREFACE.len() && bytes[..count] == PREFACE[..count] {
        match stream.read(&mut bytes[count..]).await {
            Ok(0) | Err(_) => break,
            Ok(more) => count += more,
        }
    }
    (count > 0).then(|| Bytes::copy_from_slice(&bytes[..count]))
}

/// Whether bytes of the client wait to be read.
fn has_arrived(stream: &TcpStream) -> bool {
    let mut byte = [MaybeUninit::uninit()];
    matches!(socket2::SockRef::from(stream).peek(&mut byte), Ok(1..))
}

/// Tells of a connection that ended because what came was no HTTP; it has been answered as such. That a client went away
/// or was too slow is its own business.
fn note_bad_http(emulator: &Emulator, ended: &hyper::Result<()>) {
    if let Err(error) = ended
        && error.is_parse()
    {
        // The library's words quote nothing that was sent.
        emulator.note_stray_text(Stray::BadHttp, &format!("bad HTTP: {error}"));
    }
}

/// Runs a connection to its end, and lets it end after the call in flight when the server stops.
async fn drive_connection<C: Future<Output = hyper::Result<()>>>(
    mut connection: Pin<&mut C>,
    finish: fn(Pin<&mut C>),
    mut stopped: watch::Receiver<bool>,
) -> hyper::Result<()> {
    tokio::select! {
        // First, so that a request that has arrived is taken for one before the connection is asked to end.
        biased;
        ended = connection.as_mut() => return ended,
        () = wait_for_stop(&mut stopped) => finish(connection.as_mut()),
    }
    connection.await
}
