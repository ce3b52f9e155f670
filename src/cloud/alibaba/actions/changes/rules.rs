//! The rules on rows and columns of data sets, and whom they are for.

use serde_json::{Value, json};

use super::parts::{add_to_list, change_people, ids_of, take_from_list};
use super::permissions::{
    BAD_LEVEL, BAD_MODEL, FOREIGN_SET, LEVELS, UNKNOWN_SET, UNKNOWN_USER, change_permission, cube, field_of_level,
    ids_in, level, model, people_in_world, people_of, rule_id,
};
use crate::cloud::alibaba::actions::tells::modules::{CONTENT_OF_RULE, MORE_OF_RULE, rule_model};
use crate::cloud::telling::text;
use crate::cloud::writing::{Edit, IdShape, WriteAnswer, WriteStep, Writing};
use crate::domain::{Reason, Refusal};
use crate::world::things::{Thing, list_in, text_of};

/// Lists of people in the vendor's models, and in a world.
const PEOPLE: [(&str, &str); 2] = [("users", "users"), ("userGroups", "groups")];
const FOREIGN_RULE: WriteStep = WriteStep::Check(Reason::RuleForeign, foreign_rule);
const UNKNOWN_RULE: WriteStep = WriteStep::Check(Reason::RuleUnknown, unknown_rule);

/// With the id of a rule it changes that one as far as the model says, else it makes one.
pub static SET_RULE: Writing = Writing {
    needs: &[],
    steps: &[
        BAD_MODEL,
        BAD_LEVEL,
        FOREIGN_SET,
        UNKNOWN_SET,
        FOREIGN_RULE,
        UNKNOWN_RULE,
        UNKNOWN_USER,
        WriteStep::Do(set_rule),
    ],
    answer: WriteAnswer::Kept(text("rule")),
};

pub static ADD_PEOPLE: Writing = Writing {
    needs: &[],
    steps: &[
        BAD_MODEL,
        FOREIGN_SET,
        UNKNOWN_SET,
        FOREIGN_RULE,
        UNKNOWN_RULE,
        UNKNOWN_USER,
        WriteStep::Do(|edit| change_people_of(edit, add_to_list)),
    ],
    answer: WriteAnswer::Done,
};

/// People whom the rule is not for need not be taken out of it.
pub static TAKE_PEOPLE: Writing = Writing {
    needs: &[],
    steps: &[
        BAD_MODEL,
        FOREIGN_SET,
        UNKNOWN_SET,
        FOREIGN_RULE,
        UNKNOWN_RULE,
        WriteStep::Do(|edit| change_people_of(edit, take_from_list)),
    ],
    answer: WriteAnswer::Done,
};

pub static DELETE_RULE: Writing = Writing {
    needs: &[],
    steps: &[
        FOREIGN_SET,
        UNKNOWN_SET,
        FOREIGN_RULE,
        UNKNOWN_RULE,
        WriteStep::Do(|edit| {
            let rule = rule_id(edit);
            let Some(field) = rule_in(edit, &cube(edit), &rule) else { return };
            change_permission(edit, field, |permission| {
                if let Some(rules) = permission.get_mut("rules").and_then(Value::as_array_mut) {
                    rules.retain(|one| !is_rule(one, &rule));
                }
            });
        }),
    ],
    answer: WriteAnswer::Done,
};

fn is_rule(rule: &Value, id: &str) -> bool {
    rule.get("id").and_then(text_of).is_some_and(|own| own == id)
}

