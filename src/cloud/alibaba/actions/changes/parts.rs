//! Pieces that several changes have in common.

use serde_json::{Value, json};

use crate::cloud::writing::Edit;
use crate::domain::Refusal;
use crate::world::things::{Thing, list_in, text_in};

/// A value that nothing but a wrong parameter is told for.
pub const fn unfit(name: &'static str) -> Refusal {
    Refusal::ParamUnfit { name }
}

/// Puts the id into the list in a field, once.
pub fn add_to_list(thing: &mut Thing, field: &str, id: &str) {
    let mut list = list_in(thing, field).to_vec();
    if !list.iter().any(|one| one == id) {
        list.push(json!(id));
    }
    thing.insert(field.to_owned(), list.into());
}

/// Takes the id out of the list in a field.
pub fn take_from_list(thing: &mut Thing, field: &str, id: &str) {
    if list_in(thing, field).iter().any(|one| one == id) {
        let rest: Value = list_in(thing, field).iter().filter(|one| *one != id).cloned().collect();
        thing.insert(field.to_owned(), rest);
    }
}

/// Changes the object in a field.
pub fn change_object(thing: &mut Thing, field: &str, change: impl FnOnce(&mut Thing)) {
    let mut object = thing.get(field).and_then(Value::as_object).cloned().unwrap_or_default();
    change(&mut object);
    thing.insert(field.to_owned(), object.into());
}

/// Changes whom a rule is for. One that names nobody is for everybody, and one that has lost all of its people is not: from
/// then on it says so, with the vendor's number for named people.
pub fn change_people(rule: &mut Thing, change: impl FnOnce(&mut Thing)) {
    let names_somebody = |rule: &Thing| {
        let people = rule.get("people").and_then(Value::as_object);
        people.is_some_and(|people| ["users", "groups"].iter().any(|list| !list_in(people, list).is_empty()))
    };
    let before = names_somebody(rule);
    change_object(rule, "people", change);
    if before && !names_somebody(rule) {
        rule.entry("target_scope").or_insert_with(|| json!(NAMED_PEOPLE));
    }
}

/// The vendor's number for rules that are for named people alone.
const NAMED_PEOPLE: &str = "2";

/// Whether a comma list has more pieces than it may have.
pub fn is_longer(edit: &Edit<'_>, param: &'static str, limit: usize) -> Option<Refusal> {
    (edit.pieces(param).len() > limit).then_some(Refusal::ParamTooLong { name: param, limit })
}

/// The ids of the things of a kind that fit.
pub fn ids_of(edit: &Edit<'_>, kind: &str, fits: impl Fn(&Thing) -> bool) -> Vec<String> {
    edit.look().things.all(kind).filter(|thing| fits(thing)).map(|thing| text_in(thing, "id").to_owned()).collect()
}

/// The id of the subject.
pub fn subject_id(edit: &Edit<'_>) -> String {
    text_in(edit.subject(), "id").to_owned()
}
