//! The flags of TLS, and the authority that they ask for.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::failure::Complaint;
use super::trust_folder::{Beside, Contents, write_folder};
use super::values::{parse_address, parse_host};
use super::{Failure, ca_folder};
use crate::cloud::{all_host_names, vendor_named, vendors};
use crate::emulator::wall_now;
use crate::trust::{Alpn, Authority, Identity, MakeError, Names};

#[derive(Debug, Args)]
pub(crate) struct TlsFlags {
    /// Every port speaks TLS as well: the first byte of a connection decides.
    #[arg(long, env = "TICKETBOOTH_TLS")]
    tls: bool,
    /// The main port is a proxy for the vendors' hosts, and for nothing else: it takes CONNECT and whole URLs. With TLS.
    #[arg(long, env = "TICKETBOOTH_PROXY")]
    pub proxy: bool,
    /// A further port that speaks only TLS, such as 0.0.0.0:443. Can be given several times.
    #[arg(long, env = "TICKETBOOTH_TLS_LISTEN", value_delimiter = ',', value_name = "ADDR", value_parser = parse_address)]
    pub tls_listen: Vec<SocketAddr>,
    /// One more host that is this vendor's: a region that is not listed, a gateway. Can be given several times.
    #[arg(long, env = "TICKETBOOTH_VENDOR_HOST", value_delimiter = ',', value_name = "VENDOR=NAME", value_parser = parse_vendor_host)]
    pub vendor_host: Vec<(&'static str, String)>,
    /// Keep the authority behind the certificates there for the next start; without it each start has its own.
    #[arg(long, env = "TICKETBOOTH_CA_DIR", value_name = "DIR")]
    ca_dir: Option<PathBuf>,
    /// Write there what clients need to trust it: its root for OpenSSL, Python, Node and a JVM.
    #[arg(long, env = "TICKETBOOTH_TRUST_DIR", value_name = "DIR")]
    trust_dir: Option<PathBuf>,
    /// What TLS offers: HTTP/1.1, or HTTP/2 as well.
    #[arg(long, env = "TICKETBOOTH_ALPN", default_value = "h1", value_name = "PROTOCOL", value_parser = alpn_parser())]
    alpn: Alpn,
}

impl TlsFlags {
    /// The identity that clients of TLS are shown; `None`: there is no TLS.
    pub fn to_trust(&self) -> Result<Option<Arc<Identity>>, Failure> {
        let is_meant = self.proxy || !self.tls_listen.is_empty() || self.ca_dir.is_some() || self.trust_dir.is_some();
        if !self.tls && !is_meant {
            return Ok(None);
        }
        let trust = match &self.ca_dir {
            None => make_trust(&self.vendor_host, self.alpn).map_err(cannot_make)?,
            Some(folder) => {
                let authority = ca_folder::open_authority(folder, host_names(&self.vendor_host), wall_now());
                Identity::new(authority.map_err(Failure::Start)?, self.alpn)
            }
        };
        Ok(Some(Arc::new(trust)))
    }

    /// Writes the trust folder, where one is asked for, of an emulator that is at this port.
    pub fn write_trust(&self, root: &str, port: u16) -> Result<(), Failure> {
        let Some(folder) = &self.trust_dir else { return Ok(()) };
        let contents = Contents { root, beside: Beside::Nothing, hosts: hosts_with(&self.vendor_host), port };
        write_folder(folder, &contents).map_err(Failure::Start)
    }
}

/// A new authority, in memory.
pub(crate) fn make_trust(further: &[(&'static str, String)], alpn: Alpn) -> Result<Identity, MakeError> {
    Ok(Identity::new(Authority::make(host_names(further), wall_now())?, alpn))
}

pub(crate) fn cannot_make(error: MakeError) -> Failure {
    Failure::Start(Complaint::new(error.to_string()))
}

/// Every host that there may be a certificate for.
fn host_names(further: &[(&'static str, String)]) -> Names {
    Names::new(hosts_with(further))
}

/// The hosts of the vendors, and further ones.
pub(crate) fn hosts_with(further: &[(&'static str, String)]) -> Vec<String> {
    all_host_names().into_iter().chain(further.iter().map(|(_, name)| name.clone())).collect()
}

fn alpn_parser() -> impl TypedValueParser<Value = Alpn> {
    let words = PossibleValuesParser::new(Alpn::ALL.iter().map(|alpn| alpn.name()));
    words.try_map(|word| Alpn::named(&word).ok_or("no word of the set"))
}

fn parse_vendor_host(text: &str) -> Result<(&'static str, String), String> {
    let expected = || {
        let names: Vec<&str> = vendors().iter().map(|vendor| vendor.name).collect();
        format!("expected a vendor ({}), `=` and the name of a host", names.join(", "))
    };
    let (vendor, name) = text.split_once('=').ok_or_else(expected)?;
    let vendor = vendor_named(vendor.trim()).ok_or_else(expected)?;
    let name = parse_host(name)?.trim_end_matches('.').to_owned();
    if name.is_empty() || name.parse::<std::net::IpAddr>().is_ok() {
        return Err(expected());
    }
    // A certificate's name stands for everything below it, and this one would stand for a whole cloud.
    let below = all_host_names().into_iter().find(|known| known.ends_with(&format!(".{name}")));
    match below {
        Some(known) => Err(format!("{name} is more than a host: {known} is one below it")),
        None => Ok((vendor.name, name)),
    }
}
