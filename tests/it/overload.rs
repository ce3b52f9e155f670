//! Bounds that all clients share: what happens when one of them takes everything, and to the others meanwhile.
//!
//! Bounds are made small instead of clients many. Whatever is waited for is an answer of the server.

use std::future::Future;
use std::io::{Read as _, Write as _};
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use ticketbooth::bounds;
use ticketbooth::emulator::{AuthMode, Emulator, Guard, Settings};
use ticketbooth::http::{Addresses, Limits};
use ticketbooth::world::World;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::admin::ask;
use crate::faults::{frame, read_frame};
use crate::harness::{FREE, Served};
use crate::kit::{NOON, demo};
use crate::wire::read_all;

const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// Longer than any machine takes, for what would otherwise be waited for in vain.
const AT_MOST: Duration = Duration::from_secs(60);

fn serve(emulator: impl Into<Arc<Emulator>>, limits: Limits) -> Served {
    Served::on_runtime(emulator, Addresses::only(FREE.parse().unwrap()), limits)
}

async fn connect(served: &Served) -> TcpStream {
    TcpStream::connect(served.address).await.unwrap()
}

async fn send(served: &Served, bytes: impl AsRef<[u8]>) -> TcpStream {
    let mut stream = connect(served).await;
    stream.write_all(bytes.as_ref()).await.unwrap();
    stream
}

