//! The wire: what a server does with the bytes of a connection, whatever their meaning.
//!
//! Every test speaks over a raw socket to a server in this process. None sleeps: a limit is tested
//! by making it short and reading until the server ends the connection.

use std::time::Duration;

use crate::harness::{FREE, Served};
use ticketbooth::cloud::vendors;
use ticketbooth::emulator::{Emulator, Settings};
use ticketbooth::http::{Addresses, BindError, Limits, Server};
use ticketbooth::world::World;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const HEALTH: &str = "GET /_ticketbooth/health HTTP/1.1\r\nhost: localhost\r\n";

fn start(limits: Limits) -> Served {
    let any = FREE.parse().unwrap();
    let of_vendors = vendors().iter().map(|vendor| (vendor.name, any)).collect();
    Served::on_runtime(
        Emulator::new(Settings::new(World::demo())),
        Addresses { of_vendors, ..Addresses::only(any) },
        limits,
    )
}

/// What a test of this file says to a server.
trait Talk {
    async fn connect(&self) -> TcpStream;
    async fn say(&self, request: impl AsRef<[u8]>) -> String;
    async fn assert_alive(&self);
}

impl Talk for Served {
    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    /// Everything that comes back on a new connection until the server closes it.
    async fn say(&self, request: impl AsRef<[u8]>) -> String {
        let mut stream = self.connect().await;
        stream.write_all(request.as_ref()).await.unwrap();
        read_all(&mut stream).await
    }

    async fn assert_alive(&self) {
        let answer = self.say(format!("{HEALTH}connection: close\r\n\r\n")).await;
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    }
}

pub async fn read_all(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    // A reset ends a connection as well as a close, and what came before it counts.
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

/// One answer of a connection that stays open: its head and its body.
async fn read_one(stream: &mut TcpStream) -> (String, String) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    let head = String::from_utf8(head).unwrap();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
    let mut body = vec![0; length.parse().unwrap()];
    stream.read_exact(&mut body).await.unwrap();
    (head, String::from_utf8(body).unwrap())
}

fn short(change: impl FnOnce(&mut Limits)) -> Limits {
    let mut limits = Limits::default();
    change(&mut limits);
    limits
}

const SOON: Duration = Duration::from_millis(50);

