//! The checker of histories against histories whose verdict is known, and against every order tried one by one.

use proptest::prelude::*;
use ticketbooth::history::{
    Account, Contradiction, Deed, Denial, Move, Operation, PageKind, Ruling, STATES, Start, Tally, Told, judge_history,
};

const HOUR: i64 = 3600;
const DONE: Told = Told::Allowed(None);

/// An operation on the ticket "t" at second 0.
fn op(name: &str, begin: u64, end: u64, deed: Deed, answer: Told) -> Operation {
    let (name, ticket) = (name.to_owned(), "t".to_owned());
    Operation { name, ticket, begin, end: Some(end), times: vec![0], deed, answer }
}

fn issue(uses: u64) -> Operation {
    op("issue", 0, 1, Deed::Issue { uses: Some(uses), seconds: HOUR }, DONE)
}

fn refused(denial: Denial) -> Told {
    Told::Refused(vec![denial])
}

fn judge(operations: &[Operation]) -> Ruling {
    judge_history(operations, Start::Absent, STATES)
}

fn contradiction(operations: &[Operation]) -> Contradiction {
    match judge(operations) {
        Ruling::Contradicted(found) => found,
        other => panic!("{other:?}"),
    }
}

fn names(found: &Contradiction) -> Vec<&str> {
    found.operations.iter().map(|operation| operation.name.as_str()).collect()
}

#[test]
fn overlapping_visits_may_be_answered_in_either_order() {
    for (first, second) in [(DONE, refused(Denial::UsedUp)), (refused(Denial::UsedUp), DONE)] {
        let history = [issue(1), op("a", 2, 5, Deed::Visit, first), op("b", 3, 4, Deed::Visit, second)];
        assert_eq!(judge(&history), Ruling::Explained);
    }
}

