//! The root of an emulator that speaks TLS. It is a certificate, and so for everybody.

use super::asked::AdminRequest;
use super::{AdminError, Answer};
use crate::emulator::wall_now;
use crate::reply::Reply;
use crate::trust::{Identity, write_keystore};

/// The media type of certificates in PEM.
pub(super) const PEM: &str = "application/x-pem-file";

/// The media type of a keystore for a JVM.
pub(super) const KEYSTORE: &str = "application/x-java-keystore";

pub(super) fn show_root(request: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    Ok(Reply::new(200, PEM, trust_of(request)?.root_pem().to_owned()).into())
}

pub(super) fn show_keystore(request: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    Ok(Reply::new(200, KEYSTORE, write_keystore(trust_of(request)?.root_der(), wall_now())).into())
}

fn trust_of<'a>(request: &AdminRequest<'a>) -> Result<&'a Identity, AdminError> {
    request
        .emulator
        .trust
        .as_deref()
        .ok_or_else(|| AdminError::new(404, "no_tls", "this emulator speaks no TLS", "start it with --tls"))
}
