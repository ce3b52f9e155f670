//! How a started emulator says that it is ready: on stdout, and in a file where one is wanted.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde_json::{Value, json};

use super::failure::Complaint;
use super::{Failure, output};
use crate::http::Addresses;

/// The form of the ready line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Output {
    Text,
    Json,
}

/// Prints the ready line, which is the first on stdout and the last.
pub(crate) fn print(form: Output, addresses: &Addresses) -> Result<(), Failure> {
    match form {
        Output::Text => output::print(&format!("ticketbooth ready on http://{}", addresses.listen)),
        Output::Json => output::print(&object(addresses).to_string()),
    }
}

/// What others need to know of a started emulator. The vendors' own ports are in it where there are any.
fn object(addresses: &Addresses) -> Value {
    let mut object = json!({
        "http": format!("http://{}", addresses.listen),
        "pid": std::process::id(),
        "version": env!("CARGO_PKG_VERSION"),
    });
    for (vendor, address) in [("tencent", addresses.tencent), ("alibaba", addresses.alibaba)] {
        if let Some(address) = address {
            object[vendor] = format!("http://{address}").into();
        }
    }
    object
}

/// A file that is there as long as the emulator is ready.
#[derive(Debug)]
pub(crate) struct ReadyFile(PathBuf);

impl ReadyFile {
    /// Writes the file in one step, so that nobody reads a half of it.
    pub(crate) fn write(path: &Path, addresses: &Addresses) -> Result<Self, Failure> {
        replace(path, &format!("{}\n", object(addresses))).map_err(|error| {
            let complaint = Complaint::new(format!("cannot write the ready file {}: {error}", path.display()));
            Failure::Start(complaint.help("name a file in a folder that exists and can be written to"))
        })?;
        Ok(Self(path.to_owned()))
    }
}

impl Drop for ReadyFile {
    fn drop(&mut self) {
        // Somebody may have taken it away before us, and that is as good.
        let _ = fs::remove_file(&self.0);
    }
}

fn replace(path: &Path, text: &str) -> io::Result<()> {
    let mut name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    let beside = path.with_file_name(name);
    fs::write(&beside, text).and_then(|()| fs::rename(&beside, path)).inspect_err(|_| {
        let _ = fs::remove_file(&beside);
    })
}
