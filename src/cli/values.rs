//! The values that flags and arguments take, as people write them.

use std::convert::Infallible;
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;
use std::time::Duration;

use clap::Args;

use super::Failure;
use crate::cloud::Vendor;
use crate::time;

/// Where an emulator is when nothing else is said.
pub(crate) const DEFAULT_URL: &str = "http://127.0.0.1:4240";

/// `http://host:port` or `https://host:port`, with nothing behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    /// `host:port`, as SDKs take their endpoint.
    pub endpoint: String,
    pub is_tls: bool,
}

impl BaseUrl {
    /// The one without TLS at this `host:port`.
    pub fn plain(endpoint: String) -> Self {
        Self { endpoint, is_tls: false }
    }
}

impl FromStr for BaseUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let expected = || format!("expected a URL like {DEFAULT_URL}, or host:port");
        let (rest, is_tls) = match text.split_once("://") {
            Some(("http", rest)) => (rest, false),
            Some(("https", rest)) => (rest, true),
            Some(_) => return Err(format!("the emulator speaks http and https; {}", expected())),
            None => (text, false),
        };
        let authority = rest.strip_suffix('/').unwrap_or(rest);
        let (host, port) = match authority.rsplit_once(':') {
            // A colon inside the brackets belongs to an IPv6 address and not to a port.
            Some((host, port)) if !port.contains(']') => (host, port),
            _ => (authority, if is_tls { "443" } else { "80" }),
        };
        let is_host = |sign: char| sign.is_ascii_alphanumeric() || "-._[]:".contains(sign);
        if host.is_empty() || !host.chars().all(is_host) || port.parse::<u16>().is_err() {
            return Err(expected());
        }
        Ok(Self { endpoint: format!("{}:{port}", reachable_host(host)), is_tls })
    }
}

/// The host to ask where a name stands for every interface, as people copy it from `--listen`.
fn reachable_host(host: &str) -> &str {
    match host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>() {
        Ok(IpAddr::V4(address)) if address.is_unspecified() => "127.0.0.1",
        Ok(IpAddr::V6(address)) if address.is_unspecified() => "[::1]",
        _ => host,
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.is_tls { "https" } else { "http" };
        write!(f, "{scheme}://{}", self.endpoint)
    }
}

/// Where the emulator is.
#[derive(Debug, Args)]
pub(crate) struct AddressFlags {
    /// The emulator: a URL, or host:port.
    #[arg(long, global = true, env = "TICKETBOOTH_URL", default_value = DEFAULT_URL, value_name = "URL")]
    url: BaseUrl,
    /// The emulator at this port of this machine; goes before --url.
    #[arg(long, global = true, value_name = "N")]
    port: Option<u16>,
}

impl AddressFlags {
    pub fn base_url(&self) -> BaseUrl {
        let at = |port| BaseUrl::plain(format!("127.0.0.1:{port}"));
        self.port.map_or_else(|| self.url.clone(), at)
    }
}

/// A token that no message and no log shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// The text, if it can be sent in a header.
    ///
    /// Not left to the parser of arguments, which would show what it refuses.
    ///
    /// # Errors
    ///
    /// It cannot.
    pub fn read_token(&self) -> Result<&str, Failure> {
        let is_fit = !self.0.is_empty() && self.0.bytes().all(|byte| byte.is_ascii_graphic());
        is_fit.then_some(self.0.as_str()).ok_or_else(|| {
            let help = "give it letters, digits and signs of ASCII, without spaces: `openssl rand -hex 16` prints one";
            Failure::bad_usage("the text of --admin-token cannot be sent in a header", help)
        })
    }
}

impl FromStr for Token {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token")
    }
}

/// `NAME=VALUE`.
///
/// # Errors
///
/// There is no `=`.
pub fn parse_pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("expected a name, `=` and a value")?;
    Ok((name.to_owned(), value.to_owned()))
}

/// Units with the bytes that each stands for. The long ones first, as `B` ends all of them.
const UNITS: &[(&str, usize)] = &[
    ("kib", 1 << 10),
    ("mib", 1 << 20),
    ("gib", 1 << 30),
    ("kb", 1000),
    ("mb", 1_000_000),
    ("gb", 1_000_000_000),
    ("k", 1 << 10),
    ("m", 1 << 20),
    ("g", 1 << 30),
    ("b", 1),
];

/// The bytes of `16MiB`, `500kB` or `4096`.
///
/// # Errors
///
/// It is no such size, or too large to be counted.
pub fn parse_size(text: &str) -> Result<usize, String> {
    let lower = text.trim().to_ascii_lowercase();
    let unit = UNITS.iter().find_map(|(unit, bytes)| Some((lower.strip_suffix(unit)?, *bytes)));
    let (number, bytes) = unit.unwrap_or((&lower, 1));
    let whole = number.trim().parse::<usize>().ok().and_then(|number| number.checked_mul(bytes));
    whole.ok_or_else(|| "expected a size like 16MiB, 500kB or 4096".to_owned())
}

/// A duration; a bare number means seconds.
///
/// # Errors
///
/// It is none, or negative.
pub fn parse_duration(text: &str) -> Result<Duration, String> {
    if let Ok(seconds) = text.parse::<u32>() {
        return Ok(Duration::from_secs(u64::from(seconds)));
    }
    time::parse_duration(text, Duration::MAX).map_err(|bad| format!("{}; {}", bad.message, bad.help))
}

/// The name of a host, in lower case and without brackets.
///
/// # Errors
///
/// It is none.
pub fn parse_host(text: &str) -> Result<String, String> {
    let name = text.trim().trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
    let is_address = name.parse::<IpAddr>().is_ok();
    let is_name = !name.is_empty() && name.chars().all(|sign| sign.is_ascii_alphanumeric() || "-._".contains(sign));
    if is_address || is_name { Ok(name) } else { Err("expected a host name without scheme and port".to_owned()) }
}

/// An address to listen at.
pub(crate) fn parse_address(text: &str) -> Result<SocketAddr, String> {
    let text = text.strip_prefix("localhost:").map_or_else(|| text.to_owned(), |port| format!("127.0.0.1:{port}"));
    text.parse().map_err(|_| "expected an address and a port, like 127.0.0.1:4240".to_owned())
}

/// The flag for a port of the vendor's own, without its dashes.
pub(crate) fn listen_flag(vendor: &Vendor) -> String {
    format!("{}-listen", vendor.name)
}
