//! `ticketbooth wait`: blocks until the emulator is ready.

use std::time::Duration;

use clap::Args;

use super::Failure;
use super::failure::Complaint;
use super::sending;
use super::values::AddressFlags;

#[derive(Debug, Args)]
pub(crate) struct WaitFlags {
    #[command(flatten)]
    address: AddressFlags,
    /// How long to wait: `30s`, `500ms`, `2m`, or a number of seconds.
    #[arg(long, default_value = "30s", value_name = "DURATION", value_parser = super::values::parse_duration)]
    timeout: Duration,
}

pub(crate) fn run(flags: &WaitFlags) -> Result<(), Failure> {
    sending::wait_until_ready(&flags.address.base_url(), flags.timeout).map_err(|error| {
        let help = "start one with `ticketbooth serve`, or name its address with --url or TICKETBOOTH_URL";
        Failure::Start(Complaint::new(error.to_string()).with_help(help))
    })
}
