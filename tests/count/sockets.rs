//! Histories of real connections: many clients on few tickets, while the clock crosses their ends, rules are reloaded, and
//! sandboxes are reset and deleted. The checker decides each.
//!
//! With the feature `planted-race` a mistake is in the build, and the same test has to find it.
//! `TICKETBOOTH_HISTORY_ROUNDS` sets how many rounds there are; two without it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::Barrier;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use parking_lot::Mutex;
use serde_json::{Value, json};
use ticketbooth::emulator::{AuthMode, Emulator, Settings};
use ticketbooth::history::{Deed, Denial, Operation, Ruling, STATES, Start, Tally, Told, judge_history};
use ticketbooth::world::World;

use crate::export::judge_file;
use crate::harness::{Served, finish, ticketbooth};

const CLIENTS: usize = 64;
const TURNS: usize = 80;
/// The operations between two steps of trouble.
const PEACE: u64 = 256;
const TICKETS: usize = 4;
const USES: u64 = 5;
const MINUTES: i64 = 10;
const NOON: &str = "2026-01-05T00:00:00Z";
const NOON_UNIX: i64 = 1_767_571_200;
const WORK: &str = "a206f5f3-0000-4000-8000-e9b17c835b03";

/// Whether a mistake is in the build, which has to be found.
const PLANTED: bool = cfg!(feature = "planted-race");

/// The rules that come and go: some visits are refused by them, and the answers of others are lost.
const RULES: &str = r#"[
    { "id": "busy", "on": "alibaba.visit", "calls": { "every": 7 }, "then": { "error": "Authorize3rdTicket.NotExist" } },
    { "id": "lost", "on": "alibaba.visit", "calls": { "every": 11 }, "then": { "lose": "reply", "how": "close" } }
]"#;

/// One connection, which is made again when it was lost.
struct Client {
    address: SocketAddr,
    stream: Option<TcpStream>,
}

/// An answer: head and body.
struct Heard {
    head: String,
    body: String,
}

impl Heard {
    fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .find_map(|line| line.split_once(": ").filter(|(known, _)| *known == name))
            .map(|(_, value)| value)
    }

    fn status(&self) -> u16 {
        self.head[9..12].parse().unwrap()
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}\n{}", self.head, self.body))
    }
}

impl Client {
    fn new(address: SocketAddr) -> Self {
        Self { address, stream: None }
    }

    /// The answer; `None`: the connection was closed instead.
    fn ask(&mut self, method: &str, target: &str, body: &str) -> Option<Heard> {
        let stream = self.stream.get_or_insert_with(|| {
            let stream = TcpStream::connect(self.address).unwrap();
            stream.set_nodelay(true).unwrap();
            stream
        });
        let length = body.len();
        let kind = "content-type: application/json";
        let request = format!(
            "{method} {target} HTTP/1.1\r\nhost: 127.0.0.1\r\n{kind}\r\ncontent-length: {length}\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let heard = hear(stream);
        if heard.is_none() {
            self.stream = None;
        }
        heard
    }

    fn change(&mut self, method: &str, path: &str, body: &Value) -> Value {
        let heard = self.ask(method, &format!("/_ticketbooth{path}"), &body.to_string()).unwrap();
        assert!(heard.status() < 300, "{method} {path}: {} {}", heard.head, heard.body);
        heard.json()
    }
}

fn hear(stream: &mut TcpStream) -> Option<Heard> {
    let (mut answer, mut piece) = (Vec::new(), [0; 8192]);
    loop {
        let read = stream.read(&mut piece).unwrap_or(0);
        if read == 0 {
            return None;
        }
        answer.extend_from_slice(&piece[..read]);
        let Some(end) = answer.windows(4).position(|window| window == b"\r\n\r\n").map(|end| end + 4) else { continue };
        let head = String::from_utf8_lossy(&answer[..end]).into_owned();
        let length: usize =
            head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap().parse().unwrap();
        if answer.len() >= end + length {
            return Some(Heard { head, body: String::from_utf8_lossy(&answer[end..]).into_owned() });
        }
    }
}

/// A round: what is on offer, and what was heard.
struct Round {
    served: Served,
    sequence: AtomicU64,
    /// The key of the sandbox and its tickets now.
    offer: Mutex<(String, Vec<String>)>,
    heard: Mutex<Vec<Operation>>,
    /// The second of the clock from a number of the sequence on, and until when it may still have been seen.
    clock: Mutex<Vec<(i64, u64, u64)>>,
    operations: AtomicU64,
    /// How many steps of trouble there were.
    trouble: Mutex<u64>,
}

impl Round {
    fn new() -> Self {
        let emulator = Emulator::new(Settings { auth: AuthMode::Off, ..Settings::new(World::demo()) });
        let round = Self {
            served: Served::on_thread(emulator),
            sequence: AtomicU64::new(0),
            offer: Mutex::default(),
            heard: Mutex::default(),
            clock: Mutex::default(),
            operations: AtomicU64::new(0),
            trouble: Mutex::new(0),
        };
        let mut owner = Client::new(round.served.address);
        round.make_sandbox(&mut owner);
        round.make_tickets(&mut owner, "first");
        round
    }

