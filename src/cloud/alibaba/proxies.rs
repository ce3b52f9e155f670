//! What the vendor's clients do with proxies.

use crate::cloud::proxy::ProxyVariable::Either;
use crate::cloud::proxy::{ProxyHabit, Spared};
use crate::domain::Evidence;

pub(super) const HABITS: &[ProxyHabit] = &[
    ProxyHabit {
        client: "alibaba-python",
        follows: &[Either("http_proxy")],
        spared: Spared::Never,
        evidence: Evidence::Seen,
    },
    ProxyHabit {
        client: "alibaba-python-classic",
        follows: &[Either("http_proxy")],
        spared: Spared::Never,
        evidence: Evidence::Seen,
    },
    ProxyHabit { client: "alibaba-node", follows: &[], spared: Spared::NoNeed, evidence: Evidence::Seen },
    ProxyHabit { client: "alibaba-pop-core", follows: &[], spared: Spared::NoNeed, evidence: Evidence::Seen },
    ProxyHabit {
        client: "alibaba-go",
        follows: &[Either("http_proxy")],
        spared: Spared::HostAndPort,
        evidence: Evidence::Documented,
    },
    ProxyHabit {
        client: "alibaba-go-classic",
        follows: &[Either("http_proxy")],
        // It takes each entry for a regular expression, and looks for it in the host with its port.
        spared: Spared::EitherForm,
        evidence: Evidence::Seen,
    },
    ProxyHabit { client: "alibaba-java", follows: &[], spared: Spared::NoNeed, evidence: Evidence::Documented },
    ProxyHabit {
        client: "alibaba-java-classic",
        follows: &[Either("http_proxy")],
        spared: Spared::Host,
        evidence: Evidence::Seen,
    },
    ProxyHabit {
        client: "alibaba-php",
        follows: &[Either("http_proxy"), Either("all_proxy")],
        spared: Spared::Host,
        evidence: Evidence::Documented,
    },
    ProxyHabit {
        client: "alibaba-php-classic",
        follows: &[Either("http_proxy"), Either("all_proxy")],
        spared: Spared::Host,
        evidence: Evidence::Documented,
    },
    // The library of the language leaves loopback addresses alone.
    ProxyHabit { client: "alibaba-ruby", follows: &[], spared: Spared::NoNeed, evidence: Evidence::Documented },
    // The program of `env --sdk curl` says `--noproxy`.
    ProxyHabit { client: "curl", follows: &[], spared: Spared::NoNeed, evidence: Evidence::Seen },
];
