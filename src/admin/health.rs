//! Whether the emulator is there. Public, also where the rest of the admin API is guarded.

use serde_json::json;

use super::data;
use crate::call::RawRequest;
use crate::emulator::Emulator;
use crate::reply::Reply;

/// Alive and ready are one: ports are opened after everything else is done.
pub(super) fn health(_emulator: &Emulator, _raw: &RawRequest) -> Reply {
    data(200, &json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION") }))
}
