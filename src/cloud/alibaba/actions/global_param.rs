//! The shape of GlobalParam: a JSON array of filters, as text.

use serde_json::Value;

use crate::domain::Refusal;
use crate::sign::decode_pairs;

const NAME: &str = "globalParam";

/// Whether the text is `[{"paramKey":"price","joinType":"and","conditionList":[{"operate":">","value":"0"}]}]`.
///
/// The 2021 page tells callers to percent-encode the text once more, so both forms pass; the text is
/// kept as it came.
///
/// # Errors
///
/// - [`Refusal::ParamNotArray`]: it does not begin as an array. The service's own parser says so in
///   words that are known.
/// - [`Refusal::ParamShape`]: it does, but is not such an array.
pub fn check_global_param(text: &str) -> Result<(), Refusal> {
    let decoded = once_decoded(text);
    let text = decoded.as_deref().unwrap_or(text).trim();
    if !text.starts_with('[') {
        return Err(Refusal::ParamNotArray { name: NAME });
    }
    let Ok(Value::Array(filters)) = serde_json::from_str(text) else { return Err(Refusal::ParamShape { name: NAME }) };
    if filters.iter().all(is_filter) { Ok(()) } else { Err(Refusal::ParamShape { name: NAME }) }
}

/// The text without the percent-encoding that the 2021 page tells callers to put around it; `None`: it has none.
pub fn once_decoded(text: &str) -> Option<String> {
    let encoded = text.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("%5b"));
    let pair = encoded.then(|| decode_pairs(format!("v={text}").as_bytes()))?;
    pair.into_iter().next().map(|(_, value)| value)
}

fn is_filter(filter: &Value) -> bool {
    let named = filter["paramKey"].as_str().is_some_and(|key| !key.is_empty());
    let joined = filter["joinType"].as_str().is_some_and(|join| join.eq_ignore_ascii_case("and"));
    named && joined && filter["conditionList"].as_array().is_some_and(|list| list.iter().all(is_condition))
}

/// The list of operators is not public as a whole, so any word passes.
fn is_condition(condition: &Value) -> bool {
    let operator = condition["operate"].as_str().is_some_and(|word| !word.is_empty());
    operator && matches!(condition["value"], Value::String(_) | Value::Array(_))
}
