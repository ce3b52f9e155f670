//! One connection: which protocol it speaks, and its requests one after the other.
//!
//! HTTP/1, HTTP/2 and TLS share every port; the first bytes of a client tell which it is.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::Instant;

use super::context::ServerContext;
use super::crowd::Member;
use super::exchange::{Service, exchange_messages};
use super::limits::Guarded;
use super::opening::{Opening, TLS_HANDSHAKE, refuse_client, refuse_opening, wait_for_opening};
use super::peer::{DoorKind, Peer, Secured};
use super::presence::{Presence, Socket};
use super::raw::{self, Orders, Takeover};
use super::stop::{rarely, wait_for_stop};
use super::tls::{SecuredStream, TlsTerms};
use super::tunnel::{OPENED, TOO_EARLY};
use super::wire::{Farewell, Wire};
use crate::bounds::{HEAD, NOTED_TEXT, STREAMS, beginning_of};
use crate::call::Via;
use crate::emulator::{Emulator, Stray};

/// The rest between two pings that find out whether an HTTP/2 client is still there.
const PING_INTERVAL: Duration = Duration::from_secs(30);

/// Serves a connection to its end, which may be that room is needed for others.
pub(crate) async fn serve_connection(
    stream: TcpStream,
    kind: DoorKind,
    origin: Peer,
    shared: Arc<ServerContext>,
    member: Member,
    stopped: watch::Receiver<bool>,
) {
    let seat = Arc::clone(&member.seat);
    tokio::select! {
        biased;
        () = serve_member(stream, kind, origin, shared, member, stopped) => {}
        () = rarely(seat.told_to_leave()) => {}
    }
}

async fn serve_member(
    stream: TcpStream,
    kind: DoorKind,
    origin: Peer,
    shared: Arc<ServerContext>,
    member: Member,
    stopped: watch::Receiver<bool>,
) {
    let _held = shared.emulator.load.connections.hold(1);
    // Answers are written in one piece, so waiting for more to send only adds delay.
    let _ = stream.set_nodelay(true);
    let (socket, member) = (Arc::new(Socket::new(stream)), Arc::new(member));
    let mut stage = ConnectionStage { socket, kind, origin, shared, member, stopped };
    // What comes through a tunnel is a connection of its own, but that no other tunnel begins in it.
    while let Some(via) = stage.serve().await {
        if !stage.enter_tunnel(via).await {
            return;
        }
    }
}

/// A connection from its first byte on, or the inside of a tunnel.
struct ConnectionStage {
    socket: Arc<Socket>,
    kind: DoorKind,
    origin: Peer,
    shared: Arc<ServerContext>,
    member: Arc<Member>,
    stopped: watch::Receiver<bool>,
}

impl ConnectionStage {
    /// Serves it to its end, or to where a tunnel begins.
    async fn serve(&mut self) -> Option<Via> {
        let Self { socket, kind, origin, shared, member, stopped } = self;
        let limits = shared.limits;
        let deadline = Instant::now() + limits.opening;
        let opening = tokio::time::timeout_at(deadline, wait_for_opening(socket, stopped)).await.ok()??;
        let is_tls = opening == Opening::Tls;
        if let Some(refusal) = refuse_opening(shared, *kind, is_tls) {
            refuse_client(socket, refusal, deadline).await;
            return None;
        }
        let guarded = Guarded::new(Arc::clone(socket), limits.write);
        let (wire, is_http2) = match shared.tls.as_ref().filter(|_| is_tls) {
            None => (Wire::Plain(guarded), opening == Opening::Http2),
            Some(terms) => {
                let secured = shake_hands(terms, guarded, origin, deadline, &shared.emulator).await?;
                origin.secured = Some(Secured { host: secured.host });
                (Wire::Tls(secured.stream, Farewell::Said), secured.is_http2)
            }
        };
        let (io, socket) = (TokioIo::new(wire), Arc::clone(socket));
        let (origin, shared, member) = (origin.clone(), Arc::clone(shared), Arc::clone(member));
        let stopped = stopped.clone();
        if is_http2 {
            serve_http2(io, Service { origin, shared, member, presence: Presence::Carried, orders: None, stopped })
                .await;
            return None;
        }
        // A connection is taken over once at most, because it ends then.
        let orders = Arc::new(Orders::default());
        let presence = Presence::Watched(Arc::clone(&socket));
        let service = Service { origin, shared, member, presence, orders: Some(Arc::clone(&orders)), stopped };
        let (via, early) = serve_http1(io, service, &orders).await?;
        socket.put_back(&early);
        Some(via)
    }

