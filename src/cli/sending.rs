//! The way of our own verbs to an emulator: plain, or with TLS, whose root they then have to know.

use std::io;
use std::path::Path;
use std::time::Duration;

use serde_json::Value;

use super::files;
use super::values::BaseUrl;
use crate::call::RawRequest;
use crate::http::{self, ClientAnswer, NotReady, ServerPlace};

/// The variable that names the file with the emulator's root.
pub(crate) const ROOT_VARIABLE: &str = "TICKETBOOTH_CA";

/// The most bytes of a file with roots: a bundle of a system has a few hundred thousand.
const ROOTS_BYTES: u64 = 4 << 20;

/// Sends the request and waits for the answer.
pub(crate) fn send(url: &BaseUrl, raw: &RawRequest, patience: Duration) -> io::Result<ClientAnswer> {
    let roots = roots_for(url)?;
    http::send_request(ServerPlace { authority: &url.endpoint, roots: roots.as_deref() }, raw, patience)
}

/// Returns when the emulator is ready.
pub(crate) fn wait_until_ready(url: &BaseUrl, patience: Duration) -> Result<(), NotReady> {
    let unready = |error: io::Error| NotReady { authority: url.to_string(), patience, last: error.to_string() };
    let roots = roots_for(url).map_err(unready)?;
    http::wait_until_ready(ServerPlace { authority: &url.endpoint, roots: roots.as_deref() }, patience)
}

/// The root of the emulator, where it takes one.
fn roots_for(url: &BaseUrl) -> io::Result<Option<String>> {
    if !url.is_tls {
        return Ok(None);
    }
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    if let Some(file) = variable(ROOT_VARIABLE) {
        return files::read_text(Path::new(&file), ROOTS_BYTES).map(|file| Some(file.text)).map_err(io::Error::other);
    }
    let ready = variable("TICKETBOOTH_READY_FILE").and_then(|file| files::read_content(Path::new(&file)));
    let ready: Value = ready.and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default();
    ready["ca"].as_str().map(|root| Some(root.to_owned())).ok_or_else(|| {
        io::Error::other(format!(
            "{url} has TLS, and its root is not known: name the file in {ROOT_VARIABLE}, or use http://"
        ))
    })
}
