//! Who may use the admin API of a served emulator, as flags say it.

use std::net::SocketAddr;

use clap::Args;

use super::Failure;
use super::token::Token;
use crate::emulator::Guard;

#[derive(Debug, Args)]
pub(crate) struct Access {
    /// What every request to the admin API has to carry. Needed where --listen is no loopback address.
    #[arg(long, env = "TICKETBOOTH_ADMIN_TOKEN", hide_env_values = true, value_name = "TEXT")]
    admin_token: Option<Token>,
    /// A further host name under which the admin API answers.
    #[arg(long, env = "TICKETBOOTH_ALLOW_HOST", value_delimiter = ',', value_name = "NAME", value_parser = host)]
    allow_host: Vec<String>,
}

impl Access {
    /// The guard of an emulator that listens there.
    pub fn guard(&self, listen: SocketAddr) -> Result<Guard, Failure> {
        let token = self.admin_token.as_ref().map(Token::text).transpose()?.map(str::to_owned);
        let mut hosts = self.allow_host.clone();
        if !listen.ip().is_loopback() {
            if token.is_none() {
                return Err(unguarded(listen));
            }
            // An address is no name that could suddenly lead elsewhere. That of every interface is none to ask for.
            if !listen.ip().is_unspecified() {
                hosts.push(listen.ip().to_string());
            }
        }
        Ok(Guard { token, hosts })
    }
}

/// Keeps the admin API off networks, where it would be open to everybody.
fn unguarded(listen: SocketAddr) -> Failure {
    let message = format!("--listen {listen} is no loopback address, and the admin API there has no token to guard it");
    let help = "give it one with --admin-token, or listen on 127.0.0.1 or [::1]; --tencent-listen and \
                --alibaba-listen open a vendor's API alone, anywhere";
    Failure::usage(message, help)
}

fn host(text: &str) -> Result<String, String> {
    let name = text.trim().trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
    let is_address = name.parse::<std::net::IpAddr>().is_ok();
    let is_name = !name.is_empty() && name.chars().all(|sign| sign.is_ascii_alphanumeric() || "-._".contains(sign));
    if is_address || is_name { Ok(name) } else { Err("expected a host name without scheme and port".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flags(token: Option<&str>) -> Access {
        Access { admin_token: token.map(|text| text.parse().unwrap()), allow_host: vec!["booth.test".to_owned()] }
    }

    #[test]
    fn a_network_needs_a_token_and_its_own_address_is_allowed() {
        let network: SocketAddr = "192.0.2.1:4240".parse().unwrap();
        let refused = flags(None).guard(network).unwrap_err();
        assert!(refused.code() == 2 && format!("{refused:?}").contains("--admin-token"), "{refused:?}");
        assert_eq!(flags(Some("t")).guard(network).unwrap().hosts, ["booth.test", "192.0.2.1"]);
        assert_eq!(flags(Some("t")).guard("0.0.0.0:1".parse().unwrap()).unwrap().hosts, ["booth.test"]);
        assert!(flags(None).guard("127.0.0.1:1".parse().unwrap()).unwrap().token.is_none());
    }

    #[test]
    fn a_host_is_a_name_alone() {
        assert_eq!(host("Booth.Test").as_deref(), Ok("booth.test"));
        assert_eq!(host("[fe80::1]").as_deref(), Ok("fe80::1"));
        assert!(["", "http://booth", "booth:4240", "a b"].iter().all(|text| host(text).is_err()));
    }
}