    /// Tells the client that its tunnel is open, unless it has not waited for that.
    async fn enter_tunnel(&mut self, via: Via) -> bool {
        let mut guarded = Guarded::new(Arc::clone(&self.socket), self.shared.limits.write);
        if self.socket.first_ahead().is_some_and(|byte| byte != TLS_HANDSHAKE) {
            self.shared.emulator.note_stray_text(Stray::BadHttp, "bad HTTP: bytes before the answer to CONNECT");
            refuse_client(&self.socket, TOO_EARLY, Instant::now() + self.shared.limits.opening).await;
            return false;
        }
        self.origin.via = via;
        guarded.write_all(OPENED).await.is_ok()
    }
}

/// The connection with TLS, if the client agrees to one in time.
async fn shake_hands(
    terms: &TlsTerms,
    guarded: Guarded,
    origin: &Peer,
    deadline: Instant,
    emulator: &Emulator,
) -> Option<SecuredStream> {
    let ended = match tokio::time::timeout_at(deadline, terms.secure(guarded, origin)).await {
        Ok(Ok(secured)) => return Some(secured),
        Ok(Err(reason)) => reason,
        Err(_) => "it took too long".to_owned(),
    };
    // A client may have put anything into the place of a name.
    let ended = emulator.make_redactor().redact_text(beginning_of(&ended, NOTED_TEXT.most));
    emulator.note_stray_text(Stray::Handshake, &format!("a handshake of TLS came to no end: {ended}"));
    None
}

async fn serve_http2(io: TokioIo<Wire>, service: Service) {
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

/// Serves the connection to its end; else the tunnel that begins, with what was read of it already.
async fn serve_http1(io: TokioIo<Wire>, service: Service, orders: &Orders) -> Option<(Via, Bytes)> {
    let (limits, stopped, shared) = (service.shared.limits, service.stopped.clone(), Arc::clone(&service.shared));
    let service = Arc::new(service);
    let mut protocol = http1::Builder::new();
    protocol.timer(TokioTimer::new()).header_read_timeout(limits.head);
    protocol.half_close(true).max_buf_size(HEAD.most).keep_alive(!*stopped.borrow());
    let service = service_fn(move |request| exchange_messages(request, Arc::clone(&service)));
    let mut connection = protocol.serve_connection(io, service);
    let order = {
        let driven = drive_connection(Pin::new(&mut connection), http1::Connection::graceful_shutdown, stopped.clone());
        let mut driven = pin!(driven);
        let ended_or_ordered = poll_fn(|cx| match driven.as_mut().poll(cx) {
            Poll::Ready(ended) => Poll::Ready(Err(ended)),
            Poll::Pending => orders.take().map_or(Poll::Pending, |order| Poll::Ready(Ok(order))),
        });
        match ended_or_ordered.await {
            Ok(order) => order,
            Err(ended) => {
                note_bad_http(&shared.emulator, &ended);
                return None;
            }
        }
    };
    let taken = connection.into_parts();
    match order {
        Takeover::Damaged(answer) => {
            raw::send_damaged(taken.io.into_inner(), answer, &limits, stopped).await;
            None
        }
        Takeover::Tunnel(via) => Some((via, taken.read_buf)),
    }
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
        () = rarely(wait_for_stop(&mut stopped)) => finish(connection.as_mut()),
    }
    connection.await
}
