//! The standing of a host with this emulator: asked for a connection, before there is any request.

use crate::cloud::host::HostRole;
use crate::cloud::{vendor_of_host, vendors};
use crate::emulator::Emulator;

/// The fate of whoever asks for a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostStanding {
    /// It is answered here.
    Answered,
    /// It is another product of a vendor's, with what to do instead.
    Refused(&'static str),
    /// Nobody knows it.
    Unknown,
}

/// The standing of the host of this name, in lower case. Only whole names count, those that certificates are for.
pub fn standing_of_host(emulator: &Emulator, name: &str) -> HostStanding {
    let rows = vendors().iter().flat_map(|vendor| vendor.requests.hosts);
    let row = rows.filter(|row| row.has(name)).find(|row| row.names().iter().any(|known| known == name));
    match row.map(|row| row.role) {
        Some(HostRole::Serve | HostRole::Locate) => HostStanding::Answered,
        Some(HostRole::Refuse(hint)) => HostStanding::Refused(hint),
        None if further_vendor(emulator, name).is_some() => HostStanding::Answered,
        None => HostStanding::Unknown,
    }
}

/// The vendor whose API stands at the host, by its rows or because it was said.
pub fn vendor_at_host(emulator: &Emulator, name: &str) -> Option<&'static str> {
    vendor_of_host(name).map(|vendor| vendor.name).or_else(|| further_vendor(emulator, name))
}

fn further_vendor(emulator: &Emulator, name: &str) -> Option<&'static str> {
    let mut further = emulator.vendor_hosts.iter();
    further.find(|(_, host)| host.eq_ignore_ascii_case(name)).map(|(vendor, _)| *vendor)
}
