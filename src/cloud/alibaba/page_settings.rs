//! The parameters of an open page, as its ticket and its link have them.

use serde_json::Value;

use super::actions::once_decoded;
use crate::domain::Ticket;
use crate::exhibit::{Condition, Filter, FilterOrigin, PageSettings, Test};
use crate::text::display_json;

/// The text that the vendor's page shows for a parameter that the work does not have, as it was seen.
pub const UNKNOWN_PARAMETER: &str = "全局参数配置在报表组件中不存在";

/// The tests by the words of the vendor's filters. `between` is left out: nobody has shown how its two values are written.
/// That `like` finds a part of a text, with or without `%`, is taken from the name alone.
const OPERATORS: &[(&str, Test)] = &[
    ("=", Test::OneOf),
    ("in", Test::OneOf),
    ("!=", Test::NoneOf),
    ("<", Test::Less),
    ("<=", Test::AtMost),
    (">", Test::More),
    (">=", Test::AtLeast),
    ("like", Test::Contains),
    ("contain", Test::Contains),
    ("start-with", Test::StartsWith),
    ("end-with", Test::EndsWith),
];

/// Parameters of a link set no global parameters; what the vendor documents of them is how the page is displayed.
pub fn read_settings(ticket: &Ticket, link: &[(String, String)]) -> PageSettings {
    let global = ticket.extras.as_deref().and_then(|extras| extras.global_param.as_deref()).unwrap_or("");
    let decoded = once_decoded(global);
    let filters: Value = serde_json::from_str(decoded.as_deref().unwrap_or(global)).unwrap_or_default();
    let display = link.iter().find(|(name, _)| name == "embedDisplayParam").map_or("", |(_, value)| value);
    let display: Value = serde_json::from_str(display).unwrap_or_default();
    PageSettings {
        filters: filters.as_array().into_iter().flatten().filter_map(read_filter).collect(),
        hides_head: display["showTitle"] == false,
        ..PageSettings::default()
    }
}

fn read_filter(filter: &Value) -> Option<Filter> {
    let conditions = filter["conditionList"].as_array()?.iter().filter_map(read_condition).collect();
    Some(Filter { name: filter["paramKey"].as_str()?.to_owned(), origin: FilterOrigin::Ticket, conditions })
}

fn read_condition(condition: &Value) -> Option<Condition> {
    let operator = condition["operate"].as_str()?;
    let values = match &condition["value"] {
        Value::Array(values) => values.iter().map(display_json).collect(),
        value => vec![display_json(value)],
    };
    let test = OPERATORS.iter().find(|(known, _)| known.eq_ignore_ascii_case(operator)).map(|(_, test)| *test);
    Some(Condition { operator: operator.to_owned(), test, values })
}
