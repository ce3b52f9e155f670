//! What rules do to the wire, seen by a client that reads bytes and believes nothing.

use std::collections::VecDeque;
use std::io::ErrorKind;
use std::sync::Arc;
use std::time::Duration;

use ticketbooth::emulator::AuthMode;
use ticketbooth::http::{Addresses, Limits};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::bad_input::memory;
use crate::harness::{FREE, Served};
use crate::kit::{ruled, tickets};

const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";

fn start(rules: &str, limits: Limits) -> Served {
    Served::on_runtime(ruled(AuthMode::Off, rules), Addresses::only(FREE.parse().unwrap()), limits)
}

/// A server whose CreateTicket has this rule.
fn creating(then: &str) -> Served {
    start(&format!("[{{ id: r, on: alibaba.CreateTicket, then: {then} }}]"), Limits::default())
}

fn create() -> String {
    let target = format!("/?Action=CreateTicket&Version=2022-01-01&Format=JSON&WorksId={WORK}");
    format!("POST {target} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0\r\n\r\n")
}

/// How a connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Closed,
    Reset,
}

/// Calls of a test of this file.
trait Calls {
    async fn call(&self) -> TcpStream;
    async fn answer(&self) -> (String, End);
    fn tickets(&self) -> usize;
    fn connections(&self) -> usize;
}

impl Calls for Served {
    async fn call(&self) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(create().as_bytes()).await.unwrap();
        stream
    }

    /// Everything that comes for one call until the connection ends.
    async fn answer(&self) -> (String, End) {
        let mut stream = self.call().await;
        let mut bytes = Vec::new();
        let end = match stream.read_to_end(&mut bytes).await {
            Ok(_) => End::Closed,
            Err(error) if error.kind() == ErrorKind::ConnectionReset => End::Reset,
            Err(error) => panic!("{error}"),
        };
        (String::from_utf8(bytes).unwrap(), end)
    }

    /// How many tickets were ever made.
    fn tickets(&self) -> usize {
        tickets(&self.emulator)
    }

    /// Connections of the server that are open at this moment.
    fn connections(&self) -> usize {
        let table = std::fs::read_to_string("/proc/self/net/tcp").unwrap();
        let port = format!(":{:04X}", self.address.port());
        let open = table.lines().skip(1).filter(|line| {
            let mut fields = line.split_whitespace().skip(1);
            let (local, _, state) = (fields.next().unwrap(), fields.next(), fields.next().unwrap());
            // A listening socket, and one that only waits for late packets, is no connection of a process.
            local.ends_with(&port) && !["0A", "06"].contains(&state)
        });
        open.count()
    }
}

fn parts(answer: &str) -> (&str, &str) {
    answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no head: {answer:?}"))
}

fn length(head: &str) -> usize {
    let line = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    line.unwrap_or_else(|| panic!("no length: {head}")).parse().unwrap()
}

#[tokio::test]
async fn a_lost_call_ends_as_it_was_ordered() {
    for (lose, done) in [("request", 0), ("reply", 1)] {
        for (how, end) in [("reset", End::Reset), ("close", End::Closed)] {
            let server = creating(&format!("{{ lose: {lose}, how: {how} }}"));
            assert_eq!(server.answer().await, (String::new(), end), "{lose} {how}");
            assert_eq!(server.tickets(), done, "{lose} {how}");
        }
        let limits = Limits { hang: Duration::from_millis(50), ..Limits::default() };
        let server = start(&format!("[{{ id: r, on: alibaba.*, then: {{ lose: {lose}, how: hang }} }}]"), limits);
        assert_eq!(server.answer().await, (String::new(), End::Closed), "{lose} hang");
        assert_eq!(server.tickets(), done, "{lose} hang");
    }
}

#[tokio::test]
async fn a_client_that_hangs_is_let_go_when_the_server_stops() {
    let mut server = creating("{ lose: reply, how: hang }");
    let mut stream = server.call().await;
    settled(|| server.tickets() == 1).await;
    server.stop();
    server.ended().await;
    assert_eq!(stream.read(&mut [0; 1]).await.unwrap(), 0);
}

#[tokio::test]
async fn a_cut_answer_ends_after_so_many_bytes_of_its_body() {
    for bytes in [0, 40] {
        let server = creating(&format!("{{ cut: {bytes} }}"));
        let (answer, end) = server.answer().await;
        let (head, body) = parts(&answer);
        assert!(head.starts_with("HTTP/1.1 200 OK\r\n") && head.contains("x-ticketbooth-rule: r"), "{head}");
        assert_eq!((body.len(), end, server.tickets()), (bytes, End::Closed, 1));
        assert!(length(head) > 40, "{head}");
    }
}

#[tokio::test]
async fn a_dripping_answer_is_whole_and_its_connection_goes_on() {
    let server = creating("{ drip: { bytes: 16, every: 1ms } }");
    let mut stream = server.call().await;
    for _ in 0..2 {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.unwrap());
        }
        let mut body = vec![0; length(std::str::from_utf8(&head).unwrap())];
        stream.read_exact(&mut body).await.unwrap();
        serde_json::from_slice::<serde_json::Value>(&body).unwrap();
        stream.write_all(create().as_bytes()).await.unwrap();
    }
}

