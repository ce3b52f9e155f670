//! The feed of a sandbox over a real socket.

use serde_json::{Value, json};
use ticketbooth::emulator::{Emulator, Settings};
use ticketbooth::http::{Addresses, Limits};
use ticketbooth::pipeline;
use ticketbooth::world::World;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use crate::admin::ask;
use crate::harness::{FREE, Served};
use crate::kit::{NOON, tencent_raw};

fn start() -> Served {
    let settings = Settings { clock: Some(NOON.parse().unwrap()), ..Settings::new(World::demo()) };
    Served::on_runtime(Emulator::new(settings), Addresses::only(FREE.parse().unwrap()), Limits::default())
}

/// A listener that has been told that it is listened to.
struct Listener(BufReader<TcpStream>);

impl Listener {
    async fn open(running: &Served, more: &str) -> Self {
        let mut stream = TcpStream::connect(running.address).await.unwrap();
        let request = format!("GET /_ticketbooth/events HTTP/1.1\r\nhost: localhost\r\n{more}\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut listener = Self(BufReader::new(stream));
        let head = listener.until("").await;
        assert!(head.starts_with("HTTP/1.1 200 OK"), "{head}");
        assert!(head.contains("content-type: text/event-stream"), "{head}");
        listener
    }

    /// The lines up to one that is `last`.
    async fn until(&mut self, last: &str) -> String {
        let mut text = String::new();
        loop {
            let mut line = String::new();
            assert_ne!(self.0.read_line(&mut line).await.unwrap(), 0, "the stream ended: {text}");
            if line.trim_end() == last {
                return text;
            }
            text.push_str(&line);
        }
    }

    /// The next event: its id, its name and what it carries.
    async fn event(&mut self) -> (u64, String, Value) {
        let (mut id, mut name) = (0, String::new());
        loop {
            let mut line = String::new();
            assert_ne!(self.0.read_line(&mut line).await.unwrap(), 0, "the stream ended");
            let line = line.trim_end();
            if let Some(text) = line.strip_prefix("id: ") {
                id = text.parse().unwrap();
            } else if let Some(text) = line.strip_prefix("event: ") {
                name = text.to_owned();
            } else if let Some(text) = line.strip_prefix("data: ") {
                return (id, name, serde_json::from_str(text).unwrap());
            }
        }
    }
}

fn refused_call(emulator: &Emulator) {
    pipeline::serve(emulator, tencent_raw("CreateEmbedToken", "{}"));
}

#[tokio::test]
async fn a_listener_hears_calls_and_moves_of_the_clock() {
    let running = start();
    let mut listener = Listener::open(&running, "").await;
    // The first sign of life: from here on nothing is missed.
    listener.until(": listening").await;
    refused_call(&running.emulator);
    let (first, name, call) = listener.event().await;
    assert_eq!(
        (name.as_str(), call["vendor"].as_str(), call["action"].as_str()),
        ("call", Some("tencent"), Some("CreateEmbedToken"))
    );
    assert_eq!(call["code"], "MissingParameter");
    ask(&running.emulator, "POST", "/clock", &json!({ "advance": "1h" }));
    let (second, name, clock) = listener.event().await;
    assert_eq!((name.as_str(), clock["at"].as_str()), ("clock", Some("2026-01-05T01:00:00Z")));
    assert_eq!(second, first + 1);
    let assume = json!({ "alibaba.time_zone": "utc" });
    ask(&running.emulator, "PATCH", "/assumptions", &json!({ "assume": assume }));
    let (_, name, choices) = listener.event().await;
    assert_eq!((name.as_str(), &choices["changed"]), ("assumptions", &assume));
    ask(&running.emulator, "POST", "/reset", &json!({ "what": ["journal"] }));
    let (_, name, reset) = listener.event().await;
    assert_eq!((name.as_str(), &reset["what"]), ("reset", &json!(["journal"])));
}

#[tokio::test]
async fn whoever_comes_back_gets_what_was_missed() {
    let running = start();
    for _ in 0..3 {
        refused_call(&running.emulator);
    }
    let mut listener = Listener::open(&running, "last-event-id: 1\r\n").await;
    assert_eq!(listener.event().await.0, 2);
    assert_eq!(listener.event().await.0, 3);
    // Whoever has heard an emulator that was here before gets everything of this one.
    let mut listener = Listener::open(&running, "last-event-id: 77\r\n").await;
    assert_eq!(listener.event().await.0, 1);
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    let request =
        "GET /_ticketbooth/events HTTP/1.1\r\nhost: localhost\r\nlast-event-id: x\r\nconnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 400 Bad Request"), "{answer}");
}

#[tokio::test]
async fn a_server_that_stops_ends_its_streams() {
    let mut running = start();
    let mut listener = Listener::open(&running, "").await;
    listener.until(": listening").await;
    running.stop();
    let mut rest = String::new();
    listener.0.read_to_string(&mut rest).await.unwrap();
    running.ended().await;
}
