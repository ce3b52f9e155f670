//! A sandbox as one document, and a document in the place of a sandbox.

use schemars::JsonSchema;
use serde::Serialize;

use super::asked::{Asked, no_sandbox};
use super::{Answer, Problem, Streaming, data};
use crate::emulator::AdoptedKey;
use crate::snapshot;

/// What was loaded.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Loaded {
    /// The sandbox that it was loaded into.
    sandbox: String,
    tickets: usize,
    /// The keys of the snapshot.
    keys: Vec<KeyView>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct KeyView {
    vendor: &'static str,
    id: String,
    /// Another sandbox that has the key, and that its calls go to still; `null`: they come here.
    belongs_to: Option<String>,
}

pub(super) fn save(asked: &Asked<'_>) -> Result<Answer, Problem> {
    let pieces = Box::new(snapshot::pieces(&asked.live()));
    Ok(Answer::Stream(Streaming::Pieces { media_type: "application/json", pieces }))
}

pub(super) fn load(asked: &Asked<'_>) -> Result<Answer, Problem> {
    if asked.raw.oversize {
        let message = format!("the snapshot is larger than {} bytes, which is all that is read", asked.raw.body.len());
        return Err(Problem::new(
            413,
            "too_large",
            message,
            "a sandbox with fewer tickets and nonces has a smaller one",
        ));
    }
    let bad =
        |place: &str, cause: &str, hint: &str| Problem::new(422, "bad_snapshot", format!("{place}: {cause}"), hint);
    let text = std::str::from_utf8(&asked.raw.body)
        .map_err(|error| bad("body", &format!("damaged snapshot: {error}"), "send it as it was saved"))?;
    let arrival = snapshot::read(text).map_err(|unfit| bad(&unfit.place, &unfit.cause, &unfit.hint))?;
    let sandbox = asked.tenant.id().to_string();
    let adopted = asked.emulator.adopt(&asked.tenant, arrival).ok_or_else(|| no_sandbox(&sandbox))?;
    let keys = adopted.keys.into_iter().map(KeyView::of).collect();
    Ok(data(200, &Loaded { sandbox, tickets: adopted.tickets, keys }).into())
}

impl KeyView {
    fn of(AdoptedKey { key, elsewhere }: AdoptedKey) -> Self {
        Self { vendor: key.vendor, id: key.id, belongs_to: elsewhere.as_deref().map(str::to_owned) }
    }
}
