//! Nobody waits for whoever asks for everything: calls go on beside it, and what is large comes in pages.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use ticketbooth::emulator::{AuthMode, Backwards, Emulator, Shift};
use ticketbooth::journal::{EventDetail, Missed};

use crate::admin::{answer, ask};
use crate::harness::Served;
use crate::journal::keeping;
use crate::kit::{self, alibaba, demo, raw};

const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";

/// Far more than an answer takes on a machine that is busy: it turns a server that hangs into a failure.
const PATIENCE: Duration = Duration::from_secs(60);

fn create(emulator: &Emulator) {
    assert_eq!(alibaba(emulator, "2022-01-01", "CreateTicket", &[("WorksId", WORK)]).0, 200);
}

/// Sends a request on a connection of its own, and gives the first line of the answer.
fn first_line(address: SocketAddr, line: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let head = "host: localhost\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: 0";
    stream.write_all(format!("{line} HTTP/1.1\r\n{head}\r\n\r\n").as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.lines().next().unwrap_or_default().to_owned()
}

/// The admin API is held in the middle of its work by as many requests as there are places for, and more; none of the
/// calls beside them is held up.
#[test]
fn calls_are_answered_while_every_place_for_long_work_is_taken() {
    const ASKED: usize = 80;
    let running = Served::on_thread(demo(AuthMode::Off));
    let sandbox = running.emulator.default_sandbox();
    let (release, released) = mpsc::channel::<()>();
    let (holding, held) = mpsc::channel();
    let call = format!("POST /?Action=CreateTicket&Version=2022-01-01&Format=JSON&WorksId={WORK}");
    thread::scope(|scope| {
        // Whoever changes the sandbox waits for its turn.
        scope.spawn(move || {
            sandbox.exchange_epoch(|_| {
                holding.send(Arc::strong_count(sandbox)).unwrap();
                let _ = released.recv();
            });
        });
        let idle = held.recv().unwrap();
        let resets: Vec<_> =
            (0..ASKED).map(|_| scope.spawn(|| first_line(running.address, "POST /_ticketbooth/reset"))).collect();
        while Arc::strong_count(sandbox) < idle + 2 {
            thread::yield_now();
        }
        for _ in 0..100 {
            assert_eq!(first_line(running.address, &call), "HTTP/1.1 200 OK");
            assert_eq!(first_line(running.address, "GET /_ticketbooth/health"), "HTTP/1.1 200 OK");
        }
        assert!(resets.iter().all(|reset| !reset.is_finished()));
        drop(release);
        for reset in resets {
            assert_eq!(reset.join().unwrap(), "HTTP/1.1 200 OK");
        }
    });
}

/// Every page of a list, until there is no cursor.
fn pages(emulator: &Emulator, path: &str, member: &str, mut between: impl FnMut()) -> Vec<Value> {
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        let (status, page) = ask(emulator, "GET", &format!("{path}{cursor}"), &Value::Null);
        assert_eq!(status, 200, "{page}");
        let listed = page[member].as_array().unwrap();
        assert!(listed.len() <= 10 && page["total"].as_u64().unwrap() >= listed.len() as u64, "{page}");
        all.extend(listed.iter().cloned());
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return all,
        }
        between();
    }
}

fn texts(list: &[Value], member: &str) -> Vec<String> {
    list.iter().map(|one| one[member].to_string()).collect()
}

#[test]
fn the_pages_of_a_list_are_the_whole_list_whatever_comes_meanwhile() {
    let emulator = demo(AuthMode::Off);
    for number in 0..35 {
        create(&emulator);
        if number % 7 == 0 {
            ask(&emulator, "POST", "/journal/mark", &json!({ "text": format!("mark {number}") }));
            emulator.default_sandbox().shift_clock(Shift::Advance(1), Backwards::Refused).unwrap();
        }
    }
    for (path, member, name) in [
        ("/tickets?", "tickets", "id"),
        ("/journal?kind=all&", "entries", "received"),
        ("/journal?kind=call&", "entries", "serial"),
        ("/journal?sandbox=*&kind=all&", "entries", "received"),
    ] {
        let (_, whole) = ask(&emulator, "GET", &format!("{path}limit=10000"), &Value::Null);
        assert_eq!(whole["next"], Value::Null);
        let whole = whole[member].as_array().unwrap();
        assert!(whole.len() >= 35, "{path}");
        let paged = pages(&emulator, &format!("{path}limit=10"), member, || create(&emulator));
        assert_eq!(texts(&paged, name), texts(whole, name), "{path}");
    }
}

