//! Whether an emulator answers at the address, and which.

use std::io::ErrorKind;
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

use serde_json::Value;

use super::super::Failure;
use super::super::remote::{AdminCall, Remote, Trouble, cell_text};
use super::Running;
use super::finding::{DoctorFinding, FindingState};

/// How long somebody at the port may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// Whether an emulator answers at the address; if so, what it tells about itself.
pub(super) fn find_emulator(remote: &Remote) -> (Vec<DoctorFinding>, Option<Running>) {
    let health = remote.send_call(AdminCall::get("/health").within_patience(PATIENCE));
    let health: Value = match health {
        Ok(answer) => serde_json::from_slice(&answer.body).unwrap_or_default(),
        Err(trouble) => return (vec![check_silence(remote, trouble)], None),
    };
    if health["status"] != "ok" {
        return (vec![check_port(remote)], None);
    }
    let version = check_version(remote, &health);
    match ask_inside(remote) {
        Ok(running) => (vec![version, DoctorFinding::all_well("admin API", "answers")], Some(running)),
        Err(finding) => (vec![version, finding], None),
    }
}

/// Nobody gave an answer that is one.
fn check_silence(remote: &Remote, trouble: Trouble) -> DoctorFinding {
    match trouble {
        Trouble::Unreachable(error) if error.kind() == ErrorKind::ConnectionRefused => {
            let says = format!("nobody listens at {}; the port is free", remote.base_url());
            DoctorFinding::new("port", FindingState::Odd, says, "start an emulator with `ticketbooth serve`")
        }
        Trouble::Unreachable(_) if is_listening(remote) => check_port(remote),
        Trouble::Unreachable(error) => {
            let says = format!("{} cannot be reached: {error}", remote.base_url());
            DoctorFinding::new("port", FindingState::Wrong, says, "name another address with --url or TICKETBOOTH_URL")
        }
        Trouble::Refused { .. } => check_port(remote),
        Trouble::Unasked(_) => {
            let help = "`openssl rand -hex 16` prints one that can";
            DoctorFinding::new("token", FindingState::Wrong, "the admin token cannot be sent in a header", help)
        }
    }
}

fn is_listening(remote: &Remote) -> bool {
    let addresses = remote.base_url().endpoint.to_socket_addrs();
    addresses.into_iter().flatten().any(|address| TcpStream::connect_timeout(&address, PATIENCE).is_ok())
}

fn check_port(remote: &Remote) -> DoctorFinding {
    let says = format!("another program answers at {}", remote.base_url());
    DoctorFinding::new(
        "port",
        FindingState::Wrong,
        says,
        "stop it, or serve elsewhere: `ticketbooth serve --listen 127.0.0.1:0`",
    )
}

fn check_version(remote: &Remote, health: &Value) -> DoctorFinding {
    let (theirs, ours) = (cell_text(&health["version"]), env!("CARGO_PKG_VERSION"));
    let says = format!("ticketbooth {theirs} answers at {}", remote.base_url());
    if theirs == ours {
        return DoctorFinding::all_well("port", says);
    }
    DoctorFinding::new("port", FindingState::Odd, says, format!("this is ticketbooth {ours}; use one version for both"))
}

/// The configuration and the clock that the emulator reports.
fn ask_inside(remote: &Remote) -> Result<Running, DoctorFinding> {
    let asked = || -> Result<Running, Failure> {
        let info = remote.ask_json(AdminCall::get("/info"))?;
        Ok(Running { info, clock: remote.ask_json(AdminCall::get("/clock"))? })
    };
    asked().map_err(|failure| {
        let (says, help) = match failure {
            Failure::Own(complaint) => (complaint.message, complaint.help.unwrap_or_default()),
            other => (format!("{other:?}"), String::new()),
        };
        DoctorFinding::new("admin API", FindingState::Wrong, says, help)
    })
}
