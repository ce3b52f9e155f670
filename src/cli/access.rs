//! The flags that guard the admin API of a served emulator.

use std::net::SocketAddr;

use clap::Args;

use super::Failure;
use super::values::{Token, listen_flag, parse_host};
use crate::cloud::vendors;
use crate::emulator::Guard;

#[derive(Debug, Args)]
pub(crate) struct AccessFlags {
    /// Token that every request to the admin API must carry; required when --listen is not a loopback address.
    #[arg(long, env = "TICKETBOOTH_ADMIN_TOKEN", hide_env_values = true, value_name = "TEXT")]
    admin_token: Option<Token>,
    /// A further host name under which the admin API answers.
    #[arg(long, env = "TICKETBOOTH_ALLOW_HOST", value_delimiter = ',', value_name = "NAME", value_parser = parse_host)]
    allow_host: Vec<String>,
}

impl AccessFlags {
    /// The guard of an emulator that listens there, and with TLS alone at the other addresses.
    pub fn to_guard(&self, listen: SocketAddr, only_tls: &[SocketAddr]) -> Result<Guard, Failure> {
        let token = self.admin_token.as_ref().map(Token::read_token).transpose()?.map(str::to_owned);
        let mut hosts = self.allow_host.clone();
        let all = [("--listen", listen)].into_iter().chain(only_tls.iter().map(|address| ("--tls-listen", *address)));
        for (flag, open) in all.filter(|(_, address)| !address.ip().is_loopback()) {
            if token.is_none() {
                return Err(refuse_unguarded(flag, open));
            }
            // An address is no name that could suddenly lead elsewhere. That of every interface is none to ask for.
            if !open.ip().is_unspecified() {
                hosts.push(open.ip().to_string());
            }
        }
        Ok(Guard { token, hosts })
    }
}

/// Keeps the admin API off networks, where it would be open to everybody.
fn refuse_unguarded(flag: &str, open: SocketAddr) -> Failure {
    let message = format!("{flag} {open} is not a loopback address, and no token guards the admin API there");
    let ports: Vec<String> = vendors().iter().map(|vendor| format!("--{}", listen_flag(vendor))).collect();
    let help = format!(
        "give it one with --admin-token or TICKETBOOTH_ADMIN_TOKEN, or listen on 127.0.0.1 or [::1]; {} open a vendor's \
         API alone, anywhere",
        ports.join(" and ")
    );
    Failure::bad_usage(message, help)
}
