//! What a journal keeps, what it lets go, and what a feed tells.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use bytes::Bytes;
use uuid::Uuid;

use ticketbooth::call::{Arrival, Headers, Params, RawRequest};
use ticketbooth::domain::{RequestId, Spelling, Timestamp};
use ticketbooth::journal::{Bounds, CallKind, CallRecord, EventDetail, Feed, Journal, Missed, News, Outcome};
use ticketbooth::reply::{Reply, Said};
use ticketbooth::trail::Trail;
use ticketbooth::world::World;

fn said(code: &str) -> Said {
    Said { code: code.into(), status: 400, message: String::new(), kind: None, class: None, why: None }
}

fn told(number: u128, body: usize, code: Option<&str>) -> CallRecord {
    CallRecord {
        request_id: RequestId::new(Uuid::from_u128(number), Spelling::Upper),
        at: Timestamp::from_unix(0),
        kind: CallKind::Call,
        vendor: "alibaba",
        sandbox: "default".into(),
        visitor: None,
        action: "CreateTicket".into(),
        counted: "CreateTicket",
        version: None,
        raw: Arc::new(RawRequest {
            method: "POST".into(),
            target: "/".into(),
            headers: Headers::default(),
            body: Bytes::from(vec![0; body]),
            oversize: false,
            authority: None,
            port_of: None,
            client: "127.0.0.1".into(),
            arrival: Arrival::default(),
        }),
        reply: Reply::new(200, "application/json", ""),
        params: Params::default(),
        outcome: code.map_or(Outcome::Success, |code| Outcome::Refused(said(code))),
        rule: None,
        rule_place: None,
        step: 0,
        mangled: None,
        changes: Vec::new(),
        notes: Vec::new(),
        named: None,
        trail: Trail::default(),
        world: Arc::new(World::demo()),
        received_us: 0,
        answered_us: 0,
        duration_us: 1,
    }
}

#[test]
fn the_oldest_go_first_and_counts_stay() {
    let journal = Journal::new(Bounds { entries: 3, bytes: usize::MAX });
    for number in 1..=5 {
        journal.record_call(told(number, 0, (number > 3).then_some("Some.Code")));
    }
    let extract = journal.extract();
    let serials: Vec<u64> = extract.entries.iter().map(|entry| entry.serial).collect();
    assert_eq!(serials, [3, 4, 5]);
    assert_eq!((extract.total, extract.dropped_calls()), (5, 2));
    assert_eq!(extract.counters.sum_where(|count| count.code.is_none()), 3);
    assert_eq!(extract.counters.sum_where(|count| count.code == Some("Some.Code")), 2);
    assert_eq!(journal.last_entry().unwrap().serial, 5);
}

#[test]
fn bytes_are_bounded_too() {
    let journal = Journal::new(Bounds { entries: usize::MAX, bytes: 10_000 });
    for number in 1..=5 {
        journal.record_call(told(number, 3_000, None));
    }
    assert_eq!(journal.extract().entries.len(), 2);
    journal.record_call(told(6, 100_000, None));
    assert_eq!(journal.extract().entries.len(), 0, "an entry beyond the bound is counted and not kept");
    assert_eq!(journal.extract().total, 6);
}

/// Counts how often it is woken.
#[derive(Default)]
struct Woken(AtomicUsize);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

#[test]
fn whoever_waits_is_woken_once_by_the_next_event() {
    let feed = Feed::default();
    let woken = Arc::new(Woken::default());
    let waker = Waker::from(Arc::clone(&woken));
    let context = Context::from_waker(&waker);
    assert_eq!(feed.poll_beyond(0, &context), Poll::Pending);
    assert_eq!(feed.poll_beyond(0, &context), Poll::Pending);
    let tell = || feed.publish(Timestamp::from_unix(1), EventDetail::Clock { frozen: true });
    tell();
    tell();
    assert_eq!(woken.0.load(Ordering::Relaxed), 1);
    assert_eq!(feed.poll_beyond(1, &context), Poll::Ready(News::Events));
    assert_eq!(feed.poll_beyond(2, &context), Poll::Pending);
}

#[test]
fn a_listener_learns_what_it_missed() {
    let feed = Feed::default();
    for _ in 0..2_000 {
        feed.publish(Timestamp::from_unix(1), EventDetail::Clock { frozen: true });
    }
    let (events, missed) = feed.events_since(1_990);
    assert_eq!((events.len(), missed), (10, Missed::Nothing));
    assert_eq!(feed.events_since(2_000), (Vec::new(), Missed::Nothing));
    assert_eq!(feed.events_since(3).1, Missed::Some);
}
