//! `ticketbooth trust`: what clients need to trust a running emulator.

use std::path::PathBuf;

use clap::Args;

use super::Failure;
use super::failure::Complaint;
use super::output::print_text;
use super::remote::{AdminCall, Remote};
use super::trust_folder::{Beside, Contents, write_folder};
use crate::cloud::all_host_names;

#[derive(Debug, Args)]
pub(crate) struct TrustFlags {
    /// The folder to write: it is made where it is not there, and never holds a key.
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    /// What the bundle holds: the emulator's root only, or the roots of this system as well.
    #[arg(long, value_enum, default_value = "only", value_name = "WHAT")]
    trust: Beside,
    #[command(flatten)]
    remote: Remote,
}

pub(crate) fn run(flags: &TrustFlags) -> Result<(), Failure> {
    let answer = flags.remote.send_call(AdminCall::get("/ca.pem"))?;
    let root = String::from_utf8(answer.body.to_vec())
        .map_err(|_| Failure::Own(Complaint::new("what answers is no certificate")))?;
    let endpoint = flags.remote.base_url().endpoint;
    let port = endpoint.rsplit_once(':').and_then(|(_, port)| port.parse().ok()).unwrap_or_default();
    let contents = Contents { root: &root, beside: flags.trust, hosts: all_host_names(), port };
    write_folder(&flags.to, &contents).map_err(Failure::Own)?;
    print_text(&flags.to.display().to_string())
}
