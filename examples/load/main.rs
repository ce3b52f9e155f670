//! What calls, tickets and sandboxes cost: `cargo run --profile measure --example load`.
//!
//! `calls` holds this emulator against a bare server and one of equal work, `memory` and `cold` look at a process of
//! its own, `waits` holds a client beside
//! what is large, `tls` holds TLS against plain HTTP, `inside` measures without sockets; all of them when nothing is said. Nothing here is a test: a
//! machine that is busy gives other numbers.

#![allow(clippy::disallowed_methods, reason = "a measurement reads the clock of the machine")]

mod compare;
mod drive;
mod inside;
mod process;
mod servers;
mod sign;
mod tls;
mod waits;

use clap::{Args, Parser, Subcommand};
use servers::Kind;
use sign::Work;

/// That of the program itself, for every server here.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Subcommand)]
enum What {
    /// Requests a second, CPU and latency, beside a bare server and one of equal work.
    Calls(Calls),
    /// Memory of a million tickets, of a million calls more, and after a reset.
    Memory,
    /// From the start of a process to its first answer, and its memory then.
    Cold,
    /// How long a client waits beside somebody who asks for everything, with a million tickets there.
    Waits,
    /// TLS beside plain HTTP: calls, handshakes, the start, and handshakes that stop half way.
    Tls(Tls),
    /// Without sockets.
    Inside,
    #[command(hide = true)]
    Bare,
    #[command(hide = true)]
    Equal,
    #[command(hide = true)]
    Ticketbooth,
    #[command(hide = true)]
    TicketboothTls,
}

#[derive(Args)]
struct Calls {
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Of each server in each round.
    #[arg(long, default_value_t = 30_000)]
    requests: usize,
    #[arg(long, value_delimiter = ',', default_value = "64,16")]
    connections: Vec<usize>,
    /// Some of `tc3`, `acs3`, `rpc` and `visit`.
    #[arg(long, value_delimiter = ',', default_value = "tc3,acs3,rpc,visit")]
    work: Vec<String>,
}

impl Default for Calls {
    fn default() -> Self {
        let work = Work::ALL.map(|work| work.name().to_owned()).to_vec();
        Self { rounds: 5, requests: 30_000, connections: vec![64, 16], work }
    }
}

#[derive(Args)]
struct Tls {
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Of each kind in each round.
    #[arg(long, default_value_t = 30_000)]
    requests: usize,
}

impl Default for Tls {
    fn default() -> Self {
        Self { rounds: 5, requests: 30_000 }
    }
}

fn main() {
    match Cli::parse().what {
        Some(What::Calls(calls)) => compare::calls(&calls),
        Some(What::Memory) => compare::memory(),
        Some(What::Cold) => compare::cold(),
        Some(What::Waits) => waits::all(),
        Some(What::Tls(tls)) => tls::all(tls.rounds, tls.requests),
        Some(What::Inside) => inside::all(),
        Some(What::Bare) => servers::serve(Kind::Bare),
        Some(What::Equal) => servers::serve(Kind::Equal),
        Some(What::Ticketbooth) => process::ticketbooth(&[]),
        Some(What::TicketboothTls) => process::ticketbooth(&["--tls"]),
        None => {
            compare::calls(&Calls::default());
            compare::memory();
            compare::cold();
            waits::all();
            tls::all(Tls::default().rounds, Tls::default().requests);
            inside::all();
        }
    }
}
