//! The base URL of an emulator, as remote verbs take it.

use std::fmt;
use std::str::FromStr;

/// Where an emulator is when nothing else is said.
pub(crate) const DEFAULT: &str = "http://127.0.0.1:4240";

/// `http://host:port`, with nothing behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BaseUrl {
    /// `host:port`, as SDKs take their endpoint.
    pub endpoint: String,
}

impl FromStr for BaseUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let expected = || format!("expected a URL like {DEFAULT}");
        let rest = text.strip_prefix("http://").ok_or_else(expected)?;
        let authority = rest.strip_suffix('/').unwrap_or(rest);
        let (host, port) = match authority.rsplit_once(':') {
            // A colon inside the brackets belongs to an IPv6 address and not to a port.
            Some((host, port)) if !port.contains(']') => (host, port),
            _ => (authority, "80"),
        };
        let is_host = |sign: char| sign.is_ascii_alphanumeric() || "-._[]:".contains(sign);
        if host.is_empty() || !host.chars().all(is_host) || port.parse::<u16>().is_err() {
            return Err(expected());
        }
        Ok(Self { endpoint: format!("{host}:{port}") })
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "http://{}", self.endpoint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoint(text: &str) -> Result<String, String> {
        text.parse::<BaseUrl>().map(|url| url.endpoint)
    }

    #[test]
    fn host_and_port_are_taken_from_a_url() {
        assert_eq!(endpoint("http://127.0.0.1:4240/").as_deref(), Ok("127.0.0.1:4240"));
        assert_eq!(endpoint("http://[::1]:9").as_deref(), Ok("[::1]:9"));
        assert_eq!(endpoint("http://[::1]").as_deref(), Ok("[::1]:80"));
        assert_eq!(endpoint("http://ticketbooth").as_deref(), Ok("ticketbooth:80"));
    }

    #[test]
    fn what_is_no_base_url_is_refused() {
        for text in ["", "127.0.0.1:4240", "https://h:1", "http://", "http://h:port", "http://h:1/path", "http://a'b:1"]
        {
            assert!(endpoint(text).is_err(), "{text} was taken");
        }
    }
}
