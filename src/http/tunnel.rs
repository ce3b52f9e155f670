//! The proxy, for clients that take us for one. Nothing here dials: a tunnel ends in this process, and whatever is not a
//! host of a vendor is refused without a question to anybody.

use std::net::{IpAddr, SocketAddr};

use hyper::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use hyper::http::uri::Authority;
use hyper::{HeaderMap, Request};

use super::context::ServerContext;
use super::peer::Peer;
use crate::bounds::{NOTED_TEXT, beginning_of};
use crate::call::{Text, Via};
use crate::emulator::{Emulator, Stray};
use crate::pipeline::{self, HostStanding};
use crate::reply::Reply;

/// The answer that opens a tunnel.
pub(crate) const OPENED: &[u8] = b"HTTP/1.1 200 Connection established\r\n\r\n";

/// The answer to bytes that come before it, and that are no beginning of TLS.
pub(crate) const TOO_EARLY: &[u8] =
    b"HTTP/1.1 400 Bad Request\r\ncontent-type: text/plain\r\nconnection: close\r\n\r\n\
    ticketbooth: bytes came before the tunnel was open\n";

/// The ports of the vendors' hosts.
const PORTS: [u16; 2] = [80, 443];

/// The reason for which a client is not led where it wants.
#[derive(Debug)]
pub(crate) enum Misled {
    /// It cannot be told where that is.
    Malformed(&'static str),
    /// It is told, and nobody is led there.
    Refused { host: String, text: String },
}

impl Misled {
    /// Counts and notes it, and gives the answer.
    pub(crate) fn refuse(self, emulator: &Emulator) -> Reply {
        match self {
            Self::Malformed(cause) => {
                emulator.note_stray_text(Stray::BadHttp, &format!("bad HTTP: {cause}"));
                Reply::new(400, "text/plain; charset=utf-8", format!("ticketbooth: bad request: {cause}\n"))
            }
            Self::Refused { host, text } => {
                emulator.note_refused_host(&host, &text);
                Reply::new(403, "text/plain; charset=utf-8", format!("ticketbooth: {text}\n"))
            }
        }
    }
}

/// The tunnel that a CONNECT opens.
pub(crate) fn judge_connect<B>(request: &Request<B>, origin: &Peer, shared: &ServerContext) -> Result<Via, Misled> {
    if origin.secured.is_some() || origin.via != Via::Direct || origin.port_of.is_some() {
        return Err(Misled::Malformed("a tunnel within a connection that leads somewhere already"));
    }
    if has_body(request.headers()) {
        return Err(Misled::Malformed("CONNECT with a body"));
    }
    let authority = request.uri().authority().ok_or(Misled::Malformed("CONNECT without a host and a port"))?;
    let (name, port) = read_place(authority, None)?;
    if is_own(&name, port, origin.local) {
        return Ok(Via::Proxy);
    }
    check_place(&shared.emulator, &name, port)?;
    Ok(Via::Tunnel(name.into()))
}

/// Whether a target that is a whole URL may be answered.
pub(crate) fn judge_target(emulator: &Emulator, authority: &Text, usual: u16, origin: &Peer) -> Result<(), Misled> {
    let authority: Authority = authority.parse().map_err(|_| Misled::Malformed("a target that is no URL"))?;
    let (name, port) = read_place(&authority, Some(usual))?;
    if is_own(&name, port, origin.local) { Ok(()) } else { check_place(emulator, &name, port) }
}

fn has_body(headers: &HeaderMap) -> bool {
    let length = headers.get(CONTENT_LENGTH).is_some_and(|length| length.as_bytes() != b"0");
    length || headers.contains_key(TRANSFER_ENCODING)
}

/// The name in its one normal form, and the port.
fn read_place(authority: &Authority, usual: Option<u16>) -> Result<(String, u16), Misled> {
    if authority.as_str().contains('@') {
        return Err(Misled::Malformed("a host with somebody in front of it"));
    }
    let host = authority.host();
    let rest = authority.as_str().get(host.len()..).unwrap_or("");
    let port = match rest.strip_prefix(':') {
        None if rest.is_empty() => usual,
        None => None,
        Some(digits) => digits.parse::<u16>().ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit())),
    };
    let name = host.trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
    let name = name.strip_suffix('.').unwrap_or(&name).to_owned();
    match port {
        Some(port) if !name.is_empty() => Ok((name, port)),
        _ => Err(Misled::Malformed("a host without one port")),
    }
}

/// Whether it is this very port.
fn is_own(name: &str, port: u16, local: Option<SocketAddr>) -> bool {
    let Some(local) = local else { return false };
    let address = name.parse::<IpAddr>();
    let is_here = name == "localhost" || address.is_ok_and(|address| address.is_loopback() || address == local.ip());
    is_here && port == local.port()
}

fn check_place(emulator: &Emulator, name: &str, port: u16) -> Result<(), Misled> {
    let refuse = |text: String| Err(Misled::Refused { host: beginning_of(name, NOTED_TEXT.most).to_owned(), text });
    match pipeline::standing_of_host(emulator, name) {
        HostStanding::Answered if PORTS.contains(&port) => Ok(()),
        HostStanding::Answered => refuse(format!("{name} is answered at the ports 80 and 443, and not at {port}")),
        HostStanding::Refused(hint) => refuse(format!("{name} is not emulated: {hint}")),
        HostStanding::Unknown => refuse(format!(
            "{name} is no host of a vendor, and Ticketbooth forwards nothing: take the call out of the program, answer it \
             on this machine, or start with --vendor-host VENDOR={name} if it is one of a vendor's"
        )),
    }
}
