//! Making parts of a sandbox anew.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::asked::AdminRequest;
use super::{AdminError, Answer, json_reply};
use crate::document::suggest_near;
use crate::emulator::Aspect;

/// The parts to reset. Without any: all of it, and chance; a scenario that was begun meanwhile ends then, and
/// the sandbox is as it was made.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ResetRequest {
    #[serde(default)]
    #[schemars(schema_with = "parts_schema")]
    what: Option<Vec<String>>,
}

fn parts_schema(_: &mut SchemaGenerator) -> Schema {
    let lines = Aspect::ALL.iter().map(|aspect| format!("`{}`: {}.", aspect.name(), aspect.about()));
    let names: Vec<&str> = Aspect::ALL.iter().map(|aspect| aspect.name()).collect();
    json_schema!({
        "description": lines.collect::<Vec<_>>().join(" "),
        "type": ["array", "null"],
        "items": { "type": "string", "enum": names },
    })
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ResetDone {
    /// The parts that were reset.
    reset: Vec<&'static str>,
}

pub(super) fn reset_sandbox(asked: &AdminRequest<'_>) -> Result<Answer, AdminError> {
    let wish: ResetRequest = asked.body_or_default()?;
    let aspects = match wish.what {
        None => Aspect::ALL.to_vec(),
        Some(words) => words.iter().map(|word| parse_aspect(word)).collect::<Result<_, _>>()?,
    };
    asked.sandbox.reset_aspects(&aspects);
    Ok(json_reply(200, &ResetDone { reset: aspects.iter().map(|aspect| aspect.name()).collect() }).into())
}

fn parse_aspect(word: &str) -> Result<Aspect, AdminError> {
    let names: Vec<&str> = Aspect::ALL.iter().map(|aspect| aspect.name()).collect();
    Aspect::ALL.iter().copied().find(|aspect| aspect.name() == word).ok_or_else(|| {
        let near = suggest_near(word, names.iter().copied()).map(|near| near + " ").unwrap_or_default();
        let hint = format!("{near}one of: {}", names.join(", "));
        AdminError::new(400, "bad_body", format!("nothing called \"{word}\" can be reset"), hint)
    })
}
