//! `ticketbooth wait`: blocks until the emulator is ready.

use std::time::Duration;

use clap::Args;

use super::Failure;
use super::base_url::{self, BaseUrl};
use super::failure::Complaint;
use crate::http;
use crate::time;

#[derive(Debug, Args)]
pub(crate) struct Flags {
    /// The emulator.
    #[arg(long, env = "TICKETBOOTH_URL", default_value = base_url::DEFAULT, value_name = "URL")]
    url: BaseUrl,
    /// How long to wait: `30s`, `500ms`, `2m`, or a number of seconds.
    #[arg(long, default_value = "30s", value_name = "DURATION", value_parser = duration)]
    timeout: Duration,
}

pub(crate) fn run(flags: &Flags) -> Result<(), Failure> {
    http::wait_until_ready(&flags.url.endpoint, flags.timeout).map_err(|error| {
        let help = "start one with `ticketbooth serve`, or name its address with --url or TICKETBOOTH_URL";
        Failure::Start(Complaint::new(error.to_string()).help(help))
    })
}

/// A duration of a flag; a bare number means seconds.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    if let Ok(seconds) = text.parse::<u32>() {
        return Ok(Duration::from_secs(u64::from(seconds)));
    }
    time::duration(text, Duration::MAX).map_err(|bad| format!("{}; {}", bad.message, bad.help))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_people_write_them() {
        assert_eq!(duration("30"), Ok(Duration::from_secs(30)));
        assert_eq!(duration("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(duration("2m"), Ok(Duration::from_secs(120)));
        assert!(duration("-1s").is_err());
        assert!(duration("soon").is_err());
    }
}