/// The field of the data set in which the rule stands.
fn rule_in(edit: &Edit<'_>, set: &str, rule: &str) -> Option<&'static str> {
    let set = edit.look().things.find("datasets", set)?;
    let has = |field: &str| {
        set.get(field)
            .and_then(Value::as_object)
            .is_some_and(|of| list_in(of, "rules").iter().any(|one| is_rule(one, rule)))
    };
    LEVELS.iter().map(|(_, field)| *field).find(|field| has(field))
}

fn foreign_rule(edit: &Edit<'_>) -> Option<Refusal> {
    let (own, rule) = (cube(edit), rule_id(edit));
    let is_in = |set: &String| rule_in(edit, set, &rule).is_some();
    let is_foreign = !is_in(&own) && ids_of(edit, "datasets", |_| true).iter().any(is_in);
    is_foreign.then_some(Refusal::RuleForeign {})
}

/// A call that makes a rule names none.
fn unknown_rule(edit: &Edit<'_>) -> Option<Refusal> {
    let rule = rule_id(edit);
    let makes = rule.is_empty() && edit.look().args.get("RuleModel").is_some();
    (!makes && rule_in(edit, &cube(edit), &rule).is_none()).then_some(Refusal::RuleUnknown { rule })
}

/// The rule as the model has it; what the model leaves out stays as it was.
fn set_rule(edit: &mut Edit<'_>) {
    let (model, set) = (model(edit), cube(edit));
    let Some(field) = rule_in(edit, &set, &rule_id(edit)).or_else(|| field_of_level(&level(edit))) else { return };
    let id = match rule_id(edit) {
        id if id.is_empty() => edit.new_id("rules", IdShape::Uuid),
        id => json!(id),
    };
    let mut whole = Value::Null;
    change_permission(edit, field, |permission| {
        let mut rules = list_in(permission, "rules").to_vec();
        let place = rules.iter().position(|rule| rule.get("id") == Some(&id));
        let mut rule = place.and_then(|place| rules[place].as_object().cloned()).unwrap_or_else(new_rule);
        rule.insert("id".to_owned(), id);
        take_over(&mut rule, &model);
        whole = rule.into();
        match place {
            Some(place) => rules[place] = whole.clone(),
            None => rules.push(whole.clone()),
        }
        permission.insert("rules".to_owned(), rules.into());
    });
    edit.keep("rule", json!(text_of_rule(&whole, &set, field)));
}

fn new_rule() -> Thing {
    [("open", json!(true)), ("people", json!({ "users": [], "groups": [] }))]
        .map(|(name, value)| (name.to_owned(), value))
        .into_iter()
        .collect()
}

fn take_over(rule: &mut Thing, model: &Thing) {
    let content = model.get("ruleContentModel").and_then(Value::as_object);
    let of_rule = [("ruleName", "name")].iter().chain(&MORE_OF_RULE).map(|names| (Some(model), names));
    for (from, (theirs, ours)) in of_rule.chain(CONTENT_OF_RULE.iter().map(|names| (content, names))) {
        if let Some(value) = from.and_then(|from| from.get(*theirs)) {
            rule.insert((*ours).to_owned(), value.clone());
        }
    }
    if let Some(open) = model.get("isOpen") {
        rule.insert("open".to_owned(), json!(*open == 1 || *open == true));
    }
    if model.contains_key("ruleUsersModel") {
        rule.insert("people".to_owned(), people_in_world(&people_of(model)));
    }
}

/// The rule as JSON text, as the sample of the page has it.
fn text_of_rule(rule: &Value, set: &str, field: &str) -> String {
    let mut told = rule_model(rule);
    let level = LEVELS.iter().find(|(_, own)| *own == field).map(|(word, _)| *word);
    told["cubeId"] = json!(set);
    told["ruleLevelType"] = json!(level);
    let content = rule.get("content").and_then(Value::as_str).and_then(|text| serde_json::from_str(text).ok());
    if let Some(content) = content {
        told["ruleContentModel"]["ruleContent"] = content;
    }
    told.to_string()
}

fn change_people_of(edit: &mut Edit<'_>, change: fn(&mut Thing, &str, &str)) {
    let (rule, people) = (rule_id(edit), people_of(&model(edit)));
    let Some(field) = rule_in(edit, &cube(edit), &rule) else { return };
    change_permission(edit, field, |permission| {
        let rules = permission.get_mut("rules").and_then(Value::as_array_mut);
        let mut rules = rules.into_iter().flatten().filter(|one| is_rule(one, &rule));
        let Some(rule) = rules.find_map(Value::as_object_mut) else { return };
        change_people(rule, |own| {
            for (theirs, ours) in PEOPLE {
                ids_in(&people, theirs).iter().for_each(|id| change(own, ours, id));
            }
        });
    });
}