#[test]
fn a_use_that_two_had_is_told_with_the_two_and_the_issue() {
    let mut history = vec![issue(1)];
    history.extend((0..30).map(|place| op("early", 2 + place, 60, Deed::Visit, refused(Denial::UsedUp))));
    history.push(op("one", 3, 61, Deed::Visit, DONE));
    history.push(op("two", 4, 62, Deed::Visit, DONE));
    history.extend((0..30).map(|place| op("late", 70 + place, 170, Deed::Visit, refused(Denial::UsedUp))));
    let found = contradiction(&history);
    assert_eq!(names(&found), ["issue", "one", "two"]);
    let said = found.to_string();
    for words in
        ["on ticket t", "issue: issue with 1 uses", "two: visit, done, from 4 to 62", "no use is left, and was done"]
    {
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn what_ended_before_another_began_came_before_it() {
    let early = op("early", 2, 3, Deed::Visit, refused(Denial::UsedUp));
    let late = op("late", 4, 5, Deed::Visit, DONE);
    assert_eq!(names(&contradiction(&[issue(1), early, late])), ["issue", "early"]);
    let set = |begin, end| op("set", begin, end, Deed::SetUses(1), DONE);
    let visits = [op("a", 2, 3, Deed::Visit, DONE), op("b", 6, 7, Deed::Visit, DONE)];
    assert_eq!(judge(&[issue(1), visits[0].clone(), set(4, 5), visits[1].clone()]), Ruling::Explained);
    // The same set of uses after both explains nothing.
    assert_eq!(
        names(&contradiction(&[issue(1), visits[0].clone(), set(8, 9), visits[1].clone()])),
        ["issue", "a", "b"]
    );
}

#[test]
fn an_answer_that_nobody_saw_may_have_happened_or_not() {
    let lost = Operation { end: None, ..op("lost", 2, 2, Deed::Visit, Told::Nothing) };
    for later in [DONE, refused(Denial::UsedUp)] {
        assert_eq!(judge(&[issue(1), lost.clone(), op("b", 6, 7, Deed::Visit, later)]), Ruling::Explained);
    }
    // When it is over, it has happened by then or not at all.
    let over = Operation { end: Some(3), ..lost.clone() };
    for (uses, later, right) in
        [(1, DONE, true), (1, refused(Denial::UsedUp), true), (2, refused(Denial::UsedUp), false)]
    {
        let history = [issue(uses), over.clone(), op("b", 6, 7, Deed::Visit, later)];
        assert_eq!(judge(&history) == Ruling::Explained, right, "{uses}");
    }
    let late = [op("b", 6, 7, Deed::Visit, DONE), op("c", 8, 9, Deed::Visit, refused(Denial::UsedUp))];
    assert_eq!(judge(&[&[issue(2), over.clone()], &late[..]].concat()), Ruling::Explained);
    let set = op("set", 4, 5, Deed::SetUses(2), DONE);
    assert_eq!(names(&contradiction(&[&[issue(2), over, set], &late[..]].concat())).last(), Some(&"c"));
    // One of which nobody knows that may also have happened late.
    let history =
        [issue(2), lost, op("b", 6, 7, Deed::Visit, DONE), op("c", 8, 9, Deed::Visit, refused(Denial::UsedUp))];
    assert_eq!(judge(&history), Ruling::Explained);
}

#[test]
fn a_time_of_the_clock_counts_that_was_shown_meanwhile() {
    let at = |times: &[i64], answer| Operation { times: times.to_vec(), ..op("v", 2, 3, Deed::Visit, answer) };
    for (times, answer, right) in [
        (&[HOUR - 1][..], DONE, true),
        (&[HOUR], DONE, false),
        (&[HOUR], refused(Denial::Expired), true),
        (&[HOUR - 1], refused(Denial::Expired), false),
        (&[HOUR - 1, HOUR], refused(Denial::Expired), true),
        (&[HOUR - 1, HOUR], DONE, true),
        (&[HOUR - 1, HOUR], refused(Denial::UsedUp), false),
    ] {
        let ruling = judge(&[issue(1), at(times, answer.clone())]);
        assert_eq!(ruling == Ruling::Explained, right, "{times:?} {answer:?}: {ruling:?}");
    }
}

#[test]
fn what_was_told_of_the_ticket_has_to_be_true() {
    let tally = |left, used| Tally { used, left: Some(left), end: HOUR, revoked: false };
    let look = |left, used| op("look", 4, 5, Deed::Inspect, Told::Allowed(Some(tally(left, used))));
    let visit = op("v", 2, 3, Deed::Visit, DONE);
    assert_eq!(judge(&[issue(3), visit.clone(), look(2, 1)]), Ruling::Explained);
    for wrong in [look(3, 0), look(1, 2), look(2, 0)] {
        assert_eq!(names(&contradiction(&[issue(3), visit.clone(), wrong])).last(), Some(&"look"));
    }
}

#[test]
fn each_end_refuses_in_its_own_words() {
    let visit = |answer| op("v", 4, 5, Deed::Visit, answer);
    for (ending, denial) in [
        (Deed::Revoke, Denial::Revoked),
        (Deed::RevokeByOrder, Denial::Revoked),
        (Deed::ExpireByOrder, Denial::Expired),
        (Deed::SetUses(0), Denial::UsedUp),
        (Deed::Forget, Denial::Unknown),
    ] {
        let end = op("end", 2, 3, ending.clone(), DONE);
        for other in Denial::ALL {
            let ruling = judge(&[issue(2), end.clone(), visit(refused(*other))]);
            assert_eq!(ruling == Ruling::Explained, *other == denial, "{ending:?} {other:?}: {ruling:?}");
        }
        assert_eq!(names(&contradiction(&[issue(2), end, visit(DONE)])).last(), Some(&"v"));
    }
    let extend = |ahead, answer| op("x", 2, 3, Deed::Extend { seconds: HOUR, ahead: Some(ahead) }, answer);
    assert_eq!(judge(&[issue(1), extend(2 * HOUR, DONE)]), Ruling::Explained);
    assert_eq!(judge(&[issue(1), extend(2 * HOUR - 1, refused(Denial::TooLong))]), Ruling::Explained);
    assert_eq!(names(&contradiction(&[issue(1), extend(2 * HOUR - 1, DONE)])), ["issue", "x"]);
}

#[test]
fn each_ticket_is_judged_by_itself_and_all_of_them() {
    let other = |operation: Operation| Operation { ticket: "u".to_owned(), ..operation };
    let visits = [op("a", 2, 3, Deed::Visit, DONE), op("b", 4, 5, Deed::Visit, DONE)];
    assert_eq!(judge(&[issue(1), visits[0].clone(), other(issue(1)), other(visits[1].clone())]), Ruling::Explained);
    let history: Vec<Operation> =
        [issue(2), visits[0].clone(), other(issue(1))].into_iter().chain(visits.map(other)).collect();
    assert_eq!(contradiction(&history).ticket, "u");
}

#[test]
fn too_few_states_decide_nothing() {
    let visits = (0..40).map(|place| op("v", 2 + place, 99, Deed::Visit, DONE));
    let history: Vec<Operation> = [issue(40)].into_iter().chain(visits).collect();
    assert_eq!(judge_history(&history, Start::Absent, 10), Ruling::Undecided(vec!["t".to_owned()]));
    assert_eq!(judge(&history), Ruling::Explained);
}

/// Sixty-four clients on one ticket: decided with about as many states as operations.
#[test]
fn long_histories_need_few_states() {
    let mut history = vec![issue(900)];
    for turn in 0..30_u64 {
        let start = 10 + turn * 1000;
        for client in 0..64 {
            // Each round overlaps the one before it.
            let answer = if turn * 64 + client < 900 { DONE } else { refused(Denial::UsedUp) };
            history.push(op("v", start + client, start + 950 + client, Deed::Visit, answer));
        }
    }
    assert_eq!(judge_history(&history, Start::Absent, 4000), Ruling::Explained);
    history[1900].answer = DONE;
    let found = contradiction(&history);
    assert!(found.why.contains("no use is left, and was done"), "{}", found.why);
}

fn account(kind: PageKind, done: bool, by_rule: bool, before: Option<Tally>, after: Tally) -> Deed {
    Deed::Account(Account { kind, done: Some(done), by_rule, moves: vec![Move { before, live: true, after }] })
}

/// Journals tell the states themselves: they have to follow on each other, and to be made by what may make them.
#[test]
fn accounts_have_to_follow_on_each_other() {
    let tally = |left, used| Tally { used, left: Some(left), end: HOUR, revoked: false };
    let visit = |before, after| account(PageKind::Visit, true, false, Some(before), after);
    let call = |before, after| account(PageKind::Call, true, false, Some(before), after);
    let judge = |deeds: &[Deed]| {
        let one = |(place, deed): (usize, &Deed)| op("x", 2 * place as u64, 2 * place as u64 + 1, deed.clone(), DONE);
        let operations: Vec<Operation> = deeds.iter().enumerate().map(one).collect();
        judge_history(&operations, Start::Anything, STATES) == Ruling::Explained
    };
    let made = account(PageKind::Call, true, false, None, tally(3, 0));
    let (first, second) = (visit(tally(3, 0), tally(2, 1)), visit(tally(2, 1), tally(1, 2)));
    assert!(judge(&[made.clone(), first.clone(), second.clone()]) && judge(&[first.clone(), second.clone()]));
    assert!(!judge(&[made.clone(), first.clone(), first.clone()]), "two visits had one use");
    assert!(!judge(&[made.clone(), second]), "a use is missing");
    assert!(!judge(&[made, visit(tally(3, 0), tally(3, 1))]), "a visit took nothing");
    assert!(!judge(&[visit(tally(3, 0), tally(1, 2))]), "a visit took two");
    assert!(!judge(&[call(tally(3, 0), tally(2, 1))]), "a call took a use");
    assert!(!judge(&[call(tally(2, 1), tally(2, 0))]), "a use came back");
    assert!(judge(&[call(tally(2, 1), tally(9, 1)), visit(tally(9, 1), tally(8, 2))]));
    let ended = Tally { end: 5, ..tally(2, 1) };
    assert!(judge(&[first.clone(), call(ended, Tally { end: 9, ..ended })]), "it was ended by hand in between");
    assert!(
        !judge(&[first, call(Tally { end: HOUR + 1, ..tally(2, 1) }, tally(2, 1))]),
        "nobody moves an end up by hand"
    );
    let late = Account { kind: PageKind::Visit, done: Some(true), by_rule: false, moves: Vec::new() };
    assert!(!judge(&[Deed::Account(late.clone())]), "a page opened for nothing");
    let after_end = vec![Move { before: Some(tally(2, 1)), live: false, after: tally(1, 2) }];
    assert!(!judge(&[Deed::Account(Account { moves: after_end, ..late })]), "a page opened with an ended ticket");
}

/// A slow checker in few lines: every order is tried.
fn explains(history: &[Operation], placed: &mut Vec<usize>, left: i64, revoked: bool) -> bool {
    if placed.len() == history.len() {
        return true;
    }
    for next in 0..history.len() {
        let waits = |other: usize| !placed.contains(&other) && history[other].end.unwrap() < history[next].begin;
        if placed.contains(&next) || (0..history.len()).any(waits) {
            continue;
        }
        let (deed, done) = (&history[next].deed, history[next].answer == DONE);
        let state = match deed {
            Deed::Visit if done => (!revoked && left > 0).then_some((left - 1, revoked)),
            Deed::SetUses(uses) if done => (!revoked).then_some((*uses as i64, revoked)),
            Deed::Revoke if done => (!revoked).then_some((left, true)),
            _ if history[next].answer == refused(Denial::UsedUp) => (!revoked && left == 0).then_some((left, revoked)),
            _ => revoked.then_some((left, revoked)),
        };
        if let Some((left, revoked)) = state {
            placed.push(next);
            if explains(history, placed, left, revoked) {
                return true;
            }
            placed.pop();
        }
    }
    false
}

fn histories() -> impl Strategy<Value = Vec<Operation>> {
    let deed = prop_oneof![
        5 => Just((Deed::Visit, DONE)),
        4 => Just((Deed::Visit, refused(Denial::UsedUp))),
        2 => Just((Deed::Visit, refused(Denial::Revoked))),
        3 => (0u64..3).prop_map(|uses| (Deed::SetUses(uses), DONE)),
        1 => Just((Deed::SetUses(1), refused(Denial::Revoked))),
        1 => Just((Deed::Revoke, DONE)),
    ];
    let one = (deed, 0u64..12, 0u64..6)
        .prop_map(|((deed, answer), begin, length)| op("x", 2 + 2 * begin, 3 + 2 * (begin + length), deed, answer));
    prop::collection::vec(one, 1..8)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_checker_says_what_trying_every_order_says(history in histories(), uses in 0u64..3) {
        let slow = explains(&history, &mut Vec::new(), uses as i64, false);
        let all: Vec<Operation> = [issue(uses)].into_iter().chain(history).collect();
        let ruling = judge(&all);
        prop_assert_eq!(ruling == Ruling::Explained, slow, "{:?}", ruling);
        if let Ruling::Contradicted(found) = ruling {
            // What is told contradicts itself, too.
            prop_assert!(judge(&found.operations) != Ruling::Explained, "{}", found);
        }
    }
}
