//! A sandbox as one document, and a document in the place of a sandbox.

use schemars::JsonSchema;
use serde::Serialize;

use super::asked::{AdminRequest, no_sandbox};
use super::{AdminError, Answer, Streaming, json_reply};
use crate::emulator::AdoptedKey;
use crate::snapshot;

/// The snapshot that was loaded.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Loaded {
    /// The sandbox that it was loaded into.
    sandbox: String,
    tickets: usize,
    /// The keys of the snapshot.
    keys: Vec<LoadedKeyView>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct LoadedKeyView {
    vendor: &'static str,
    id: String,
    /// Another sandbox that has the key, and that its calls go to still; `null`: they come here.
    belongs_to: Option<String>,
}

pub(super) fn save_snapshot(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    let pieces = Box::new(snapshot::snapshot_pieces(&asked.epoch()));
    Ok(Answer::Stream(Streaming::Pieces { media_type: "application/json", pieces }))
}

pub(super) fn load_snapshot(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    if asked.raw.oversize {
        let message = format!("the snapshot is larger than {} bytes, which is all that is read", asked.raw.body.len());
        return Err(AdminError::new(
            413,
            "too_large",
            message,
            "a sandbox with fewer tickets and nonces has a smaller one",
        ));
    }
    let bad =
        |place: &str, cause: &str, hint: &str| AdminError::new(422, "bad_snapshot", format!("{place}: {cause}"), hint);
    let text = std::str::from_utf8(&asked.raw.body)
        .map_err(|error| bad("body", &format!("damaged snapshot: {error}"), "send it as it was saved"))?;
    let arrival = snapshot::read_snapshot(text).map_err(|unfit| bad(&unfit.place, &unfit.cause, &unfit.hint))?;
    let sandbox = asked.sandbox.id().to_string();
    let adopted = asked.emulator.import_sandbox(&asked.sandbox, arrival).ok_or_else(|| no_sandbox(&sandbox))?;
    let keys = adopted.keys.into_iter().map(LoadedKeyView::from_adopted).collect();
    Ok(json_reply(200, &Loaded { sandbox, tickets: adopted.tickets, keys }).into())
}

impl LoadedKeyView {
    fn from_adopted(AdoptedKey { key, elsewhere }: AdoptedKey) -> Self {
        Self { vendor: key.vendor, id: key.id, belongs_to: elsewhere.as_deref().map(str::to_owned) }
    }
}