#[tokio::test]
async fn an_answer_before_a_damaged_one_on_the_same_connection_is_whole() {
    let server = start("[{ id: r, on: alibaba.CreateTicket, sequence: [proceed, { cut: 3 }] }]", Limits::default());
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(create().repeat(2).as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, rest) = parts(&answer);
    let (body, second) = rest.split_at(length(head));
    serde_json::from_str::<serde_json::Value>(body).unwrap();
    assert_eq!((parts(second).1, server.tickets()), ("{\"R", 2));
}

#[tokio::test]
async fn pieces_come_one_after_the_other() {
    // The second piece is a minute away, so what can be read now is the first one.
    let server = creating("{ drip: { bytes: 7, every: 60s } }");
    let mut stream = server.call().await;
    let mut answer = Vec::new();
    while !answer.windows(4).any(|window| window == b"\r\n\r\n") {
        answer.push(stream.read_u8().await.unwrap());
    }
    let mut piece = [0; 64];
    let mut read = 0;
    while read < 7 {
        read += stream.read(&mut piece[read..]).await.unwrap();
    }
    assert_eq!((read, piece[0]), (7, b'{'));
    assert!(matches!(stream.try_read(&mut piece), Err(error) if error.kind() == ErrorKind::WouldBlock));
}

#[tokio::test]
async fn a_delayed_answer_is_whole_and_later() {
    let server = creating("{ delay: 30ms }");
    let started = tokio::time::Instant::now();
    let mut stream = server.call().await;
    stream.read_u8().await.unwrap();
    assert!(started.elapsed() >= Duration::from_millis(30));
}

#[tokio::test]
async fn each_damage_of_the_frame_is_what_its_name_says() {
    let server = creating("{ mangle: duplicate_head }");
    let (answer, _) = server.answer().await;
    let (head, rest) = parts(&answer);
    assert!(rest.starts_with(head), "{answer}");
    assert_eq!(server.tickets(), 1);

    let server = creating("{ mangle: wrong_length }");
    let (answer, end) = server.answer().await;
    let (head, body) = parts(&answer);
    serde_json::from_str::<serde_json::Value>(body).unwrap();
    assert_eq!((length(head), end, server.tickets()), (body.len() + 16, End::Closed, 1));

    let server = creating("{ mangle: bad_chunk }");
    let (answer, end) = server.answer().await;
    let (head, body) = parts(&answer);
    assert!(head.contains("transfer-encoding: chunked") && !head.contains("content-length"), "{head}");
    assert!(body.ends_with("\r\nno length\r\n"), "{body}");
    assert_eq!((end, server.tickets()), (End::Closed, 1));
}

#[tokio::test]
async fn damages_combine() {
    let server = creating("{ delay: 5ms, drip: { bytes: 4, every: 1ms }, cut: 10, mangle: html_502 }");
    let (answer, end) = server.answer().await;
    let (head, body) = parts(&answer);
    assert!(head.starts_with("HTTP/1.1 502 Bad Gateway\r\n"), "{head}");
    assert_eq!((body, end), ("<html>\r\n<h", End::Closed));
}

#[tokio::test]
async fn an_answer_of_ones_own_travels_with_its_headers() {
    let server = creating("{ respond: { status: 299, headers: { X-A: b }, body: hello }, cut: 2 }");
    let (answer, _) = server.answer().await;
    let (head, body) = parts(&answer);
    assert!(head.starts_with("HTTP/1.1 299 \r\n") && head.contains("\r\nx-a: b\r\n"), "{head}");
    assert_eq!((body, server.tickets()), ("he", 0));
}

#[tokio::test]
async fn over_http_2_a_lost_answer_is_a_reset_stream_and_the_connection_goes_on() {
    const HEADERS: u8 = 1;
    const RST_STREAM: u8 = 3;
    let server = start(
        "[{ id: r, on: alibaba.CreateTicket, sequence: [{ lose: reply }, { cut: 5 }, { mangle: bad_chunk }, proceed] }]",
        Limits::default(),
    );
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").await.unwrap();
    stream.write_all(&frame(4, 0, 0, &[])).await.unwrap();
    let target = format!("/?Action=CreateTicket&Version=2022-01-01&Format=JSON&WorksId={WORK}");
    let literal = |name: u8, value: &str| [&[name, u8::try_from(value.len()).unwrap()], value.as_bytes()].concat();
    let mut seen = Vec::new();
    for id in [1, 3, 5, 7] {
        let block = [vec![0x83, 0x86], literal(0x04, &target), literal(0x01, "localhost")].concat();
        stream.write_all(&frame(HEADERS, 0x5, id, &block)).await.unwrap();
        let mut kinds = Vec::new();
        loop {
            let (kind, flags, of, payload) = read_frame(&mut stream).await;
            if of != id {
                continue;
            }
            kinds.push((kind, if kind == 0 { payload.len() } else { 0 }));
            if kind == RST_STREAM || flags & 1 != 0 {
                break;
            }
        }
        seen.push(kinds);
    }
    assert_eq!(seen[0], [(RST_STREAM, 0)]);
    assert_eq!(seen[1], [(HEADERS, 0), (0, 5), (RST_STREAM, 0)]);
    assert_eq!(seen[2], [(RST_STREAM, 0)]);
    assert_eq!(seen[3].first(), Some(&(HEADERS, 0)));
    assert_eq!(server.tickets(), 4);
}