#[test]
fn a_cursor_that_nobody_gave_out_and_a_limit_without_measure_are_refused() {
    let emulator = demo(AuthMode::Off);
    for path in ["/tickets", "/journal"] {
        for (query, word) in [
            ("limit=10001", "10000"),
            ("limit=-1", "digits"),
            ("cursor=", "`next`"),
            ("cursor=1.2.3.4.5", "`next`"),
            ("cursor=1.-2.3.4", "`next`"),
            ("cursor=99999999999999999999.0.0.0", "`next`"),
            ("cursor=1.2.nonsense", "`next`"),
        ] {
            let (status, problem) = ask(&emulator, "GET", &format!("{path}?{query}"), &Value::Null);
            let hint = problem["error"]["hint"].as_str().unwrap_or_default();
            assert!(status == 400 && hint.contains(word), "{path}?{query}: {status} {problem}");
        }
    }
}

/// The sum of what was seen is more than the journal keeps, so nobody can have looked at it again.
#[test]
fn whoever_waits_looks_at_new_calls_only() {
    let emulator = keeping(2);
    let headers = [("host", "localhost"), ("content-type", "application/json")];
    for question in [
        json!({ "on": "alibaba.CreateTicket", "where": { "WorksId": WORK }, "calls": { "at_least": 9 }, "within": "1h" }),
        json!({ "order": vec![json!({ "on": "alibaba.CreateTicket", "where": { "WorksId": WORK } }); 9], "within": "1h" }),
    ] {
        ask(&emulator, "DELETE", "/journal", &Value::Null);
        let request = raw("POST", "/_ticketbooth/verify", &headers, question.to_string().as_bytes());
        let ticketbooth::admin::Answer::Later(pending) = ticketbooth::admin::answer(&emulator, &request) else {
            panic!("it does not wait")
        };
        for _ in 0..8 {
            create(&emulator);
            assert!(pending.ask(&mut 0).is_none());
        }
        create(&emulator);
        let finding = kit::json(&pending.ask(&mut 0).unwrap());
        assert_eq!(finding["verdict"], "pass", "{finding}");
        assert_eq!(finding["evidence"].as_array().unwrap().len(), 9);
    }
}

#[test]
fn a_jump_past_many_ends_lists_a_thousand_of_them_and_counts_all() {
    const MANY: usize = 1_100;
    let emulator = demo(AuthMode::Off);
    (0..MANY).for_each(|_| create(&emulator));
    let feed = Arc::clone(&emulator.default_sandbox().epoch().feed);
    let before = feed.newest_id();
    let (_, moved) = ask(&emulator, "POST", "/clock", &json!({ "advance": "241m" }));
    assert_eq!((moved["transitions"].as_array().unwrap().len(), moved["total"].as_u64()), (1000, Some(MANY as u64)));
    // One for the clock and one for each ticket, whether there is room for it or not.
    assert_eq!(feed.newest_id(), before + 1 + MANY as u64);
    let (events, missed) = feed.events_since(before);
    assert_eq!((events.len(), missed), (1024, Missed::Some));
    assert!(events.iter().all(|event| matches!(event.what, EventDetail::Ticket { .. })));
    assert_eq!(events.last().map(|event| event.id), Some(feed.newest_id()));
}

#[test]
fn what_never_changes_is_made_once() {
    let emulator = demo(AuthMode::Off);
    for path in ["/openapi.json", "/schema/world.json", "/schema/scenario.json"] {
        let request = raw("GET", &format!("/_ticketbooth{path}"), &[("host", "localhost")], b"");
        let (one, two) = (answer(&emulator, &request).body, answer(&emulator, &request).body);
        assert!(!one.is_empty() && std::ptr::eq(one.as_ptr(), two.as_ptr()), "{path} is the same memory");
    }
}