fn get(path: &str) -> String {
    format!("GET /_ticketbooth{path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
}

fn post(path: &str, announced: usize, body: &str) -> String {
    let json = "content-type: application/json\r\nconnection: close";
    format!(
        "POST /_ticketbooth{path} HTTP/1.1\r\nhost: localhost\r\n{json}\r\ncontent-length: {announced}\r\n\r\n{body}"
    )
}

/// The answer of a new connection.
async fn say(served: &Served, request: &str) -> String {
    read_all(&mut send(served, request).await).await
}

/// Asks again until the answer is as the test wants it, or fails.
async fn until<A, F: Future<Output = A>>(ask: impl Fn() -> F, test: impl Fn(&A) -> bool) -> A {
    let asking = async {
        loop {
            let answer = ask().await;
            if test(&answer) {
                return answer;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(AT_MOST, asking).await.expect("it never comes to pass")
}

#[tokio::test]
async fn a_crowd_of_idle_connections_makes_room_for_whoever_comes() {
    let served = serve(demo(AuthMode::Off), Limits { connections: 8, ..Limits::default() });
    let slow_body = post("/sandboxes", 100, "{");
    let idle: [&[u8]; 4] = [b"", b"GET / HT", &[PREFACE, &frame(4, 0, 0, &[])].concat(), slow_body.as_bytes()];
    let mut crowd = Vec::new();
    for round in 0..5 {
        for opening in idle.iter().cycle().take(12) {
            let mut stream = connect(&served).await;
            // One that had to go already is of no use to the crowd.
            let _ = stream.write_all(opening).await;
            crowd.push(stream);
        }
        let answer =
            tokio::time::timeout(AT_MOST, say(&served, &get("/health"))).await.expect("a healthy client waits");
        assert!(answer.starts_with("HTTP/1.1 200"), "round {round}: {answer}");
    }
    assert!(served.emulator.load.connections.held() <= 8);
    drop(crowd);
    until(async || served.emulator.load.connections.held(), |held| *held == 0).await;
}

#[tokio::test]
async fn whoever_is_being_answered_is_not_sent_away() {
    let emulator = Arc::new(demo(AuthMode::Off));
    let served = serve(Arc::clone(&emulator), Limits { connections: 3, ..Limits::default() });
    let question = json!({ "on": "tencent.*", "calls": { "at_least": 1 }, "within": "10m" }).to_string();
    let mut waiting = send(&served, post("/verify", question.len(), &question)).await;
    let mut events = send(&served, get("/events")).await;
    until(async || emulator.load.waiters.held(), |held| *held == 2).await;
    for _ in 0..10 {
        let _idle = connect(&served).await;
        assert!(say(&served, &get("/health")).await.starts_with("HTTP/1.1 200"));
    }
    crate::kit::tencent(&emulator, "CreateEmbedToken", &json!({ "ProjectId": 117, "PageId": 11520 }));
    assert!(read_all(&mut waiting).await.contains("\"pass\""));
    let mut told = String::new();
    while !told.contains("event: call") {
        let mut piece = [0; 1024];
        let read = events.read(&mut piece).await.unwrap();
        assert!(read > 0, "the listener was sent away");
        told.push_str(&String::from_utf8_lossy(&piece[..read]));
    }
}

#[tokio::test]
async fn a_client_is_told_how_many_streams_it_may_open() {
    const SETTINGS: u8 = 4;
    const MAX_CONCURRENT_STREAMS: u8 = 3;
    let served = serve(demo(AuthMode::Off), Limits::default());
    let mut stream = send(&served, [PREFACE, &frame(SETTINGS, 0, 0, &[])].concat()).await;
    let (kind, _, _, payload) = read_frame(&mut stream).await;
    assert_eq!(kind, SETTINGS);
    let most = payload.chunks(6).find(|setting| setting[1] == MAX_CONCURRENT_STREAMS).expect("it is told");
    assert_eq!(u32::from_be_bytes(most[2..].try_into().unwrap()) as usize, bounds::STREAMS.most);
}

#[tokio::test]
async fn too_many_listeners_are_refused_until_others_leave() {
    let served = serve(demo(AuthMode::Off), Limits { waiters: 2, ..Limits::default() });
    let waiters = &served.emulator.load.waiters;
    let listeners = [send(&served, get("/events")).await, send(&served, get("/events")).await];
    until(async || waiters.held(), |held| *held == 2).await;
    let question = json!({ "on": "tencent.*", "calls": 1, "within": "10m" }).to_string();
    for request in [get("/events"), post("/verify", question.len(), &question)] {
        let answer = say(&served, &request).await;
        assert!(answer.starts_with("HTTP/1.1 503") && answer.contains("at most 2 requests"), "{answer}");
    }
    assert_eq!(waiters.refused(), 2);
    let [first, _second] = listeners;
    drop(first);
    until(async || waiters.held(), |held| *held == 1).await;
    let _third = send(&served, get("/events")).await;
    until(async || waiters.held(), |held| *held == 2).await;
}

#[tokio::test]
async fn bodies_that_are_too_large_together_are_refused() {
    let served = serve(demo(AuthMode::Off), Limits { bodies_bytes: 1 << 20, ..Limits::default() });
    let bodies = &served.emulator.load.bodies;
    let half = "x".repeat(600 << 10);
    let first = send(&served, post("/sandboxes", 2 << 20, &half)).await;
    until(async || bodies.held(), |held| *held >= 600 << 10).await;
    let answer = say(&served, &post("/sandboxes", half.len(), &half)).await;
    assert!(answer.starts_with("HTTP/1.1 503") && answer.contains("too many large bodies"), "{answer}");
    let small = json!({ "text": "small" }).to_string();
    assert!(say(&served, &post("/journal/mark", small.len(), &small)).await.starts_with("HTTP/1.1 201"));
    drop(first);
    let again = async || say(&served, &post("/sandboxes", half.len(), &half)).await;
    until(again, |answer| answer.starts_with("HTTP/1.1 400")).await;
    until(async || bodies.held(), |held| *held == 0).await;
}

#[tokio::test]
async fn a_body_is_not_taken_in_of_whoever_may_not_ask() {
    let guard = Guard { token: Some("the-token".to_owned()), ..Guard::default() };
    let emulator = Emulator::new(Settings { guard, ..Settings::new(World::demo()) });
    // There is no room for any body at all.
    let served = serve(emulator, Limits { bodies_bytes: 0, ..Limits::default() });
    let body = "x".repeat(3 << 20);
    for (request, status) in [
        (post("/sandboxes", body.len(), &body), 401),
        (post("/nonsense", body.len(), &body), 401),
        (post("/sandboxes", body.len(), &body).replace("localhost", "evil.test"), 403),
        (
            post("/sandboxes", body.len(), &body)
                .replace("host: localhost", "host: localhost\r\nsec-fetch-site: cross-site"),
            403,
        ),
    ] {
        let answer = say(&served, &request).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{answer}");
    }
    assert_eq!(served.emulator.load.bodies.refused(), 0);
}

#[tokio::test]
async fn a_client_that_has_closed_its_half_is_answered() {
    let served = serve(demo(AuthMode::Off), Limits::default());
    let call = "GET /?Action=QueryTicketInfo&Version=2022-01-01&Format=JSON HTTP/1.1\r\nhost: h\r\n\r\n";
    for request in [get("/tickets"), get("/health"), get("/journal?format=jsonl"), call.to_owned()] {
        for _ in 0..50 {
            let mut stream = send(&served, &request).await;
            stream.shutdown().await.unwrap();
            let answer = read_all(&mut stream).await;
            assert!(answer.starts_with("HTTP/1.1 "), "{request}: {answer:?}");
        }
    }
}

/// A rule that lets every call of the vendor wait for ten minutes.
const SLOW: &str = "[{ on: alibaba.*, then: { delay: 10m } }]";

#[tokio::test]
async fn a_client_that_leaves_during_a_delay_is_let_go_whatever_it_sent_behind() {
    let settings = Settings { clock: Some(NOON.parse().unwrap()), auth: AuthMode::Off, ..Settings::new(World::demo()) };
    let rules = ticketbooth::rules::read_rules("rules", SLOW).unwrap();
    let served = serve(Emulator::new(Settings { rules, ..settings }), Limits::default());
    let call = "GET /?Action=QueryTicketInfo&Version=2022-01-01&Format=JSON HTTP/1.1\r\nhost: h\r\n\r\n";
    for behind in ["", "G", "GET / HTTP/1.1\r\n"] {
        let before = served.emulator.default_sandbox().epoch().journal.total_calls();
        let stream = send(&served, format!("{call}{behind}")).await;
        let calls = async || served.emulator.default_sandbox().epoch().journal.total_calls();
        until(calls, |calls| *calls > before).await;
        drop(stream);
        until(async || served.emulator.load.connections.held(), |held| *held == 0).await;
        let (_, entry) = ask(&served.emulator, "GET", "/journal/last", &Value::Null);
        assert!(entry.to_string().contains("\"client_left\":\"2"), "{behind:?}: {entry}");
    }
}

#[tokio::test]
async fn whoever_asked_before_the_server_was_told_to_stop_is_answered() {
    let mut served = serve(demo(AuthMode::Off), Limits::default());
    // The server runs on this very thread, so it has seen none of them when it is asked to stop.
    let request = get("/health").replace("connection: close\r\n", "");
    let asked = (0..100).map(|_| {
        let mut stream = std::net::TcpStream::connect(served.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        stream
    });
    let asked: Vec<_> = asked.collect();
    let _silent = std::net::TcpStream::connect(served.address).unwrap();
    served.stop();
    tokio::time::timeout(AT_MOST, served.ended()).await.expect("it ends");
    for mut stream in asked {
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer:?}");
    }
}

#[tokio::test]
async fn the_events_of_a_sandbox_end_with_it() {
    let served = serve(demo(AuthMode::Off), Limits::default());
    let emulator = &served.emulator;
    assert_eq!(ask(emulator, "POST", "/sandboxes", &json!({ "name": "short" })).0, 201);
    let mut events = send(&served, get("/events?sandbox=short")).await;
    let question = json!({ "on": "tencent.*", "calls": 1, "within": "10m" }).to_string();
    let mut waiting = send(&served, post("/verify?sandbox=short", question.len(), &question)).await;
    until(async || emulator.load.waiters.held(), |held| *held == 2).await;
    assert_eq!(ask(emulator, "DELETE", "/sandboxes/short", &Value::Null).0, 200);
    let ended = async { (read_all(&mut events).await, read_all(&mut waiting).await) };
    let (events, verdict) = tokio::time::timeout(AT_MOST, ended).await.expect("both end");
    assert!(events.starts_with("HTTP/1.1 200") && verdict.contains("\"fail\""), "{events}{verdict}");
}
