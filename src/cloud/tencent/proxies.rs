//! What the vendor's clients do with proxies.

use crate::cloud::proxy::ProxyVariable::{Any, Either, Lower};
use crate::cloud::proxy::{ProxyHabit, Spared};
use crate::domain::Evidence;

pub(super) const HABITS: &[ProxyHabit] = &[
    ProxyHabit {
        client: "tencent-python",
        follows: &[Any("http_proxy"), Any("all_proxy")],
        // Its own code looks for the endpoint with the port, and the library below it for the host alone.
        spared: Spared::BothForms,
        evidence: Evidence::Seen,
    },
    ProxyHabit {
        client: "tencent-node",
        follows: &[Lower("http_proxy")],
        spared: Spared::Never,
        evidence: Evidence::Seen,
    },
    ProxyHabit {
        client: "tencent-go",
        // The library of the language leaves loopback addresses alone.
        follows: &[],
        spared: Spared::NoNeed,
        evidence: Evidence::Documented,
    },
    ProxyHabit { client: "tencent-java", follows: &[], spared: Spared::NoNeed, evidence: Evidence::Documented },
    ProxyHabit {
        client: "tencent-php",
        // It tells the library below it to use no variable, and libcurl below that reads its own.
        follows: &[Lower("http_proxy"), Either("all_proxy")],
        spared: Spared::Host,
        evidence: Evidence::Documented,
    },
    // The library of the language leaves loopback addresses alone.
    ProxyHabit { client: "tencent-ruby", follows: &[], spared: Spared::NoNeed, evidence: Evidence::Documented },
    ProxyHabit {
        client: "tccli",
        // The scheme stands in its endpoint, so it takes a plain endpoint for `https` as well.
        follows: &[Any("http_proxy"), Any("https_proxy"), Any("all_proxy")],
        spared: Spared::Never,
        evidence: Evidence::Seen,
    },
];