    fn tick(&self) -> u64 {
        self.sequence.fetch_add(1, Ordering::SeqCst)
    }

    /// Notes that the clock showed this second from somewhere in the step that `act` is.
    fn set_clock(&self, second: i64, act: impl FnOnce()) {
        let begin = self.tick();
        self.clock.lock().push((second, begin, u64::MAX));
        act();
        let end = self.tick();
        let mut clock = self.clock.lock();
        let last = clock.len() - 1;
        if let Some(before) = last.checked_sub(1) {
            clock[before].2 = end;
        }
    }

    fn make_sandbox(&self, owner: &mut Client) {
        self.set_clock(NOON_UNIX, || {
            let wish = json!({ "name": "booth", "clock": format!("frozen@{NOON}"), "seed": 7 });
            let made = owner.change("POST", "/sandboxes", &wish);
            self.offer.lock().0 = made["alibaba"]["access_key_id"].as_str().unwrap().to_owned();
        });
    }

    fn note(&self, name: String, ticket: &str, begin: u64, deed: Deed, answer: Told) {
        // Also where a rule keeps the answer back: the connection is closed when all is done.
        let (ticket, end) = (ticket.to_owned(), Some(self.tick()));
        self.heard.lock().push(Operation { name, ticket, begin, end, times: Vec::new(), deed, answer });
    }

    fn make_tickets(&self, owner: &mut Client, name: &str) {
        let key = self.offer.lock().0.clone();
        let uses = USES.to_string();
        let mut made = Vec::new();
        for number in 0..TICKETS {
            let begin = self.tick();
            let minutes = MINUTES.to_string();
            let params = [("WorksId", WORK), ("TicketNum", &uses), ("ExpireTime", &minutes)];
            let heard = owner.ask("GET", &call_target(&key, "CreateTicket", &params), "").unwrap();
            let ticket = heard.json()["Result"].as_str().unwrap_or_else(|| panic!("{}", heard.body)).to_owned();
            let deed = Deed::Issue { uses: Some(USES), seconds: MINUTES * 60 };
            self.note(format!("{name} {number}"), &ticket, begin, deed, Told::Allowed(None));
            made.push(ticket);
        }
        self.offer.lock().1 = made;
    }

