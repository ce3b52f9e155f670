//! The cost of TLS: connections that are kept beside plain ones, handshakes, the start, and clients that begin a handshake
//! and do not go on.

use std::io::Write as _;
use std::net::TcpStream;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::client::Resumption;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::task::JoinSet;
use tokio_rustls::TlsConnector;

use crate::compare::{Column, WARM_UP, ask, median};
use crate::drive::round_over;
use crate::process::Server;
use crate::sign::{Signer, Work};
use crate::waits::beside;

/// The host that clients name.
const HOST: &str = "bi.tencentcloudapi.com";

/// The emulator with TLS.
pub const SERVER: &str = "ticketbooth-tls";

pub fn all(rounds: usize, requests: usize) {
    kept_alive(rounds, requests);
    handshakes();
    starts();
    half_handshakes();
}

/// A client that trusts the server, and resumes nothing.
fn connector(server: &Server) -> TlsConnector {
    let mut roots = RootCertStore::empty();
    let root = CertificateDer::from_pem_slice(server.root.as_bytes()).expect("the server tells its root");
    roots.add(root).expect("it is a root");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = versions.expect("the provider has its versions").with_root_certificates(roots);
    let mut config = config.with_no_client_auth();
    config.resumption = Resumption::disabled();
    TlsConnector::from(Arc::new(config))
}

fn host() -> ServerName<'static> {
    ServerName::try_from(HOST).expect("it is a name")
}

/// The same calls on connections that stay open, by plain HTTP and by TLS in turns, at one port of one process.
fn kept_alive(rounds: usize, requests: usize) {
    let server = Server::start(SERVER);
    let connector = connector(&server);
    println!("| work | conns | by | requests/s | CPU µs | p50 µs | p99 µs | errors | of plain |");
    println!("| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    for connections in [64, 16] {
        let mut columns: [Column; 2] = Default::default();
        for turn in 0..=rounds {
            for (column, secured) in columns.iter_mut().zip([None, Some((&connector, host()))]) {
                let mut signer = Signer::new(HOST);
                let count = if turn == 0 { WARM_UP } else { requests };
                let calls = Rc::new((0..count).map(|_| signer.next(Work::Tc3, "")).collect());
                let before = server.cpu_us();
                let round = round_over(&server.address, secured, connections, &calls, Work::Tc3.mark(), None);
                if turn > 0 {
                    column.take(round, server.cpu_us() - before);
                }
            }
        }
        let plain = median(&columns[0].rates);
        for (by, column) in ["http", "TLS"].iter().zip(&columns) {
            let rate = median(&column.rates);
            println!(
                "| tc3 | {connections} | {by} | {rate:.0} | {:.1} | {:.0} | {:.0} | {} | {:.2} |",
                column.cpu(),
                median(&column.p50),
                median(&column.p99),
                column.errors,
                rate / plain
            );
        }
    }
}

/// Connections one after the other from so many clients, each with a whole handshake and one request, at a server that
/// has one core.
fn handshakes() {
    const CLIENTS: usize = 8;
    const EACH: usize = 500;
    let server = Server::start_under(SERVER, Some("taskset -c 0"));
    let (connector, address) = (connector(&server), server.address.clone());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
    let client = |connector: TlsConnector, address: String| async move {
        for _ in 0..EACH {
            let stream = tokio::net::TcpStream::connect(&address).await.expect("the emulator listens");
            let mut stream = connector.connect(host(), stream).await.expect("it is trusted");
            let request = format!("GET /_ticketbooth/health HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n");
            stream.write_all(request.as_bytes()).await.expect("the emulator reads");
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).await.expect("the emulator answers");
            assert!(answer.starts_with(b"HTTP/1.1 200"), "a connection is good for a request");
        }
    };
    let before = server.cpu_us();
    let started = Instant::now();
    runtime.block_on(async {
        let mut clients = JoinSet::new();
        for _ in 0..CLIENTS {
            clients.spawn(client(connector.clone(), address.clone()));
        }
        clients.join_all().await;
    });
    let (took, count) = (started.elapsed().as_secs_f64(), (CLIENTS * EACH) as f64);
    let cpu = (server.cpu_us() - before) as f64 / count;
    println!(
        "tls      {:.0} new handshakes a second on one core, each with a request; {cpu:.0} µs of CPU",
        count / took
    );
}

/// The time to the first answer, with TLS and without.
fn starts() {
    const STARTS: usize = 20;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
    let first_answer = |name: &str, is_secured: bool| {
        let started = Instant::now();
        let server = Server::start(name);
        if is_secured {
            runtime.block_on(async {
                let stream = tokio::net::TcpStream::connect(&server.address).await.expect("the emulator listens");
                let mut stream = connector(&server).connect(host(), stream).await.expect("it is trusted");
                let request = format!("GET /_ticketbooth/health HTTP/1.1\r\nHost: {HOST}\r\n\r\n");
                stream.write_all(request.as_bytes()).await.expect("the emulator reads");
                stream.read_u8().await.expect("the emulator answers");
            });
        } else {
            ask(&server.address, "GET /_ticketbooth/health", "");
        }
        started.elapsed().as_secs_f64() * 1e3
    };
    // In turns, so that what else happens on the machine happens to all of them.
    let kinds = [("ticketbooth", false), (SERVER, false), (SERVER, true)];
    let mut times: [Vec<f64>; 3] = Default::default();
    for _ in 0..STARTS {
        for (times, (name, is_secured)) in times.iter_mut().zip(kinds) {
            times.push(first_answer(name, is_secured));
        }
    }
    for ((name, is_secured), times) in kinds.into_iter().zip(&times) {
        let by = if is_secured { "https" } else { "http" };
        println!("cold     {name}: {:.1} ms to the first answer by {by}, median of {STARTS}", median(times));
    }
}

/// A client that calls while others begin a handshake, send a half of it and nothing more.
fn half_handshakes() {
    const HALF: &[u8] = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03";
    let server = Server::start(SERVER);
    let call = Signer::new(&server.address).next(Work::Tc3, "");
    println!("| beside | took ms | answer bytes | calls | p50 µs | p99 µs | longest ms |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    beside("1,000 half handshakes", &server.address, &call, || {
        let begun: Vec<TcpStream> = (0..1_000)
            .map(|_| {
                let mut stream = TcpStream::connect(&server.address).expect("the emulator listens");
                stream.write_all(HALF).expect("the emulator reads");
                stream
            })
            .collect();
        std::thread::sleep(Duration::from_secs(2));
        drop(begun);
        0
    });
}
