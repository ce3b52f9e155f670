//! The names that an authority may vouch for.

use std::net::{IpAddr, Ipv6Addr};

use rcgen::{CidrSubnet, GeneralSubtree, NameConstraints};

/// This machine, by the name that everybody knows.
pub(super) const LOCALHOST: &str = "localhost";

/// Names of hosts in lower case, beside those of this machine, which are always among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names(Vec<String>);

impl Names {
    pub fn new(names: impl IntoIterator<Item = String>) -> Self {
        let mut names: Vec<String> = names.into_iter().map(|name| name.to_ascii_lowercase()).collect();
        // One order, so that the same names give the same constraints.
        names.sort_unstable();
        names.dedup();
        Self(names)
    }

    /// Whether this is one of them, in lower case.
    pub fn has(&self, name: &str) -> bool {
        self.0.binary_search_by(|known| known.as_str().cmp(name)).is_ok()
    }

    /// The extension that keeps an authority to these names and to this machine. A name of hosts stands for all that
    /// end in it, so there is never one of a whole cloud among them.
    pub(super) fn constraints(&self) -> NameConstraints {
        let hosts = self.0.iter().cloned().chain([LOCALHOST.to_owned()]).map(GeneralSubtree::DnsName);
        let loopback = [
            CidrSubnet::from_v4_prefix([127, 0, 0, 0], 8),
            CidrSubnet::from_addr_prefix(IpAddr::V6(Ipv6Addr::LOCALHOST), 128),
        ];
        let permitted = hosts.chain(loopback.map(GeneralSubtree::IpAddress));
        NameConstraints { permitted_subtrees: permitted.collect(), excluded_subtrees: Vec::new() }
    }
}
