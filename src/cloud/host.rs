//! The hosts of the vendors, as rows. A name belongs to a vendor by a whole row and never by how it ends, as anybody may
//! have a name that ends in the same letters.

/// A host of a vendor, or one for each of its regions.
#[derive(Clone, Copy, Debug)]
pub struct HostRow {
    /// The name in lower case; [`REGION`] stands for a region.
    pub name: &'static str,
    /// The regions that are known. A call may name another; certificates are for these alone.
    pub regions: &'static [&'static str],
    pub role: HostRole,
    /// The source that tells of it.
    pub source: &'static str,
}

/// The purpose of a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostRole {
    /// The API that is emulated.
    Serve,
    /// A service that tells clients the host of the API.
    Locate,
    /// Another product, which clients of the API may ask by themselves; with what to do instead.
    Refuse(&'static str),
}

impl HostRole {
    /// Whether whoever asks there gets an answer.
    pub fn is_answered(self) -> bool {
        !matches!(self, Self::Refuse(_))
    }
}

/// The place of a region in a name.
pub const REGION: &str = "{region}";

impl HostRow {
    /// Every name that the row stands for.
    pub fn names(&self) -> Vec<String> {
        if self.name.contains(REGION) {
            return self.regions.iter().map(|region| self.name.replace(REGION, region)).collect();
        }
        vec![self.name.to_owned()]
    }

    /// Whether the row has this name, with any region.
    pub fn has(&self, name: &str) -> bool {
        // Every call is asked about, and the address of this machine ends in a digit.
        if !ends_alike(self.name, name) {
            return false;
        }
        let Some((before, behind)) = self.name.split_once(REGION) else { return name.eq_ignore_ascii_case(self.name) };
        let Some(length) = name.len().checked_sub(before.len() + behind.len()) else { return false };
        let parts = name.split_at_checked(before.len()).zip(name.split_at_checked(before.len() + length));
        parts.is_some_and(|((start, rest), (_, end))| {
            let is_region = |sign: u8| sign.is_ascii_alphanumeric() || sign == b'-';
            let region = &rest[..length];
            start.eq_ignore_ascii_case(before)
                && end.eq_ignore_ascii_case(behind)
                && !region.is_empty()
                && region.bytes().all(is_region)
        })
    }
}

/// Whether the last signs are the same in some case.
fn ends_alike(one: &str, other: &str) -> bool {
    let last = |name: &str| name.as_bytes().last().map(u8::to_ascii_lowercase);
    last(one) == last(other)
}

/// The name in what a client sent as its `Host`: some send a whole URL there. Without scheme, port, path, brackets and
/// the dot at its end; the case is kept.
pub fn host_name(host: &str) -> &str {
    // Few have a slash, and without one there is no scheme either.
    let host = if host.as_bytes().contains(&b'/') {
        let host = host.split_once("://").map_or(host, |(_, behind)| behind);
        host.split('/').next().unwrap_or("")
    } else {
        host
    };
    let name = match host.strip_prefix('[') {
        Some(inside) => inside.split(']').next().unwrap_or(""),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    name.strip_suffix('.').unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: HostRow =
        HostRow { name: "bi.{region}.example.com", regions: &["east", "west-1"], role: HostRole::Serve, source: "" };

    #[test]
    fn a_row_has_whole_names_only() {
        for name in ["bi.east.example.com", "BI.north-9.Example.com"] {
            assert!(ROW.has(name), "{name}");
        }
        for name in [
            "bi.evilexample.com",
            "bi..example.com",
            "bi.a.b.example.com",
            "bi.east.example.com.evil",
            "xbi.east.example.com",
            "bi.example.com",
            "bi.\u{e9}.example.com",
            "",
        ] {
            assert!(!ROW.has(name), "{name}");
        }
        assert_eq!(ROW.names(), ["bi.east.example.com", "bi.west-1.example.com"]);
    }

    #[test]
    fn a_name_is_read_out_of_everything_that_clients_send() {
        for host in
            ["a.example", "a.example:443", "https://a.example", "http://a.example:80/", "a.example.", "a.example.:1"]
        {
            assert_eq!(host_name(host), "a.example", "{host}");
        }
        assert_eq!(host_name("[::1]:443"), "::1");
        assert_eq!(host_name(""), "");
    }
}