pub fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    [&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
}

pub async fn read_frame(stream: &mut TcpStream) -> (u8, u8, u32, Vec<u8>) {
    let mut head = [0; 9];
    stream.read_exact(&mut head).await.unwrap();
    let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
    let mut payload = vec![0; length as usize];
    stream.read_exact(&mut payload).await.unwrap();
    (head[3], head[4], u32::from_be_bytes([head[5], head[6], head[7], head[8]]), payload)
}

/// Waits until something is so, for five seconds at most.
async fn settled(is_so: impl Fn() -> bool) {
    let waiting = async {
        while !is_so() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(5), waiting).await.expect("it comes to be so within 5 s");
}

/// Calls of which half of the clients leave without waiting for an answer that would never come.
const CALLS: usize = 10_000;
const CLIENTS: usize = 64;
/// Answers that a client waits for at a time before it leaves the oldest.
const PATIENT: usize = 2;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn faulted_calls_leave_no_tasks_and_no_sockets_behind() {
    storm().await;
}

/// Measures its own process, so it must run alone: the test below starts it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "measures its process and needs one of its own"]
async fn alone_faulted_calls_leave_memory_as_before() {
    let descriptors = || std::fs::read_dir("/proc/self/fd").unwrap().count();
    // The first storms are for everything that is made once, and for the holes of the allocator.
    storm().await;
    storm().await;
    let before = (memory("VmRSS:"), descriptors());
    storm().await;
    settled(|| descriptors() <= before.1).await;
    let kib = memory("VmRSS:").saturating_sub(before.0);
    println!("{CALLS} faulted calls: {kib} KiB more, {} file descriptors before and after", before.1);
    assert!(kib < 8 << 10, "{kib} KiB");
}

#[test]
fn faulted_calls_leave_memory_and_descriptors_as_before() {
    let alone = ["--exact", "faults::alone_faulted_calls_leave_memory_as_before", "--ignored", "--nocapture"];
    let output = std::process::Command::new(std::env::current_exe().unwrap()).args(alone).output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && told.contains("1 passed"), "{told}{}", String::from_utf8_lossy(&output.stderr));
    print!("{told}");
}

/// Ten thousand faulted calls, and the wait for the server to be as it was.
async fn storm() {
    let server = Arc::new(start(
        "- { id: leave, on: alibaba.visit, where: { id: leave }, repeat: cycle, sequence: [\n\
               { lose: reply, how: hang }, { delay: 10m }, { drip: { bytes: 1, every: 60s } },\n\
               { drip: { bytes: 1, every: 60s }, cut: 9 }, { delay: 10m, lose: request } ] }\n\
         - { id: stay, on: alibaba.visit, where: { id: stay }, repeat: cycle, sequence: [\n\
               { lose: reply }, { lose: request, how: close }, { cut: 9 }, { mangle: bad_chunk },\n\
               { mangle: wrong_length }, { mangle: duplicate_head } ] }\n",
        Limits::default(),
    ));
    let tasks = || tokio::runtime::Handle::current().metrics().num_alive_tasks();
    // The server has all of its own tasks once it has answered somebody.
    let visit = |word: &str| format!("GET /token3rd/report/view.htm?id={word} HTTP/1.1\r\nhost: h\r\n\r\n");
    let mut first = TcpStream::connect(server.address).await.unwrap();
    first.write_all(visit("nobody").as_bytes()).await.unwrap();
    first.read_u8().await.unwrap();
    drop(first);
    settled(|| server.connections() == 0).await;
    let before = tasks();
    let clients: Vec<_> = (0..CLIENTS)
        .map(|client| {
            let server = Arc::clone(&server);
            tokio::spawn(async move {
                let mut waiting = VecDeque::new();
                for call in 0..CALLS / CLIENTS {
                    let leaves = (client + call) % 2 == 0;
                    let mut stream = TcpStream::connect(server.address).await.unwrap();
                    stream.write_all(visit(if leaves { "leave" } else { "stay" }).as_bytes()).await.unwrap();
                    if leaves {
                        waiting.push_back(stream);
                    } else {
                        // A reset ends it as well as a close.
                        let _ = stream.read_to_end(&mut Vec::new()).await;
                    }
                    if waiting.len() > PATIENT {
                        waiting.pop_front();
                    }
                }
            })
        })
        .collect();
    for client in clients {
        client.await.unwrap();
    }
    settled(|| tasks() <= before && server.connections() == 0).await;
    let rules = server.emulator.default_sandbox().epoch().rules.all_stats();
    let [left, stayed] = [0, 1].map(|index| rules[index].hits);
    let half = (CALLS / CLIENTS * CLIENTS / 2) as u64;
    assert!(left > half / 2 && stayed == half, "{left} {stayed} of {half}");
}
