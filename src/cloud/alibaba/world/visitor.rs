//! What an open page shows of whom it is opened as: his tags, the rules on rows that are for him, and the module.

use serde_json::Value;

use super::works::Organizations;
use crate::domain::{Target, User};
use crate::world::VisitorFact;
use crate::world::things::{Thing, Things, is_on, list_in, text_in, text_of};

/// The rules by which the vendor picks rows are documented for its console alone, and there are no rows here; that the
/// page names what would be picked by is enough to see that a rule was set.
pub(super) fn visitor_facts(organizations: &Organizations, target: &Target, user: Option<&User>) -> Vec<VisitorFact> {
    let mut facts = Vec::new();
    if let Target::Module { module } = target {
        facts.push(VisitorFact { kind: "module", name: module.to_string(), text: String::new() });
    }
    let Some((user, things)) = user.and_then(|user| Some((user, organizations.things.get(&user.organization)?))) else {
        return facts;
    };
    facts.extend(tags_of(things, &user.id));
    if let (Target::Work { work, .. }, Some(person)) = (target, things.find("users", &user.id)) {
        let work = things.find("works", work);
        let sets = work.into_iter().flat_map(|work| list_in(work, "datasets")).filter_map(text_of);
        facts.extend(sets.filter_map(|set| things.find("datasets", &set)).flat_map(|set| rules_for(set, person)));
    }
    facts
}

fn tags_of(things: &Things, user: &str) -> impl Iterator<Item = VisitorFact> {
    things.all("user_tags").filter_map(move |tag| {
        let value = things.find("tag_values", &format!("{user}/{}", text_in(tag, "id")))?;
        let (name, text) = (text_in(tag, "name").to_owned(), text_in(value, "value").to_owned());
        Some(VisitorFact { kind: "tag", name, text })
    })
}

/// The rules on rows of a data set that are for the person; where none is, what the data set says of whom none is for.
fn rules_for(set: &Thing, person: &Thing) -> Vec<VisitorFact> {
    let Some(permission) = set.get("row_permission").and_then(Value::as_object).filter(|rows| is_on(rows, "open"))
    else {
        return Vec::new();
    };
    let fact = |text: String| VisitorFact { kind: "rule", name: text_in(set, "name").to_owned(), text };
    if permission.get("white_list").and_then(Value::as_object).is_some_and(|people| has_person(people, person)) {
        return vec![fact("white list: no rule counts".to_owned())];
    }
    let is_for = |rule: &&Thing| {
        let people = rule.get("people").and_then(Value::as_object);
        let is_for_all = people.is_none_or(is_nobody) && !is_for_named(rule);
        is_on(rule, "open") && (is_for_all || people.is_some_and(|people| has_person(people, person)))
    };
    let rules: Vec<&Thing> = list_in(permission, "rules").iter().filter_map(Value::as_object).filter(is_for).collect();
    if rules.is_empty() {
        return vec![fact(format!("no rule, miss-hit policy {}", text_in(permission, "miss_hit_policy")))];
    }
    let text = |rule: &&Thing| format!("{} {}", text_in(rule, "name"), text_in(rule, "content")).trim_end().to_owned();
    rules.iter().map(|rule| fact(text(rule))).collect()
}

fn has_person(people: &Thing, person: &Thing) -> bool {
    let id = text_in(person, "id");
    let groups = list_in(person, "groups");
    list_in(people, "users").iter().any(|user| user == id)
        || list_in(people, "groups").iter().any(|group| groups.contains(group))
}

/// Whether a call has said that the rule is for named people alone, by the vendor's number.
fn is_for_named(rule: &Thing) -> bool {
    rule.get("target_scope").and_then(text_of).is_some_and(|scope| scope == "2")
}

/// A rule for nobody is one for everybody.
fn is_nobody(people: &Thing) -> bool {
    list_in(people, "users").is_empty() && list_in(people, "groups").is_empty()
}
