//! The emulator after an attack: as it was before, in descriptors, connections and memory.
//!
//! It is a process of its own, which is asked the whole time how much it has; nothing else is waited for.

use std::fs;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::harness::Process;

/// What the emulator has of the system and of its own bounds.
#[derive(Clone, Copy, Debug)]
struct Footprint {
    descriptors: usize,
    memory_kib: usize,
    /// Connections, bodies and waiters, but for the connection that asks.
    held: u64,
}

/// As long as an emulator may take to be as before.
const PATIENCE: Duration = Duration::from_secs(10);

/// What memory may have grown by.
const GROWN_KIB: usize = 16 << 10;

fn say(server: &Process, request: impl AsRef<[u8]>) -> String {
    let mut stream = TcpStream::connect(server.authority()).unwrap();
    // A server that has seen enough may close before it has read all.
    let _ = stream.write_all(request.as_ref());
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

fn measure(server: &Process) -> Footprint {
    let answer = say(server, "GET /_ticketbooth/info HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
    let body: Value = serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap();
    let load = body["load"].as_array().unwrap().iter().filter(|row| row["of"] != "sandboxes");
    let status = fs::read_to_string(format!("/proc/{}/status", server.id())).unwrap();
    let memory = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    Footprint {
        descriptors: fs::read_dir(format!("/proc/{}/fd", server.id())).unwrap().count(),
        memory_kib: memory.trim().trim_end_matches(" kB").parse().unwrap(),
        held: load.map(|row| row["held"].as_u64().unwrap()).sum::<u64>() - 1,
    }
}

/// Asks until everything is as before, apart from some memory.
#[expect(clippy::disallowed_methods, reason = "what is promised is a time")]
fn assert_recovers(server: &Process, attack: &str, before: Footprint) {
    let began = Instant::now();
    loop {
        let now = measure(server);
        let is_as_before =
            now.descriptors <= before.descriptors && now.held == 0 && now.memory_kib <= before.memory_kib + GROWN_KIB;
        if is_as_before {
            return;
        }
        assert!(began.elapsed() < PATIENCE, "after {attack}: {before:?} has become {now:?}");
    }
}

const JSON: &str = "content-type: application/json\r\nconnection: close";

/// An unsigned call of this action.
fn call(action: &str) -> String {
    let body = format!("Action={action}&Version=2022-01-05&SecretId=x");
    let form = "content-type: application/x-www-form-urlencoded\r\nconnection: close";
    format!("POST / HTTP/1.1\r\nhost: h\r\n{form}\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

/// Opens connections that send this and are left as they are.
fn strand(server: &Process, count: usize, opening: &[u8]) -> Vec<TcpStream> {
    let open = |_| {
        let mut stream = TcpStream::connect(server.authority()).unwrap();
        let _ = stream.write_all(opening);
        stream
    };
    (0..count).map(open).collect()
}

type Attack = fn(&Process);

/// Each with what it does to an emulator that keeps too much.
const ATTACKS: &[(&str, Attack)] = &[
    ("unknown actions of nine megabytes", |server| {
        for sign in ["a", "\\", "%5c", "&amp;"].iter().cycle().take(4) {
            say(server, call(&sign.repeat((9 << 20) / sign.len())));
        }
    }),
    ("large bodies that nobody may send", |server| {
        for _ in 0..20 {
            let head = format!(
                "PUT /_ticketbooth/snapshot HTTP/1.1\r\nhost: evil.test\r\n{JSON}\r\ncontent-length: 66060288\r\n\r\n"
            );
            let mut request = head.into_bytes();
            request.resize(request.len() + (4 << 20), b'x');
            let mut stream = TcpStream::connect(server.authority()).unwrap();
            let _ = stream.write_all(&request);
            drop(stream);
        }
    }),
    ("half heads and half bodies", |server| {
        let half_body = format!(
            "POST /_ticketbooth/sandboxes HTTP/1.1\r\nhost: localhost\r\n{JSON}\r\ncontent-length: 1000\r\n\r\n{{"
        );
        let openings: [&[u8]; 4] = [b"", b"GET / HT", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", half_body.as_bytes()];
        let stranded: Vec<_> = openings.iter().map(|opening| strand(server, 100, opening)).collect();
        drop(stranded);
    }),
    ("listeners that leave", |server| {
        let listen = b"GET /_ticketbooth/events HTTP/1.1\r\nhost: localhost\r\n\r\n";
        for how in [Shutdown::Write, Shutdown::Both] {
            for stream in strand(server, 100, listen) {
                let _ = stream.shutdown(how);
            }
        }
    }),
    ("answers that nobody reads", |server| {
        let list = b"GET /_ticketbooth/openapi.json HTTP/1.1\r\nhost: localhost\r\n\r\n".repeat(20);
        drop(strand(server, 50, &list));
    }),
    ("requests that are no HTTP", |server| {
        for index in 0..200_u8 {
            let noise: Vec<u8> = (0..=u8::MAX).map(|byte| byte.wrapping_mul(index | 1).wrapping_add(index)).collect();
            say(server, noise);
        }
    }),
    ("a snapshot that is none", |server| {
        let head = format!(
            "PUT /_ticketbooth/snapshot HTTP/1.1\r\nhost: localhost\r\n{JSON}\r\ncontent-length: 41943040\r\n\r\n"
        );
        let mut request = head.into_bytes();
        request.resize(request.len() + (40 << 20), b'[');
        say(server, request);
    }),
];

#[test]
fn after_every_attack_the_emulator_is_as_before() {
    let server = Process::start(&["--journal-bytes", "1MiB"]);
    // The threads and buffers of a first round are there for good.
    for (_, attack) in ATTACKS {
        attack(&server);
    }
    std::iter::repeat_with(|| measure(&server)).find(|now| now.held == 0);
    let before = measure(&server);
    for (name, attack) in ATTACKS {
        attack(&server);
        assert_recovers(&server, name, before);
    }
}