    /// The history with the seconds that each operation may have seen.
    fn to_history(&self) -> Vec<Operation> {
        let clock = self.clock.lock();
        let mut history = self.heard.lock().clone();
        for operation in &mut history {
            let end = operation.end.unwrap();
            let shown = clock.iter().filter(|(_, from, until)| *from <= end && operation.begin <= *until);
            operation.times = shown.map(|(second, ..)| *second).collect();
            operation.times.sort_unstable();
            operation.times.dedup();
        }
        history
    }
}

fn call_target(key: &str, action: &str, params: &[(&str, &str)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs([("Action", action), ("Version", "2022-01-01"), ("Format", "JSON"), ("AccessKeyId", key)]);
    query.extend_pairs(params);
    format!("/?{}", query.finish())
}

/// Numbers that look like chance and are the same in every run.
fn mix_bits(seed: u64) -> u64 {
    let mut bits = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

/// One operation of a client.
fn act(round: &Round, client: &mut Client, name: String, chance: u64) {
    let (key, tickets) = round.offer.lock().clone();
    let ticket = &tickets[(chance >> 32) as usize % TICKETS];
    let admin = |end: &str| format!("/_ticketbooth/tickets/{ticket}{end}?sandbox=booth");
    let call =
        |action, more: &[(&str, &str)]| call_target(&key, action, &[&[("Ticket", ticket.as_str())], more].concat());
    let begin = round.tick();
    let (deed, answer) = match chance % 200 {
        0..130 => {
            let link = format!("/token3rd/dashboard/view/pc.htm?pageId={WORK}&accessTicket={ticket}");
            (Deed::Visit, client.ask("GET", &link, "").map_or(Told::Nothing, |heard| told_by_page(&heard)))
        }
        130..145 => {
            let heard = client.ask("GET", &call("UpdateTicketNum", &[("TicketNum", "3")]), "").unwrap();
            (Deed::SetUses(3), told_by_call(&heard))
        }
        145..153 => {
            let heard = client.ask("GET", &call("DelayTicketExpireTime", &[("ExpireTime", "1")]), "").unwrap();
            (Deed::Extend { seconds: 60, ahead: None }, told_by_call(&heard))
        }
        153..170 => (Deed::Inspect, told_by_call(&client.ask("GET", &call("QueryTicketInfo", &[]), "").unwrap())),
        170..197 => (Deed::Show, told_by_admin(&client.ask("GET", &admin(""), "").unwrap())),
        197 => (Deed::ExpireByOrder, told_by_admin(&client.ask("POST", &admin("/expire"), "").unwrap())),
        198 => (Deed::RevokeByOrder, told_by_admin(&client.ask("DELETE", &admin(""), "").unwrap())),
        _ => (Deed::Revoke, told_by_call(&client.ask("GET", &call("DeleteTicket", &[]), "").unwrap())),
    };
    round.note(name, ticket, begin, deed, answer);
}

/// What happens to the whole sandbox, one thing after the other.
fn make_trouble(round: &Round, owner: &mut Client) {
    let mut steps = round.trouble.lock();
    *steps += 1;
    let name = format!("trouble {steps}");
    match *steps % 10 {
        1 | 4 => drop(owner.change("PUT", "/rules?sandbox=booth", &serde_json::from_str(RULES).unwrap())),
        2 => advance_clock(round, owner, 200),
        3 => advance_clock(round, owner, MINUTES * 60 - 201),
        5 => advance_clock(round, owner, 400),
        6 => drop(owner.change("PUT", "/rules?sandbox=booth", &json!([]))),
        7 => {
            forget_tickets(round, &name, || {
                drop(owner.change("POST", "/reset?sandbox=booth", &json!({ "what": ["tickets"] })))
            });
            round.make_tickets(owner, &name);
        }
        8 => {
            let mut whole = |round: &Round| {
                round.set_clock(NOON_UNIX, || drop(owner.change("POST", "/reset?sandbox=booth", &json!({}))));
            };
            forget_tickets(round, &name, || whole(round));
            round.make_tickets(owner, &name);
        }
        9 => advance_clock(round, owner, 30),
        _ => {
            forget_tickets(round, &name, || drop(owner.change("DELETE", "/sandboxes/booth", &json!({}))));
            round.make_sandbox(owner);
            round.make_tickets(owner, &name);
        }
    }
}

fn advance_clock(round: &Round, owner: &mut Client, seconds: i64) {
    let before = round.clock.lock().last().unwrap().0;
    round.set_clock(before + seconds, || {
        let told = owner.change("POST", "/clock?sandbox=booth", &json!({ "advance": format!("{seconds}s") }));
        let now: jiff::Timestamp = told["now"].as_str().unwrap_or_else(|| panic!("{told}")).parse().unwrap();
        assert_eq!(now.as_second(), before + seconds);
    });
}

/// Notes for every ticket that there ever was that `act` takes it away.
fn forget_tickets(round: &Round, name: &str, act: impl FnOnce()) {
    let begin = round.tick();
    act();
    let tickets: BTreeSet<String> = round.heard.lock().iter().map(|operation| operation.ticket.clone()).collect();
    for ticket in tickets {
        round.note(name.to_owned(), &ticket, begin, Deed::Forget, Told::Allowed(None));
    }
}

fn told_by_page(heard: &Heard) -> Told {
    if heard.header("x-ticketbooth-rule").is_some() {
        return Told::RefusedElsewhere;
    }
    match heard.header("x-ticketbooth-refusal").or(heard.header("x-ticketbooth-visit")) {
        Some("admitted") => Told::Allowed(None),
        Some("unknown-ticket") => Told::Refused(vec![Denial::Unknown]),
        Some("revoked") => Told::Refused(vec![Denial::Revoked]),
        Some("expired") => Told::Refused(vec![Denial::Expired]),
        Some("used-up") => Told::Refused(vec![Denial::UsedUp]),
        other => panic!("{other:?}: {}", heard.head),
    }
}

fn told_by_call(heard: &Heard) -> Told {
    let body = heard.json();
    match body["Code"].as_str() {
        None if body["Success"] == true => Told::Allowed(None),
        // A ticket that is revoked is gone for the vendor.
        Some("Authorize3rdTicket.NotExist") => Told::Refused(vec![Denial::Unknown, Denial::Revoked]),
        Some("Authorize3rdTicket.Expired") => Told::Refused(vec![Denial::Expired]),
        Some("InvalidAccessKeyId.NotFound") => Told::RefusedElsewhere,
        _ => panic!("{body}"),
    }
}

fn told_by_admin(heard: &Heard) -> Told {
    if heard.status() == 404 {
        return Told::Refused(vec![Denial::Unknown]);
    }
    let ticket = heard.json();
    let end: jiff::Timestamp = ticket["expires_at"].as_str().unwrap_or_else(|| panic!("{ticket}")).parse().unwrap();
    Told::Allowed(Some(Tally {
        used: ticket["uses"].as_u64().unwrap(),
        left: ticket["uses_left"].as_u64(),
        end: end.as_second(),
        revoked: ticket["status"] == "revoked",
    }))
}

/// A round of all clients, and how many steps of trouble it had.
fn record_round(seed: u64, turns: usize) -> (Round, u64) {
    let round = Round::new();
    let start = Barrier::new(CLIENTS);
    thread::scope(|scope| {
        for number in 0..CLIENTS {
            let (round, start) = (&round, &start);
            scope.spawn(move || {
                let mut client = Client::new(round.served.address);
                start.wait();
                for turn in 0..turns {
                    if round.operations.fetch_add(1, Ordering::SeqCst) % PEACE == PEACE - 1 {
                        make_trouble(round, &mut client);
                    }
                    let chance = mix_bits((seed << 32) + (number * turns + turn) as u64);
                    act(round, &mut client, format!("client {number} turn {turn}"), chance);
                }
            });
        }
    });
    let steps = *round.trouble.lock();
    (round, steps)
}

#[test]
fn histories_of_64_connections_are_explained() {
    let rounds = std::env::var("TICKETBOOTH_HISTORY_ROUNDS").map_or(2, |rounds| rounds.parse().unwrap());
    let (mut operations, mut answers, mut steps, mut caught) = (0, BTreeMap::new(), 0, Vec::new());
    for seed in 0..rounds {
        let (round, trouble) = record_round(seed, TURNS);
        let history = round.to_history();
        for Operation { deed, answer, .. } in &history {
            let answer = match answer {
                Told::Allowed(_) => ", done".to_owned(),
                told => told.to_string(),
            };
            *answers.entry(format!("{deed}{answer}")).or_insert(0) += 1;
        }
        operations += history.len();
        steps += trouble;
        match judge_history(&history, Start::Absent, STATES) {
            Ruling::Explained => {}
            Ruling::Contradicted(found) if PLANTED => caught.push(found.to_string()),
            Ruling::Contradicted(found) => panic!("round {seed}: {found}"),
            Ruling::Undecided(tickets) => panic!("round {seed}: too few states for {tickets:?}"),
        }
    }
    println!("sockets: {operations} operations in {rounds} rounds, {steps} steps of trouble");
    for (answer, count) in &answers {
        println!("  {answer}: {count}");
    }
    if PLANTED {
        let first = caught.first().expect("the mistake that was planted is not caught");
        println!("{} of {rounds} rounds are wrong; the first: {first}", caught.len());
    }
    // Nothing is proved by a history in which nothing happened.
    for ending in ["done", "refused: no use is left", "refused: it has expired", "refused: there is no such ticket"] {
        assert!(answers.contains_key(&format!("visit, {ending}")), "no visit was {ending}");
    }
}

/// What the same clients leave in the journals, written out, is decided as well.
#[test]
fn journals_of_64_connections_do_not_contradict_themselves() {
    let (round, _) = record_round(99, 4);
    let folder = tempfile::tempdir().unwrap();
    let (file, url) = (folder.path().join("journal.jsonl"), format!("http://{}", round.served.address));
    let (code, _, stderr) = finish(ticketbooth(&["journal", "export", file.to_str().unwrap(), "--url", &url]));
    assert_eq!(code, Some(0), "{stderr}");
    let (code, said) = judge_file(&file);
    println!("journals: {said}");
    assert_eq!(code, Some(if PLANTED { 6 } else { 0 }), "{said}");
}
