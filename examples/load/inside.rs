//! The emulator without sockets: what calls, tickets and sandboxes take.

use std::fs;
use std::time::{Duration, Instant};

use ticketbooth::cloud::client::{ClientCall, signed_request};
use ticketbooth::cloud::{Vendor, alibaba, tencent, vendor_named};
use ticketbooth::emulator::{Aspect, Backwards, Emulator, SandboxOptions as SandboxWish, Settings, Shift, wall_now};
use ticketbooth::pipeline;
use ticketbooth::world::World;

const HOST: &str = "127.0.0.1:4240";

pub fn all() {
    calls();
    sandboxes();
    tickets();
}

/// A million signed calls that leave no ticket behind: memory stays flat once the journal is full.
fn calls() {
    let emulator = Emulator::new(Settings::new(World::demo()));
    let vendor = vendor_named(tencent::NAME).expect("the vendor is there");
    let params = [("ProjectId", "117"), ("PageId", "11520"), ("BIToken", "00000000000000000000000000000000")];
    let mut sender = Sender::new(vendor, "ApplyEmbedInterval", &params);
    println!("calls    {:>9} rss {:>7} kB", 0, rss());
    let mut spent = Duration::ZERO;
    for hundred_thousand in 1..=10 {
        for _ in 0..100_000 {
            let raw = sender.next();
            let started = Instant::now();
            let reply = pipeline::serve(&emulator, &raw);
            spent += started.elapsed();
            assert_eq!(reply.status, 200);
        }
        println!("calls    {:>9} rss {:>7} kB", hundred_thousand * 100_000, rss());
    }
    println!("calls    {:.2} µs each, journal on, on one thread", spent.as_secs_f64());
}

/// A million tickets: what each takes, how long a jump of the clock and a reset are.
fn tickets() {
    let emulator = Emulator::new(Settings::new(World::demo()));
    let vendor = vendor_named(tencent::NAME).expect("the vendor is there");
    let before = rss();
    let mut sender = Sender::new(vendor, "CreateEmbedToken", &[("ProjectId", "117"), ("PageId", "11520")]);
    for _ in 0..1_000_000 {
        pipeline::serve(&emulator, sender.next());
    }
    let sandbox = emulator.default_sandbox();
    println!(
        "tickets  {} B each, the journal's share in it",
        rss().saturating_sub(before) * 1024 / sandbox.epoch().state.tickets.count()
    );
    let started = Instant::now();
    let moved = sandbox.shift_clock(Shift::Advance(241 * 60), Backwards::Refused).expect("forwards is allowed");
    println!("tickets  a jump that ends {} of them: {:?}", moved.transitions.len(), started.elapsed());
    drop(moved);
    let started = Instant::now();
    sandbox.reset_aspects(Aspect::ALL);
    println!("tickets  a reset of all of them: {:?}", started.elapsed());
}

/// Ten thousand sandboxes.
fn sandboxes() {
    let emulator = Emulator::new(Settings::new(World::demo()));
    let before = rss();
    let started = Instant::now();
    let names: Vec<_> = (0..10_000)
        .map(|_| emulator.create_sandbox(SandboxWish::default()).expect("names are given by number").sandbox.id())
        .collect();
    println!("sandbox  {:?} and {} B each", started.elapsed() / 10_000, rss().saturating_sub(before) * 1024 / 10_000);
    let started = Instant::now();
    for name in &names {
        emulator.remove_sandbox(name);
    }
    println!("sandbox  taken away in {:?} each", started.elapsed() / 10_000);
    let vendor = vendor_named(alibaba::NAME).expect("the vendor is there");
    let mut sender = Sender::new(vendor, "QueryTicketInfo", &[("Ticket", "x")]);
    assert_eq!(pipeline::serve(&emulator, sender.next()).status, 400);
}

/// Makes signed calls, each with a nonce of its own.
struct Sender<'a> {
    vendor: &'a Vendor,
    action: &'a str,
    params: Vec<(String, String)>,
    sent: u64,
}

impl<'a> Sender<'a> {
    fn new(vendor: &'a Vendor, action: &'a str, params: &[(&str, &str)]) -> Self {
        let params = params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self { vendor, action, params, sent: 0 }
    }

    fn next(&mut self) -> ticketbooth::call::RawRequest {
        self.sent += 1;
        let mut wish =
            ClientCall::new(self.vendor, self.action, HOST, wall_now().unix_seconds(), self.sent.to_string());
        wish.params = self.params.clone();
        signed_request(self.vendor, &wish)
    }
}

/// Memory of this process, in kB; 0 where the system does not tell.
fn rss() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}
