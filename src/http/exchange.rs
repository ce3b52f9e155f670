//! One exchange of a connection: a request, its answer, and everything that is waited for between the two.

use std::future::Future;
use std::sync::Arc;

use bytes::Bytes;
use http_body_util::Either;
use hyper::body::Incoming;
use hyper::header::{CONTENT_LENGTH, HeaderValue};
use hyper::{Method, Request, Response};
use tokio::sync::watch;
use tokio::time::Instant;
use tracing::{Level, debug, enabled};

use super::body::BodyShare;
use super::context::ServerContext;
use super::crowd::Member;
use super::limits::Limits;
use super::outgoing::{BrokenOff, Outgoing};
use super::peer::Peer;
use super::presence::Presence;
use super::raw::{DamagedAnswer, Orders, Takeover};
use super::receive::Received;
use super::send::{Manner, Sent};
use super::waiting::{Events, StreamHolds};
use super::{receive, route, send, tunnel, waiting};
use crate::admin::{AdminError, Answer, Streaming};
use crate::call::{Departure, RawRequest};
use crate::emulator::{Emulator, Gauge, Share, wall_us};
use crate::reply::{Damage, Delivery, Loss, Pace, Reply};

/// The parts that all calls of a connection share.
pub(crate) struct Service {
    pub origin: Peer,
    pub shared: Arc<ServerContext>,
    pub member: Arc<Member>,
    pub presence: Presence,
    /// Takes the connection away from its library, where it carries one call at a time.
    pub orders: Option<Arc<Orders>>,
    pub stopped: watch::Receiver<bool>,
}

/// Answers one request, whatever it is.
pub(crate) async fn exchange_messages(
    request: Request<Incoming>,
    service: Arc<Service>,
) -> Result<Response<Sent>, BrokenOff> {
    match service.orders.as_ref().filter(|_| service.shared.emulator.proxy && request.method() == Method::CONNECT) {
        Some(orders) => answer_connect(&request, &service, orders).await,
        None => answer_message(request, service).await,
    }
}

/// Opens the tunnel that is asked for, which takes the connection, or refuses it.
async fn answer_connect(
    request: &Request<Incoming>,
    service: &Service,
    orders: &Orders,
) -> Result<Response<Sent>, BrokenOff> {
    let manner = Manner::of_request(request).closing();
    match tunnel::judge_connect(request, &service.origin, &service.shared) {
        Ok(via) => orders.take_over(Takeover::Tunnel(via)).await,
        Err(misled) => Ok(whole_response(misled.refuse(&service.shared.emulator), &manner)),
    }
}

async fn answer_message(request: Request<Incoming>, service: Arc<Service>) -> Result<Response<Sent>, BrokenOff> {
    let Service { origin, shared, member, presence, orders, stopped } = &*service;
    let manner = Manner::of_request(&request);
    // Never the query: it can hold signatures and tickets.
    let line = || (request.method().clone(), route::loggable_path(request.uri().path()), Instant::now());
    let line = enabled!(Level::DEBUG).then(line);
    let received = receive::receive_request(request, origin, shared).await;
    let _answering = member.begin_answer();
    let (answer, manner, present, _share) = match received {
        Ok(Received { raw, share }) => {
            let raw = Arc::new(raw);
            let present = Present(Some(raw.arrival.departure.clone()));
            // What is left of a body that is too long may still be under way.
            let manner = if raw.oversize { manner.closing() } else { manner };
            (answer_request(shared, raw).await, manner, present, share)
        }
        Err(refused) => (refused.into(), manner.closing(), Present(None), BodyShare::default()),
    };
    let mut reply = match answer {
        Answer::Now(reply) => reply,
        Answer::Later(pending) => match shared.emulator.load.waiters.hold(1) {
            None => overload_reply(&shared.emulator.load.waiters),
            Some(_held) => {
                let waiting = waiting::wait_for_reply(pending, &shared.aside, stopped.clone());
                while_present(presence, waiting).await?
            }
        },
        Answer::Stream(streaming) => {
            let Some(held) = hold_stream(&shared.emulator, &streaming) else {
                return Ok(whole_response(overload_reply(&shared.emulator.load.waiters), &manner));
            };
            present.has_its_answer();
            let holds = StreamHolds { _seat: member.begin_stream(), _waiter: held };
            let events = Events::new(streaming, shared.aside.clone(), stopped.clone(), presence.clone(), holds);
            return Ok(send::streaming_response(events, &manner));
        }
    };
    let Delivery { delay, pace, damage } = std::mem::take(&mut reply.delivery);
    if !delay.is_zero() {
        // Nothing is held meanwhile, and a client that leaves ends this as well.
        while_present(presence, tokio::time::sleep(delay)).await?;
    }
    if let Some((method, path, started)) = line {
        log_request(&shared.emulator, &method, &path, reply.status, started);
    }
    present.has_its_answer();
    match (damage, orders) {
        (None, _) => {
            let outgoing = |body| Either::Left(Outgoing::new(body, pace).watching(presence));
            Ok(send::to_response(reply, &manner).map(outgoing))
        }
        (Some(damage), Some(orders)) => {
            let (head, body) = send::to_response(reply, &manner.closing()).into_parts();
            orders.take_over(Takeover::Damaged(DamagedAnswer { head, body, pace, damage })).await
        }
        (Some(damage), None) => damage_response(send::to_response(reply, &manner), pace, damage, &shared.limits).await,
    }
}

/// What `work` gives, unless the client leaves before.
async fn while_present<T>(presence: &Presence, work: impl Future<Output = T>) -> Result<T, BrokenOff> {
    tokio::select! {
        biased;
        made = work => Ok(made),
        () = presence.client_gone() => Err(BrokenOff),
    }
}

fn whole_response(reply: Reply, manner: &Manner) -> Response<Sent> {
    send::to_response(reply, manner).map(|body| Either::Left(Outgoing::new(body, None)))
}

/// The place of a stream among those that wait for something to happen; `Some(None)`: it does not.
fn hold_stream(emulator: &Emulator, streaming: &Streaming) -> Option<Option<Share>> {
    match streaming {
        Streaming::Events(_) => emulator.load.waiters.hold(1).map(Some),
        Streaming::Pieces { .. } => Some(None),
    }
}

/// The answer where a bound is reached. Only what is asked of the admin API waits for something.
fn overload_reply(gauge: &Gauge) -> Reply {
    let message = format!("too many {}: at most {} {}", gauge.bound.of, gauge.most(), gauge.bound.unit);
    AdminError::new(503, "too_many", message, "try again when others are done")
        .to_reply()
        .with_header("retry-after", "1")
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
