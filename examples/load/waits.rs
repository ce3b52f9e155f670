//! Whether a client that does nothing but call is held up by somebody who asks for everything there is.

use std::io::{self, Read as _, Write as _};
use std::net::TcpStream;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::drive::round;
use crate::process::Server;
use crate::sign::{Signer, Work};

/// Tickets that are there while it is looked.
const TICKETS: usize = 1_000_000;

/// The rest between two calls of the client that is looked at.
const PACE: Duration = Duration::from_micros(500);

pub fn all() {
    let server = Server::start("ticketbooth");
    let address = server.address.as_str();
    let mut signer = Signer::new(address);
    let call = signer.next(Work::Tc3, "");
    fill(address, &call, TICKETS);
    println!("| beside | took ms | answer bytes | calls | p50 µs | p99 µs | longest ms |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    beside("nothing", address, &call, || {
        thread::sleep(Duration::from_secs(2));
        0
    });
    for path in
        ["/tickets", "/tickets?limit=10000", "/journal?limit=10000", "/journal?format=jsonl", "/metrics", "/snapshot"]
    {
        beside(&format!("GET {path}"), address, &call, || ask(address, "GET", path, ""));
    }
    let silent = "100 connections that each ask for 20 `/openapi.json` and read nothing";
    beside(silent, address, &call, || unread(address, 100));
    // The calls of the last five minutes are the newer half of the tickets; the others end.
    ask(address, "POST", "/clock", r#"{"advance":"30m"}"#);
    fill(address, &call, TICKETS / 2);
    beside("a jump of the clock past the ends of a million", address, &call, || {
        ask(address, "POST", "/clock", r#"{"advance":"211m"}"#)
    });
    beside("100 waiters of `verify`", address, &call, || waiters(address, 100));
    beside("reset", address, &call, || ask(address, "POST", "/reset", ""));
    let made = body(address, "POST", "/sandboxes", r#"{"name":"large"}"#);
    let key: serde_json::Value = serde_json::from_str(&made).expect("a sandbox is told as JSON");
    let text = |name: &str| key["tencent"][name].as_str().expect("a sandbox has a key").to_owned();
    let mut other = Signer::keyed(address, &text("secret_id"), &text("secret_key"));
    let of_other = other.next(Work::Tc3, "");
    fill(address, &of_other, TICKETS);
    beside("deletion of a sandbox", address, &call, || ask(address, "DELETE", "/sandboxes/large", ""));
}

fn fill(address: &str, call: &[u8], count: usize) {
    let calls = Rc::new(vec![call.to_vec(); 100_000]);
    for _ in 0..count / calls.len() {
        let round = round(address, 64, &calls, Work::Tc3.mark(), None);
        assert_eq!(round.errors, 0, "every call makes a ticket");
    }
}

/// Prints how long the calls of a client take while `act` does something, which gives the bytes that it got.
pub fn beside(name: &str, address: &str, call: &[u8], act: impl FnOnce() -> usize) {
    let ended = Arc::new(AtomicBool::new(false));
    let (address, call, its_end) = (address.to_owned(), call.to_vec(), Arc::clone(&ended));
    let client = thread::spawn(move || healthy(&address, &call, &its_end));
    thread::sleep(Duration::from_millis(200));
    let started = Instant::now();
    let bytes = act();
    let took = started.elapsed();
    // What is taken apart afterwards holds up nobody either.
    thread::sleep(Duration::from_millis(500));
    ended.store(true, Ordering::Relaxed);
    let mut latencies = client.join().expect("the client is answered");
    latencies.sort_unstable();
    let at = |share: usize| latencies[(latencies.len() - 1) * share / 100].as_micros();
    println!(
        "| {name} | {} | {bytes} | {} | {} | {} | {:.1} |",
        took.as_millis(),
        latencies.len(),
        at(50),
        at(99),
        at(100) as f64 / 1e3
    );
}

/// Calls one after the other until it is told to end.
fn healthy(address: &str, call: &[u8], ended: &AtomicBool) -> Vec<Duration> {
    let mut stream = TcpStream::connect(address).expect("the emulator listens");
    stream.set_nodelay(true).expect("a socket takes that");
    let (mut latencies, mut answer) = (Vec::new(), [0; 16 << 10]);
    while !ended.load(Ordering::Relaxed) {
        let sent = Instant::now();
        stream.write_all(call).expect("the emulator reads");
        let length = stream.read(&mut answer).expect("the emulator answers");
        latencies.push(sent.elapsed());
        assert!(answer[..length].starts_with(b"HTTP/1.1 200"), "a healthy client is answered");
        thread::sleep(PACE);
    }
    latencies
}

fn request(address: &str, method: &str, path: &str, body: &str) -> String {
    format!(
        "{method} /_ticketbooth{path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// A connection on which the request was sent.
fn sent(address: &str, request: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).expect("the emulator listens");
    stream.write_all(request.as_bytes()).expect("the emulator reads");
    stream
}

/// The bytes of the answer, which is a success.
fn ask(address: &str, method: &str, path: &str, body: &str) -> usize {
    let mut stream = sent(address, &request(address, method, path, body));
    let mut head = [0; 11];
    stream.read_exact(&mut head).expect("the emulator answers");
    assert!(head.starts_with(b"HTTP/1.1 20"), "{}", String::from_utf8_lossy(&head));
    let rest = io::copy(&mut stream, &mut io::sink()).expect("the emulator answers to the end");
    head.len() + usize::try_from(rest).expect("an answer fits into memory")
}

/// The body of the answer.
fn body(address: &str, method: &str, path: &str, body: &str) -> String {
    let answer = io::read_to_string(sent(address, &request(address, method, path, body)));
    let answer = answer.expect("the emulator answers");
    answer.split_once("\r\n\r\n").map_or_else(String::new, |(_, body)| body.to_owned())
}

/// Connections that ask and do not read; they are kept for a while.
fn unread(address: &str, count: usize) -> usize {
    let asked = request(address, "GET", "/openapi.json", "").replace("Connection: close\r\n", "").repeat(20);
    let connections: Vec<TcpStream> = (0..count).map(|_| sent(address, &asked)).collect();
    thread::sleep(Duration::from_secs(2));
    drop(connections);
    0
}

/// Connections that wait for calls which do not come.
fn waiters(address: &str, count: usize) -> usize {
    let question = r#"{"on":"tencent.CreateEmbedToken","where":{"ProjectId":"no such"},"within":"3s"}"#;
    let asked: Vec<_> = (0..count)
        .map(|_| {
            let address = address.to_owned();
            thread::spawn(move || ask(&address, "POST", "/verify", question))
        })
        .collect();
    asked.into_iter().map(|asked| asked.join().expect("a waiter is answered")).sum()
}