#[tokio::test]
async fn a_connection_carries_one_request_after_the_other() {
    let server = start(Limits::default());
    let mut stream = server.connect().await;
    for _ in 0..3 {
        stream.write_all(format!("{HEALTH}\r\n").as_bytes()).await.unwrap();
        let (head, body) = read_one(&mut stream).await;
        assert!(head.contains("\r\nconnection: keep-alive\r\n"), "{head}");
        assert_eq!(body, r#"{"status":"ok","version":"0.1.0"}"#);
    }
}

#[tokio::test]
async fn pipelined_requests_are_answered_in_order() {
    let server = start(Limits::default());
    let unknown = "GET /_ticketbooth/nothing HTTP/1.1\r\nhost: localhost\r\n\r\n";
    let answer = server.say(format!("{HEALTH}\r\n{unknown}{HEALTH}connection: close\r\n\r\n")).await;
    let statuses: Vec<&str> =
        answer.match_indices("HTTP/1.1 ").map(|(at, found)| &answer[at + found.len()..][..3]).collect();
    assert_eq!(statuses, ["200", "404", "200"]);
}

#[tokio::test]
async fn http_1_0_is_closed_unless_it_asks_to_stay() {
    let server = start(Limits::default());
    let answer = server.say("GET /_ticketbooth/health HTTP/1.0\r\n\r\n").await;
    assert!(answer.contains("\r\nconnection: close\r\n"), "{answer}");
    let mut stream = server.connect().await;
    for _ in 0..2 {
        stream.write_all(b"GET /_ticketbooth/health HTTP/1.0\r\nconnection: keep-alive\r\n\r\n").await.unwrap();
        let (head, _) = read_one(&mut stream).await;
        assert!(head.contains("\r\nconnection: keep-alive\r\n"), "{head}");
    }
}

#[tokio::test]
async fn a_chunked_body_is_read() {
    let server = start(Limits::default());
    let body = "5\r\nhello\r\n0\r\n\r\n";
    let answer = server.say(format!("{HEALTH}transfer-encoding: Chunked\r\nconnection: close\r\n\r\n{body}")).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
}

#[tokio::test]
async fn a_head_request_gets_the_length_and_no_body() {
    let server = start(Limits::default());
    let head = "HEAD /_ticketbooth/health HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    let answer = server.say(head).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.contains("\r\ncontent-length: 33\r\n") && answer.ends_with("\r\n\r\n"), "{answer}");
}

#[tokio::test]
async fn an_odd_host_is_nobodys_business() {
    let server = start(Limits::default());
    for host in ["http://127.0.0.1:4240", "", "a b", "\u{ff}"] {
        let answer =
            server.say(format!("GET /_ticketbooth/health HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n")).await;
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{host}: {answer}");
    }
}

#[tokio::test]
async fn an_absolute_target_means_its_path() {
    let server = start(Limits::default());
    let target = "http://bi.tencentcloudapi.com/_ticketbooth/health?x=1";
    let answer = server.say(format!("GET {target} HTTP/1.1\r\nconnection: close\r\n\r\n")).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
}

#[tokio::test]
async fn what_can_be_read_in_two_ways_is_refused_and_closed() {
    let server = start(Limits::default());
    let requests = [
        ("a second host", format!("{HEALTH}host: localhost\r\n\r\n")),
        ("an unknown coding", format!("{HEALTH}transfer-encoding: gzip\r\n\r\n")),
        ("two codings", format!("{HEALTH}transfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n")),
        (
            "a coding said twice",
            format!("{HEALTH}transfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n"),
        ),
        ("two lengths", format!("{HEALTH}content-length: 1\r\ncontent-length: 2\r\n\r\nab")),
        ("a tunnel", "CONNECT localhost:1 HTTP/1.1\r\nhost: localhost\r\n\r\n".to_owned()),
        ("a NUL in the target", "GET /\0 HTTP/1.1\r\nhost: localhost\r\n\r\n".to_owned()),
        ("no HTTP", "\0\0\0\0\r\n\r\n".to_owned()),
    ];
    for (what, request) in requests {
        // That `say` returns at all shows that the connection was closed.
        let answer = server.say(request).await;
        assert!(answer.starts_with("HTTP/1.1 400 Bad Request\r\n"), "{what}: {answer}");
        assert!(answer.contains("\r\nconnection: close\r\n"), "{what}: {answer}");
    }
    server.assert_alive().await;
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_answered_and_the_connection_closed() {
    let server = start(Limits::default());
    let size = 11 << 20;
    let mut request =
        format!("POST /_ticketbooth/sandboxes HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: {size}\r\n\r\n").into_bytes();
    request.resize(request.len() + size, b'x');
    let answer = server.say(request).await;
    assert!(answer.starts_with("HTTP/1.1 413 Payload Too Large\r\n"), "{answer}");
    assert!(answer.contains("\r\nconnection: close\r\n"), "{answer}");
    server.assert_alive().await;
}

#[tokio::test]
async fn a_client_that_says_nothing_is_let_go() {
    let server = start(short(|limits| limits.opening = SOON));
    assert_eq!(server.say("").await, "");
    assert_eq!(server.say("PRI * HT").await, "", "half a preface is no protocol yet");
}

#[tokio::test]
async fn a_head_that_never_ends_is_let_go() {
    let server = start(short(|limits| limits.head = SOON));
    let answer = server.say(HEALTH).await;
    assert!(!answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[tokio::test]
async fn a_body_that_never_comes_is_answered_with_a_timeout() {
    let server = start(short(|limits| limits.body = SOON));
    let answer = server.say(format!("{HEALTH}content-length: 5\r\n\r\nhel")).await;
    assert!(answer.starts_with("HTTP/1.1 408 Request Timeout\r\n"), "{answer}");
    server.assert_alive().await;
}

#[tokio::test]
async fn a_client_that_reads_nothing_is_let_go() {
    let server = start(short(|limits| {
        limits.write = SOON;
        limits.connections = 1;
    }));
    let mut deaf = server.connect().await;
    let requests = format!("{HEALTH}\r\n").repeat(64);
    // Answers pile up until the server gives the connection up, which ends the writing here.
    while deaf.write_all(requests.as_bytes()).await.is_ok() {}
    // With room for one connection only, this one is served because the other is gone.
    server.assert_alive().await;
}

#[tokio::test]
async fn connections_beyond_the_cap_wait_for_their_turn() {
    let server = start(short(|limits| limits.connections = 1));
    let mut first = server.connect().await;
    first.write_all(format!("{HEALTH}\r\n").as_bytes()).await.unwrap();
    read_one(&mut first).await;
    let mut second = server.connect().await;
    second.write_all(format!("{HEALTH}connection: close\r\n\r\n").as_bytes()).await.unwrap();
    drop(first);
    assert!(read_all(&mut second).await.starts_with("HTTP/1.1 200 OK\r\n"));
}

#[tokio::test]
async fn a_vendors_own_port_has_no_admin_api() {
    let server = start(Limits::default());
    assert_eq!(server.addresses.of_vendors.len(), 2);
    for (_, address) in &server.addresses.of_vendors {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(format!("{HEALTH}connection: close\r\n\r\n").as_bytes()).await.unwrap();
        let answer = read_all(&mut stream).await;
        assert!(answer.starts_with("HTTP/1.1 ") && !answer.contains(r#""status":"ok""#), "{answer}");
    }
}

#[tokio::test]
async fn http_2_with_prior_knowledge_is_understood_on_the_same_port() {
    let server = start(Limits::default());
    let mut stream = server.connect().await;
    // The preface comes in two pieces, as a slow network brings it.
    stream.write_all(b"PRI * HTTP/2.0\r\n").await.unwrap();
    stream.write_all(b"\r\nSM\r\n\r\n").await.unwrap();
    stream.write_all(&frame(SETTINGS, 0, 0, &[])).await.unwrap();
    stream.write_all(&frame(HEADERS, END_STREAM | END_HEADERS, 1, &get("/_ticketbooth/health"))).await.unwrap();
    let (mut status, mut body) = (None, Vec::new());
    loop {
        let (kind, flags, id, payload) = read_frame(&mut stream).await;
        match (kind, id) {
            (HEADERS, 1) => status = payload.first().copied(),
            (DATA, 1) => body.extend(payload),
            _ => {}
        }
        if id == 1 && flags & END_STREAM != 0 {
            break;
        }
    }
    assert_eq!(status, Some(0x88), "the first field is `:status: 200`, the eighth of the static table");
    assert_eq!(String::from_utf8(body).unwrap(), r#"{"status":"ok","version":"0.1.0"}"#);
}

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const SETTINGS: u8 = 4;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    [&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
}

/// A header block without Huffman coding: method and scheme from the static table, the rest in full.
fn get(path: &str) -> Vec<u8> {
    let literal = |name: u8, value: &str| [&[name, u8::try_from(value.len()).unwrap()], value.as_bytes()].concat();
    [vec![0x82, 0x86], literal(0x04, path), literal(0x01, "localhost")].concat()
}

async fn read_frame(stream: &mut TcpStream) -> (u8, u8, u32, Vec<u8>) {
    let mut head = [0; 9];
    stream.read_exact(&mut head).await.unwrap();
    let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
    let id = u32::from_be_bytes([head[5], head[6], head[7], head[8]]);
    let mut payload = vec![0; length as usize];
    stream.read_exact(&mut payload).await.unwrap();
    (head[3], head[4], id, payload)
}

#[tokio::test]
async fn a_stop_ends_idle_connections_and_closes_the_port() {
    let mut server = start(Limits::default());
    let mut idle = server.connect().await;
    idle.write_all(format!("{HEALTH}\r\n").as_bytes()).await.unwrap();
    read_one(&mut idle).await;
    let mut silent = server.connect().await;
    server.stop();
    server.ended().await;
    assert_eq!(read_all(&mut idle).await, "");
    assert_eq!(read_all(&mut silent).await, "");
    assert!(TcpStream::connect(server.addresses.listen).await.is_err());
}

#[tokio::test]
async fn a_call_in_flight_is_finished_after_the_stop() {
    let mut server = start(Limits::default());
    let mut stream = server.connect().await;
    // The server asks for the body once it has the call in its hands.
    let head = format!("{HEALTH}content-length: 5\r\nexpect: 100-continue\r\n\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut asked = [0; 25];
    stream.read_exact(&mut asked).await.unwrap();
    assert_eq!(&asked, b"HTTP/1.1 100 Continue\r\n\r\n");
    server.stop();
    stream.write_all(b"hello").await.unwrap();
    assert!(read_all(&mut stream).await.starts_with("HTTP/1.1 200 OK\r\n"));
    server.ended().await;
}

#[tokio::test]
async fn a_call_that_is_not_finished_in_time_is_dropped() {
    let mut server = start(short(|limits| limits.grace = SOON));
    let mut stream = server.connect().await;
    let head = format!("{HEALTH}content-length: 5\r\nexpect: 100-continue\r\n\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.read_exact(&mut [0; 25]).await.unwrap();
    server.stop();
    server.ended().await;
    assert_eq!(read_all(&mut stream).await, "");
}

#[tokio::test]
async fn a_port_that_is_taken_is_named() {
    let server = start(Limits::default());
    let taken = server.addresses.listen;
    assert!(matches!(Server::bind(Addresses::only(taken)), Err(BindError::Taken(named)) if named == taken));
}
