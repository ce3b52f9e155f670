//! Whether the emulator is there. Public, also where the rest of the admin API is guarded.

use schemars::JsonSchema;
use serde::Serialize;

use super::asked::Asked;
use super::{Answer, Problem, data};

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Health {
    status: &'static str,
    version: &'static str,
}

/// Alive and ready are one: ports are opened after everything else is done.
pub(super) fn health(_asked: &Asked<'_>) -> Result<Answer, Problem> {
    Ok(data(200, &Health { status: "ok", version: env!("CARGO_PKG_VERSION") }).into())
}
