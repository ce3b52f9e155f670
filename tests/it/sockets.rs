//! What only real sockets can show: that a ticket of N uses opens exactly N pages, whoever runs.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use parking_lot::Mutex;
use serde_json::json;
use ticketbooth::emulator::{AuthMode, Emulator};

use crate::harness::Served;
use crate::kit::{alibaba, demo, tencent};

const VISITORS: usize = 64;
const ROUNDS: usize = 200;
const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";

/// One browser with one connection.
struct Visitor(TcpStream);

impl Visitor {
    /// Whether the page opened.
    fn visit(&mut self, path: &str) -> bool {
        // In one piece, or the kernel holds the second one back for its 40 ms.
        self.0.write_all(format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").as_bytes()).unwrap();
        let mut answer = Vec::new();
        let mut piece = [0; 8192];
        loop {
            let read = self.0.read(&mut piece).unwrap();
            assert!(read > 0, "the server closed in the middle of an answer");
            answer.extend_from_slice(&piece[..read]);
            if let Some(head) = whole_head(&answer) {
                return head.contains("x-ticketbooth-visit: admitted");
            }
        }
    }
}

/// The head of the answer, once the whole of its body is there.
fn whole_head(answer: &[u8]) -> Option<String> {
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let head = String::from_utf8_lossy(&answer[..end]).into_owned();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "))?;
    (answer.len() >= end + length.parse::<usize>().unwrap()).then_some(head)
}

fn alibaba_link(emulator: &Emulator, uses: usize) -> String {
    let params = [("WorksId", WORK), ("TicketNum", &uses.to_string())];
    let (_, body) = alibaba(emulator, "2022-01-01", "CreateTicket", &params);
    format!("/token3rd/dashboard/view/pc.htm?pageId={WORK}&accessTicket={}", body["Result"].as_str().unwrap())
}

fn tencent_link(emulator: &Emulator, uses: usize) -> String {
    let asked = json!({ "ProjectId": 117, "PageId": 11520, "TicketNum": uses });
    let response = tencent(emulator, "CreateEmbedToken", &asked);
    let token = response["Data"]["BIToken"].as_str().unwrap();
    format!("/page/embed?authType=strong&projectId=117&pageId=11520&scope=page&token={token}")
}

#[test]
fn a_ticket_of_n_uses_admits_exactly_n_of_64_visitors() {
    let running = Served::on_thread(demo(AuthMode::Off));
    let (start, done) = (Barrier::new(VISITORS + 1), Barrier::new(VISITORS + 1));
    let (link, admitted) = (Mutex::new(None::<String>), AtomicUsize::new(0));
    let mut rounds = 0;
    thread::scope(|scope| {
        for _ in 0..VISITORS {
            scope.spawn(|| {
                let mut visitor = Visitor(TcpStream::connect(running.address).unwrap());
                loop {
                    start.wait();
                    let Some(path) = link.lock().clone() else { return };
                    if visitor.visit(&path) {
                        admitted.fetch_add(1, Ordering::Relaxed);
                    }
                    done.wait();
                }
            });
        }
        for make in [alibaba_link, tencent_link] {
            for uses in [1, 2, 3, 10, 63] {
                for _ in 0..ROUNDS {
                    *link.lock() = Some(make(&running.emulator, uses));
                    start.wait();
                    done.wait();
                    assert_eq!(admitted.swap(0, Ordering::Relaxed), uses);
                    rounds += 1;
                }
            }
        }
        *link.lock() = None;
        start.wait();
    });
    println!("sockets: {rounds} rounds of {VISITORS} visitors");
}
