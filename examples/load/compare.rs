//! The emulator as a process, beside the servers that it is held against.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::rc::Rc;
use std::time::{Duration, Instant};

use crate::Calls;
use crate::drive::{Round, round};
use crate::process::Server;
use crate::sign::{Signer, Work};

/// The servers, in the order in which they take turns.
const NAMES: [&str; 3] = ["bare", "equal", "ticketbooth"];

/// Requests of the round that warms up and is not counted.
pub const WARM_UP: usize = 3_000;

/// What one server did in all rounds.
#[derive(Default)]
pub struct Column {
    pub rates: Vec<f64>,
    pub p50: Vec<f64>,
    pub p99: Vec<f64>,
    cpu_us: u64,
    requests: usize,
    pub errors: usize,
}

impl Column {
    pub fn take(&mut self, mut round: Round, cpu_us: u64) {
        round.latencies.sort_unstable();
        let count = round.latencies.len();
        let at = |share: f64| round.latencies.get((count as f64 * share) as usize).map_or(0.0, |us| f64::from(*us));
        self.rates.push(count as f64 / round.took.as_secs_f64());
        self.p50.push(at(0.5));
        self.p99.push(at(0.99));
        self.cpu_us += cpu_us;
        self.requests += count;
        self.errors += round.errors;
    }

    pub fn cpu(&self) -> f64 {
        self.cpu_us as f64 / self.requests.max(1) as f64
    }
}

pub fn median(numbers: &[f64]) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(0.0)
}

pub fn calls(wanted: &Calls) {
    println!("| work | conns | server | requests/s | CPU µs | p50 µs | p99 µs | errors | of bare | of equal |");
    println!("| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for connections in &wanted.connections {
        for work in Work::ALL.into_iter().filter(|work| wanted.work.iter().any(|name| name == work.name())) {
            compare(work, *connections, wanted);
        }
    }
}

fn compare(work: Work, connections: usize, wanted: &Calls) {
    let servers = NAMES.map(Server::start);
    let mut signers = servers.each_ref().map(|server| Signer::new(&server.address));
    let mut columns: [Column; 3] = Default::default();
    for turn in 0..=wanted.rounds {
        for ((server, signer), column) in servers.iter().zip(&mut signers).zip(&mut columns) {
            let count = if turn == 0 { WARM_UP } else { wanted.requests };
            let requests = Rc::new(requests(work, count, server, signer));
            let before = server.cpu_us();
            let round = round(&server.address, connections, &requests, work.mark(), None);
            if turn > 0 {
                column.take(round, server.cpu_us() - before);
            }
        }
    }
    let rate = columns.each_ref().map(|column| median(&column.rates));
    for ((name, column), own) in NAMES.iter().zip(&columns).zip(rate) {
        println!(
            "| {} | {connections} | {name} | {own:.0} | {:.1} | {:.0} | {:.0} | {} | {:.2} | {:.2} |",
            work.name(),
            column.cpu(),
            median(&column.p50),
            median(&column.p99),
            column.errors,
            own / rate[0],
            own / rate[1],
        );
    }
}

/// Signed beforehand. Each visit has a ticket of its own.
fn requests(work: Work, count: usize, server: &Server, signer: &mut Signer) -> Vec<Vec<u8>> {
    if work != Work::Visit {
        return (0..count).map(|_| signer.next(work, "")).collect();
    }
    let calls: Vec<Vec<u8>> = (0..count).map(|_| signer.next(Work::Acs3, "")).collect();
    let find = Some(("\"Result\":\"", "\""));
    let mut tickets = round(&server.address, 16, &Rc::new(calls), Work::Acs3.mark(), find).found;
    // The bare server gives none.
    tickets.resize(count, "0".repeat(32));
    tickets.iter().map(|ticket| signer.next(work, ticket)).collect()
}

pub fn memory() {
    const STEP: usize = 100_000;
    let server = Server::start("ticketbooth");
    let mut signer = Signer::new(&server.address);
    println!("memory   idle {} kB", server.rss_kb());
    let create = Rc::new(vec![signer.next(Work::Tc3, ""); STEP]);
    for step in 1..=10 {
        let round = round(&server.address, 64, &create, Work::Tc3.mark(), None);
        println!("memory   {:>7} tickets: {} kB, {} errors", step * STEP, server.rss_kb(), round.errors);
    }
    let other = Rc::new((0..STEP).map(|_| signer.next(Work::Visit, "0")).collect::<Vec<_>>());
    // The journal is full of these then, too.
    round(&server.address, 64, &other, "<html", None);
    let full = server.rss_kb();
    for _ in 0..10 {
        round(&server.address, 64, &other, "<html", None);
    }
    println!("memory   a million refused visits more: {:+} kB", server.rss_kb() - full);
    let started = Instant::now();
    let answer =
        ask(&server.address, "POST /_ticketbooth/reset", "Content-Type: application/json\r\nContent-Length: 0\r\n");
    println!("memory   reset answered {answer} after {:?}", started.elapsed());
    for second in 1..=10 {
        std::thread::sleep(Duration::from_secs(1));
        println!("memory   {second:>2} s after the reset: {} kB", server.rss_kb());
    }
}

/// The status of the answer to a request without a body.
pub fn ask(address: &str, line: &str, headers: &str) -> String {
    let asked = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect(address)?;
        write!(stream, "{line} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{headers}\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer.split(' ').nth(1).unwrap_or_default().to_owned())
    };
    asked().unwrap_or_else(|error| error.to_string())
}

pub fn cold() {
    const STARTS: usize = 20;
    let first_answer = |name: &str| {
        let started = Instant::now();
        let server = Server::start(name);
        ask(&server.address, "GET /_ticketbooth/health", "");
        started.elapsed().as_secs_f64() * 1e3
    };
    for name in ["bare", "ticketbooth"] {
        let starts: Vec<f64> = (0..STARTS).map(|_| first_answer(name)).collect();
        println!("cold     {name}: {:.1} ms to the first answer, median of {STARTS}", median(&starts));
    }
    let server = Server::start("ticketbooth");
    std::thread::sleep(Duration::from_secs(1));
    println!("cold     idle memory {} kB", server.rss_kb());
}
