//! The shapes of parameters that are JSON in a text.

use serde_json::Value;

/// Whether the text is a list of page-parameter filters:
/// `[{"ParamKey":"name","JoinType":"AND","WhereList":[{"Operator":"-is","Value":["a"]}]}]`.
///
/// The join may be written in any case, as the vendor's own sample answer does.
pub fn is_global_param(text: &str) -> bool {
    let Ok(Value::Array(filters)) = serde_json::from_str(text) else { return false };
    filters.iter().all(|filter| {
        let named = filter["ParamKey"].as_str().is_some_and(|key| !key.is_empty());
        let joined = filter["JoinType"].as_str().is_some_and(|join| join.eq_ignore_ascii_case("and"));
        named && joined && filter["WhereList"].as_array().is_some_and(|list| list.iter().all(is_condition))
    })
}

fn is_condition(condition: &Value) -> bool {
    let operator = condition["Operator"].as_str().is_some_and(|word| ["-neq", "-eq", "-is"].contains(&word));
    let values = condition["Value"].as_array().is_some_and(|list| list.iter().all(Value::is_string));
    operator && values
}

/// Whether the text is an object of display settings for ChatBI:
/// `{"ChatBIConfigList":[{"ConfigType":"TableFilter","ConfigDetails":{"Values":["26513"]}}]}`.
pub fn is_config_param(text: &str) -> bool {
    let Ok(config @ Value::Object(_)) = serde_json::from_str::<Value>(text) else { return false };
    let Some(list) = config["ChatBIConfigList"].as_array() else { return false };
    list.iter().all(|setting| match setting["ConfigType"].as_str() {
        Some("TableFilter") => setting["ConfigDetails"]["Values"].is_array(),
        Some("SqlView") => setting["ConfigDetails"]["Enabled"].is_boolean(),
        _ => false,
    })
}
