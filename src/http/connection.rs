//! One connection: which protocol it speaks, and its requests one after the other.
//!
//! HTTP/1 and HTTP/2 without TLS share every port; a client of the latter says so in its first bytes.

use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Either;
use hyper::body::Incoming;
use hyper::header::{CONTENT_LENGTH, HeaderValue};
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper::{Method, Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio::sync::{mpsc, watch};
use tokio::time::Instant;
use tracing::{Level, debug, enabled};

use super::aside::Aside;
use super::limits::{Guarded, Limits};
use super::outgoing::{BrokenOff, Outgoing};
use super::raw::{self, DamagedAnswer};
use super::receive::Peer;
use super::send::{Manner, Sent};
use super::stop::wait_for_stop;
use super::waiting::Events;
use super::{receive, route, send, waiting};
use crate::admin::Answer;
use crate::call::{Departure, RawRequest};
use crate::emulator::{Emulator, wall_us};
use crate::reply::{Damage, Delivery, Loss, Pace, Reply};

/// The preface of an HTTP/2 client with prior knowledge.
const PREFACE: &[u8; 24] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// The rest between two pings that find out whether an HTTP/2 client is still there.
const PING_INTERVAL: Duration = Duration::from_secs(30);

/// The parts that all connections of a server share.
pub(crate) struct ServerContext {
    pub emulator: Arc<Emulator>,
    pub limits: Limits,
    pub aside: Aside,
    /// Connections that were accepted so far.
    pub connections: AtomicU64,
}

/// Serves a connection to its end.
pub(crate) async fn serve_connection(
    mut stream: TcpStream,
    origin: Peer,
    shared: Arc<ServerContext>,
    mut stopped: watch::Receiver<bool>,
) {
    // Answers are written in one piece, so waiting for more to send only adds delay.
    let _ = stream.set_nodelay(true);
    let limits = shared.limits;
    let opening = tokio::select! {
        () = wait_for_stop(&mut stopped) => return,
        opening = tokio::time::timeout(limits.opening, read_opening(&mut stream)) => opening,
    };
    let Ok(Some(opening)) = opening else { return };
    let is_http2 = opening[..] == PREFACE[..];
    let io = TokioIo::new(Guarded::new(stream, opening, limits.write));
    if is_http2 {
        serve_http2(io, Service { origin, shared, orders: None, stopped: stopped.clone() }, stopped).await;
    } else {
        serve_http1(io, origin, shared, stopped).await;
    }
}

async fn serve_http2(io: TokioIo<Guarded>, service: Service, stopped: watch::Receiver<bool>) {
    let mut protocol = http2::Builder::new(TokioExecutor::new());
    protocol.timer(TokioTimer::new()).keep_alive_interval(PING_INTERVAL);
    let service = Arc::new(service);
    let connection =
        protocol.serve_connection(io, service_fn(move |request| exchange_messages(request, Arc::clone(&service))));
    drive_connection(pin!(connection), http2::Connection::graceful_shutdown, stopped).await;
}

async fn serve_http1(io: TokioIo<Guarded>, origin: Peer, shared: Arc<ServerContext>, stopped: watch::Receiver<bool>) {
    let limits = shared.limits;
    // A connection is taken over once at most, because it ends then.
    let (orders, mut ordered) = mpsc::channel(1);
    let service = Arc::new(Service { origin, shared, orders: Some(orders), stopped: stopped.clone() });
    let mut protocol = http1::Builder::new();
    protocol.timer(TokioTimer::new()).header_read_timeout(limits.head);
    let service = service_fn(move |request| exchange_messages(request, Arc::clone(&service)));
    let mut connection = protocol.serve_connection(io, service);
    let order = tokio::select! {
        biased;
        () = drive_connection(Pin::new(&mut connection), http1::Connection::graceful_shutdown, stopped.clone()) => return,
        Some(order) = ordered.recv() => order,
    };
    let io = connection.into_parts().io.into_inner();
    raw::send_damaged(io, order, &limits, stopped).await;
}

/// The parts that all calls of a connection share.
struct Service {
    origin: Peer,
    shared: Arc<ServerContext>,
    /// Takes an answer that is to be written by hand, where the connection carries one call at a time.
    orders: Option<mpsc::Sender<DamagedAnswer>>,
    stopped: watch::Receiver<bool>,
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

/// Runs a connection to its end, and lets it end after the call in flight when the server stops.
///
/// How a connection failed is the client's business and is not logged: it went away, or it was too
/// slow, or what it sent was no HTTP and has been answered as such.
async fn drive_connection<C: Future>(
    mut connection: Pin<&mut C>,
    finish: fn(Pin<&mut C>),
    mut stopped: watch::Receiver<bool>,
) {
    tokio::select! {
        _ = connection.as_mut() => return,
        () = wait_for_stop(&mut stopped) => finish(connection.as_mut()),
    }
    let _ = connection.await;
}

/// Answers one request, whatever it is.
async fn exchange_messages(request: Request<Incoming>, service: Arc<Service>) -> Result<Response<Sent>, BrokenOff> {
    let Service { origin, shared, orders, stopped } = &*service;
    let started = Instant::now();
    let manner = Manner::of_request(&request);
    // Never the query: it can hold signatures and tickets.
    let line = || (request.method().clone(), route::loggable_path(request.uri().path()));
    let line = enabled!(Level::DEBUG).then(line);
    let (answer, manner, present) = match receive::receive_request(request, origin, &shared.limits).await {
        Ok(raw) => {
            let raw = Arc::new(raw);
            let present = Present(Some(raw.arrival.departure.clone()));
            // What is left of a body that is too long may still be under way.
            let manner = if raw.oversize { manner.closing() } else { manner };
            (answer_request(shared, raw).await, manner, present)
        }
        Err(unreadable) => (unreadable.to_reply().into(), manner.closing(), Present(None)),
    };
    let mut reply = match answer {
        Answer::Now(reply) => reply,
        Answer::Later(pending) => waiting::wait_for_reply(pending, &shared.aside, stopped.clone()).await,
        Answer::Stream(streaming) => {
            present.has_its_answer();
            return Ok(send::streaming_response(
                Events::new(streaming, shared.aside.clone(), stopped.clone()),
                &manner,
            ));
        }
    };
    let Delivery { delay, pace, damage } = std::mem::take(&mut reply.delivery);
    if !delay.is_zero() {
        // Nothing is held meanwhile, and a client that leaves ends this as well.
        tokio::time::sleep(delay).await;
    }
    if let Some((method, path)) = line {
        log_request(&shared.emulator, &method, &path, reply.status, started);
    }
    present.has_its_answer();
    match (damage, orders) {
        (None, _) => Ok(send::to_response(reply, &manner).map(|body| Either::Left(Outgoing::new(body, pace)))),
        (Some(damage), Some(orders)) => {
            let (head, body) = send::to_response(reply, &manner.closing()).into_parts();
            // The connection is taken over as soon as it has the order, and this is not gone on with.
            let _ = orders.send(DamagedAnswer { head, body, pace, damage }).await;
            std::future::pending().await
        }
        (Some(damage), None) => damage_response(send::to_response(reply, &manner), pace, damage, &shared.limits).await,
    }
}

/// Calls are answered in place. What people and tests ask may look at everything that is there, so it is answered
/// aside.
async fn answer_request(shared: &Arc<ServerContext>, raw: Arc<RawRequest>) -> Answer {
    if route::is_quick(&raw) {
        return route::answer_request(&shared.emulator, &raw);
    }
    let (emulator, path) = (Arc::clone(&shared.emulator), route::loggable_path(raw.path()));
    let answer = shared.aside.run_aside(move || route::answer_request(&emulator, &raw)).await;
    answer.unwrap_or_else(|| {
        Reply::new(
            503,
            "text/plain; charset=utf-8",
            format!("ticketbooth: {path} came too late, as the emulator ends\n"),
        )
        .into()
    })
}

/// A client that waits for its answer. Hyper lets go of the exchange, and so of this, when the client has left.
struct Present(Option<Departure>);

impl Present {
    fn has_its_answer(mut self) {
        self.0 = None;
    }
}

impl Drop for Present {
    fn drop(&mut self) {
        if let Some(departure) = &self.0 {
            departure.note_departure(wall_us());
        }
    }
}

/// One line for each exchange. A client may have put its secret anywhere, also into the path.
fn log_request(emulator: &Emulator, method: &Method, path: &str, status: u16, started: Instant) {
    let redactor = emulator.make_redactor();
    let (method, path) = (redactor.redact_text(method.as_str()), redactor.redact_text(path));
    let duration_ms = (started.elapsed().as_secs_f64() * 1e6).round() / 1e3;
    debug!(%method, %path, status, duration_ms, "{method} {path} answered with {status}");
}

/// A damaged answer on a connection that carries other calls as well: its stream is reset, at once or
/// where the damage begins. What HTTP/2 has no frame for is a reset as well.
async fn damage_response(
    response: Response<Bytes>,
    pace: Option<Pace>,
    damage: Damage,
    limits: &Limits,
) -> Result<Response<Sent>, BrokenOff> {
    match damage {
        Damage::Cut(length) => {
            let whole = response.body().len();
            let broken = |body: Bytes| Outgoing::new(body.slice(..length.min(whole)), pace).breaking_off();
            let mut response = response.map(|body| Either::Left(broken(body)));
            response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(whole));
            Ok(response)
        }
        Damage::Lost(Loss::Hang) => {
            tokio::time::sleep(limits.hang).await;
            Err(BrokenOff)
        }
        Damage::Lost(Loss::Reset | Loss::Close) | Damage::DuplicateHead | Damage::WrongLength | Damage::BadChunk => {
            Err(BrokenOff)
        }
    }
}
