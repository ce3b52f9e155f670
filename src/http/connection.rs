//! One connection: which protocol it speaks, and its requests one after the other.
//!
//! HTTP/1 and HTTP/2 without TLS share every port; a client of the latter says so in its first bytes.

use std::convert::Infallible;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::Instant;
use tracing::{Level, debug, enabled};

use super::limits::{Guarded, Limits};
use super::send::{Manner, Sent};
use super::waiting::Events;
use super::{receive, route, send, waiting};
use crate::admin::Answer;
use crate::emulator::Emulator;

/// What every HTTP/2 client with prior knowledge sends first.
const PREFACE: &[u8; 24] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// The rest between two pings that find out whether an HTTP/2 client is still there.
const PING_INTERVAL: Duration = Duration::from_secs(30);

/// What all connections of a server share.
pub(crate) struct Shared {
    pub emulator: Arc<Emulator>,
    pub limits: Limits,
}

/// Where a connection comes from.
pub(crate) struct Origin {
    /// The client's address without its port.
    pub client: String,
    /// The vendor whose own port it came in by.
    pub port_of: Option<&'static str>,
}

/// Done when the server is asked to stop.
pub(crate) async fn until(stopped: &mut watch::Receiver<bool>) {
    // An error means that the server itself is gone, which is a reason to stop as well.
    let _ = stopped.wait_for(|stop| *stop).await;
}

/// Serves a connection to its end.
pub(crate) async fn serve(
    mut stream: TcpStream,
    origin: Origin,
    shared: Arc<Shared>,
    mut stopped: watch::Receiver<bool>,
) {
    // Answers are written in one piece, so waiting for more to send only adds delay.
    let _ = stream.set_nodelay(true);
    let limits = shared.limits;
    let opening = tokio::select! {
        () = until(&mut stopped) => return,
        opening = tokio::time::timeout(limits.opening, read_opening(&mut stream)) => opening,
    };
    let Ok(Some(opening)) = opening else { return };
    let is_http2 = opening[..] == PREFACE[..];
    let io = TokioIo::new(Guarded::new(stream, opening, limits.write));
    let origin = Arc::new(origin);
    let stop = stopped.clone();
    let service = service_fn(move |request| exchange(request, Arc::clone(&origin), Arc::clone(&shared), stop.clone()));
    if is_http2 {
        let mut protocol = http2::Builder::new(TokioExecutor::new());
        protocol.timer(TokioTimer::new()).keep_alive_interval(PING_INTERVAL);
        drive(protocol.serve_connection(io, service), http2::Connection::graceful_shutdown, stopped).await;
    } else {
        let mut protocol = http1::Builder::new();
        protocol.timer(TokioTimer::new()).header_read_timeout(limits.head);
        drive(protocol.serve_connection(io, service), http1::Connection::graceful_shutdown, stopped).await;
    }
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
async fn drive<C: Future>(connection: C, finish: fn(Pin<&mut C>), mut stopped: watch::Receiver<bool>) {
    let mut connection = pin!(connection);
    tokio::select! {
        _ = connection.as_mut() => return,
        () = until(&mut stopped) => finish(connection.as_mut()),
    }
    let _ = connection.await;
}

/// Answers one request, whatever it is.
async fn exchange(
    request: Request<Incoming>,
    origin: Arc<Origin>,
    shared: Arc<Shared>,
    stopped: watch::Receiver<bool>,
) -> Result<Response<Sent>, Infallible> {
    let started = Instant::now();
    let emulator = Arc::clone(&shared.emulator);
    let manner = Manner::of(&request);
    let method = request.method().clone();
    // Never the query: it can hold signatures and tickets.
    let path = route::loggable(request.uri().path());
    let (answer, manner) = match receive::receive(request, &origin, &shared.limits).await {
        // What is left of a body that is too long may still be under way.
        Ok(raw) if raw.oversize => (route::answer(&shared.emulator, &raw), manner.closing()),
        Ok(raw) => (route::answer(&shared.emulator, &raw), manner),
        Err(unreadable) => (unreadable.reply().into(), manner.closing()),
    };
    let reply = match answer {
        Answer::Now(reply) => reply,
        Answer::Later(pending) => waiting::answered(&pending, stopped).await,
        Answer::Stream(listening) => return Ok(send::stream(Events::new(listening, stopped), &manner)),
    };
    if !enabled!(Level::DEBUG) {
        return Ok(send::response(reply, &manner));
    }
    // A client may have put its secret anywhere.
    let redactor = emulator.redactor();
    let (method, path) = (redactor.text(method.as_str()), redactor.text(&path));
    let duration_ms = (started.elapsed().as_secs_f64() * 1e6).round() / 1e3;
    debug!(%method, %path, status = reply.status, duration_ms, "{method} {path} answered with {}", reply.status);
    Ok(send::response(reply, &manner))
}
