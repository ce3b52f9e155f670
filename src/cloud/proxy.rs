//! What the clients of the vendors do with the variables that name a proxy: rows that `doctor`, `env` and the documents
//! read.

use crate::domain::Evidence;

/// What one client does when a variable names a proxy and its endpoint is `http` on a loopback address.
#[derive(Debug)]
pub struct ProxyHabit {
    /// The name that `env --sdk` knows.
    pub client: &'static str,
    /// The variables that send its calls to the proxy. Without capitals: in any spelling; else as they stand here.
    pub follows: &'static [ProxyVariable],
    pub spared: Spared,
    /// Seen: the client was run with each of them. Documented: it stands in its source.
    pub evidence: Evidence,
}

/// A variable, and whether a client knows it in one spelling alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProxyVariable {
    /// `http_proxy` and `HTTP_PROXY`.
    Either(&'static str),
    /// In lower case and in no other.
    Lower(&'static str),
    /// However its letters are mixed.
    Any(&'static str),
}

worded! {
    /// The part of the endpoint that `NO_PROXY` must hold for a client to go past the proxy.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Spared {
        /// The client looks at no `NO_PROXY`.
        Never = "no: it looks at none",
        /// It reads no variable in the first place.
        NoNeed = "not needed",
        Host = "HOST",
        HostAndPort = "HOST:PORT",
        EitherForm = "HOST or HOST:PORT",
        /// Two libraries look one after the other, each for its own form.
        BothForms = "HOST,HOST:PORT",
    }
}

impl ProxyVariable {
    /// The name in lower case.
    pub const fn lower_name(self) -> &'static str {
        match self {
            Self::Either(name) | Self::Lower(name) | Self::Any(name) => name,
        }
    }

    /// Whether the client finds a proxy in a variable of this name.
    pub fn is_read_from(self, variable: &str) -> bool {
        match self {
            Self::Lower(name) => variable == name,
            Self::Either(name) => variable == name || variable == name.to_uppercase(),
            Self::Any(name) => variable.eq_ignore_ascii_case(name),
        }
    }

    /// The name as people write it into a table.
    pub fn shown_name(self) -> String {
        match self {
            Self::Lower(name) => format!("{name} (lower case)"),
            Self::Either(name) | Self::Any(name) => name.to_owned(),
        }
    }
}

impl Spared {
    /// Whether a client goes past the proxy to `endpoint`, a `host:port`, with this text in `NO_PROXY`.
    pub fn is_fulfilled(self, endpoint: &str, no_proxy: &str) -> bool {
        let host = endpoint.rsplit_once(':').map_or(endpoint, |(host, _)| host);
        let names = |wanted: &str| no_proxy.split(',').any(|name| name.trim() == wanted);
        match self {
            Self::Never => false,
            Self::NoNeed => true,
            Self::Host => names(host),
            Self::HostAndPort => names(endpoint),
            Self::EitherForm => names(endpoint) || names(host),
            Self::BothForms => names(endpoint) && names(host),
        }
    }
}

impl ProxyHabit {
    /// The first of these variables that sends its calls to `endpoint` to a proxy instead.
    pub fn misled_by<'v>(&self, variables: &'v [String], endpoint: &str, no_proxy: &str) -> Option<&'v str> {
        if self.spared.is_fulfilled(endpoint, no_proxy) {
            return None;
        }
        let is_read = |name: &&String| self.follows.iter().any(|variable| variable.is_read_from(name));
        variables.iter().find(is_read).map(String::as_str)
    }
}
