use serde_json::json;

use super::*;
use crate::domain::Timestamp;

fn thing(id: &str, name: &str) -> Thing {
    thing_of(&json!({ "id": id, "name": name }))
}

fn names(things: &Things) -> Vec<&str> {
    things.all("users").map(|user| text_in(user, "name")).collect()
}

fn mark(number: u128) -> Arc<CallMark> {
    Arc::new(CallMark {
        request_id: number.to_string().into(),
        action: "UpdateUser".into(),
        at: Timestamp::from_unix(1),
    })
}

#[test]
fn changes_stand_in_the_place_of_what_was_loaded_and_a_copy_does_not_see_them() {
    let mut things = Things::default();
    things.add("users", [thing("a", "one"), thing("b", "two"), thing("c", "three")]);
    let before = things.clone();
    things.put("users", thing("b", "zwei"), &mark(1));
    things.end("users", "a", &mark(2));
    things.put("users", thing("d", "four"), &mark(3));
    things.put("users", thing("e", "five"), &mark(4));
    things.put("users", thing("d", "vier"), &mark(5));
    assert_eq!(names(&things), ["zwei", "three", "vier", "five"]);
    assert_eq!(things.new_things("users").map(|user| text_in(user, "id")).collect::<Vec<_>>(), ["d", "e"]);
    assert_eq!((things.find("users", "a"), things.find("users", "d")), (None, Some(&thing("d", "vier"))));
    assert_eq!(names(&before), ["one", "two", "three"]);
    assert_eq!(before.changes().count(), 0);
    let by = &things.change_of("users", "d").expect("it was made").by;
    assert_eq!((&by[""], &by["name"]), (&mark(3), &mark(5)));
    assert!(things.change_of("users", "c").is_none() && things.change_of("users", "x").is_none());
    let ids: Vec<String> = things.changes().map(|(_, id, _)| id).collect();
    assert_eq!(ids, ["a", "b", "d", "e"]);
}

#[test]
fn what_was_made_and_ended_leaves_nothing_and_what_was_loaded_can_come_back() {
    let mut things = Things::default();
    things.add("users", [thing("a", "one")]);
    for number in 0..3 {
        things.put("users", thing("x", "new"), &mark(number));
        things.end("users", "x", &mark(number));
    }
    assert_eq!((things.changes().count(), things.weight_of_changes()), (0, 0));
    assert_eq!(things.put("users", thing("a", "one"), &mark(9)), None, "it is so already");
    things.end("users", "a", &mark(1));
    things.end("users", "a", &mark(2));
    assert_eq!(things.change_of("users", "a").expect("it is marked").by[""], mark(1));
    things.put("users", thing("a", "again"), &mark(3));
    assert_eq!(names(&things), ["again"]);
}

#[test]
fn changes_go_over_to_things_loaded_anew() {
    let load = || {
        let mut things = Things::default();
        things.add("users", [thing("a", "one"), thing("b", "two")]);
        things
    };
    let mut things = load();
    things.put("users", thing("n", "new"), &mark(1));
    things.end("users", "a", &mark(2));
    let mut other = load();
    for (kind, id, change) in things.changes() {
        other.restore(kind, &id, change.clone());
    }
    assert_eq!(names(&other), names(&things));
    assert_eq!(
        format!("{:?}", other.changes().collect::<Vec<_>>()),
        format!("{:?}", things.changes().collect::<Vec<_>>())
    );
}
