//! The parameters of an open page, as its token and its link have them.

use serde_json::Value;

use crate::domain::Ticket;
use crate::exhibit::{Condition, Filter, FilterOrigin, PageSettings, Test};
use crate::sign::decode_pairs;
use crate::text::display_json;

/// The vendor's filters.
const OPERATORS: &[(&str, Test)] = &[("-eq", Test::OneOf), ("-is", Test::OneOf), ("-neq", Test::NoneOf)];

/// A parameter of the token stands before the one of the same name in the link, which the visitor could change.
pub fn read_settings(ticket: &Ticket, link: &[(String, String)]) -> PageSettings {
    let extras = ticket.extras.as_deref();
    let parse = |text: Option<&String>| text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or(Value::Null);
    let global = parse(extras.and_then(|extras| extras.global_param.as_ref()));
    let config = parse(extras.and_then(|extras| extras.config_param.as_ref()));
    let mut filters: Vec<Filter> = global.as_array().into_iter().flatten().filter_map(read_filter).collect();
    let of_link = link.iter().filter(|(name, _)| name == "params[]").filter_map(|(_, text)| read_link_filter(text));
    for filter in of_link {
        if !filters.iter().any(|known| known.name == filter.name) {
            filters.push(filter);
        }
    }
    PageSettings {
        filters,
        hides_head: link.iter().any(|(name, value)| name == "withHead" && value == "false"),
        tables: config_details(&config, "TableFilter")
            .and_then(|details| details["Values"].as_array())
            .map(|ids| texts_of(ids)),
        hides_sql: config_details(&config, "SqlView").is_some_and(|details| details["Enabled"] == false),
    }
}

fn read_filter(filter: &Value) -> Option<Filter> {
    let conditions = filter["WhereList"].as_array()?.iter().filter_map(read_condition).collect();
    Some(Filter { name: filter["ParamKey"].as_str()?.to_owned(), origin: FilterOrigin::Ticket, conditions })
}

fn read_condition(condition: &Value) -> Option<Condition> {
    let operator = condition["Operator"].as_str()?;
    let test = OPERATORS.iter().find(|(known, _)| *known == operator).map(|(_, test)| *test);
    Some(Condition { operator: operator.to_owned(), test, values: texts_of(condition["Value"].as_array()?) })
}

/// `value=V&target=NAME`, as it stands behind `params[]=`. Several values have commas between them.
fn read_link_filter(text: &str) -> Option<Filter> {
    let pairs = decode_pairs(text.as_bytes());
    let given = |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let values = given("value")?.split(',').map(str::to_owned).collect();
    let condition = Condition { operator: "=".to_owned(), test: Some(Test::OneOf), values };
    Some(Filter { name: given("target")?.to_owned(), origin: FilterOrigin::Link, conditions: vec![condition] })
}

fn config_details<'c>(config: &'c Value, kind: &str) -> Option<&'c Value> {
    let list = config["ChatBIConfigList"].as_array()?;
    list.iter().find(|entry| entry["ConfigType"] == kind).map(|entry| &entry["ConfigDetails"])
}

fn texts_of(values: &[Value]) -> Vec<String> {
    values.iter().map(display_json).collect()
}
