//! A lean client: so many connections that stay open, each with one request under way.

use std::cell::{Cell, RefCell};
use std::io;
use std::rc::Rc;
use std::time::{Duration, Instant};

use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::LocalSet;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// What came of a round.
#[derive(Debug, Default)]
pub struct Round {
    pub took: Duration,
    /// Microseconds of each answer.
    pub latencies: Vec<u32>,
    /// Answers that were no success.
    pub errors: usize,
    /// What stands between these two texts in each answer, where that was asked for.
    pub found: Vec<String>,
}

/// Sends each request once.
pub fn round(
    address: &str,
    connections: usize,
    requests: &Rc<Vec<Vec<u8>>>,
    mark: &'static str,
    find: Option<(&'static str, &'static str)>,
) -> Round {
    round_over(address, None, connections, requests, mark, find)
}

/// The same by TLS, where a host is named.
pub fn round_over(
    address: &str,
    secured: Option<(&TlsConnector, ServerName<'static>)>,
    connections: usize,
    requests: &Rc<Vec<Vec<u8>>>,
    mark: &'static str,
    find: Option<(&'static str, &'static str)>,
) -> Round {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
    let (next, all) = (Rc::new(Cell::new(0)), Rc::new(RefCell::new(Round::default())));
    let shared = || (Rc::clone(requests), Rc::clone(&next), Rc::clone(&all));
    let took = LocalSet::new().block_on(&runtime, async {
        let mut opened = Vec::new();
        for _ in 0..connections {
            opened.push(open(address, secured.clone()).await);
        }
        // What it takes to open a connection is no part of a round.
        let started = Instant::now();
        let each = opened.into_iter().map(|carrier| {
            let (requests, next, all) = shared();
            tokio::task::spawn_local(async move {
                match carrier? {
                    Carrier::Plain(stream) => connection(stream, requests, next, all, mark, find).await,
                    Carrier::Tls(stream) => connection(stream, requests, next, all, mark, find).await,
                }
            })
        });
        for ended in each.collect::<Vec<_>>() {
            if !matches!(ended.await, Ok(Ok(()))) {
                all.borrow_mut().errors += 1;
            }
        }
        started.elapsed()
    });
    let mut round = all.take();
    round.took = took;
    round
}

/// A connection that is open.
enum Carrier {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

async fn open(address: &str, secured: Option<(&TlsConnector, ServerName<'static>)>) -> io::Result<Carrier> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    match secured {
        None => Ok(Carrier::Plain(stream)),
        Some((connector, host)) => Ok(Carrier::Tls(Box::new(connector.connect(host, stream).await?))),
    }
}

async fn connection(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    requests: Rc<Vec<Vec<u8>>>,
    next: Rc<Cell<usize>>,
    all: Rc<RefCell<Round>>,
    mark: &'static str,
    find: Option<(&'static str, &'static str)>,
) -> io::Result<()> {
    let mut answer = Vec::with_capacity(64 << 10);
    while let Some(request) = requests.get(next.replace(next.get() + 1)) {
        let sent = Instant::now();
        stream.write_all(request).await?;
        stream.flush().await?;
        let is_success = read(&mut stream, &mut answer, mark).await?;
        let mut all = all.borrow_mut();
        all.latencies.push(u32::try_from(sent.elapsed().as_micros()).unwrap_or(u32::MAX));
        all.errors += usize::from(!is_success);
        if let Some((before, behind)) = find {
            let text = String::from_utf8_lossy(&answer);
            let found = text.split_once(before).and_then(|(_, rest)| rest.split_once(behind));
            all.found.extend(found.map(|(found, _)| found.to_owned()));
        }
    }
    Ok(())
}

/// Reads one answer, whose length its head tells.
async fn read(stream: &mut (impl AsyncRead + Unpin), answer: &mut Vec<u8>, mark: &str) -> io::Result<bool> {
    answer.clear();
    loop {
        if stream.read_buf(answer).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let Some(head) = memmem(answer, b"\r\n\r\n") else { continue };
        let text = String::from_utf8_lossy(&answer[..head]).to_ascii_lowercase();
        let length = text.split_once("content-length: ").and_then(|(_, rest)| rest.split("\r\n").next()?.parse().ok());
        let whole = head + 4 + length.unwrap_or(0_usize);
        while answer.len() < whole {
            if stream.read_buf(answer).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        return Ok(answer.starts_with(b"HTTP/1.1 200") && memmem(answer, mark.as_bytes()).is_some());
    }
}

fn memmem(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}
