//! The guard in front of the admin API: pages of other sites that run in a developer's browser must not
//! reach it, nor must a name of theirs that suddenly leads to this machine.

use std::net::{IpAddr, Ipv6Addr};

use http::uri::Authority;

use super::AdminError;
use crate::call::RawRequest;
use crate::emulator::Guard;
use crate::sign::equals_in_constant_time;

/// The header for the token, beside `Authorization: Bearer`.
const TOKEN_HEADER: &str = "x-ticketbooth-admin-token";

/// The media types in which a change may be sent: none that a page of another site may send unasked.
const MEDIA_TYPES: &[&str] = &["application/json", "application/yaml"];

/// Lets the request pass, or says what is wrong with it.
pub(super) fn check_request(guard: &Guard, raw: &RawRequest) -> Result<(), AdminError> {
    check_place(guard, raw)?;
    check_origin(raw)?;
    check_token(guard, raw)?;
    media_type(raw)
}

/// Lets a request pass that asks under a name of ours, whoever sent it.
pub(super) fn check_place(guard: &Guard, raw: &RawRequest) -> Result<(), AdminError> {
    check_authority(raw)?;
    check_host(guard, raw)
}

/// Refuses an HTTP/1.1 request whose host is not there or not a host, which every reader would take for another one.
///
/// # Errors
///
/// The refusal, in the words of the admin API.
fn check_authority(raw: &RawRequest) -> Result<(), AdminError> {
    if raw.arrival.http == Some("HTTP/1.0") && raw.header("host").is_none() {
        return Ok(());
    }
    let mut named = raw.headers.iter().filter(|(name, _)| *name == "host");
    let is_one = named.next().is_some() && named.next().is_none();
    let is_valid = is_one && name_of(raw.host()).is_some();
    if is_valid && raw.authority.as_deref().is_none_or(|authority| name_of(authority).is_some()) {
        return Ok(());
    }
    let asked = raw.authority.as_deref().filter(|_| is_valid).unwrap_or_else(|| raw.host());
    let message = format!("the request needs one Host header that is a host with at most one port; it has \"{asked}\"");
    Err(AdminError::new(
        400,
        "bad_host",
        message,
        "send `Host: 127.0.0.1:PORT` or the host name of the address you ask",
    ))
}

/// The same for a page of ours.
pub(super) fn refuse_authority(raw: &RawRequest) -> Option<AdminError> {
    check_authority(raw).err()
}

fn check_host(guard: &Guard, raw: &RawRequest) -> Result<(), AdminError> {
    for asked in raw.authority.as_deref().into_iter().chain([raw.host()]) {
        let name = name_of(asked).unwrap_or_default();
        if !is_loopback(&name) && !guard.hosts.contains(&name) {
            let message = format!("\"{asked}\" is not a host name of this admin API");
            let hint = format!("ask for 127.0.0.1 or localhost, or start with --allow-host {name}");
            return Err(AdminError::new(403, "foreign_host", message, hint));
        }
    }
    Ok(())
}

/// The host of `host:port`, in lower case and without brackets; `None` where that is not what it is.
fn name_of(authority: &str) -> Option<String> {
    let parsed: Authority = authority.parse().ok()?;
    // The parser lets pass who asks, what stands behind an address in brackets, and ports that are none.
    let (host, rest) = match authority.strip_prefix('[') {
        Some(inside) => {
            let (address, rest) = inside.split_once(']')?;
            address.parse::<Ipv6Addr>().ok()?;
            (address, rest)
        }
        None => authority.split_at(parsed.host().len()),
    };
    let is_port =
        |port: &str| port.is_empty() || port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok();
    let is_whole = rest.is_empty() || rest.strip_prefix(':').is_some_and(is_port);
    let is_host = !host.is_empty() && !authority.contains('@');
    (is_whole && is_host).then(|| host.to_ascii_lowercase())
}

fn is_loopback(name: &str) -> bool {
    name == "localhost" || name.ends_with(".localhost") || name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

/// Sites that a browser names for a request of a page of our own, and for one that somebody typed in.
const OWN_SITES: &[&str] = &["same-origin", "none"];

fn check_origin(raw: &RawRequest) -> Result<(), AdminError> {
    // Browsers send it with requests that have no origin, too, such as those of an image or a script.
    if let Some(site) = raw.header("sec-fetch-site").filter(|site| !OWN_SITES.contains(site)) {
        let message = format!("a page of another site (\"{site}\") may not use the admin API");
        let hint = "only pages that come from the emulator itself may; send no Sec-Fetch-Site from a program";
        return Err(AdminError::new(403, "foreign_origin", message, hint));
    }
    let Some(origin) = raw.header("origin") else { return Ok(()) };
    let own = raw.endpoint();
    let scheme = if raw.arrival.tls { "https://" } else { "http://" };
    if origin.strip_prefix(scheme).is_some_and(|host| host.eq_ignore_ascii_case(own)) {
        return Ok(());
    }
    let message = format!("a page of \"{origin}\" may not use the admin API");
    let hint = "only pages that come from the emulator itself may; send no Origin from a program";
    Err(AdminError::new(403, "foreign_origin", message, hint))
}

fn check_token(guard: &Guard, raw: &RawRequest) -> Result<(), AdminError> {
    let Some(wanted) = guard.token.as_deref() else { return Ok(()) };
    let bearer = raw.header("authorization").and_then(|value| value.strip_prefix("Bearer "));
    match bearer.or_else(|| raw.header(TOKEN_HEADER)) {
        Some(sent) if equals_in_constant_time(sent, wanted) => Ok(()),
        Some(_) => Err(unauthorized("wrong_token", "the admin token is not the right one")),
        None => Err(unauthorized("missing_token", "this admin API needs a token")),
    }
}

/// Whoever may try again with a token is told how it is sent.
fn unauthorized(kind: &'static str, message: &str) -> AdminError {
    let hint = "send `Authorization: Bearer TOKEN` with the text of --admin-token";
    let headers = vec![("www-authenticate", "Bearer".to_owned())];
    AdminError { headers, ..AdminError::new(401, kind, message, hint) }
}

fn media_type(raw: &RawRequest) -> Result<(), AdminError> {
    if matches!(&*raw.method, "GET" | "HEAD") || MEDIA_TYPES.contains(&&*raw.media_type()) {
        return Ok(());
    }
    let said = raw.header("content-type").unwrap_or("none");
    let message = format!("a change must say Content-Type: application/json, also without a body; it said {said}");
    Err(AdminError::new(415, "media_type", message, "with curl: -H 'content-type: application/json'"))
}
